"""What the tests need beside Python: a browser, programs, servers. One that runs is used, else one is made."""

import contextlib
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.spelling import speller
from tests.verapdf import run

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class Broken(Exception):
    """It is there, but it does not start."""


def chromium() -> str | None:
    """The path of a Chromium, brought by apt where that is allowed."""
    return _which(*BROWSERS) or (_apt("chromium") and _which(*BROWSERS)) or None


def poppler() -> str | None:
    """The path of poppler's pdfinfo, which reads PDFs back, brought by apt where that is allowed."""
    return _which("pdfinfo") or (_apt("poppler-utils") and _which("pdfinfo")) or None


def hunspell() -> bool:
    """Whether hunspell is here with its three dictionaries, brought by apt where that is allowed."""
    return speller.is_here() or (
        _apt("hunspell", "hunspell-nl", "hunspell-fr", "hunspell-en-gb") and speller.is_here()
    )


def verapdf() -> bool:
    """Whether veraPDF can run here; its Java is brought by apt where that is allowed."""
    return _verapdf_is_here() or (_apt("default-jdk-headless", "libjaxb-java") and _verapdf_is_here())


@contextlib.contextmanager
def redis() -> Iterator[str | None]:
    """The address of a Redis that answers: the one named in REDIS_URL, a throw-away one, or this machine's.

    A throw-away one first: two test runs on one server would take each other's messages.
    """
    if address := os.environ.get("REDIS_URL"):
        yield address if _redis_answers(address) else None
        return
    server = _which("redis-server", "valkey-server") or (_apt("redis-server") and _which("redis-server"))
    if not server:
        address = "redis://127.0.0.1:6379/15"
        yield address if _redis_answers(address) else None
        return
    port = _free_port()
    with _running([server, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]):
        address = f"redis://127.0.0.1:{port}/15"
        yield address if _soon(lambda: _redis_answers(address)) else None


@contextlib.contextmanager
def postgresql() -> Iterator[str | None]:
    """The address of a PostgreSQL where databases may be made: TEST_DATABASE_URL, or a throw-away cluster."""
    if address := os.environ.get("TEST_DATABASE_URL"):
        if not _postgresql_answers(address):
            raise Broken("the one in TEST_DATABASE_URL does not answer")
        yield address
        return
    local = "postgres://postgres@127.0.0.1:5432/postgres"
    if _postgresql_answers(local):
        yield local
        return
    programs = _programs() or (_apt("postgresql") and _programs())
    if not programs:
        yield None
        return
    with _cluster(programs) as address:
        yield address


@contextlib.contextmanager
def _cluster(programs: Path) -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="backup-plan-postgresql-"))
    person = _nobody_special()
    password, port = secrets.token_urlsafe(16), _free_port()
    try:
        (folder / "password").write_text(password)
        if person:
            for path in (folder, folder / "password"):
                os.chown(path, person.pw_uid, person.pw_gid)
        data = folder / "data"
        init = [programs / "initdb", "-D", data, "-U", "tester", "-E", "UTF8", "--locale=C", "--no-sync"]
        made = _as(
            person, [*init, "--auth=scram-sha-256", f"--pwfile={folder / 'password'}"], folder
        ).communicate()
        if not (data / "PG_VERSION").exists():
            raise Broken(made[0].strip().splitlines()[-1] if made[0].strip() else "initdb failed")
        # No power cut happens to a database that lives for a minute.
        fast = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
        where = ["-c", f"unix_socket_directories={folder}", "-c", "listen_addresses=127.0.0.1"]
        server = _as(person, [programs / "postgres", "-D", data, "-p", str(port), *where, *fast], folder)
        address = f"postgres://tester:{password}@127.0.0.1:{port}/postgres"
        try:
            if not _soon(lambda: _postgresql_answers(address)):
                raise Broken("a throw-away cluster did not start")
            yield address
        finally:
            # Fast shutdown: it does not wait for a connection that somebody forgot.
            server.send_signal(2)
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(10)
            server.kill()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _nobody_special():
    """PostgreSQL refuses to run as root; Debian's package brings a user for it."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise Broken("root needs a user named postgres or nobody for it")


def _as(person, command, folder):
    user = {"user": person.pw_uid, "group": person.pw_gid, "extra_groups": []} if person else {}
    return subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE if "initdb" in str(command[0]) else subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
        text=True,
        **user,
    )


def _programs() -> Path | None:
    """The folder with initdb of the newest PostgreSQL here."""
    debian = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if debian:
        return max(debian, key=lambda path: float(path.parent.name))
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def _postgresql_answers(address: str) -> bool:
    import psycopg

    try:
        with psycopg.connect(address, connect_timeout=3) as connection:
            row = connection.execute(
                "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            )
            return bool(row.fetchone()[0])
    except psycopg.Error:
        return False


def _redis_answers(address: str) -> bool:
    import redis as client

    try:
        with client.Redis.from_url(
            address, socket_timeout=2, socket_connect_timeout=2, retry=None
        ) as connection:
            return bool(connection.ping())
    except client.RedisError:
        return False


def _verapdf_is_here() -> bool:
    try:
        run.classpath()
    except run.NotInstalled:
        return False
    return True


def _which(*names: str) -> str | None:
    return next((path for name in names if (path := shutil.which(name))), None)


def _apt(*packages: str) -> bool:
    """Installs Debian packages when that is allowed without a question; whether it worked."""
    if not shutil.which("apt-get"):
        return False
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if root and (not shutil.which("sudo") or subprocess.run([*root, "true"], capture_output=True).returncode):
        return False
    print(f"Installing with apt: {' '.join(packages)}", file=sys.stderr, flush=True)
    get = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    install = [*get, "install", "-y", "--no-install-recommends", *packages]
    for command in (install, [*get, "update"], install):
        worked = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True).returncode == 0
        if worked and command is install:
            return True
    return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def _running(command: list[str]):
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(10)


def _soon(holds, seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.1)
    return False
