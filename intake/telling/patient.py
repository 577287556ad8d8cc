"""To the patient: what to do after a dangerous answer, and everything once more before sending.

The patient is told what the practice's rules found and what to do, never a disease.
"""

from dataclasses import dataclass, field

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from intake.contact import numbers
from intake.practice_words import out_of_hours
from intake.red_flags import red_flags
from intake.screening import Urgency, follow_ups
from intake.standing import Decision
from intake.way import address

from .labels import answer_word, examples_of, label_of, title_of, value_of


@dataclass(frozen=True)
class Advice:
    """One care page: who and when, whom to call, what to tell them."""

    urgency: str
    title: str
    lead: str
    calls: list
    tell: list = field(default_factory=list)
    tell_title: str = ""
    steps: list = field(default_factory=list)
    worse: str = ""


def care_advice(screening, urgency, practice, language, *, with_answers=True):
    """The advice of one urgency, in the reader's language and with the numbers of the practice's country."""
    message = red_flags().message(urgency, practice.country)
    title, _dot, lead = message.in_language(language).partition(". ")
    flags = screening.flags.filter(urgency=urgency.value).exclude(decision=Decision.CLEARED.value)
    told = _unique(
        red_flags().told(flag.item, Urgency(flag.urgency)).in_language(language)
        for flag in flags
        if flag.raised_by_id is None
    )
    return Advice(
        urgency=urgency.value,
        title=title.rstrip("."),
        lead=lead,
        calls=_calls(urgency, practice, language),
        steps=told + _outside_hours(urgency, practice, language),
        tell=_tell(screening, flags, language) if with_answers else [],
        tell_title=_("What we talk about") if urgency is Urgency.TALK else _("What to tell them"),
        worse="" if urgency is Urgency.NOW else red_flags().suddenly_worse.in_language(language),
    )


def _outside_hours(urgency, practice, language):
    said = out_of_hours(practice, language) if urgency is Urgency.TODAY else ""
    return [said] if said else []


def _calls(urgency, practice, language):
    """Whom to call, the most important first. The GP's own number is not known; calm classes need no call now."""
    if urgency not in (Urgency.NOW, Urgency.TODAY):
        return []
    country = numbers(practice.country)
    calls = []
    if urgency is Urgency.NOW:
        what = _("Call %(number)s") % {"number": country.emergency}
        calls.append({"what": what, "number": country.emergency, "note": _("free, day and night")})
    elif country.out_of_hours:
        what = f"{capfirst(country.out_of_hours_name.in_language(language))}: {country.out_of_hours}"
        note = _("in the evening, at night and at the weekend")
        calls.append({"what": what, "number": country.out_of_hours, "note": note})
    if practice.phone:
        what = _("Call %(name)s") % {"name": practice.name}
        calls.append({"what": what, "number": practice.phone, "note": practice.phone})
    return calls


def _tell(screening, flags, language):
    """The questions behind these flags with the answers given: what to read out on the phone."""
    latest = dict(screening.answers.order_by("pk").values_list("key", "value"))
    lines = []
    for flag in flags:
        question = red_flags().by_id.get(flag.item)
        if question is None or latest.get(flag.item) not in ("yes", "unsure"):
            continue
        lines.append(f"{question.ask.in_language(language)} {answer_word(latest[flag.item])}.")
    return _unique(lines)


def summary(intake, facts, language):
    """Sections of the check page: each question with its answer and the way to change it."""
    sections = []
    for page in facts.pages:
        url = f"{address(intake, page)}?then=check"
        keys = [key for key in page.keys]
        if page.name == "safety":
            keys = [
                key
                for item in page.keys
                for key in (
                    item,
                    *(
                        key
                        for key in facts.answers
                        if key.startswith(f"{item}.") and key in _shown(facts, item)
                    ),
                )
            ]
        rows = [
            {
                "label": label_of(key, language),
                "examples": examples_of(key, language),
                "value": value_of(key, facts.latest.get(key), language),
                "url": url,
                "zones": facts.latest.get(key) if key == "regions" else None,
            }
            for key in keys
        ]
        sections.append({"title": title_of(page, language), "rows": rows})
    return sections


def _shown(facts, item):
    return follow_ups(item, facts.answers.get(item) or "", facts.context)


def _unique(lines):
    return list(dict.fromkeys(line for line in lines if line))
