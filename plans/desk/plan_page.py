"""The composer's page: every section as it stands, or as somebody typed it when something was wrong."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.shortcuts import render
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import ngettext

from backup_plan_site.staff.models import AuditEvent
from plans import actions
from plans.actions.releasing import EMPTY, NOTHING_TO_BEGIN, TOO_MANY_BEGIN
from plans.composition import MOST_EXERCISES, MOST_HABITS, MOST_STRENGTHS, MOST_TO_START
from plans.models import LINE, NOTE
from triggers.glasses import conditions, glasses
from triggers.shelf import shelf
from triggers.telling import drawn, recognised_texts

from .building_forms import BuildUps, PacedTasks, WorkAgain
from .composer_forms import (
    CAUTION_WORDS,
    Cautions,
    ConditionsOnPlan,
    GlassesOnPlan,
    Note,
    Strengths,
    Worksheets,
)
from .exercise_forms import Exercises
from .habit_forms import empty_form, form_of, forms_of_tips
from .heads import head_of
from .ladder_forms import Ladder
from .sheet import exercise_name, label_of, name_of, sentence_of

SECTIONS = {
    one.name: one
    for one in (
        *(Strengths, GlassesOnPlan, ConditionsOnPlan, Cautions, Exercises),
        *(BuildUps, Ladder, PacedTasks, WorkAgain, Worksheets, Note),
    )
}
# Where one lands after saving, in the order of the page.
NEXT = {
    "strengths": "glasses",
    "glasses": "conditions",
    "conditions": "exercises",
    "cautions": "exercises",
    "exercises": "habits",
    "habits": "habits",
    # What builds up is looked at as a drawing right after it was saved.
    **{name: name for name in ("build-up", "ladder", "pacing", "work", "worksheets")},
    "note": "release",
    "release": "release",
}
TITLES = {
    "strengths": _l("What goes well first"),
    "glasses": _l("Glasses"),
    "conditions": _l("Conditions"),
    "exercises": _l("Exercises"),
    "habits": _l("Bucketlist"),
    "building": _l("Building up"),
    "note": _l("A word for the patient"),
    "release": _l("To paper"),
}
PROBLEMS = {
    EMPTY: (_l("Nothing stands on the plan yet: no glass, no condition, nothing that goes well."), "glasses"),
    NOTHING_TO_BEGIN: (_l("There is nothing to begin with yet: choose one habit or one exercise."), "habits"),
    TOO_MANY_BEGIN: (_l("More than three habits begin. Put one on later first."), "habits"),
}


@dataclass(frozen=True)
class Conflict:
    """Somebody saved `section` after it was shown: who, when, and what stands there now."""

    section: str
    by: str
    at: object
    lines: list = field(default_factory=list)


@dataclass
class HabitCard:
    """One Bucketlist item: read back as a sentence, with its form folded away below."""

    item: object
    sentence: str
    hangs: str
    form: object
    seen: str
    wrong: bool = False


def plan_page(
    request, sheet, *, section="", typed=None, habit=None, conflict=None, problems=None, status=200
):
    """The page itself. `typed` is the section as posted, `habit` the form of a habit as posted, by its key."""
    wrong = status in (409, 422)
    sections = {name: typed if name == section else kind(sheet) for name, kind in SECTIONS.items()}
    seen = {name: actions.seen(sheet.plan, name) for name in (*SECTIONS, "all")}
    if wrong and section in seen and conflict is None:
        # What was wrong is shown again as it was seen first: a colleague's change must still be noticed.
        seen[section] = request.POST.get("seen", "")
    return render(
        request,
        "plans/plan.html",
        {
            "sheet": sheet,
            "plan": sheet.plan,
            "patient": sheet.intake.patient,
            "intake": sheet.intake,
            "head": head_of(sheet.intake, sheet.screening),
            "screening": sheet.screening,
            "nav": TITLES.items(),
            "sections": _by_word(sections),
            "seen": _by_word(seen),
            "conflict": conflict,
            "picture": picture(sheet),
            "told": told_lines(sheet),
            "habits": habit_cards(sheet, habit or {}, request),
            "tips": _tip_forms(sheet, habit or {}),
            "new_habit": (habit or {}).get("new") or empty_form(sheet),
            "habit_errors": _errors_of(habit or {}),
            "problems": problem_lines(sheet, problems),
            "release_refused": problems is not None,
            "paper_is_behind": sheet.paper_is_behind,
            "next_number": sheet.releases[0].number + 1 if sheet.releases else 1,
            "said": list(messages.get_messages(request)),
            "errors": typed.errors if typed else _errors_of(habit or {}),
            "limits": {
                "line": LINE,
                "note": NOTE,
                "habits": MOST_HABITS,
                "begin": MOST_TO_START,
                "exercises": MOST_EXERCISES,
                "strengths": MOST_STRENGTHS,
            },
        },
        status=status,
    )


def _by_word(sections):
    """The same by names that a template can say: build-up is build_up there."""
    return {name.replace("-", "_"): value for name, value in sections.items()}


def problem_lines(sheet, problems=None):
    """What is still missing before a release, as (sentence, section)."""
    return [PROBLEMS[key] for key in (actions.missing(sheet.plan) if problems is None else problems)]


def picture(sheet):
    """The patient's own shelf as a drawing, with the names of the sections beside it."""
    title = _("The shelf of %(name)s") % {"name": sheet.intake.patient.given_name}
    return mark_safe(shelf(drawn(sheet.answers, translation.get_language()), title=title))


