"""What was answered and raised, told in words: to the patient on care and check pages, to the practitioner in review.

Everything here reads; nothing decides. The patient is told what the practice's rules found and what to do, never a
disease; 'what it points to' is for the practitioner's eyes only.
"""

from dataclasses import dataclass, field

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from . import pages
from .contact import numbers
from .forms import COURSES
from .models import Flag
from .red_flags import red_flags
from .screening import Urgency
from .standing import Decision
from .way import address


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


# --- to the patient -------------------------------------------------------------------------


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
        steps=told,
        tell=_tell(screening, flags, language) if with_answers else [],
        tell_title=_("What we talk about") if urgency is Urgency.TALK else _("What to tell them"),
        worse="" if urgency is Urgency.NOW else red_flags().suddenly_worse.in_language(language),
    )


def _calls(urgency, practice, language):
    country = numbers(practice.country)
    own = [
        {
            "what": _("Call %(name)s") % {"name": practice.name},
            "number": practice.phone,
            "note": practice.phone,
        }
    ]
    own = own if practice.phone else []
    emergency = {
        "what": _("Call %(number)s") % {"number": country.emergency},
        "number": country.emergency,
        "note": _("free, day and night"),
    }
    if urgency is Urgency.NOW:
        return [emergency, *own]
    if urgency is Urgency.TALK:
        return own
    duty = []
    if urgency is Urgency.TODAY and country.out_of_hours:
        name = country.out_of_hours_name.in_language(language)
        duty = [
            {
                "what": f"{name[0].upper()}{name[1:]}: {country.out_of_hours}",
                "number": country.out_of_hours,
                "note": _("in the evening, at night and at the weekend"),
            }
        ]
    return [*duty, *own]


def _tell(screening, flags, language):
    """The questions behind these flags with the answers given: what to read out on the phone."""
    latest = dict(screening.answers.order_by("pk").values_list("key", "value"))
    lines = []
    for flag in flags:
        question = red_flags().by_id.get(flag.item)
        if question is None or latest.get(flag.item) not in ("yes", "unsure"):
            continue
        lines.append(f"{question.ask.in_language(language)} {_answer_word(latest[flag.item])}.")
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
                "value": value_of(key, facts.latest.get(key), language),
                "url": url,
            }
            for key in keys
        ]
        sections.append({"title": title_of(page, language), "rows": rows})
    return sections


def title_of(page, language):
    """The heading of one page."""
    if page.name == "safety":
        return next(theme for theme in red_flags().themes if theme.key == page.theme).heading.in_language(
            language
        )
    return {
        "about": _("About you"),
        "where": _("Where it hurts"),
        "complaint": _("Your complaint"),
        "since": _("Since when"),
        "pain": _("How the pain behaves"),
        "health": _("Your health"),
    }[page.name]


def label_of(key, language):
    """The question behind one key, as it was asked."""
    content = red_flags()
    if key in content.fact:
        return content.fact[key].ask.in_language(language)
    if key.partition(".")[0] in content.by_id:
        return content.ask(key).in_language(language)
    return {
        pages.OWN_WORDS: _("What is the matter? Tell us in your own words."),
        pages.CANNOT_DO: _("What can you not do now that you would like to do?"),
        pages.WORST_PLACE: _("Where does it bother you most?"),
        pages.COURSE: _("How has it been in the last few days?"),
        pages.PAIN_NOW: _("How bad is the pain now?"),
        pages.GP: _("Who is your GP?"),
    }[key]


def value_of(key, value, language):
    """One answer in words; '' where nothing was filled in."""
    if value is None:
        return _("I don't know") if key in red_flags().fact and key != "pregnant" else ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return capfirst(", ".join(_choice(key, one, language) for one in value))
    if key.startswith("rf"):
        return _answer_word(value)
    if key in ("worst_pain", pages.PAIN_NOW):
        return _("%(number)s out of 10") % {"number": value}
    if key == pages.COURSE:
        return str(dict(COURSES).get(value, value))
    return capfirst(_choice("regions" if key == pages.WORST_PLACE else key, value, language))


def _choice(key, value, language):
    fact = red_flags().fact.get(key)
    labels = {one.key: one.label.in_language(language) for one in fact.answers} if fact else {}
    return labels.get(value, str(value))


def _answer_word(value):
    return {"yes": _("Yes"), "no": _("No"), "unsure": _("Not sure")}[value]


def _shown(facts, item):
    from .screening import follow_ups

    return follow_ups(item, facts.answers.get(item) or "", facts.context)


# --- to the practitioner --------------------------------------------------------------------


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
    return {"label": short_label(key), "value": value, "missing": key not in facts.latest or not value}


def short_label(key):
    """A fact in two or three words, for somebody who has one minute."""
    return {
        "sex": _("Sex"),
        "pregnant": _("Pregnant"),
        "regions": _("Where"),
        pages.WORST_PLACE: _("Worst place"),
        pages.OWN_WORDS: _("In own words"),
        pages.CANNOT_DO: _("Cannot do now"),
        "duration": _("Duration"),
        "onset_age": _("First time at age"),
        "first_episode": _("First episode"),
        "sudden_onset": _("Sudden onset"),
        "recent_fall": _("Fall or knock, 3 months"),
        "changes_with_movement": _("Changes with movement"),
        pages.COURSE: _("Last days"),
        pages.PAIN_NOW: _("Pain now"),
        "worst_pain": _("Worst, past week"),
        "blood_thinners": _("Blood thinners"),
        "smoker": _("Smokes or smoked"),
        "high_blood_pressure": _("High blood pressure"),
        "spine_procedure_3_months": _("Spine procedure, 3 months"),
        pages.GP: _("GP"),
    }[key]


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
        told = content.told(flag.item, Urgency(flag.urgency)).in_language(staff_language)
        return Story(_("Raised by what the patient told about themselves"), staff_language, head, why=told)
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


def _unique(lines):
    return list(dict.fromkeys(line for line in lines if line))
