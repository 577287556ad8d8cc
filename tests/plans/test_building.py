"""What builds up, in the composer and on paper: by weeks, by rungs, in pieces, back to work; versions compared."""

import datetime
import html
import re
from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from backup_plan_site.staff.models import AuditEvent
from plans import actions, building, ladder, paper
from plans.build_up import NotPossible
from plans.freezing import frozen
from plans.models import BuildUp, Rung
from plans.plan_copy import as_json, from_json
from tests import paper_people
from tests.cast import in_english
from tests.plans.composing import Desk, add_habit, izabel
from tests.plans.test_composer import beside, doubt, text
from triggers.glasses import glasses

START = datetime.date(2026, 11, 23)
WALK = {
    "activity": "wandelen",
    "unit": "minutes",
    "first": 22.0,
    "second": 28.0,
    "third": 25.0,
    "percent": 20,
    "goal": 40,
    "weeks": 5,
    "sessions": 3,
    "starts_on": START,
}
WEEDS = {"task": "onkruid wieden", "minutes": 60, "work": 20, "rest": 15, "other": "iets drinken"}
WORK = {
    "starts_on": START,
    "hours": 38.0,
    "days": 5,
    "weeks_per_step": 2,
    "shape": "shorter-days",
    "replaced": "dozen tillen",
}
RUNGS = [{"text": "een sok rapen"}, {"text": "een wasmand dragen"}, {"text": "een tas tillen"}]


@pytest.fixture
def pieter(cast):
    return cast.actor("practitioner_a")


@pytest.fixture
def plan(cast, pieter):
    return actions.open_plan(pieter, izabel(cast.a).intake)


@pytest.fixture
def desk(cast, plan):
    return Desk(in_english(cast.client("practitioner_a")), plan).open()


def fresh(plan):
    return type(plan).objects.get(pk=plan.pk)


def save(actor, plan, section, *told):
    verbs = {
        "build-up": actions.save_build_ups,
        "ladder": actions.save_ladder,
        "pacing": actions.save_pacing,
        "work": actions.save_work,
        "worksheets": actions.save_worksheets,
    }
    verbs[section](actor, plan, *told, seen=actions.seen(fresh(plan), section))
    return fresh(plan)


def copy_of(plan):
    return frozen(fresh(plan), number=1, corrects=0, made_by="Ann", made_on=START)


def typed(section, place=0, **values):
    return {f"{section}-{place}-{name}": value for name, value in values.items()}


WALK_TYPED = typed("build-up", **{**WALK, "first": "22", "second": "28", "third": "25,0"})

# --- the build-up ---------------------------------------------------------------------------------


def test_the_worked_example_as_a_practitioner_types_it(desk, plan):
    answer = desk.post("plan-build-up", **WALK_TYPED)

    assert answer["Location"].endswith("#build-up")
    told = copy_of(plan).build_ups[0]
    assert [week.amount for week in told.weeks] == [20, 24, 28, 32, 36, 40]
    assert [week.starts for week in told.weeks][:2] == ["23 november 2026", "30 november 2026"]
    page = desk.client.get(answer["Location"]).content.decode()
    assert "<svg" in page.partition('id="build-up"')[2].partition("</details>")[0]