def told_lines(sheet):
    """What the patient recognised of each glass and condition on the plan, as (name, sentences).

    A private sentence stays off this page: somebody may sit beside the screen.
    """
    rows = [
        (label_of(row.glass), glasses()[row.glass], sheet.answers.get(row.glass)) for row in sheet.glasses
    ]
    rows += [
        (name_of(row.condition), conditions()[row.condition], sheet.condition_answers.get(row.condition))
        for row in sheet.conditions
    ]
    return [(name, _recognised(questions, answer, sheet.language)) for name, questions, answer in rows]


def _recognised(questions, answer, language):
    """What was recognised, as (sentence as read, the same for who reads another language or '')."""
    told = recognised_texts(questions, answer, language, private=False)
    read = recognised_texts(questions, answer, translation.get_language(), private=False)
    return [(one, "" if one == other else other) for one, other in zip(told, read, strict=True)]


def habit_cards(sheet, typed, request):
    """The Bucketlist as cards, in its order."""
    return [_card(sheet, item, typed, request) for item in sheet.habits]


def _card(sheet, item, typed, request):
    form = typed.get(f"habit-{item.code}")
    seen = request.POST.get("seen", "") if form is not None and not getattr(form, "fresh", False) else ""
    return HabitCard(
        item,
        sentence_of(item, sheet.language),
        sheet.hangs_in_words(item),
        form or form_of(item, sheet),
        seen or actions.seen_habit(item),
        wrong=form is not None,
    )


def _tip_forms(sheet, typed):
    return [typed.get(tip, form) for tip, form in forms_of_tips(sheet).items()]


def _errors_of(habits):
    return [
        (field.auto_id + ("_0" if field.use_fieldset else ""), sentence)
        for form in habits.values()
        for field in form
        for sentence in field.errors
    ]


def who_saved(actor, plan, verb):
    """Who did `verb` to this plan last, and when: (name, time). The plan's own words when the trail has none."""
    event = (
        AuditEvent.objects.for_actor(actor)
        .filter(object_code=str(plan.code), verb=verb)
        .select_related("user")
        .order_by("-pk")
        .first()
    )
    if event is None or event.user is None:
        return plan.changed_by_name, plan.changed_at
    return event.user.get_full_name(), event.at


def conflict_in(actor, sheet, section):
    """The Conflict to show for one section."""
    by, at = who_saved(actor, sheet.plan, f"plan.{section}-saved")
    return Conflict(section, by, at, stands_now(sheet, section))


def stands_now(sheet, section):
    """What one section says now, in lines."""
    match section:
        case "strengths":
            return [row.text for row in sheet.strengths]
        case "glasses":
            return [_glass_line(row, sheet) for row in sheet.glasses]
        case "conditions":
            return [
                " · ".join([name_of(row.condition), *_tips(row.condition, row, sheet)])
                for row in sheet.conditions
            ]
        case "cautions":
            return [str(CAUTION_WORDS[code]) for code in sheet.plan.cautions]
        case "exercises":
            return [f"{exercise_name(row.exercise, sheet.library)}: {row.dose}" for row in sheet.exercises]
        case "note":
            return [sheet.plan.note] if sheet.plan.note else []
        case "build-up" | "ladder" | "pacing" | "work" | "worksheets":
            return SECTIONS[section](sheet).in_lines()
    return [sentence_of(item, sheet.language) for item in sheet.habits]


def _glass_line(row, sheet):
    words = [f"{label_of(row.glass)}: {row.get_fills_display()}, {row.get_size_display()}"]
    words += [_("already does something about it")] if row.compensated else []
    words += [row.doing] if row.doing else []
    words += _tips(row.glass, row, sheet)
    words += [row.own_tip] if row.own_tip else []
    words += [_("who can help")] if row.who_helps else []
    helpers = sheet.own.helpers(row.glass, sheet.language, row.helpers)
    return " · ".join([*words, *(one.told.name for one in helpers if one.id in row.helpers)])


def _tips(about, row, sheet):
    return [tip.text.in_language(sheet.language) for tip in sheet.tips(about, row) if tip.id in row.tips]


def too_many(section, limit):
    """Why one row more does not fit."""
    words = {
        "strengths": ngettext(
            "At most %(limit)s sentence fits here.", "At most %(limit)s sentences fit here.", limit
        ),
        "exercises": ngettext(
            "At most %(limit)s exercise fits on a plan. Take one off first.",
            "At most %(limit)s exercises fit on a plan. Take one off first.",
            limit,
        ),
        "habits": ngettext(
            "At most %(limit)s habit fits on a Bucketlist. Take one off first.",
            "At most %(limit)s habits fit on a Bucketlist. Take one off first.",
            limit,
        ),
    }
    return words.get(section, _("At most %(limit)s fit here. Take one off first.")) % {"limit": limit}
