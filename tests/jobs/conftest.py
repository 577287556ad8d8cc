"""A practice's processes, really started: their folder, their database, and what they did."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 40
OWN = ("DATABASE_URL", "TEST_DATABASE_URL", "CELERY_BROKER_URL", "EMAIL_URL")


class House:
    """One installation in a folder of its own."""

    def __init__(self, folder: Path, broker: str):
        self.folder = folder
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in OWN},
            "DJANGO_SETTINGS_MODULE": "tests.jobs.worker_settings",
            "DATA_DIR": str(folder),
            "CELERY_BROKER_URL": broker,
            "PYTHONPATH": str(ROOT),
        }
        self.started = []
        self.run("manage.py", "migrate", "jobs", "-v0")

    def run(self, *arguments):
        subprocess.run([sys.executable, *arguments], env=self.environment, cwd=ROOT, check=True, timeout=60)

    def start(self, *command):
        process = subprocess.Popen(
            command, env=self.environment, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        self.started.append(process)
        return process

    def enqueue(self, kind, *numbers):
        self.run("-m", "tests.jobs.watched", kind, *map(str, numbers))

    def lines(self):
        path = self.folder / "watched.txt"
        return path.read_text().split("\n")[:-1] if path.exists() else []

    def ask(self, sql):
        with contextlib.closing(sqlite3.connect(self.folder / "backup-plan.sqlite3", timeout=10)) as database:
            rows = database.execute(sql).fetchall()
            database.commit()
            return rows

    def end(self):
        for process in self.started:
            kill(process)


def kill(process):
    """As a power cut does it: the process and everything that it started, at once."""
    for pid in [process.pid, *descendants(process.pid)]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()


def descendants(pid):
    """The ids of all processes below this one."""
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    ).stdout
    parents = [tuple(map(int, line.split())) for line in listed.splitlines()]
    found = [pid]
    for above in found:
        found += [child for child, parent in parents if parent == above]
    return found[1:]


def alive(pid):
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True
    ).stdout.strip()
    return bool(state) and not state.startswith("Z")


def soon(holds, seconds=PATIENCE):
    """Waits until `holds()` is true; what it was at last."""
    end = time.monotonic() + seconds
    while not (found := holds()) and time.monotonic() < end:
        time.sleep(0.05)
    return found


@pytest.fixture
def house(tmp_path):
    """Makes an installation that uses this broker."""
    houses = []

    def make(broker="filesystem://"):
        houses.append(House(tmp_path / f"house{len(houses)}", broker))
        return houses[-1]

    yield make
    for one in houses:
        one.end()
