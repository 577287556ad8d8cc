"""Part B and the plan by the pages themselves: the patient recognises, the practitioner composes and releases."""

from django.urls import reverse

from backup_plan_site.jobs import api as jobs
from plans.models import Plan, Release
from triggers.glasses import CONDITIONS as CONDITION_IDS
from triggers.glasses import GLASSES as GLASS_IDS
from triggers.glasses import glasses

from .page_forms import form_to
from .stories import CONDITIONS, GLASSES, PLANS, ToldGlass


def recognise(hands, start, name):
    """Let a patient whose part A was sent answer both conditions and all 13 glasses, and send them."""
    part = f"{start}glasses/"
    hands.send(f"{part}lesson/")
    for number, key in enumerate(CONDITION_IDS, start=1):
        ids = [f"{key}-{one}" for one in CONDITIONS.get(name, {}).get(key, ())]
        hands.send(f"{part}conditions/{number}/", recognised=ids or ["none"])
    told = {key: GLASSES[name].get(key, ToldGlass()) for key in GLASS_IDS}
    for number, (key, one) in enumerate(told.items(), start=1):
        ids = [f"{key}-{statement}" for statement in one.recognised]
        filtered = {"filter_answer": "no"} if glasses()[key].filter else {}
        hands.send(f"{part}{number}/", recognised=ids or ["none"], fills=one.fills, **filtered)
    shelf = {}
    for key, one in told.items():
        if one.fills != "no":
            shelf |= {f"size-{key}": one.size, f"own_words-{key}": one.doing}
            shelf |= {f"compensated-{key}": "on"} if one.doing else {}
    hands.send(f"{part}shelf/", **shelf)
    hands.send(f"{part}check/")


def compose(practitioner, intake, name):
    """Let the practitioner make and release the plan of this story. Returns the Release."""
    story = PLANS[name]
    page = practitioner.send(reverse("desk:plan-new", args=[intake.code])).partition("#")[0]
    plan = Plan.objects.get(intake=intake)
    for strength in story.strengths:
        _save(practitioner, page, plan, "strengths", {"new-0-text": [strength]})
    if story.tips:
        _save(
            practitioner,
            page,
            plan,
            "glasses",
            {f"{glass}-tips": list(tips) for glass, tips in story.tips.items()},
        )
    # One by one: they stand on the plan in the order in which they were chosen.
    for key, hangs in story.exercises.items():
        _save(practitioner, page, plan, "exercises", {f"{key}-on": ["on"], f"{key}-hangs": [hangs]})
    for habit in story.habits:
        practitioner.send(
            reverse("desk:habit-new", args=[plan.code]),
            after=habit.after,
            do=habit.do,
            where=habit.where,
            how_often=habit.how_often,
            small=habit.small,
            hangs=habit.hangs,
            begins="begin" if habit.begins else "later",
        )
    if story.build_up:
        _save(practitioner, page, plan, "build-up", _build_up(story.build_up))
    if story.note:
        _save(practitioner, page, plan, "note", {"note-text": [story.note]})
    return _release(practitioner, page, plan)


def _build_up(built):
    measured = zip(("first", "second", "third"), built.measured, strict=True)
    told = {"activity": built.activity, "unit": built.unit, "goal": built.goal, "weeks": built.weeks}
    return {f"build-up-0-{name}": [str(value)] for name, value in (*told.items(), *measured)}


def _save(practitioner, page, plan, section, changes):
    """Save one section with some fields filled in, and everything else as it stands on the page."""
    address = reverse(f"desk:plan-{section}", args=[plan.code])
    practitioner.send(address, **(_standing(practitioner, page, address) | changes))


def _release(practitioner, page, plan):
    address = reverse("desk:plan-release", args=[plan.code])
    practitioner.send(address, **_standing(practitioner, page, address))
    release = Release.objects.get(plan=plan)
    jobs.run_due()
    return release


def _standing(practitioner, page, address):
    fields = form_to(practitioner.get(page).content.decode(), address)
    return {
        name: values for name, values in fields.items() if name not in ("once_key", "csrfmiddlewaretoken")
    }
