"""Whoever asks for a job never waits for the broker and never sees it fail, dead or silent."""

import os
import socket
import subprocess
import sys
import threading
import time

import pytest
from celery import Celery
from django.db import transaction
from django.utils import timezone

from backup_plan_site import celery
from backup_plan_site.celery import transport_options
from backup_plan_site.jobs import api, broker
from backup_plan_site.jobs.models import LEASE, Job

PATIENCE = 20


@pytest.fixture
def dead():
    """A port where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


@pytest.fixture
def silent():
    """A port that takes every connection and never says a word."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(50)
        yield server.getsockname()[1]


@pytest.fixture
def reach(monkeypatch, tmp_path):
    """Leads Celery to another broker."""

    def lead(url):
        other = Celery("elsewhere", set_as_current=False)
        other.conf.update(broker_url=url, broker_transport_options=transport_options(url, tmp_path))
        monkeypatch.setattr(celery, "app", other)

    return lead


@pytest.fixture
def wakers(monkeypatch):
    """A waker of its own for each test."""

    def make(send=broker.send, **options):
        waker = broker.Waker(send, **options)
        monkeypatch.setattr(broker, "wake", waker.wake)
        return waker

    return make


def soon(holds):
    end = time.monotonic() + PATIENCE
    while not holds() and time.monotonic() < end:
        time.sleep(0.01)
    return holds()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scheme", ["redis", "amqp"])
@pytest.mark.parametrize("kind", ["dead", "silent"])
def test_a_broker_that_does_not_answer_costs_the_request_nothing(
    request, scheme, kind, reach, wakers, monkeypatch
):
    reach(f"{scheme}://127.0.0.1:{request.getfixturevalue(kind)}/")
    done = []
    monkeypatch.setitem(api._handlers, "work", done.append)
    waker = wakers()

    began = time.monotonic()
    for number in range(20):
        with transaction.atomic():
            api.enqueue("work", practice_id=1, ids={"n": number}, unique_key=str(number))
    asked = time.monotonic() - began

    # The structure is the promise: the thread still waits for the broker while everybody was answered.
    # Twenty commits take milliseconds; one publish to a silent server takes two seconds.
    assert asked < broker.TIMEOUT
    assert Job.objects.count() == 20
    assert soon(lambda: waker._dead_until > 0 and waker.idle())

    # The broker came back: the sweep finds all of them.
    Job.objects.update(wake_at=timezone.now() - LEASE, run_after=timezone.now() - LEASE)
    monkeypatch.setattr(broker, "send", lambda ids: [api.run(pk) for pk in ids])
    assert api.sweep() == 20
    assert sorted(ids["n"] for ids in done) == list(range(20))


@pytest.mark.parametrize("scheme", ["redis", "amqp"])
def test_sending_to_a_silent_broker_gives_up(silent, reach, scheme):
    reach(f"{scheme}://127.0.0.1:{silent}/")
    began = time.monotonic()

    with pytest.raises(Exception):  # noqa: B017 (each client has its own)
        broker.send([1])

    assert time.monotonic() - began < 5 * broker.TIMEOUT


def test_a_full_queue_drops_and_does_not_wait(wakers):
    free, sent = threading.Event(), []

    def slow(ids):
        free.wait(PATIENCE)
        sent.extend(ids)

    waker = wakers(slow, size=5)
    waker.wake(0)
    assert soon(lambda: waker._queue.empty())
    for number in range(1, 100):
        waker.wake(number)
    free.set()

    assert soon(waker.idle)
    assert sent == [0, 1, 2, 3, 4, 5]


def test_after_a_failure_nothing_is_tried_for_a_while_and_then_again(wakers):
    tries = []

    def fail(ids):
        tries.append(ids)
        raise ConnectionRefusedError

    waker = wakers(fail, pause=0.3)
    waker.wake(1)
    assert soon(lambda: tries and waker.idle())
    waker.wake(2)
    assert waker.idle()
    assert tries == [[1]]

    assert soon(lambda: time.monotonic() >= waker._dead_until)
    waker.wake(3)
    assert soon(lambda: [3] in tries)


@pytest.mark.filterwarnings("ignore:This process")
def test_a_forked_process_sends_with_a_thread_of_its_own(wakers):
    read, write = os.pipe()
    waker = wakers(lambda ids: os.write(write, b"%d;" % ids[0]))
    waker.wake(1)
    assert soon(waker.idle)

    pid = os.fork()
    if not pid:
        waker.wake(2)
        soon(waker.idle)
        os._exit(0)
    os.waitpid(pid, 0)

    assert os.read(read, 10) == b"1;2;"


def test_the_folder_of_the_queue_is_for_its_owner_alone(tmp_path, reach):
    reach("filesystem://localhost//")
    broker.send([1, 2])

    paths = [path for path in (tmp_path / "queue").rglob("*")]
    assert len([path for path in paths if path.suffix == ".msg"]) == 2
    for path in [tmp_path / "queue", *paths]:
        assert path.stat().st_mode & 0o077 == 0, path


def test_a_web_process_starts_without_celery():
    code = (
        "import django, sys; django.setup()\n"
        "from django.core.handlers.wsgi import WSGIHandler; WSGIHandler()\n"
        "import backup_plan_site.urls\n"
        "found = [name for name in ('celery', 'kombu', 'redis', 'weasyprint') if name in sys.modules]\n"
        "sys.exit(f'imported at start: {found}' if found else 0)"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "backup_plan_site.settings.test"}

    ended = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)

    assert ended.returncode == 0, ended.stderr
