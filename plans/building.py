"""From the rows that build up to the words that are given. Call it with the patient's language active.

The sentences are those of the guides (content/building-up, content/balance): what a practice confirms there is what
stands on paper here.
"""

from datetime import timedelta
from itertools import groupby

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .build_up import NotPossible
from .building_copy import (
    BuildUpOnPlan,
    LadderOnPlan,
    PacedTaskOnPlan,
    PacingOnPlan,
    QuestionOnPlan,
    RungOnPlan,
    WeekOnPlan,
    WorkOnPlan,
    WorksheetOnPlan,
    WorkStepOnPlan,
)
from .guides import guides
from .ladder import blocked_by, suggested


def build_ups(plan, language):
    """What is built up on this plan, each with its weeks. Numbers that give no schedule any more are left out."""
    return tuple(_build_ups(plan, language))


def _build_ups(plan, language):
    for row in plan.build_ups.all():
        try:
            schedule = row.schedule
        except NotPossible:
            continue
        amounts = (schedule.start, *(week.amount for week in schedule.weeks))
        yield BuildUpOnPlan(
            activity=row.activity,
            often=times_a_week(row.sessions),
            sessions=row.sessions,
            weeks=tuple(_week(row, place, amount) for place, amount in enumerate(amounts)),
            rules=says("graded-activity", language, "bad-days", "good-days", "missed", "what-you-may-feel"),
            care=guides()["graded-activity"].care.in_language(language),
        )


def _week(row, place, amount):
    return WeekOnPlan(
        name=_("Week %(number)s") % {"number": place + 1},
        starts=day(row.starts_on + timedelta(weeks=place)),
        amount=amount,
        says=amount_words(row.unit, amount),
    )


def times_a_week(sessions):
    return ngettext("%(number)s time a week", "%(number)s times a week", sessions) % {"number": sessions}


def amount_words(unit, amount):
    """'24 minutes', in the language that is active."""
    words = {
        "minutes": ngettext("%(number)s minute", "%(number)s minutes", amount),
        "metres": ngettext("%(number)s metre", "%(number)s metres", amount),
        "steps": ngettext("%(number)s step", "%(number)s steps", amount),
        "times": ngettext("%(number)s time", "%(number)s times", amount),
    }
    return words[unit] % {"number": amount}


def ladder(plan, language):
    """The ladder of this plan, or None: without rungs, or while something keeps it closed."""
    rungs = [row for row in plan.rungs.all() if not row.not_now]
    if not rungs or blocked_by(True, plan.ladder_closed_by):
        return None
    now = suggested(rungs)
    return LadderOnPlan(
        rungs=tuple(
            RungOnPlan(
                text=row.text,
                expects=row.expects,
                happened=row.happened,
                done_on=day(row.done_on) if row.done_on else "",
                calmer=bool(row.calmer),
                next=row is now,
            )
            for row in rungs
        ),
        rules=says("exposure-ladder", language, "climb", "safely", "stuck"),
        care=guides()["exposure-ladder"].care.in_language(language),
    )


def paced(plan, language):
    """The tasks in pieces, or None."""
    tasks = tuple(_paced(plan))
    return PacingOnPlan(tasks=tasks, rules=says("pacing", language, "the-clock", "days")) if tasks else None


def _paced(plan):
    for row in plan.paced_tasks.all():
        try:
            pacing = row.pacing
        except NotPossible:
            continue
        yield PacedTaskOnPlan(
            task=row.task,
            blocks=tuple(_pieces(pacing.blocks, row)),
            whole=_("All told: %(time)s, breaks included.") % {"time": amount_words("minutes", pacing.total)},
        )


def _pieces(blocks, row):
    for place, minutes in enumerate(blocks):
        if place:
            words = {"time": amount_words("minutes", row.rest), "other": row.other}
            yield (_("a break of %(time)s: %(other)s") if row.other else _("a break of %(time)s")) % words
        yield _("%(time)s of the task") % {"time": amount_words("minutes", minutes)}


def work(plan, language):
    """The way back to work, or None."""
    row = next(iter(plan.works.all()), None)
    try:
        steps = row.steps if row else ()
    except NotPossible:
        steps = ()
    if not steps:
        return None
    return WorkOnPlan(
        steps=tuple(_work_step(step) for step in steps),
        replaced=row.replaced,
        rules=says("return-to-work", language, "tasks", "keep-going-calmly"),
        doctors=doctors(plan.intake.practice.country),
    )


def _work_step(step):
    names = {
        50: _("Half of your usual hours"),
        75: _("Three quarters of your usual hours"),
        100: _("All of your usual hours"),
    }
    tasks = {
        50: _("Lighter tasks; heavy ones wait."),
        75: _("Some heavier tasks again, a little more each week."),
        100: _("Your usual tasks, with breaks to move."),
    }
    runs = [(hours, len(list(group))) for hours, group in groupby(step.days)]
    days = [
        ngettext("%(days)s day of %(time)s", "%(days)s days of %(time)s", count)
        % {"days": count, "time": clock(hours)}
        for hours, count in runs
    ]
    return WorkStepOnPlan(
        name=names[step.percent],
        starts=day(step.starts),
        hours=_("%(time)s a week") % {"time": clock(step.hours)},
        days=", ".join(days),
        tasks=tasks[step.percent],
    )


def clock(hours):
    """'3 h 45', in the language that is active."""
    whole, minutes = int(hours), round(hours % 1 * 60)
    if not minutes:
        return _("%(hours)s h") % {"hours": whole}
    return _("%(hours)s h %(minutes)s") % {"hours": whole, "minutes": f"{minutes:02d}"}


def doctors(country):
    """Whom to talk to before going back to work."""
    if country == "NL":
        return _("This is a proposal. Decide on it together with your GP and the doctor at your work.")
    return _(
        "This is a proposal. Decide on it together with your GP, the doctor at your work and the doctor of your "
        "health insurance fund."
    )


def day(date):
    """'7 December 2026', in the language that is active."""
    return date_format(date, "j F Y")


def worksheets(plan, language):
    """The chosen worksheets, in the guides' order. One that has left the guides is left out."""
    return tuple(
        WorksheetOnPlan(
            title=guide.title.in_language(language),
            questions=tuple(_question(one, language) for one in guide.worksheet),
        )
        for key, guide in with_worksheet().items()
        if key in plan.worksheets
    )


def with_worksheet():
    """{id: guide} of the guides that carry a worksheet."""
    return {key: guide for key, guide in guides().items() if guide.worksheet}


def _question(question, language):
    return QuestionOnPlan(
        ask=question.ask.in_language(language),
        kind=question.kind,
        hint=question.hint.in_language(language) if question.hint else "",
        unit=question.unit.in_language(language) if question.unit else "",
        choices=tuple(one.in_language(language) for one in question.choices),
    )


def says(guide, language, *pieces):
    """The sentences of some pieces of a guide, in the guide's order."""
    return tuple(
        text.in_language(language)
        for piece in guides()[guide].pieces
        if piece.id in pieces
        for text in (*piece.text, *piece.lines)
    )
