"""What a text is, in words for who reads it beside its neighbours: 'Tip · as a habit, what to do'."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from exercises.library import CAUTIONS
from plans.desk.composer_forms import CAUTION_WORDS

# By the name of the field that holds it; '' where the field around it has said enough.
WORDS = {
    "ask": _("Question"),
    "lines": _("Line"),
    "told": _("What the patient was told"),
    "told_below_now": _("What the patient was told, when it is less urgent"),
    "points_to": _("Think of"),
    "checks": _("To check"),
    "follow_ups": _("Follow-up question"),
    "answers": _("Answer"),
    "heading": _("Heading"),
    "why_heading": _("Heading"),
    "who_heading": _("Heading"),
    "skip_heading": _("Heading"),
    "page_heading": _("Heading"),
    "title": _("Heading"),
    "name": _("Name"),
    "label": _("Short name"),
    "intro": _("Introduction"),
    "lead": _("Introduction"),
    "families_intro": _("Introduction"),
    "text_netherlands": _("In the Netherlands"),
    "why": _("How this plays a part"),
    "evidence": _("How sure this is"),
    "helpers": _("Who can help"),
    "helpers_netherlands": _("Who can help, in the Netherlands"),
    "why_we_ask": _("Why we ask this"),
    "skip": _("That it may be skipped"),
    "skip_safety": _("That it cannot be skipped"),
    "who": _("Who sees it"),
    "your_practice": _("Where no practice is known"),
    "good": _("What goes well"),
    "aliases": _("Other words for it"),
    "statements": _("Sentence to recognise"),
    "extra": _("shown when it is recognised"),
    "filter": _("Question before the sentences"),
    "tips": _("Tip"),
    "habit": _("as a habit"),
    "after": _("after what"),
    "do": _("what to do"),
    "where": _("where"),
    "how_often": _("how often"),
    "small": _("the small version"),
    "care": _("Take note"),
    "goal": _("What it is for"),
    "kit": _("What you need"),
    "steps": _("Step"),
    "dose": _("How much"),
    "stop": _("When to stop"),
    "stop_rules": _("When to stop"),
    "pain_rule": _("How much pain is all right"),
    "short": _("In one sentence"),
    "pieces": _("Part"),
    "worksheet": _("Question to write below"),
    "hint": _("Example or hint"),
    "unit": _("Unit"),
    "choices": _("Choice"),
    "words": _("When somebody writes"),
    "say": _("We say"),
    "example": _("For example"),
    "parts": _("Part"),
    "boxes": _("Box to tick"),
    "intended_use": _("What this is for"),
    "picture": _("The picture in words"),
    "families": _("Family"),
    "patient": _("Said to the patient"),
    "rows": _("Row"),
    "columns": _("Column"),
    "button": _("Button"),
    "summary": _("While it is closed"),
    "calls": _("What a number is for"),
    "emergency": _("Emergency number"),
    "suicide": _("Line for thoughts of suicide"),
    "violence": _("Line about violence"),
    "arthrosis": _("Arthrosis"),
    "inflammatory": _("Inflammation"),
    "osteoporosis": _("Fragile bones"),
    "start": _("Starting position"),
    "breathing": _("Breathing"),
    "feel": _("Feel it here"),
    "easier": _("Easier"),
    "harder": _("Harder"),
    "notes": _("With this caution"),
    "text": "",
    "address": "",
    "authorities": "",
    "cases": "",
    "pages": "",
    "sentences": "",
    "box": "",
    "page": "",
}
# An exercise is not offered to whom one of these holds.
LETTERS = {letter: CAUTION_WORDS[code] for letter, code in CAUTIONS.items()}


@dataclass(frozen=True, slots=True)
class Label:
    """What a text is, and the ids of the rows that it stands in ('stress-3')."""

    words: str
    ids: str


def label(piece):
    """The Label of one Piece, in the active language. A field without a word of its own is called by its name."""
    words, ids = [], []
    for at, name in enumerate(piece.path):
        if name.isdigit():
            continue
        if at and piece.path[at - 1] in ROWS:
            ids.append(name)
        elif word := str(WORDS.get(name, name.replace("_", " "))) if at == 0 or name != "label" else "":
            words.append(word)
    return Label(" · ".join(words) or str(_("Text")), " ".join(ids))


# The fields that hold rows: what follows in a path is the row's id, or its place.
ROWS = frozenset(
    {
        "lines",
        "follow_ups",
        "answers",
        "statements",
        "tips",
        "steps",
        "stop_rules",
        "pieces",
        "worksheet",
        "notes",
    }
    | {"choices", "parts", "boxes", "families", "rows", "columns", "sentences", "also", "box", "page"}
    | {"authorities", "cases", "pages"}
)


def value(setting):
    """The value of one Setting, in words where a code stands for some."""
    if setting.path[-1] in ("cautions", "caution"):
        words: list[str | Promise] = [LETTERS.get(letter, letter) for letter in setting.value.split(", ")]
        return ", ".join(map(str, words))
    return setting.value
