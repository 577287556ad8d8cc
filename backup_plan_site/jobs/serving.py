"""Web server and worker under one roof: started, watched and ended together, with nothing left behind."""

import contextlib
import ctypes
import http.client
import os
import select
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.servers.basehttp import get_internal_wsgi_application
from django.db import connections

WEB_STOP = 20
WORKER_STOP = 10
FIRST_ANSWER = 60
LONGEST_PAUSE = 30


class PortTaken(Exception):
    """Somebody listens there already, or the address is not one of this machine."""


def serve(host, port, *, workers=2, job_workers=1, ready=lambda url: None):
    """Serves until SIGTERM, SIGINT or SIGHUP, then ends every child; the exit code.

    `ready(url)` is called once the port really answers. A worker that dies is started again; when the web server
    dies, everything ends, so that systemd or a container starts it afresh.
    """
    listener = _listen(host, port)
    url = _url(host, listener.getsockname()[1])
    signals = _Signals()
    web = _start_web(listener, workers)
    listener.close()
    worker = _Worker(job_workers)
    try:
        if not _answers(url, web, signals):
            return 0 if signals.stop else 1
        ready(url)
        while not signals.stop and web.alive():
            worker.keep_running()
            signals.wait(1.0)
        return 0 if signals.stop else 1
    finally:
        # A second Ctrl-C during this ends the waiting: nothing is lost, the job rows know what was unfinished.
        worker.tell(signal.SIGTERM)
        web.tell(signal.SIGTERM)
        web.end(WEB_STOP, signals)
        worker.end(WORKER_STOP, signals)


def _listen(host, port):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(512)
    except (OSError, OverflowError) as error:
        listener.close()
        raise PortTaken(
            f"Cannot listen on {host}, port {port}: {error}. Choose another one with --port."
        ) from error
    return listener


def _url(host, port):
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{name}:{port}"


def _answers(url, web, signals):
    """Waits until the first page comes, whatever its status; False when the server died or was told to stop."""
    address = http.client.urlsplit(url)
    end = time.monotonic() + FIRST_ANSWER
    while time.monotonic() < end and web.alive() and not signals.stop:
        client = http.client.HTTPConnection(address.hostname, address.port, timeout=2)
        with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(client):
            client.request("GET", "/healthz", headers={"Host": _own_name()})
            client.getresponse().read()
            return True
        signals.wait(0.02)
    return False


def _own_name():
    named = [host.lstrip(".") for host in settings.ALLOWED_HOSTS if host != "*"]
    return named[0] if named else "localhost"


def _start_web(listener, workers):
    """A fork, not a new interpreter: Django is loaded already, and that is most of the start."""
    connections.close_all()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        return _Child(pid)
    code = 1
    try:
        _become_child()
        _run_gunicorn(listener, workers)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(code)


def _run_gunicorn(listener, workers):
    from gunicorn.app.base import BaseApplication
    from gunicorn.glogging import Logger

    class DjangoLogger(Logger):
        """Into Django's log with its mask: gunicorn's own error lines carry addresses, and those carry tokens."""

        def setup(self, cfg):
            super().setup(cfg)
            self.error_log.handlers.clear()
            self.error_log.propagate = True

    class Web(BaseApplication):
        def load_config(self):
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self):
            return get_internal_wsgi_application()

    listener.set_inheritable(True)
    options = {
        "bind": [f"fd://{os.dup(listener.fileno())}"],
        "workers": workers,
        # A browser opens connections that it does not use yet; a plain sync worker would wait for each.
        "worker_class": "gthread",
        "threads": 4,
        "preload_app": True,
        "accesslog": None,
        "loglevel": "warning",
        "logger_class": DjangoLogger,
        "control_socket_disable": True,
        "timeout": 30,
        "graceful_timeout": WEB_STOP - 5,
        "worker_tmp_dir": "/dev/shm" if Path("/dev/shm").is_dir() else None,
    }
    sys.argv = sys.argv[:1]
    Web().run()


def _become_child():
    """A group of its own, so that Ctrl-C reaches only the parent; and an end of its own when the parent is killed."""
    with contextlib.suppress(OSError):
        os.setpgid(0, 0)
    signal.set_wakeup_fd(-1)
    for number in (*_Signals.STOP, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    with contextlib.suppress(OSError, AttributeError):
        # Linux only: PR_SET_PDEATHSIG.
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


class _Signals:
    """Counts the requests to stop, and wakes the loop for those and for every child that ended."""

    STOP = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

    def __init__(self):
        self.stop = 0
        self._read, self._write = socket.socketpair()
        for end in (self._read, self._write):
            end.setblocking(False)
        for number in self.STOP:
            signal.signal(number, self._count)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)

    def _count(self, *_):
        self.stop += 1

    def wait(self, seconds):
        if select.select([self._read], [], [], seconds)[0]:
            with contextlib.suppress(BlockingIOError):
                self._read.recv(4096)


class _Child:
    """One process that leads a group; told to stop and, after a while, made to."""

    def __init__(self, pid):
        self.pid = pid
        self._ended = False

    def alive(self):
        if not self._ended:
            with contextlib.suppress(ChildProcessError):
                self._ended = os.waitpid(self.pid, os.WNOHANG)[0] == self.pid
        return not self._ended

    def tell(self, number):
        if self.alive():
            os.kill(self.pid, number)

    def end(self, patience, signals):
        asked, end = signals.stop, time.monotonic() + patience
        while self.alive() and time.monotonic() < end and signals.stop <= asked:
            signals.wait(0.1)
        # Its own children too: a leader that died on its own may have left some.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        if self.alive():
            with contextlib.suppress(ChildProcessError):
                os.waitpid(self.pid, 0)
            self._ended = True


class _Worker:
    """The Celery worker, started again with a growing pause as long as it keeps dying early; none for 0 processes."""

    def __init__(self, processes):
        self._processes = processes
        self._child = None
        self._started = self._not_before = 0.0
        self._early_deaths = 0

    def keep_running(self):
        if not self._processes:
            return
        now = time.monotonic()
        if self._child and self._child.alive():
            return
        if self._child:
            self._child.end(0, _Patience)
            self._child = None
            self._early_deaths = self._early_deaths + 1 if now - self._started < 10 else 0
            self._not_before = now + min(LONGEST_PAUSE, 2**self._early_deaths - 1)
            print(
                f"The worker ended; it starts again in {self._not_before - now:.0f} s.",
                file=sys.stderr,
                flush=True,
            )
        if now >= self._not_before:
            self._started = now
            self._child = _Child(self._start())

    def tell(self, number):
        if self._child:
            self._child.tell(number)

    def end(self, patience, signals):
        if self._child:
            self._child.end(patience, signals)

    def _start(self):
        return subprocess.Popen(
            [*worker_command(), "--concurrency", str(self._processes)],
            cwd=settings.BASE_DIR,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"]},
            stdin=subprocess.DEVNULL,
            preexec_fn=_become_child,
        ).pid


class _Patience:
    stop = 0


def worker_command():
    """How a Celery worker is started, here and in the tests; without the chatter that only clusters need."""
    module, _, attribute = settings.CELERY_APP.rpartition(".")
    if not module:
        raise ImproperlyConfigured("CELERY_APP names a module and the app in it")
    quiet = ["--without-mingle", "--without-gossip", "--without-heartbeat", "--loglevel", "WARNING"]
    return [sys.executable, "-m", "celery", "--quiet", "--app", f"{module}:{attribute}", "worker", *quiet]
