"""The press: a PDF made in a process of its own, which has bounds. `render` is `pdf.render` for what people wait for.

A process is kept warm and makes one document after another. It knows the page and our fonts, and nothing else: no
database, no settings, no secret, and no network where the system can take that away. A document that takes too long or
too much memory ends its process and TooMuch is raised; the next document has a fresh one. Nothing is ever made in the
caller's own process instead, unless the setting PDF_PROCESSES says 0.
"""

import atexit
import contextlib
import json
import os
import queue
import select
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from . import pdf
from .press_child import HEAD, MADE, NO_PANGO, READY, REFUSED, TOO_LONG, TOO_MUCH

SECONDS = 20
MEGABYTES = 512
# A page of so many letters is no plan.
LARGEST_PAGE = 8_000_000
# After so many documents a fresh process takes over: what a library forgets to give back goes with the old one.
DOCUMENTS = 500
# How long a process may take to load its libraries on a busy machine, and how long somebody waits for a free one.
START = 60
QUEUE = 40

# Where programs, fonts and temporary files are, and how letters sort; no secret has a name in this list.
KNOWN_TO_THE_PRESS = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TZ", "LD_LIBRARY_PATH")
FONTS_OF_THE_SYSTEM = ("FONTCONFIG_", "XDG_")


class TooMuch(pdf.PdfUnavailable):
    """The document took too much time or memory. The message says so in a sentence, and nothing of the document."""


class Broken(pdf.PdfUnavailable):
    """The press could not make this document, or could not be started. Another try may succeed."""


class Killed(Broken):
    """Somebody else ended the process: the document need not be to blame."""


def render(template, context, *, language, stylesheet=pdf.PAPER, most=None):
    """The bytes of the PDF made from `template`, as pdf.render and pdf.from_html make them.

    Raises what they raise, TooMuch and Broken.
    """
    with translation.override(language):
        source = render_to_string(template, context)
    return from_html(source, stylesheet=stylesheet, most=most)


def from_html(source, *, stylesheet=pdf.PAPER, most=None):
    """The bytes of the PDF of a whole HTML page, made by the press. Raises as `render` does."""
    if not settings.PDF_PROCESSES:
        return pdf.from_html(source, stylesheet=stylesheet, most=most)
    return _the_press().make(source, stylesheet=stylesheet, most=most)


def warm():
    """Starts the processes, so that the first document need not wait for them. Comes back at once."""
    if settings.PDF_PROCESSES:
        _the_press().warm()


class Press:
    """So many processes, each for one document at a time; threads may share it."""

    def __init__(self, processes, *, seconds=SECONDS, megabytes=MEGABYTES, documents=DOCUMENTS):
        self.seconds, self.megabytes, self.documents = seconds, megabytes, documents
        self._free = queue.LifoQueue()
        self._all = set()
        for _number in range(processes):
            self._free.put(None)

    def make(self, source, *, stylesheet=pdf.PAPER, most=None):
        """The bytes of the PDF. Raises as `render` does."""
        page = json.dumps([source, stylesheet, most]).encode()
        if len(page) > LARGEST_PAGE:
            raise TooMuch("This page is too large to print.")
        try:
            return self._make(page)
        except Killed:
            return self._make(page)

    def _make(self, page):
        try:
            process = self._free.get(timeout=QUEUE)
        except queue.Empty:
            raise Broken("Too many papers are being made at once. Try again in a minute.") from None
        try:
            process = self._living(process)
            made = process.make(page, self.seconds)
        except BaseException as error:
            # A refusal leaves the process as it was; after anything else it is not to be trusted.
            if not isinstance(error, pdf.Refused | pdf.TooLong):
                process = self._anew(process)
            raise
        else:
            if process.made >= self.documents:
                process = self._anew(process)
            return made
        finally:
            self._free.put(process)

    def warm(self):
        waiting = []
        with contextlib.suppress(queue.Empty):
            while True:
                waiting.append(self._free.get_nowait())
        for process in waiting:
            self._free.put(self._living(process))

    def end(self):
        """Ends the processes. Whoever waits for a document gets Broken."""
        for process in list(self._all):
            self._stop(process)

    def forget(self):
        """After a fork the processes are the parent's: let go of them without ending them."""
        for process in self._all:
            process.let_go()
        self._all.clear()

    def pids(self):
        return [process.pid for process in self._all]

    def _living(self, process):
        if process is not None and process.alive():
            return process
        return self._anew(process)

    def _anew(self, process):
        """A fresh process in the place of this one; None when it cannot be started now."""
        if process is not None:
            self._stop(process)
        with contextlib.suppress(OSError):
            process = _Process(self.megabytes, self.seconds)
            self._all.add(process)
            return process
        return None

    def _stop(self, process):
        self._all.discard(process)
        process.kill()


