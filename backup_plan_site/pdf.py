"""A template as a PDF on paper: A4, tagged for PDF/UA-1, with our own fonts. The one place that knows WeasyPrint.

Nothing is fetched but our own fonts and pictures, each by its full address, and pictures that a document carries inside
itself. The same words give the same bytes. One page at a time in each process: WeasyPrint shares fonts and parsed style
sheets between documents, and crashes when threads do. What people wait for goes through `press`, which has bounds.
"""

import hashlib
import html
import logging
import re
import threading
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

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
# A picture inside the document itself. Nothing else may come that way: no style sheet, font, page or attachment.
INSIDE = re.compile(r"data:image/(?:svg\+xml|png|jpeg|gif|webp)[;,]")
# What may be fetched below the static folder, and nothing beside it.
ASSETS = ("fonts/*.ttf", "img/*.svg")
# Outlines without a unit or a percentage come out the same wherever they stand.
OUTLINE = re.compile(r"[\s,.+\-0-9eAaCcHhLlMmQqSsTtVvZz]*")
OUTLINES = 2000

_lock = threading.Lock()


class PdfUnavailable(Exception):
    """No PDF can be made here. The message says why in a sentence; where Pango is missing, how to install it."""


class TooLong(ValueError):
    """The document takes more pages than it may."""


class Refused(ValueError):
    """The document asks for something that is not ours. The message does not say what."""


def render(template, context, *, language, stylesheet=PAPER):
    """The bytes of the PDF made from `template`. Raises PdfUnavailable where Pango is missing."""
    with translation.override(language):
        return from_html(render_to_string(template, context), stylesheet=stylesheet)


def from_html(source, *, stylesheet=PAPER, most=None):
    """The bytes of the PDF of a whole HTML page; its <title> and lang become the PDF's.

    Raises Refused for an address that is not `ours`, TooLong for more than `most` pages, and PdfUnavailable.
    """
    weasyprint = _weasyprint()
    source = directed(drawable(source))
    identifier = hashlib.sha256(source.encode()).hexdigest()[:32].encode()
    fetcher = _fetcher()
    with _lock:
        fetcher.refused = False
        document = weasyprint.HTML(string=source, base_url=_base(), url_fetcher=fetcher)
        made = document.write_pdf(
            finisher=_at_most(most),
            stylesheets=[_style(stylesheet)],
            font_config=_fonts(),
            pdf_variant="pdf/ua-1",
            pdf_identifier=identifier,
        )
        # WeasyPrint leaves a hole where a fetch failed, inside a drawing even without a word.
        if fetcher.refused:
            raise Refused("the document asks for something that is not ours")
    return made


def prepare():
    """Loads once what every document needs: WeasyPrint, our fonts and the style sheet. Raises PdfUnavailable."""
    _weasyprint()
    _drawn()
    _style(PAPER)


def _at_most(pages):
    """What WeasyPrint calls before it hands out the bytes: raises TooLong for more than so many pages (None: any)."""

    def check(document, _made):
        if pages is not None and len(document.pages) > pages:
            raise TooLong(f"more than {pages} pages")

    return check


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
    _remember_outlines()
    return weasyprint


def _remember_outlines():
    """Glasses and figures are drawn from the same outlines over and over: a fifth of the time of a plan.

    An outline is numbers only and says nothing about anybody; what a document makes of it is the same to the byte.
    """
    from weasyprint import svg

    read = svg.TAGS["path"]

    @lru_cache(maxsize=OUTLINES)
    def remembered(outline):
        return [], []

    def path(picture, node, font_size):
        outline = node.get("d", "")
        if not OUTLINE.fullmatch(outline):
            return read(picture, node, font_size)
        lines, corners = remembered(outline)
        drawn, turned = picture.stream.stream, node.vertices
        if lines:
            drawn += lines
            turned += corners
            return None
        before, first = len(drawn), len(turned)
        # An outline with a fault in it raises here, and nothing of it is kept.
        read(picture, node, font_size)
        lines += drawn[before:]
        corners += list(turned)[first:]
        return None

    svg.TAGS["path"] = path


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
                    raise PermissionError("not ours")
                return super().fetch(url, headers)
            except Exception:
                self.refused = True
                raise

    return OnlyOurs(allowed_protocols=("file", "data"), allow_redirects=False)


def ours(url):
    """May a document show this address: a picture inside itself, or one of the files that are named here?"""
    return bool(INSIDE.match(url)) or url in _assets(_static())


@cache
def _assets(static):
    """The full addresses of our fonts and pictures. A link that leads out of the folder is not one of them."""
    files = [file for pattern in ASSETS for file in static.glob(pattern)]
    return frozenset(file.as_uri() for file in files if file.resolve().is_relative_to(static))


def _static():
    return (Path(settings.BASE_DIR) / "static").resolve()


def _base(name=""):
    return (_static() / name).as_uri() + ("" if name else "/")
