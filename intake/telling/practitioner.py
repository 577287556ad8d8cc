"""To the practitioner: the complaint in short facts, and one flag with everything that is needed to decide.

'What it points to' and 'to check' are for these eyes only.
"""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from intake import pages
from intake.models import Flag
from intake.red_flags import red_flags
from intake.screening import Urgency

from .labels import label_of, short_label, value_of


@dataclass(frozen=True)
class Story:
    """One flag for the practitioner: the question as asked, the answers, the rule, why it matters, what to check."""

    question: str
    language: str
    rules: str
    lines: list = field(default_factory=list)
    translation: str = ""
    answers: list = field(default_factory=list)
    why: str = ""
    points_to: str = ""
    checks: str = ""
    source: str = ""
    confirmed: bool = False
    history: list = field(default_factory=list)


def context_lines(facts, language):
    """Complaint and context as short facts, in the staff member's language; own words stay as typed."""
    sections = [
        (_("Complaint"), (pages.OWN_WORDS, pages.CANNOT_DO, "regions", pages.WORST_PLACE, pages.COURSE)),
        (_("Pain"), (pages.PAIN_NOW, "worst_pain", "changes_with_movement")),
        (_("How it began"), ("duration", "sudden_onset", "recent_fall", "first_episode", "onset_age")),
        (
            _("Health"),
            (
                *("sex", "pregnant", "blood_thinners", "smoker", "high_blood_pressure"),
                *("spine_procedure_3_months", pages.GP),
            ),
        ),
    ]
    asked = {key for page in pages.context_pages(facts.context) for key in page.keys}
    return [
        {"title": title, "rows": [_fact_row(key, facts, language) for key in keys if key in asked]}
        for title, keys in sections
    ]


def _fact_row(key, facts, language):
    value = value_of(key, facts.latest.get(key), language)
    return {
        "label": short_label(key),
        "value": value,
        "missing": key not in facts.latest or not value,
        "zones": facts.latest.get(key) if key == "regions" else None,
    }


def notes_lines(notes):
    """What the rules note without blocking (R8 and its like), in words."""
    words = {
        "age-over-50": _("Older than 50"),
        "first-episode": _("First time in this person's life"),
        "night-pain": _("Pain wakes at night"),
        "asas-3": _("Three of the five signs of an inflamed back"),
        "diabetes": _("Diabetes"),
    }
    return [str(words[note]) for note in notes]


def flag_story(flag, screening, *, patient_language, staff_language):
    """Everything about one flag that a practitioner needs to decide."""
    content = red_flags()
    rules = ", ".join(flag.rules)
    head = _("Rule %(rules)s") % {"rules": rules} if rules else ""
    if flag.item == Flag.NOT_REASSURED:
        return Story(_("A practitioner is not reassured"), staff_language, "")
    question = content.by_id.get(flag.item)
    if question is None:
        return _rule_story(flag, screening, head, staff_language)
    translation = "" if patient_language == staff_language else question.ask.in_language(staff_language)
    return Story(
        question=question.ask.in_language(patient_language),
        language=patient_language,
        rules=f"{head} · {flag.item}",
        lines=[line.in_language(patient_language) for line in question.lines],
        translation=translation,
        answers=_answers(screening, flag.item, staff_language),
        why=content.told(flag.item, Urgency(flag.urgency)).in_language(staff_language),
        points_to=question.points_to.in_language(staff_language),
        checks=question.checks.in_language(staff_language),
        source=question.source,
        confirmed=question.confirmed,
        history=_history(screening, flag.item, staff_language),
    )


# A class that no item carries: what it is about, and the facts it was read from (clinical-brief B8).
RULES_ALONE = {
    "R4": (_l("A bone may be fragile"), ("sex", "regions", "duration", "sudden_onset", "recent_fall")),
    "R7": (_l("Blood thinners"), ("blood_thinners", "recent_fall", "sudden_onset", "worst_pain", "duration")),
    "R9": (
        _l("Pain that does not change with movement"),
        ("regions", "duration", "changes_with_movement", "smoker", "high_blood_pressure"),
    ),
    "R12": (_l("Pregnant, or perhaps"), ("pregnant",)),
    "R15": (
        _l("Pain that does not change with movement"),
        ("regions", "duration", "changes_with_movement", "smoker"),
    ),
    "spine-procedure": (_l("A procedure at the spine"), ("spine_procedure_3_months",)),
    "under-18": (_l("Younger than 18"), ()),
}


def _rule_story(flag, screening, head, language):
    """A rule that what the patient told about themselves raised: the facts it was read from."""
    title, keys = RULES_ALONE[flag.item]
    latest = dict(screening.answers.order_by("pk").values_list("key", "value"))
    born, began = screening.intake.patient, screening.asked_on
    answers = [{"question": _("Age"), "answer": born.age_on(began)}]
    answers += [
        {"question": short_label(key), "answer": value_of(key, latest.get(key), language)}
        for key in keys
        if key in latest
    ]
    return Story(
        question=str(title),
        language=language,
        rules=head,
        answers=answers,
        why=red_flags().told(flag.item, Urgency(flag.urgency)).in_language(language),
    )


def _answers(screening, item, language):
    latest = {}
    for answer in screening.answers.order_by("pk"):
        if answer.key.partition(".")[0] == item:
            latest[answer.key] = answer.value
    return [
        {
            "question": _("Answer") if key == item else label_of(key, language),
            "answer": value_of(key, value, language),
        }
        for key, value in latest.items()
        if value is not None
    ]


def _history(screening, item, language):
    """Every answer to this item and its follow-ups in turn, when one of them was changed."""
    rows = [row for row in screening.answers.order_by("pk") if row.key.partition(".")[0] == item]
    if len({row.key for row in rows}) == len(rows):
        return []
    return [
        {
            "at": row.at,
            "question": label_of(row.key, language),
            "answer": value_of(row.key, row.value, language),
        }
        for row in rows
    ]
