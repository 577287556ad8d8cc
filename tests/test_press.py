"""The press: the same bytes as without it, bounds that hold, and a fresh process after whatever went wrong."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings as configured

from backup_plan_site import pdf, press

PAGE = '<html lang="en"><head><title>A page</title></head><body>{}</body></html>'
WORDS = PAGE.format("<p>Words.</p>")
LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Looks into /proc.")


@pytest.fixture(scope="module")
def warm():
    """One press for these tests; each leaves it able to print."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SECRET_KEY", "planted-secret")
        one = press.Press(1)
        one.warm()
    yield one
    one.end()


def cells(rows, words="x"):
    return PAGE.format(f"<table>{f'<tr>{f"<td>{words}</td>" * 20}</tr>' * rows}</table>")


def test_the_press_makes_what_the_process_itself_makes(warm):
    page = PAGE.format('<h1>Żółć שלום ✓</h1><img alt="A drop" src="img/favicon.svg">')

    assert warm.make(page) == pdf.from_html(page)
    first = warm.pids()
    assert warm.make(page) == pdf.from_html(page)
    assert warm.pids() == first, "it stays warm"


def test_what_is_refused_is_refused_there_too_and_the_process_stays(warm):
    before = warm.pids()

    with pytest.raises(pdf.Refused):
        warm.make(PAGE.format('<img alt="x" src="file:///etc/passwd">'))
    with pytest.raises(pdf.TooLong):
        warm.make(PAGE.format('<p style="break-before: page">x</p>' * 3), most=2)

    assert warm.make(WORDS).startswith(b"%PDF") and warm.pids() == before


@LINUX
def test_it_knows_no_secret_and_has_no_socket(warm):
    warm.make(WORDS)
    [pid] = warm.pids()
    proc = Path(f"/proc/{pid}")

    assert b"planted-secret" not in (proc / "environ").read_bytes()
    assert b"DJANGO" not in (proc / "environ").read_bytes()
    assert [link for link in (proc / "fd").iterdir() if "socket" in str(link.readlink())] == []
    limits = (proc / "limits").read_text()
    assert str(press.MEGABYTES << 20) in limits.split("Max address space")[1].splitlines()[0]
    assert " 0 " in limits.split("Max core file size")[1].splitlines()[0]


def test_a_bomb_for_the_clock_ends_in_a_sentence_and_the_next_page_comes(warm, monkeypatch):
    warm.make(WORDS)
    before, began = warm.pids(), time.monotonic()
    monkeypatch.setattr(warm, "seconds", 1)
    with pytest.raises(press.TooMuch, match="not ready after 1 seconds") as told:
        warm.make(cells(4000, "Secret"))

    assert time.monotonic() - began < 10
    assert "Secret" not in str(told.value)
    assert warm.pids() != before
    monkeypatch.undo()
    assert warm.make(WORDS) == pdf.from_html(WORDS)


@pytest.mark.long
def test_a_bomb_for_the_memory_ends_in_a_sentence_and_the_next_page_comes():
    one = press.Press(1, megabytes=270)
    try:
        with pytest.raises(press.TooMuch, match=r"memory|not ready"):
            one.make(PAGE.format(f"<p>{'x' * 3_000_000}</p>"))
        assert one.make(WORDS) == pdf.from_html(WORDS)
    finally:
        one.end()


@pytest.mark.long
def test_the_bomb_of_forty_thousand_cells_is_stopped_by_the_bounds_as_they_are():
    one = press.Press(1)
    try:
        one.make(WORDS)
        began = time.monotonic()
        with pytest.raises(press.TooMuch):
            one.make(cells(2000))
        assert time.monotonic() - began < press.SECONDS + 5
        assert one.make(WORDS) == pdf.from_html(WORDS)
    finally:
        one.end()


def test_a_page_too_large_to_be_a_plan_is_not_even_tried(warm):
    with pytest.raises(press.TooMuch):
        warm.make("x" * (press.LARGEST_PAGE + 1))


def test_a_killed_process_is_replaced(warm):
    warm.make(WORDS)
    [before] = warm.pids()
    os.kill(before, signal.SIGKILL)

    assert warm.make(WORDS) == pdf.from_html(WORDS)
    assert warm.pids() != [before]


@pytest.mark.long
def test_after_so_many_documents_a_fresh_process_takes_over():
    one = press.Press(1, documents=2)
    try:
        seen = []
        for _number in range(3):
            one.make(WORDS)
            seen += one.pids()
        assert seen[0] != seen[1] == seen[2]
    finally:
        one.end()


def test_a_process_that_does_not_start_is_told_and_nothing_is_made_instead(monkeypatch):
    monkeypatch.setattr(press.sys, "executable", "/bin/false")
    monkeypatch.setattr(pdf, "from_html", lambda *a, **k: pytest.fail("made in the process itself"))
    monkeypatch.setattr(configured, "PDF_PROCESSES", 1)
    press.end()
    try:
        with pytest.raises(press.Broken, match="did not start"):
            press.from_html(WORDS)
    finally:
        press.end()


def test_it_ends_with_its_parent(tmp_path):
    code = (
        "import os, signal; from backup_plan_site import press;"
        f"one = press.Press(1); one.make({WORDS!r});"
        "print(one.pids()[0], flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=configured.BASE_DIR, stdout=subprocess.PIPE, text=True
    ).stdout
    end = time.monotonic() + 10
    while time.monotonic() < end and _runs(int(told)):
        time.sleep(0.05)

    assert not _runs(int(told))


def _runs(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"


def test_the_site_prints_through_the_press():
    from backup_plan_site.settings import base

    assert base.PDF_PROCESSES >= 1
    root = configured.BASE_DIR
    for path in ("plans/paper.py", "plans/paper_intake.py"):
        source = (root / path).read_text()
        assert "press.render(" in source and "pdf.render(" not in source
