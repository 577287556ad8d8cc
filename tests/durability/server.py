"""The web server as a process group of its own, on a database of its own, to be killed and started again."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import uuid
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOUND = "backup_plan_site.wsgi:application"


class Server:
    """gunicorn, two processes. The test holds the listening socket, so that callers wait while nobody serves."""

    def __init__(self, folder, database):
        self.database = database
        self.log = folder / "server.log"
        self.env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "backup_plan_site.settings.dev",
            "DATA_DIR": str(folder),
            "DATABASE_URL": database.url,
            "PYTHONPATH": str(ROOT),
        }
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self.listener.getsockname()[1]
        self.process = None

    def prepare(self, patients):
        """Tables and patients; returns their links."""
        command = [sys.executable, "-m", "tests.durability.prepare", str(patients)]
        done = subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def start(self, application=SOUND):
        number = self.listener.fileno()
        command = [sys.executable, "-m", "gunicorn", application, "--bind", f"fd://{number}", "--preload"]
        command += ["--workers", "2", "--worker-class", "gthread", "--threads", "4", "--no-control-socket"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.env,
                pass_fds=[number],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self):
        """kill -9 of every process of it at once. Nothing gets a chance to finish anything."""
        if self.process is None:
            return
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None

    def close(self):
        self.kill()
        self.listener.close()


@dataclass
class Stored:
    """What the database holds: texts of answers by field, pages saved by the audit trail, keys of forms."""

    texts: Counter = field(default_factory=Counter)
    saved: Counter = field(default_factory=Counter)
    keys: Counter = field(default_factory=Counter)


class Sqlite:
    plain = staticmethod(lambda value: value and json.loads(value))  # JSON comes back as text

    def __init__(self, path):
        self.path = path
        self.url = f"sqlite:///{path}"

    def rows(self, sql):
        return self.moment(sql)[0]

    def moment(self, *queries):
        """The rows of each query, all as of one moment: a killed process may still be finishing a commit."""
        with closing(sqlite3.connect(self.path, timeout=10, isolation_level=None)) as connection:
            connection.execute("BEGIN")
            return [connection.execute(sql).fetchall() for sql in queries]

    def damage(self):
        return [line for (line,) in self.rows("PRAGMA integrity_check") if line != "ok"]


class PostgreSQL:
    plain = staticmethod(lambda value: value)

    def __init__(self, url):
        self.url = url

    def rows(self, sql):
        return self.moment(sql)[0]

    def moment(self, *queries):
        import psycopg

        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
            return [connection.execute(sql).fetchall() for sql in queries]

    def damage(self):
        return []


def stored(database, since):
    """Everything that was saved after the audit event `since`."""
    found = Stored()
    answers = "SELECT key, value FROM intake_answer WHERE key IN ('own_words', 'cannot_do', 'gp')"
    events = f"SELECT facts FROM staff_auditevent WHERE verb = 'page.saved' AND id > {since}"
    answers, events, keys = database.moment(answers, events, "SELECT key FROM web_once")
    for key, value in answers:
        if text := database.plain(value):
            found.texts[key, text] += 1
    found.saved.update(database.plain(facts)["page"] for (facts,) in events)
    found.keys.update(uuid.UUID(str(key)) for (key,) in keys)
    return found


def last_event(database):
    return database.rows("SELECT max(id) FROM staff_auditevent")[0][0]
