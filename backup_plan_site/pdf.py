"""A template as a PDF on paper: A4, tagged for PDF/UA-1, with our own fonts. The one place that knows WeasyPrint.

Nothing is fetched but what lies in the project's static folder. The same words give the same bytes. One page at a time
in each process: WeasyPrint shares fonts and parsed style sheets between documents, and crashes when threads do.
"""

import hashlib
import html
import logging
import re
import threading
import unicodedata
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

PAPER = "css/paper.css"
LIBRARIES = "apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
MISSING = "\N{REPLACEMENT CHARACTER}"

# Written otherwise on paper, looking the same: no font of ours draws these.
ALIKE = {"\u2010": "-", "\u2011": "-", "\u202f": "\u00a0", "№": "nr.", "‰": " per 1000"}
# Steer the letters beside them and are never drawn themselves.
UNSEEN = set("\t\n\r\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\ufe0e\ufe0f")
AUTO = re.compile(r'<(\w+)\b([^<>]*?) dir="auto"([^<>]*)>(.*?)</\1>', re.DOTALL)
TAG = re.compile(r"<[^>]*>")

_lock = threading.Lock()


class PdfUnavailable(Exception):
    """The system has no Pango. The message says how to install it."""


class Refused(ValueError):
    """The document asks for something that does not lie in the static folder. The message does not say what."""


def render(template, context, *, language, stylesheet=PAPER):
    """The bytes of the PDF made from `template`. Raises PdfUnavailable where Pango is missing."""
    with translation.override(language):
        return from_html(render_to_string(template, context), stylesheet=stylesheet)


def from_html(source, *, stylesheet=PAPER):
    """The bytes of the PDF of a whole HTML page; its <title> and lang become the PDF's.

    Raises Refused for an address outside the static folder, and PdfUnavailable.
    """
    weasyprint = _weasyprint()
    source = directed(drawable(source))
    identifier = hashlib.sha256(source.encode()).hexdigest()[:32].encode()
    fetcher = _fetcher()
    with _lock:
        fetcher.refused = False
        document = weasyprint.HTML(string=source, base_url=_base(), url_fetcher=fetcher)
        made = document.write_pdf(
            stylesheets=[_style(stylesheet)],
            font_config=_fonts(),
            pdf_variant="pdf/ua-1",
            pdf_identifier=identifier,
        )
        # WeasyPrint leaves a hole where a fetch failed, inside a drawing even without a word.
        if fetcher.refused:
            raise Refused("the document asks for something that does not lie in the static folder")
    return made


# --- letters ----------------------------------------------------------------------------------------


def drawable(text):
    """`text` in letters that our fonts draw: composed, no control signs, and � for what they lack."""
    text = unicodedata.normalize("NFC", text)
    changes = {ord(one): _instead(one) for one in set(text) if not _has(one)}
    return text.translate(changes) if changes else text


def without_letters(text):
    """The characters of `text` that our fonts do not draw, each once: worth a word before a plan is given."""
    letters = set(unicodedata.normalize("NFC", text))
    return sorted(one for one in letters if not _has(one) and _instead(one) == MISSING)


def _has(one):
    return one in UNSEEN or (ord(one) in _drawn() and unicodedata.category(one) != "Cc")


def _instead(one):
    return ALIKE.get(one, "" if unicodedata.category(one) in ("Cc", "Cf", "Cs") else MISSING)


def directed(source):
    """`source` with every dir="auto" settled by its first strong letter, which WeasyPrint does not look for."""
    return AUTO.sub(
        lambda found: (
            f'<{found[1]}{found[2]} dir="{direction(found[4])}"{found[3]}>{directed(found[4])}</{found[1]}>'
        ),
        source,
    )


def direction(text):
    """rtl when the first letter that has a direction runs to the left, else ltr."""
    kinds = (unicodedata.bidirectional(one) for one in html.unescape(TAG.sub("", text)))
    return next(("ltr" if kind == "L" else "rtl" for kind in kinds if kind in ("L", "R", "AL")), "ltr")


@cache
def _drawn():
    """The code points that at least one of our fonts draws."""
    from fontTools.ttLib import TTFont

    points = set()
    for path in sorted((_static() / "fonts").glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            points.update(font.getBestCmap())
    return points


# --- WeasyPrint, once for each process --------------------------------------------------------------


@cache
def _weasyprint():
    try:
        import weasyprint
    except OSError as error:
        raise PdfUnavailable(f"PDF needs Pango: {LIBRARIES}") from error
    # Its warnings quote the document, and a document is health data.
    for name in ("weasyprint", "weasyprint.progress"):
        logging.getLogger(name).disabled = True
    return weasyprint


@cache
def _fonts():
    from weasyprint.text.fonts import FontConfiguration

    # One for all documents: each costs memory that never comes back.
    return FontConfiguration()


@cache
def _style(name):
    """The parsed style sheet. One serves every language: its words all stand in the templates."""
    return _weasyprint().CSS(
        filename=str(_static() / name), font_config=_fonts(), url_fetcher=_fetcher(), base_url=_base(name)
    )


@cache
def _fetcher():
    from weasyprint.urls import URLFetcher

    class OnlyOurs(URLFetcher):
        refused = False

        def fetch(self, url, headers=None):
            try:
                if not ours(url):
                    raise PermissionError("outside the static folder")
                return super().fetch(url, headers)
            except Exception:
                self.refused = True
                raise

    return OnlyOurs(allowed_protocols=("file", "data"), allow_redirects=False)


def ours(url):
    """May a document show this address: a picture inside itself, or a file in the static folder?"""
    parts = urlsplit(url)
    if parts.scheme == "data":
        return True
    if parts.scheme != "file" or parts.netloc:
        return False
    return Path(unquote(parts.path)).resolve().is_relative_to(_static())


def _static():
    return (Path(settings.BASE_DIR) / "static").resolve()


def _base(name=""):
    return (_static() / name).as_uri() + ("" if name else "/")
