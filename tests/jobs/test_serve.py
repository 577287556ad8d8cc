"""`serve`: web server and worker, started together, watched, and ended without anything left behind."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from tests.jobs.conftest import alive, descendants, kill, soon

SERVE = (sys.executable, "manage.py", "serve", "--workers", "2", "--port")


def listening(process):
    """The address that it prints, which answers from then on."""
    line = process.stdout.readline()
    found = re.fullmatch(r"Listening on (http://127\.0\.0\.1:\d+)\n", line)
    assert found, line
    return found[1]


def workers(process):
    """The ids of its Celery processes."""
    told = subprocess.run(["ps", "-A", "-o", "pid=,args="], capture_output=True, text=True, check=True).stdout
    celery = {int(line.split()[0]) for line in told.splitlines() if "celery" in line}
    return [pid for pid in descendants(process.pid) if pid in celery]


@pytest.mark.parametrize(
    "end",
    [
        signal.SIGTERM,
        pytest.param(signal.SIGINT, marks=pytest.mark.long),
        pytest.param(signal.SIGHUP, marks=pytest.mark.long),
    ],
)
def test_it_answers_works_and_ends_without_a_trace(house, end):
    practice = house()
    process = practice.start(*SERVE, "0")
    url = listening(process)
    with urllib.request.urlopen(f"{url}/healthz", timeout=10) as answer:
        assert answer.status == 200
    practice.enqueue("quick", 1)
    assert soon(lambda: practice.lines() == ["done 1"])
    below = descendants(process.pid)
    assert len(below) >= 5

    process.send_signal(end)

    assert process.wait(30) == 0
    assert [pid for pid in below if alive(pid)] == []


def test_a_worker_that_dies_is_started_again(house):
    practice = house()
    process = practice.start(*SERVE, "0")
    listening(process)
    assert soon(lambda: workers(process))
    first = workers(process)
    for pid in first:
        os.kill(pid, signal.SIGKILL)

    practice.enqueue("quick", 1)

    assert soon(lambda: practice.lines() == ["done 1"])
    assert not set(first) & set(workers(process))


def test_when_it_is_killed_its_children_end_by_themselves(house):
    process = house().start(*SERVE, "0")
    listening(process)
    assert soon(lambda: len(workers(process)) >= 2)
    below = descendants(process.pid)

    process.kill()
    process.wait()

    assert soon(lambda: not any(map(alive, below)))


def test_when_the_web_server_dies_everything_ends_with_an_error(house):
    process = house().start(*SERVE, "0")
    listening(process)
    assert soon(lambda: workers(process))
    below = descendants(process.pid)
    web = [pid for pid in below if pid not in workers(process)]

    for pid in web:
        os.kill(pid, signal.SIGKILL)

    assert process.wait(30) == 1
    assert [pid for pid in below if alive(pid)] == []


def test_a_taken_port_is_told_in_one_sentence(house, capfd):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = house().start(*SERVE, str(taken.getsockname()[1]))
        assert process.wait(30) == 1
    told = capfd.readouterr().err
    assert "--port" in told
    assert "Traceback" not in told


def test_a_link_that_is_asked_for_stands_in_no_log(house, capfd):
    process = house().start(*SERVE, "0")
    url = listening(process)
    token = "t" * 43
    for path in (f"/l/{token}", f"/l/{token}\x7f"):
        with socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), timeout=5) as line:
            line.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
            line.recv(100)
    process.send_signal(signal.SIGTERM)
    process.wait(30)
    kill(process)

    told = capfd.readouterr()
    assert token not in told.out + told.err
