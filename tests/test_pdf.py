"""The paper machine: tagged A4 with our own fonts, nothing fetched, the same bytes for the same words, silent logs."""

import base64
import builtins
import hashlib
import logging
import os
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings

from backup_plan_site import pdf
from tests.verapdf import reading

PAGE = '<html lang="{}"><head><title>{}</title></head><body><h1>A page</h1>{}</body></html>'
STATIC = settings.BASE_DIR / "static"


def page(body="<p>Words.</p>", *, language="en", title="A page"):
    return PAGE.format(language, title, body)


@pytest.fixture
def poppler():
    if not all(map(shutil.which, ("pdfinfo", "pdftotext", "pdffonts", "pdftoppm"))):
        (pytest.fail if os.environ.get("CI") else pytest.skip)("No poppler-utils here.")


@pytest.fixture
def complaints(caplog):
    """What WeasyPrint says of a document, which otherwise nobody hears."""
    pdf.from_html(page())
    logger = logging.getLogger("weasyprint")
    logger.disabled = False
    with caplog.at_level(logging.WARNING, "weasyprint"):
        yield lambda: [record.getMessage() for record in caplog.records if record.name == "weasyprint"]
    logger.disabled = True


# --- what comes out ---


def test_a_page_is_tagged_a4_with_its_title_and_language(poppler):
    made = pdf.from_html(page(language="nl", title="Een blad"))
    told = reading.info(made)

    assert told["Page size"] == reading.A4
    assert told["Tagged"] == "yes"
    assert told["Title"] == "Een blad"
    assert b"/Lang (nl)" in reading.inside(made)
    assert b"pdfuaid" in reading.inside(made)


def test_the_same_words_give_the_same_bytes():
    first = pdf.from_html(page())

    assert pdf.from_html(page()) == first
    assert pdf.from_html(page("<p>Other words.</p>")) != first


def test_the_same_words_give_the_same_bytes_in_another_process():
    code = (
        "import django, hashlib; django.setup(); from backup_plan_site import pdf;"
        f"print(hashlib.sha256(pdf.from_html({page('<p>Żółć 😀 שלום</p>')!r})).hexdigest())"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed},
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    ]

    assert told[0] == told[1] == hashlib.sha256(pdf.from_html(page("<p>Żółć 😀 שלום</p>"))).hexdigest()


def test_the_identifier_comes_from_the_content():
    made = [pdf.from_html(page(f"<p>{words}</p>")) for words in ("One.", "Two.", "One.")]
    identifiers = [re.search(rb"/ID ?\[\(([0-9a-f]{32})\)", reading.inside(one))[1] for one in made]

    assert identifiers[0] == identifiers[2] != identifiers[1]


def test_threads_wait_for_each_other(monkeypatch):
    import weasyprint

    inside, most = [], []
    write = weasyprint.HTML.write_pdf

    def slowly(self, *arguments, **more):
        inside.append(1)
        time.sleep(0.01)
        most.append(len(inside))
        try:
            return write(self, *arguments, **more)
        finally:
            inside.pop()

    monkeypatch.setattr(weasyprint.HTML, "write_pdf", slowly)
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda _: pdf.from_html(page()), range(8)))

    assert max(most) == 1
    assert len(set(made)) == 1


# --- nothing is fetched ---


def drawing(inside):
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{inside}</svg>'
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


PASSWD, SQUARE = '<image href="file:///etc/passwd"/>', '<path d="M0 0h9v9z"/>'
FOREIGN = {
    "another host": '<img alt="x" src="http://127.0.0.1:9/x.png">',
    "another host, safely": '<img alt="x" src="https://example.org/x.png">',
    "no scheme": '<img alt="x" src="//example.org/x.png">',
    "a file of the machine": '<img alt="x" src="file:///etc/passwd">',
    "a file on a host": '<img alt="x" src="file://example.org/etc/passwd">',
    "out of the folder": '<img alt="x" src="../manage.py">',
    "out of the folder, hidden": '<img alt="x" src="%2e%2e/manage.py">',
    "inside a drawing": f'<img alt="x" src="{drawing(PASSWD)}">',
    "a style sheet": '<link rel="stylesheet" href="https://example.org/x.css">',
}


@pytest.mark.parametrize("body", FOREIGN.values(), ids=FOREIGN)
def test_what_is_not_ours_is_refused(body, monkeypatch):
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("a connection was tried"))

    with pytest.raises(pdf.Refused) as refused:
        pdf.from_html(page(body))

    assert "example" not in str(refused.value) and "passwd" not in str(refused.value)


def test_a_link_that_leads_out_of_the_folder_is_refused(settings, tmp_path):
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "out.svg").symlink_to("/etc/passwd")
    settings.BASE_DIR = tmp_path

    assert not pdf.ours((tmp_path / "static" / "out.svg").as_uri())


