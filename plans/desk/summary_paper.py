"""The 90-second page on one A4 and as plain text: the same parts, on paper as much of them as there is room for."""

import contextlib
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from backup_plan_site import pdf
from plans.shortening import ROOMS, first_of, shortened

TEMPLATE = "plans/paper/summary.html"
STYLESHEET = "css/summary-paper.css"
# More than this is on no A4, however small the letters of the sheet.
MOST_LETTERS = 6500
# Shape beside word, as on screen: no urgency is told by colour.
SYMBOLS = {"now": "■", "today": "▲", "days": "◆", "talk": "●"}


@dataclass(frozen=True)
class Short:
    """One line as it stands on paper, every text in the reader's language where there is a translation."""

    label: str
    words: str
    lang: str
    answer: str
    reason: str
    urgency: str
    symbol: str
    urgency_word: str
    state: str
    sentences: tuple


def summary_pdf(head, parts):
    """The bytes of exactly one A4, in the active language.

    Raises backup_plan_site.pdf.PdfUnavailable where Pango is missing.
    """
    for room in ROOMS[:-1]:
        # To lay out what is far too long takes a second for nothing.
        if letters(parts, room) <= MOST_LETTERS:
            with contextlib.suppress(pdf.TooLong):
                return pdf.from_html(page(head, parts, room), stylesheet=STYLESHEET, most=1)
    # The tightest fits whatever was told: the tests hold it to that in every language.
    return pdf.from_html(page(head, parts, ROOMS[-1]), stylesheet=STYLESHEET, most=1)


def letters(parts, room):
    """Roughly how many characters the parts take with this room."""
    shorts = [line for part in parts for group in fitted(part, room)["groups"] for line in group["lines"]]
    return sum(
        len(line.label)
        + len(line.words)
        + len(line.answer)
        + len(line.reason)
        + sum(map(len, line.sentences))
        for line in shorts
    )


def page(head, parts, room):
    """The page that becomes the PDF, with as much of each part as `room` allows."""
    return render_to_string(TEMPLATE, {"head": head, "parts": [fitted(part, room) for part in parts]})


def fitted(part, room):
    """One part as the paper's template reads it. `more` says that the screen says more."""
    left = room.flags if part.key == "flags" else room.lines
    groups, more = [], False
    for group in part.groups:
        lines, cut = first_of(group.lines, max(left, 0))
        left -= len(lines)
        short = [short_line(line, room) for line in lines]
        more = more or cut or any(was_cut for _line, was_cut in short)
        if lines or (group.note and not group.lines):
            groups.append({"told": group, "lines": [line for line, _cut in short]})
    return {"told": part, "groups": groups, "more": more}


def short_line(line, room):
    """(the line as it fits in `room`, whether anything of it was left out)."""
    words = line.translation or line.words
    said, cut = first_of(line.sentences, room.sentences)
    sentences = [one.translation or one.text for one in said]
    long = (line.label, words, line.answer, line.reason, *sentences)
    label, *texts = (shortened(str(text), room.letters) for text in long)
    reason = texts[2] if room.sentences else ""  # The tightest leaves the reasons to the screen.
    short = Short(
        label=label,
        words=texts[0],
        lang="" if line.translation else line.lang,
        answer=texts[1],
        reason=reason,
        urgency=line.urgency,
        symbol=SYMBOLS.get(line.urgency, ""),
        urgency_word=line.urgency_word,
        state=line.state,
        sentences=tuple(texts[3:]),
    )
    shorter = [" ".join(str(text).split()) for text in long] != [label, *texts]
    return short, cut or shorter or reason != texts[2]


def head_of_paper(intake, told):
    """Who this is, on which day, in words: the sheet may lie beside another one."""
    patient, today = intake.patient, timezone.localdate()
    age = patient.age_on(today)
    return {
        "name": patient.full_name,
        "born": date_format(patient.birth_date, "j F Y"),
        "age": ngettext("%(age)s year", "%(age)s years", age) % {"age": age},
        "state": told.screening.get_state_display()
        if told.screening
        else _("The safety questions are not begun yet."),
        "round": round_words(told),
        "made_on": date_format(today, "j F Y"),
        "practice": intake.practice.name,
    }


def round_words(told):
    """Which round this tells of, since when, and why it began; '' before the first."""
    if told.screening is None:
        return ""
    if told.screening.sent_at is None:
        return _("Still being filled in.")
    words = {
        "number": told.screening.number,
        "day": date_format(timezone.localtime(told.screening.sent_at), "j F Y"),
        "why": told.screening.get_because_display(),
    }
    return _("Round %(number)s, sent on %(day)s: %(why)s") % words


def as_text(head, parts):
    """All of it in plain text, for another record; every text in the reader's language where there is a translation."""
    lines = [
        _("Summary of the intake"),
        f"{head['name']}, {head['born']} ({head['age']})",
        f"{head['practice']}, {head['made_on']}",
        head["state"],
        head["round"],
    ]
    for part in parts:
        lines += ["", part.title.upper(), *([] if part.groups else [part.empty])]
        for group in part.groups:
            lines += [one for one in (group.title, group.note) if one]
            lines += [text for line in group.lines for text in _text_of(line)]
    return "\n".join(str(line) for line in lines)


def _text_of(line):
    urgency = f"[{line.urgency_word}] " if line.urgency else ""
    label = f"{line.label}: " if line.label else ""
    yield f"- {urgency}{label}{line.translation or line.words}"
    if line.answer:
        yield f"  {_('Answer')}: {line.answer}"
    if line.reason:
        yield f"  {_('Think of')}: {line.reason}"
    if line.state:
        yield f"  {line.state}"
    for one in line.sentences:
        yield f"  · {one.translation or one.text}"