WRONG = {
    "activity": ("", "Say which activity."),
    "first": ("veel", "Type a number, such as 22 or 22.5."),
    "second": ("0", "Type a number above 0."),
    "third": ("", "Measure it three times first."),
    "goal": ("20", "The goal must be higher than where one starts."),
    "weeks": ("27", "From 1 to 26 weeks."),
    "sessions": ("2", "From 3 to 14 times a week."),
    "starts_on": ("9999-12-31", "Choose a day less than two years away."),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_gives_no_schedule_is_said_beside_its_field_and_stays_as_typed(desk, plan, name):
    value, sentence = WRONG[name]

    answer = desk.post("plan-build-up", **{**WALK_TYPED, f"build-up-0-{name}": value})

    assert answer.status_code == 422
    assert sentence in html.unescape(beside(answer, f"id_build-up-0-{name}"))
    assert 'value="wandelen"' in answer.content.decode() or name == "activity"
    assert not plan.build_ups.exists()


@pytest.mark.parametrize("number", ["nan", "inf", "-3", "1e400", "\x00", "9" * 400])
def test_strange_numbers_are_refused_in_words(desk, plan, number):
    for name in ("first", "goal", "weeks"):
        answer = desk.post("plan-build-up", **{**WALK_TYPED, f"build-up-0-{name}": number})
        assert answer.status_code == 422, name
        assert beside(answer, f"id_build-up-0-{name}"), name
    assert not plan.build_ups.exists()


def test_a_form_in_which_nothing_was_typed_makes_nothing(desk, plan):
    for section in ("build-up", "ladder", "pacing", "work", "worksheets"):
        assert desk.open().post(f"plan-{section}").status_code == 302, section
    assert as_json(copy_of(plan))["build_ups"] == []
    assert copy_of(plan).ladder is None


def test_a_steep_build_up_is_warned_of_in_words_and_kept(desk, plan):
    desk.post("plan-build-up", **{**WALK_TYPED, "build-up-0-weeks": "2"})
    assert "more than a quarter of the start" in text(desk.client.get(f"/desk/plans/{plan.code}/"))
    assert plan.build_ups.get().weeks == 2


def test_taken_off_it_is_gone_whatever_else_is_wrong(desk, plan, pieter):
    save(pieter, plan, "build-up", [WALK])
    desk.open().post("plan-build-up", **{"build-up-0-off": "on", "build-up-0-goal": "veel"})
    assert not plan.build_ups.exists()


ILLEGAL = {
    "no goal above the start": ("build-up", [{**WALK, "goal": 20}], NotPossible),
    "three build-ups": ("build-up", [WALK] * 3, actions.TooMany),
    "eleven rungs": ("ladder", RUNGS * 4, actions.TooMany),
    "four tasks": ("pacing", [WEEDS] * 4, actions.TooMany),
    "a task of no minutes": ("pacing", [{**WEEDS, "minutes": 0}], NotPossible),
    "two ways back": ("work", [WORK] * 2, actions.TooMany),
    "a hundred hours": ("work", [{**WORK, "hours": 100.0}], NotPossible),
}


@pytest.mark.parametrize("what", ILLEGAL)
def test_an_illegal_move_changes_nothing_and_leaves_no_trace(pieter, plan, what):
    section, rows, refusal = ILLEGAL[what]
    before = (actions.seen(fresh(plan), "all"), AuditEvent.objects.count())

    with pytest.raises(refusal):
        save(pieter, plan, section, rows, *([[]] if section == "ladder" else []))

    assert (actions.seen(fresh(plan), "all"), AuditEvent.objects.count()) == before


CLOSED = {
    "build-up": ([WALK],),
    "ladder": (RUNGS, []),
    "pacing": ([WEEDS],),
    "work": ([WORK],),
    "worksheets": (["pacing"],),
}


@pytest.mark.parametrize("section", CLOSED)
def test_while_step_1_is_not_passed_nothing_is_built_up(desk, pieter, plan, section):
    doubt(plan, pieter)
    before = actions.seen(fresh(plan), "all")

    with pytest.raises(actions.GateClosed):
        save(pieter, plan, section, *CLOSED[section])
    answer = desk.post(f"plan-{section}", **WALK_TYPED)

    assert "the safety questions do not allow a plan now" in text(desk.client.get(answer["Location"]))
    assert actions.seen(fresh(plan), "all") == before
    assert not AuditEvent.objects.filter(verb=f"plan.{section}-saved").exists()


@pytest.mark.parametrize("section", CLOSED)
def test_who_saves_what_a_colleague_changed_sees_both(desk, plan, pieter, section):
    save(pieter, plan, section, *CLOSED[section])
    now = actions.seen(fresh(plan), section)

    answer = desk.post(f"plan-{section}", **WALK_TYPED)

    assert answer.status_code == 409
    assert "Somebody changed this in the meantime" in text(answer)
    assert actions.seen(fresh(plan), section) == now


# --- the ladder ------------------------------------------------------------------------------------

CLIMBS = [
    ("the lowest first", [(None, False), (None, False)], 0),
    ("calmer ones are behind", [(True, False), (None, False)], 1),
    ("not yet calmer: again", [(False, False), (None, False)], 0),
    ("put off: the next", [(None, True), (None, False)], 1),
    ("one that came back is done first", [(False, False), (True, False)], 0),
    ("all calmer", [(True, False), (True, False)], None),
    ("nothing left but what was put off", [(True, False), (None, True)], None),
    ("no rungs", [], None),
]


@pytest.mark.parametrize(("what", "told", "place"), CLIMBS, ids=[one[0] for one in CLIMBS])
def test_only_one_rung_is_next(what, told, place):
    rungs = [Rung(text=str(at), calmer=calmer, not_now=off) for at, (calmer, off) in enumerate(told)]
    assert ladder.suggested(rungs) is (None if place is None else rungs[place])


def test_a_rung_that_was_put_off_stands_on_no_paper_and_one_is_next(pieter, plan):
    save(pieter, plan, "ladder", [{**RUNGS[0], "not_now": True}, *RUNGS[1:]], [])
    told = copy_of(plan).ladder
    assert [(rung.text, rung.next) for rung in told.rungs] == [
        ("een wasmand dragen", True),
        ("een tas tillen", False),
    ]


@pytest.mark.parametrize("reason", ladder.REASONS)
def test_a_closed_ladder_stays_off_the_paper_and_names_its_reason(desk, plan, pieter, reason):
    save(pieter, plan, "ladder", RUNGS, [reason])
    assert copy_of(plan).ladder is None
    assert "The ladder is closed and stays off the paper" in text(
        desk.client.get(f"/desk/plans/{plan.code}/")
    )


def test_an_unknown_reason_is_refused(pieter, plan):
    with pytest.raises(ValueError, match="unknown"):
        save(pieter, plan, "ladder", RUNGS, ["tired"])
    assert not plan.rungs.exists()


def test_rungs_move_by_their_buttons(desk, plan, pieter):
    save(pieter, plan, "ladder", RUNGS, [])
    desk.open().post("plan-ladder", move="up:ladder-2")
    assert [rung.text for rung in plan.rungs.all()] == [
        "een sok rapen",
        "een tas tillen",
        "een wasmand dragen",
    ]
    desk.open().post("plan-ladder", move="down:ladder-0")
    assert plan.rungs.first().text == "een tas tillen"


def test_what_happened_is_kept_and_needs_its_rung(desk, plan, pieter):
    save(pieter, plan, "ladder", RUNGS, [])
    tried = typed("ladder", happened="Het viel mee, 3", calmer="yes", done_on="2026-11-20")

    desk.open().post("plan-ladder", **tried)
    rung = plan.rungs.first()
    assert (rung.happened, rung.calmer, rung.done_on) == (
        "Het viel mee, 3",
        True,
        datetime.date(2026, 11, 20),
    )

    answer = desk.open().post("plan-ladder", **{"ladder-0-text": ""})
    assert answer.status_code == 422
    assert "Say which movement" in beside(answer, "id_ladder-0-text")


# --- pieces, work, worksheets, habits -----------------------------------------------------------------


def test_the_weeds_in_pieces_as_the_brief_gives_them(pieter, plan):
    save(pieter, plan, "pacing", [WEEDS])
    task = copy_of(plan).pacing.tasks[0]
    assert len(task.blocks) == 5
    assert "90" in task.whole


WORK_WRONG = {
    "hours": ("60", "From 1 to 48 hours a week."),
    "days": ("8", "From 1 to 7 days a week."),
    "weeks_per_step": ("13", "From 1 to 12 weeks."),
    "starts_on": ("", "Fill in the day."),
}


@pytest.mark.parametrize("name", WORK_WRONG)
def test_an_impossible_way_back_is_said_beside_its_field(desk, plan, name):
    value, sentence = WORK_WRONG[name]
    told = typed("work", **{**WORK, "hours": "38"})
    answer = desk.post("plan-work", **{**told, f"work-0-{name}": value})
    assert answer.status_code == 422
    assert sentence in beside(answer, f"id_work-0-{name}")


@pytest.mark.parametrize(("country", "other"), [("BE", "NL"), ("NL", "BE")])
def test_going_back_to_work_is_talked_about_with_the_doctors_of_the_country(pieter, plan, country, other):
    with translation.override("en"):
        ours, theirs = building.doctors(country), building.doctors(other)
    assert "GP" in ours
    assert ours != theirs
    save(pieter, plan, "work", [WORK])
    told = copy_of(plan).work
    assert [step.starts for step in told.steps] == ["23 november 2026", "7 december 2026", "21 december 2026"]
    assert "ziektebrief" not in str(told)


def test_worksheets_go_along_in_the_guides_order_and_unknown_ones_fall_away(pieter, plan):
    save(pieter, plan, "worksheets", ["graded-activity", "no-such", "pacing"])
    assert fresh(plan).worksheets == ["pacing", "graded-activity"]
    assert [len(sheet.questions) > 2 for sheet in copy_of(plan).worksheets] == [True, True]


def test_who_can_help_goes_on_paper_where_it_was_chosen_and_nowhere_else(desk, plan):
    assert all(glass.who_helps == "" for glass in copy_of(plan).glasses)
    desk.post("plan-glasses", **{"stress-who_helps": "on"})
    told = {glass.key: glass.who_helps for glass in copy_of(plan).glasses}
    assert told.pop("stress") == glasses()["stress"].helpers_in("BE").nl
    assert set(told.values()) == {""}
    assert glasses()["stress"].helpers_in("BE").nl in html.unescape(paper.plan_html(copy_of(plan)))


def test_a_habit_is_told_whole(desk, plan):
    more = {"nudge": "de schoenen aan de deur", "with_whom": "mijn zus", "reward": "een kop thee"}
    assert desk.habit(**more).status_code == 302
    told = copy_of(plan).habits[0]
    assert (told.nudge, told.with_whom, told.reward) == tuple(more.values())
    with translation.override("nl"):
        words = paper.plan_html(copy_of(plan))
    assert all(word in words for word in more.values())


# --- frozen ---------------------------------------------------------------------------------------


def everything(pieter, plan):
    save(pieter, plan, "build-up", [WALK])
    save(pieter, plan, "ladder", RUNGS, [])
    save(pieter, plan, "pacing", [WEEDS])
    save(pieter, plan, "work", [WORK])
    return save(pieter, plan, "worksheets", ["pacing", "exposure-ladder"])


def test_what_was_released_does_not_follow_what_changes_later(pieter, plan):
    everything(pieter, plan)
    add_habit(pieter, plan)
    made = actions.release(pieter, fresh(plan), seen=actions.seen(fresh(plan), "all"))
    before = paper.plan_html(made.plan_copy)

    save(pieter, plan, "build-up", [{**WALK, "goal": 60}])
    save(pieter, plan, "ladder", [], [])

    made.refresh_from_db()
    assert paper.plan_html(made.plan_copy) == before
    assert from_json(as_json(made.plan_copy)) == made.plan_copy
    assert actions.release(pieter, fresh(plan), seen=actions.seen(fresh(plan), "all")).number == 2


def test_an_old_copy_still_loads_and_prints_what_it_printed():
    new = paper_people.jan("nl")
    old = as_json(new)
    for name in ("build_ups", "ladder", "pacing", "work", "worksheets"):
        del old[name]
    for habit in old["habits"]:
        for name in ("nudge", "with_whom", "reward"):
            del habit[name]
    assert from_json(old) == new
    assert paper.plan_html(from_json(old)) == paper.plan_html(new)
    assert 'class="build' not in paper.plan_html(new)


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_everything_that_builds_up_stands_on_paper(pieter, plan, language):
    plan = everything(pieter, plan)
    with translation.override(language):
        parts = {
            "build_ups": building.build_ups(plan, language),
            "ladder": building.ladder(plan, language),
            "pacing": building.paced(plan, language),
            "work": building.work(plan, language),
            "worksheets": building.worksheets(plan, language),
        }
    copy = replace(paper_people.jan(language), **parts)
    source = html.unescape(re.sub(r"<[^>]+>", " ", paper.plan_html(copy)))
    words = " ".join(source.split())

    missing = [
        one for part in parts for one in _sentences(as_json(copy)[part]) if " ".join(one.split()) not in words
    ]
    assert missing == []


def _sentences(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, one in value.items():
            if name != "kind":
                yield from _sentences(one)
    elif isinstance(value, list):
        for one in value:
            yield from _sentences(one)


def test_today_is_where_a_new_build_up_begins(desk):
    assert (
        f'value="{timezone.localdate()}"' in desk.page.partition('id="build-up"')[2].partition("</form>")[0]
    )


def test_the_database_holds_the_limits_too(pieter, plan):
    for changes in ({"percent": 40}, {"weeks": 0}, {"sessions": 2}):
        row = BuildUp(practice_id=plan.practice_id, plan=plan, **{**WALK, **changes})
        names = {constraint.name for constraint in BuildUp._meta.constraints}
        with pytest.raises(Exception, match="|".join(names)):
            row.validate_constraints()


# --- versions side by side --------------------------------------------------------------------------


def test_two_versions_stand_side_by_side_with_what_changed(desk, plan, pieter):
    add_habit(pieter, plan)
    first = actions.release(pieter, fresh(plan), seen=actions.seen(fresh(plan), "all"))
    habit = plan.habits.get()
    desk.open().post("habit-edit", code=habit.code, do="stap ik twee blokjes om")
    second = actions.release(pieter, fresh(plan), seen=actions.seen(fresh(plan), "all"))

    page = desk.client.get(reverse("desk:release-compare", args=[second.code]))

    assert page.status_code == 200
    assert "<del>een blokje</del>" in page.content.decode()
    assert "<ins>twee blokjes</ins>" in page.content.decode()
    assert "≠ Changed" in text(page)
    # The first version has nothing before it; from there one looks forward.
    alone = reverse("desk:release-compare", args=[first.code])
    assert "Both versions say the same" in text(desk.client.get(alone))
    assert "<ins>twee blokjes</ins>" in desk.client.get(f"{alone}?with=2").content.decode()
    assert desk.client.get(f"{alone}?with=x").status_code == 404
    assert AuditEvent.objects.filter(verb="plan.compared").count() == 3