@pytest.mark.parametrize(
    "body",
    ['<img alt="A drop" src="img/favicon.svg">', f'<img alt="A square" src="{drawing(SQUARE)}">'],
)
def test_what_is_ours_is_shown(body, complaints):
    assert pdf.from_html(page(body)) != pdf.from_html(page('<img alt="A drop">'))
    assert complaints() == []


# --- letters ---

SCRIPTS = {
    "Polish": "Łukasz Żółć, ŁÓDŹ",
    "Turkish": "Gülşah İpek Işıl ĞÜŞ",
    "Vietnamese": "Đặng Thị Hồng",
    "Greek": "Ελένη Παπαδοπούλου",
    "Cyrillic": "Наталія Ґалаґан, Юлия",
    "Hebrew": "יצחק לוי",
    "Arabic": "محمد الأمين، ۱۲۳ ؟",
    "emoji": "😀 👍🏽 👩‍👩‍👧 ❤️ 🇧🇪 ☀",
    "signs": "✓ ✗ → ← ≤ ≥ ≠ ± ½ ☐ • … “x” €",
    "decomposed": "e\u0301 z\u0307 o\u0302\u0323",
    "spaces": "a\u00a0b\u202fc\u2009d\u200be\u00adf\u2011g",
}
OURS = {
    f"{name}{weight}"
    for name in (
        "Atkinson-Hyperlegible-Next",
        "Paper-Sans",
        "Paper-Hebrew",
        "Paper-Arabic",
        "Paper-Symbols",
        "Paper-Emoji",
    )
    for weight in ("", "-Bold")
}


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=SCRIPTS)
def test_our_own_fonts_draw_every_letter(text, complaints, poppler):
    made = pdf.from_html(page(f"<p>{text}</p><p><b>{text}</b></p>"))

    assert complaints() == []
    assert reading.fonts(made) <= OURS
    assert pdf.without_letters(text) == []


def test_a_letter_that_no_font_has_is_seen_and_replaced(monkeypatch, complaints, poppler):
    body = "<p>สมชาย \U000f1234 Jan</p>"

    made = pdf.from_html(page(body))
    assert complaints() == [] and reading.fonts(made) <= OURS
    assert "Jan" in reading.pages(made)[0] and pdf.MISSING in reading.pages(made)[0]
    assert "ส" in pdf.without_letters("สมชาย Jan")

    monkeypatch.setattr(pdf, "drawable", str)
    made = pdf.from_html(page(body))
    assert complaints() != [] or not reading.fonts(made) <= OURS


def test_signs_that_steer_a_machine_are_left_out():
    assert pdf.drawable("a\x00b\x07c\u202ed\ud800e") == "abcde"


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("Jan", "ltr"),
        ("יצחק", "rtl"),
        ("محمد", "rtl"),
        ("12 · יצחק", "rtl"),
        ("Jan יצחק", "ltr"),
        ("03 555 12 34", "ltr"),
        ("<b>יצחק</b>", "rtl"),
        ("&lt;b&gt; יצחק", "ltr"),
    ],
)
def test_a_text_runs_as_its_first_letter_does(text, runs):
    assert pdf.direction(text) == runs
    assert f'<p class="a" dir="{runs}">' in pdf.directed(f'<p class="a" dir="auto">{text}</p>')


# --- where it cannot work, and what it says ---


def test_without_pango_it_says_the_one_line_to_install(monkeypatch):
    real = builtins.__import__

    def without_pango(name, *rest, **more):
        if name == "weasyprint":
            raise OSError("cannot load library 'libgobject-2.0-0'")
        return real(name, *rest, **more)

    pdf._weasyprint.cache_clear()
    monkeypatch.setattr(builtins, "__import__", without_pango)

    with pytest.raises(pdf.PdfUnavailable, match=r"apt-get install .*libpango-1.0-0 libpangoft2-1.0-0"):
        pdf.from_html(page())


def test_nothing_of_a_document_is_logged(caplog):
    with caplog.at_level(logging.DEBUG):
        pdf.from_html(page('<p style="colour: Secret">Secret \U000f1234</p>'))

    assert "Secret" not in caplog.text and "weasyprint" not in caplog.text


def test_the_fonts_stay_small_and_bring_their_licence():
    fonts = list((STATIC / "fonts").glob("*.ttf"))

    assert sum(font.stat().st_size for font in fonts) < 1_500_000
    licences = "".join(file.read_text() for file in (STATIC / "fonts").glob("LICENSE*"))
    for owner in (
        "Atkinson Hyperlegible",
        "noto-emoji",
        "latin-greek-cyrillic",
        "arabic",
        "hebrew",
        "symbols",
    ):
        assert owner in licences
