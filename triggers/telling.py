"""What was answered about the glasses, in words and as drawings: one source for every page and paper. Reads only.

An answer is told as chosen or not, never as a number: nothing here is counted.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .glasses import CONDITIONS, GLASSES, as_answered, conditions, glasses
from .lesson import lesson
from .models import Fills, Size
from .progress import finished
from .shelf import DrawnGlass


@dataclass(frozen=True)
class Told:
    """One glass or condition on the check page and on the shelf.

    `sentences` are (words, private); `word` says how it was answered; `missing` that there is no answer yet. `notes`
    are size, what is already done and own words. `row` is the answer behind it, or None.
    """

    key: str
    name: str
    family: str
    sentences: tuple
    word: str
    missing: bool
    notes: tuple = ()
    url: str = ""
    row: object = None


def recognised(questions, answer):
    """The Statements that `answer` (a row or None) recognised, as they were read: in the version they were read in.

    A sentence that no file has any more cannot be said again and is left out.
    """
    if answer is None:
        return []
    ids = set(answer.recognised)
    return [one for one in as_answered(questions, answer.content_version).statements if one.id in ids]


def recognised_bones(questions, answer):
    """The Statements about the bones that `answer` (a row or None) recognised, as they were read; [] for a glass."""
    if answer is None or not getattr(answer, "bones", None):
        return []
    bones = as_answered(questions, answer.content_version).bones
    return [one for one in bones.statements if one.id in answer.bones] if bones else []


def recognised_texts(questions, answer, language, *, private=True):
    """The recognised sentences in words. Without `private` those that never go on paper are left out."""
    shown = recognised(questions, answer)
    return [one.text.in_language(language) for one in shown if private or not one.private]


def answer_word(answer):
    """How one glass was answered, in a few words. A missing answer is never a no."""
    if answer is None:
        return _("Not opened")
    if answer.skipped:
        return _("Passed over")
    if answer.fills:
        return {
            Fills.YES: _("Chosen: yes"),
            Fills.BIT: _("Chosen: a bit"),
            Fills.NO: _("Not chosen"),
        }[Fills(answer.fills)]
    return _("Nothing fitted") if answer.nothing_fits else _("Opened, not answered yet")


def glass_alt(glass, answer, language):
    """One drawn glass in words: 'Glass Sitting: chosen: a bit, giant'."""
    with translation.override(language):
        words = [_lower(answer_word(answer))]
        if answer is not None and answer.chosen:
            words += [size_word(answer.size)] if answer.size != Size.MEDIUM else []
            words += [_("something is done about it already")] if answer.compensated else []
        return _("Glass %(name)s: %(words)s") % {
            "name": glass.label.in_language(language),
            "words": ", ".join(words),
        }


def size_word(size):
    """How big a glass is for the patient."""
    return {
        Size.SMALL: pgettext("glass", "small"),
        Size.MEDIUM: pgettext("glass", "ordinary"),
        Size.GIANT: pgettext("glass", "giant"),
    }[Size(size)]


def drawn_glass(glass, answer, language):
    """One glass as shelf.py draws it; `answer` None is an empty one."""
    return DrawnGlass(
        id=glass.id,
        family=glass.family,
        label=glass.label.in_language(language),
        fills=answer.fills if answer else "",
        size=answer.size if answer else Size.MEDIUM.value,
        compensated=bool(answer and answer.chosen and answer.compensated),
        alt=glass_alt(glass, answer, language),
    )


def drawn(answers, language):
    """The 13 glasses in the shelf's order, from `answers` {glass: GlassAnswer}; what has no answer stands empty."""
    return tuple(drawn_glass(glass, answers.get(key), language) for key, glass in glasses().items())


def example(family, language):
    """A full glass of one family, for where the families are explained."""
    return DrawnGlass(
        id=f"example-{family}",
        family=family,
        label=family_word(family, language),
        fills=Fills.YES.value,
        alt=family_word(family, language),
    )


def family_word(family, language):
    """The written name of a family of glasses: colour is never alone."""
    return next(one.name.in_language(language) for one in lesson().families if one.id == family)


def conditions_told(progress, language, *, code="", then=""):
    """Hernia and arthrosis as the patient answered them."""
    return [
        _told(
            conditions()[key],
            progress.conditions.get(key),
            language,
            _address("condition", code, place, then),
        )
        for place, key in enumerate(CONDITIONS, start=1)
    ]


def glasses_told(progress, language, *, code="", then=""):
    """The 13 glasses as the patient answered them, in the shelf's order."""
    return [
        _told(glasses()[key], progress.glasses.get(key), language, _address("glass", code, place, then))
        for place, key in enumerate(GLASSES, start=1)
    ]


def _told(questions, row, language, url):
    family = getattr(questions, "family", "")
    return Told(
        key=questions.id,
        name=questions.name.in_language(language),
        family=family,
        sentences=tuple((one.text.in_language(language), one.private) for one in _read_back(questions, row)),
        word=answer_word(row) if family else _condition_word(row),
        missing=not finished(row),
        notes=_notes(row) if family and row and row.chosen else _bones_note(questions, row, language),
        url=url,
        row=row,
    )


def _read_back(questions, row):
    return [*recognised(questions, row), *recognised_bones(questions, row)]


def _bones_note(questions, row, language):
    return (questions.bones.told.in_language(language),) if recognised_bones(questions, row) else ()


def _condition_word(row):
    """How a page of a condition was answered, where no sentence says it."""
    if row is None:
        return _("Not opened")
    if row.skipped:
        return _("Passed over")
    if row.recognised:
        return ""
    return _("Nothing fitted") if row.nothing_fits else _("Opened, not answered yet")


def _notes(row):
    notes = [_("How big: %(size)s") % {"size": size_word(row.size)}]
    if row.compensated:
        notes.append(_("I already do something about this"))
    if row.own_words:
        notes.append(_("“%(words)s”") % {"words": row.own_words})
    return tuple(notes)


def _address(name, code, number, then):
    if not code:
        return ""
    return reverse(f"triggers:{name}", args=[code, number]) + (f"?then={then}" if then else "")


def _lower(word):
    return word[:1].lower() + word[1:]
