"""What runs in a process of the press: pages come in, PDFs or reasons go out, until the parent is gone."""

import contextlib
import gc
import json
import os
import signal
import struct
import sys
from pathlib import Path

from django.conf import settings

from . import pdf

HEAD = struct.Struct(">cI")
READY, MADE, REFUSED, TOO_LONG, NO_PANGO, TOO_MUCH, FAILED = b"r", b"m", b"x", b"l", b"p", b"t", b"f"
WARMING = '<html lang="en"><head><title>A page</title></head><body><p>Words.</p></body></html>'


def main(megabytes, seconds):
    """Reads pages and writes PDFs until its parent is gone."""
    pages, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # Whatever a library prints must not stand between the answers.
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    # Ctrl-C is for the parent, which lets go of us when it ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    settings.configure(BASE_DIR=Path(__file__).resolve().parents[1])
    try:
        pdf.prepare()
        pdf.from_html(WARMING)
    except pdf.PdfUnavailable as error:
        _answer(answers, NO_PANGO, str(error).encode())
        return
    _without_network()
    _bounded(megabytes)
    # Garbage is collected between two documents and never within one. What is loaded now stays.
    gc.disable()
    gc.collect()
    gc.freeze()
    _answer(answers, READY, b"")
    while head := pages.read(HEAD.size):
        page = pages.read(HEAD.unpack(head)[1])
        _allow_seconds(seconds)
        kind, told = _made(page)
        signal.alarm(0)
        _answer(answers, kind, told)
        if kind == TOO_MUCH:
            return
        gc.collect()


def _made(page):
    try:
        source, stylesheet, most = json.loads(page)
        return MADE, pdf.from_html(source, stylesheet=stylesheet, most=most)
    except pdf.Refused as error:
        return REFUSED, str(error).encode()
    except pdf.TooLong as error:
        return TOO_LONG, str(error).encode()
    except (MemoryError, RecursionError):
        return TOO_MUCH, b""
    except Exception as error:
        # Only its name: messages quote the document.
        return FAILED, type(error).__name__.encode()


def _answer(answers, kind, told):
    answers.write(HEAD.pack(kind, len(told)) + told)
    answers.flush()


def _bounded(megabytes):
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    # A core dump would be health data on disk.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 << 20, 64 << 20))


def _allow_seconds(seconds):
    """From now on so many seconds of work and little more of waiting, even when nobody is left to end us."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    allowed = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (allowed, resource.RLIM_INFINITY))
    signal.alarm(seconds + 5)


def _without_network():
    """A network of its own, with nothing in it. Not every system lets one ask for that; the fetcher refuses anyway."""
    with contextlib.suppress(OSError, AttributeError):
        os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