class _Process:
    """One child: a page goes in, a PDF or a reason comes out."""

    def __init__(self, megabytes, seconds):
        known = {
            name: value
            for name, value in os.environ.items()
            if name in KNOWN_TO_THE_PRESS or name.startswith(FONTS_OF_THE_SYSTEM)
        }
        self.made = 0
        self._ready = False
        self._child = subprocess.Popen(
            [sys.executable, "-m", "backup_plan_site.press_child", str(megabytes), str(seconds)],
            cwd=Path(__file__).resolve().parents[1],
            env=known,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Pango's warnings quote the document.
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )
        self.pid = self._child.pid
        for pipe in (self._child.stdin, self._child.stdout):
            os.set_blocking(pipe.fileno(), False)

    def make(self, page, seconds):
        self._wait_until_ready()
        end = time.monotonic() + seconds
        try:
            self._write(HEAD.pack(MADE, len(page)) + page, end)
            kind, told = self._read(end)
        except TimeoutError:
            raise TooMuch(f"This paper was not ready after {seconds} seconds.") from None
        except (EOFError, BrokenPipeError):
            # Its bounds end it in other ways.
            if self._child.wait() == -signal.SIGKILL:
                raise Killed("The program that makes PDFs was ended.") from None
            raise TooMuch("This paper took more memory or time than it may.") from None
        self.made += 1
        if kind == MADE:
            return told
        raise _reason(kind, told)

    def alive(self):
        return self._child.poll() is None

    def kill(self):
        if self._child.poll() is None:
            self._child.kill()
        self._child.wait()
        self._close()

    def let_go(self):
        self._close()
        # Not ours to wait for.
        self._child.returncode = 0

    def _close(self):
        for pipe in (self._child.stdin, self._child.stdout):
            with contextlib.suppress(OSError):
                pipe.close()

    def _wait_until_ready(self):
        if self._ready:
            return
        try:
            kind, told = self._read(time.monotonic() + START)
        except (TimeoutError, EOFError):
            raise Broken("The program that makes PDFs did not start.") from None
        if kind != READY:
            raise _reason(kind, told)
        self._ready = True

    def _write(self, content, end):
        pipe, rest = self._child.stdin.fileno(), memoryview(content)
        while rest:
            if not select.select([], [pipe], [], max(0, end - time.monotonic()))[1]:
                raise TimeoutError
            rest = rest[os.write(pipe, rest[:65536]) :]

    def _read(self, end):
        kind, length = HEAD.unpack(self._exactly(HEAD.size, end))
        return kind, self._exactly(length, end)

    def _exactly(self, length, end):
        pipe, parts = self._child.stdout.fileno(), bytearray()
        while len(parts) < length:
            if not select.select([pipe], [], [], max(0, end - time.monotonic()))[0]:
                raise TimeoutError
            part = os.read(pipe, min(length - len(parts), 1 << 20))
            if not part:
                raise EOFError
            parts += part
        return bytes(parts)


def _reason(kind, told):
    words = told.decode()
    if kind == REFUSED:
        return pdf.Refused(words)
    if kind == TOO_LONG:
        return pdf.TooLong(words)
    if kind == NO_PANGO:
        return pdf.PdfUnavailable(words)
    if kind == TOO_MUCH:
        return TooMuch("This paper took more memory than it may.")
    return Broken(f"The paper could not be made: {words}.")


# --- one press for each process of the site -----------------------------------------------------------

_press = None
_making = threading.Lock()


def _the_press():
    global _press
    with _making:
        if _press is None:
            _press = Press(settings.PDF_PROCESSES)
        return _press


def end():
    """Ends what runs; the next document starts it again."""
    global _press
    with _making:
        if _press is not None:
            _press.end()
        _press = None


def _after_a_fork():
    global _press, _making
    _making = threading.Lock()
    if _press is not None:
        _press.forget()
    _press = None


atexit.register(end)
os.register_at_fork(after_in_child=_after_a_fork)
