"""The whole method on paper for who confirms it: one document per language, as a page from disk and as a PDF.

Every text with its place, its source and its mark, and room to sign each entry. In French and English the Dutch stands
beside each text: that is what was written first.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe

from backup_plan_site import pdf
from backup_plan_site.content import LANGUAGES

from . import whole_method
from .confirming.labels import Label, label, value

TEMPLATE = "plans/review_document/document.html"
STYLE = "css/review.css"
PAPER = "css/review-paper.css"
ORIGINAL = LANGUAGES[0]
NOT_IN_AN_ID = re.compile(r"[^\w-]")


@dataclass(frozen=True, slots=True)
class Line:
    """One text of an entry in the language of the document, and in Dutch where that is another one."""

    label: Label
    words: str
    original: str
    for_practitioner: bool


def html(language):
    """The whole page, with its style inside it: it opens from disk and fetches nothing."""
    with translation.override(language):
        return render_to_string(TEMPLATE, context(language))


def files(language):
    """{name: bytes} of the two documents in one language. Raises backup_plan_site.pdf.PdfUnavailable."""
    page = html(language)
    return {
        f"review-{language}.html": page.encode(),
        f"review-{language}.pdf": pdf.from_html(page, stylesheet=PAPER),
    }


def context(language):
    """What the template says; the words of the catalogue come in the active language."""
    parts = [
        {
            "id": f"part-{section.id}",
            "title": section.title_in(language),
            "entries": [_entry(entry, language) for entry in section.entries],
        }
        for section in whole_method.sections()
    ]
    return {"parts": parts, "style": _style(), "original": ORIGINAL, "with_original": language != ORIGINAL}


def _entry(entry, language):
    return {
        "id": NOT_IN_AN_ID.sub("-", entry.key),
        "told": entry,
        "name": entry.name.in_language(language),
        "lines": [_line(piece, language) for piece in entry.texts],
        "settings": [(one.where, value(one)) for one in entry.settings],
    }


def _line(piece, language):
    original = getattr(piece.text, ORIGINAL) if language != ORIGINAL else ""
    return Line(label(piece), getattr(piece.text, language), original, piece.for_practitioner)


def _style():
    style = (Path(settings.BASE_DIR) / "static" / STYLE).read_text(encoding="utf-8")
    return mark_safe(f"<style>\n{style}</style>")
