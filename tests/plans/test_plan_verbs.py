"""What may be done to a plan, by whom and when: the gate, two practitioners at once, limits, and release."""

import threading
import uuid

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.utils import timezone

from backup_plan_site.jobs.models import Job
from backup_plan_site.staff.models import AuditEvent
from intake import actions as part_a
from intake.models import Screening
from intake.standing import GATE_OPEN, Standing
from plans import actions
from plans.composition import MOST_EXERCISES, MOST_HABITS, MOST_STRENGTHS
from plans.models import BucketlistItem, Plan, Release
from plans.plan_copy import fingerprint
from tests.glasses import GEORGETTE, IZABEL, told
from tests.patients import begin, sent

HABIT = {
    "after": "Na het ontbijt",
    "do": "stap ik een rondje",
    "where": "buiten",
    "how_often": "elke dag",
    "small": "tot aan de brievenbus",
    "begins": True,
    "hangs_on": "glass",
    "hangs_key": "stress",
}


@pytest.fixture
def pieter(cast):
    return cast.actor("practitioner_a")


@pytest.fixture
def izabel(cast):
    return told(sent(cast.a, given="Izabel", family="Janssens", language="nl"), IZABEL)


@pytest.fixture
def plan(pieter, izabel):
    return actions.open_plan(pieter, izabel.intake)


def released(actor, plan):
    plan.refresh_from_db()
    return actions.release(actor, plan, seen=actions.seen(plan, "all"))


# --- the gate -------------------------------------------------------------------------------------

VERBS = {
    "open": lambda actor, plan: actions.open_plan(actor, plan.intake),
    "strengths": lambda actor, plan: actions.save_strengths(
        actor, plan, [], seen=actions.seen(plan, "strengths")
    ),
    "glasses": lambda actor, plan: actions.save_glasses(actor, plan, [], seen=actions.seen(plan, "glasses")),
    "conditions": lambda actor, plan: actions.save_conditions(
        actor, plan, [], seen=actions.seen(plan, "conditions")
    ),
    "cautions": lambda actor, plan: actions.save_cautions(
        actor, plan, ["knees"], seen=actions.seen(plan, "cautions")
    ),
    "exercises": lambda actor, plan: actions.save_exercises(
        actor, plan, [], seen=actions.seen(plan, "exercises")
    ),
    "worksheets": lambda actor, plan: actions.save_worksheets(
        actor, plan, ["pacing"], seen=actions.seen(plan, "worksheets")
    ),
    "note": lambda actor, plan: actions.save_note(actor, plan, "Dag!", seen=actions.seen(plan, "note")),
    "add": lambda actor, plan: actions.add_habit(actor, plan, HABIT),
    "change": lambda actor, plan: actions.change_habit(
        actor, plan.habits.get(), HABIT, seen=actions.seen_habit(plan.habits.get())
    ),
    "move": lambda actor, plan: actions.move_habit(actor, plan.habits.get(), up=True),
    "remove": lambda actor, plan: actions.remove_habit(actor, plan.habits.get()),
    "release": released,
}


@pytest.mark.parametrize("state", [state for state in Standing if state not in GATE_OPEN])
@pytest.mark.parametrize("verb", VERBS)
def test_with_the_gate_closed_no_verb_does_anything(pieter, plan, state, verb):
    actions.add_habit(pieter, plan, HABIT)
    unsent = {"sent_at": None} if state == Standing.INCOMPLETE else {}
    Screening.objects.filter(intake=plan.intake).update(state=state.value, **unsent)
    before = (actions.seen(plan, "all"), Release.objects.count(), AuditEvent.objects.count())

    with pytest.raises(actions.GateClosed):
        VERBS[verb](pieter, plan)

    assert (actions.seen(plan, "all"), Release.objects.count(), AuditEvent.objects.count()) == before


@pytest.mark.parametrize("state", sorted(GATE_OPEN))
def test_with_the_gate_open_every_verb_does_its_work(pieter, plan, state):
    Screening.objects.filter(intake=plan.intake).update(state=state.value)
    actions.add_habit(pieter, plan, HABIT)
    for name, verb in VERBS.items():
        if name not in (
            "glasses",
            "add",
        ):  # a glass on which something hangs stays; the habit is there already
            plan.refresh_from_db()
            verb(pieter, plan)
            if name == "remove":
                actions.add_habit(pieter, plan, HABIT)
    assert Release.objects.get().screening_state == state.value


def test_no_plan_is_opened_before_part_a_was_sent(cast, pieter):
    story = begin(cast.a).consent().tell()
    with pytest.raises(actions.GateClosed):
        actions.open_plan(pieter, story.intake)
    assert not Plan.objects.exists()


def test_a_doubt_closes_the_gate_for_a_plan_that_was_ready(pieter, plan):
    actions.add_habit(pieter, plan, HABIT)
    seen = actions.seen(plan, "all")
    part_a.not_reassured(pieter, plan.intake.screening, "Something does not fit.")

    with pytest.raises(actions.GateClosed):
        actions.release(pieter, plan, seen=seen)


@pytest.mark.database
def test_the_database_itself_refuses_a_release_without_the_gate(pieter, plan):
    actions.add_habit(pieter, plan, HABIT)
    good = released(pieter, plan)
    fields = {
        name: getattr(good, name)
        for name in ("practice_id", "language", "copy", "copy_hash", "screening_id", "by_id", "by_name")
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.create(
            **fields, plan=plan, number=2, corrects=good, screening_state=Standing.HOLD.value
        )


def test_a_plan_of_another_practice_is_not_there(cast, plan):
    with pytest.raises(Plan.DoesNotExist):
        actions.save_note(cast.actor("practitioner_b"), plan, "x", seen=actions.seen(plan, "note"))
    with pytest.raises(Plan.DoesNotExist):
        actions.save_note(cast.actor("desk_a"), plan, "x", seen=actions.seen(plan, "note"))


# --- the first draft ------------------------------------------------------------------------------


def test_the_first_draft_names_the_glasses_that_were_circled_and_no_other(plan):
    rows = list(plan.glasses.values_list("glass", "size", "compensated"))
    assert rows == [("sitting", "medium", True), ("poor-sleep", "medium", False), ("stress", "giant", False)]
    assert list(plan.strengths.values_list("text", flat=True)) == ["Ik sport drie avonden per week."]
    assert not plan.habits.exists()


def test_georgette_s_arthrosis_may_play_a_part(cast, pieter):
    story = told(sent(cast.a, given="Georgette"), GEORGETTE, {"arthrosis": [1, 2]})
    plan = actions.open_plan(pieter, story.intake)

    assert [row.glass for row in plan.glasses.all()] == ["social-net"]
    assert [row.condition for row in plan.conditions.all()] == ["arthrosis"]


def test_opening_it_again_changes_nothing(pieter, plan):
    actions.save_note(pieter, plan, "Dag Izabel", seen=actions.seen(plan, "note"))
    plan.refresh_from_db()
    before = actions.seen(plan, "all")

    assert actions.open_plan(pieter, plan.intake) == plan
    plan.refresh_from_db()
    assert (plan.note, actions.seen(plan, "all")) == ("Dag Izabel", before)


def test_glasses_that_were_not_sent_are_the_patient_s_own(cast, pieter):
    story = told(sent(cast.a), IZABEL, send=False)
    plan = actions.open_plan(pieter, story.intake)
    assert not plan.glasses.exists()


def test_cautions_come_from_part_a_and_the_hernia_statements(cast, pieter):
    story = sent(cast.a, told={"high_blood_pressure": True})
    plan = actions.open_plan(pieter, told(story, {}, {"hernia": [1, 4]}).intake)
    assert plan.cautions == ["disc", "circulation"]


# --- two practitioners ----------------------------------------------------------------------------


def test_the_second_one_is_told_and_the_first_one_s_change_stays(cast, pieter, plan):
    seen = actions.seen(plan, "strengths")
    rows = [{"code": None, "text": "You swim every week.", "glass": ""}]
    actions.save_strengths(pieter, plan, rows, seen=seen)

    with pytest.raises(actions.Changed):
        actions.save_strengths(pieter, plan, [], seen=seen)
    assert [row.text for row in plan.strengths.all()] == ["You swim every week."]


def test_two_who_work_on_different_sections_do_not_meet(pieter, plan):
    strengths, note = actions.seen(plan, "strengths"), actions.seen(plan, "note")
    actions.save_strengths(pieter, plan, [], seen=strengths)
    actions.save_note(pieter, plan, "Dag!", seen=note)


def test_a_release_sees_any_change(pieter, plan):
    seen = actions.seen(plan, "all")
    actions.add_habit(pieter, plan, HABIT)
    with pytest.raises(actions.Changed):
        actions.release(pieter, plan, seen=seen)


def test_a_habit_that_somebody_changed_or_removed_is_not_overwritten(pieter, plan):
    item = actions.add_habit(pieter, plan, HABIT)
    seen = actions.seen_habit(item)
    actions.change_habit(pieter, item, {**HABIT, "do": "fiets ik een rondje"}, seen=seen)
    with pytest.raises(actions.Changed):
        actions.change_habit(pieter, item, {**HABIT, "do": "zwem ik"}, seen=seen)
    assert plan.habits.get().do == "fiets ik een rondje"

    actions.remove_habit(pieter, item)
    with pytest.raises(actions.Changed):
        actions.change_habit(pieter, item, HABIT, seen=seen)


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_two_releases_at_the_same_moment_make_one(cast):
    pieter = cast.actor("practitioner_a")
    plan = actions.open_plan(pieter, told(sent(cast.a), IZABEL).intake)
    actions.add_habit(pieter, plan, HABIT)
    seen, found, start = actions.seen(plan, "all"), [], threading.Barrier(2)

    def press():
        start.wait()
        try:
            found.append(actions.release(pieter, plan, seen=seen).number)
        finally:
            connections.close_all()

    hands = [threading.Thread(target=press) for _ in range(2)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()

    assert found == [1, 1]
    assert Release.objects.count() == 1


# --- limits and hanging ---------------------------------------------------------------------------


def test_three_begin_and_a_fourth_is_refused(pieter, plan):
    items = [actions.add_habit(pieter, plan, HABIT) for _ in range(3)]
    with pytest.raises(actions.TooMany, match="3"):
        actions.add_habit(pieter, plan, HABIT)

    later = actions.add_habit(pieter, plan, {**HABIT, "begins": False})
    with pytest.raises(actions.TooMany):
        actions.change_habit(pieter, later, HABIT, seen=actions.seen_habit(later))
    actions.change_habit(pieter, items[0], {**HABIT, "begins": False}, seen=actions.seen_habit(items[0]))
    actions.change_habit(pieter, later, HABIT, seen=actions.seen_habit(later))
    assert plan.habits.filter(begins=True).count() == 3


def test_forty_habits_do_not_fit(pieter, plan):
    for _ in range(MOST_HABITS):
        actions.add_habit(pieter, plan, {**HABIT, "begins": False})
    with pytest.raises(actions.TooMany) as refused:
        actions.add_habit(pieter, plan, {**HABIT, "begins": False})
    assert (refused.value.limit, plan.habits.count()) == (MOST_HABITS, MOST_HABITS)


@pytest.mark.parametrize(
    ("save", "section", "limit"),
    [
        (actions.save_strengths, "strengths", MOST_STRENGTHS),
        (actions.save_exercises, "exercises", MOST_EXERCISES),
    ],
)
def test_too_many_rows_are_refused_whole(pieter, plan, save, section, limit):
    rows = [
        {
            "code": None,
            "text": "x",
            "glass": "",
            "exercise": "r1",
            "dose": "1",
            "hangs_on": "moving",
            "hangs_key": "",
        }
    ]
    before = actions.seen(plan, section)
    with pytest.raises(actions.TooMany) as refused:
        save(pieter, plan, rows * (limit + 1), seen=before)
    assert (refused.value.limit, actions.seen(plan, section)) == (limit, before)


def test_a_glass_on_which_a_habit_hangs_stays(pieter, plan):
    actions.add_habit(pieter, plan, HABIT)
    rows = [_row(glass) for glass in plan.glasses.all() if glass.glass != "stress"]
    with pytest.raises(actions.StillHangs) as refused:
        actions.save_glasses(pieter, plan, rows, seen=actions.seen(plan, "glasses"))

    assert [item.do for item in refused.value.items] == [HABIT["do"]]
    assert plan.glasses.filter(glass="stress").exists()
    actions.remove_habit(pieter, plan.habits.get())
    actions.save_glasses(pieter, plan, rows, seen=actions.seen(plan, "glasses"))
    assert not plan.glasses.filter(glass="stress").exists()


def test_a_strength_keeps_its_name_when_its_words_change(pieter, plan):
    strength = plan.strengths.get()
    actions.add_habit(pieter, plan, {**HABIT, "hangs_on": "strength", "hangs_key": str(strength.code)})
    rows = [{"code": strength.code, "text": "I cycle to work.", "glass": ""}]
    actions.save_strengths(pieter, plan, rows, seen=actions.seen(plan, "strengths"))

    assert released(pieter, plan).plan_copy.habits[0].hangs_on == "I cycle to work."
    with pytest.raises(actions.StillHangs):
        actions.save_strengths(pieter, plan, [], seen=actions.seen(plan, "strengths"))


@pytest.mark.database
@pytest.mark.parametrize("kind", ["glass", "strength", "condition"])
def test_nothing_hangs_on_nothing(pieter, plan, kind):
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.add_habit(pieter, plan, {**HABIT, "hangs_on": kind, "hangs_key": ""})


def test_keep_moving_needs_no_name(pieter, plan):
    actions.add_habit(pieter, plan, {**HABIT, "hangs_on": "moving", "hangs_key": ""})
    assert released(pieter, plan).plan_copy.habits[0].hangs_on == "Blijven bewegen"


def test_a_tip_becomes_one_habit_however_often_the_button_is_pressed(pieter, plan):
    first = actions.add_habit(pieter, plan, {**HABIT, "tip": "stress-breathe"})
    assert actions.add_habit(pieter, plan, {**HABIT, "tip": "stress-breathe"}) == first
    assert plan.habits.count() == 1


def test_habits_move_up_and_down_and_stop_at_the_ends(pieter, plan):
    names = ["one", "two", "three"]
    items = [actions.add_habit(pieter, plan, {**HABIT, "do": name, "begins": False}) for name in names]

    def order():
        return [item.do for item in plan.habits.all()]

    actions.move_habit(pieter, items[2], up=True)
    assert order() == ["one", "three", "two"]
    actions.move_habit(pieter, items[0], up=True)
    assert order() == ["one", "three", "two"]
    actions.move_habit(pieter, items[0], up=False)
    assert order() == ["three", "one", "two"]
    actions.move_habit(pieter, items[1], up=False)
    assert order() == ["three", "one", "two"]


def test_glasses_stay_in_the_shelf_s_order_and_unknown_tips_fall_away(pieter, plan):
    rows = [
        _row(glass, tips=["sitting-nonsense", *glass.tips]) for glass in reversed(list(plan.glasses.all()))
    ]
    actions.save_glasses(pieter, plan, rows, seen=actions.seen(plan, "glasses"))
    assert [row.glass for row in plan.glasses.all()] == ["sitting", "poor-sleep", "stress"]
    assert all("nonsense" not in tip for row in plan.glasses.all() for tip in row.tips)


def _row(glass, **changes):
    names = ("glass", "fills", "size", "compensated", "doing", "tips", "own_tip")
    return {**{name: getattr(glass, name) for name in names}, **changes}


# --- release --------------------------------------------------------------------------------------


def test_an_empty_plan_is_not_released(cast, pieter):
    plan = actions.open_plan(pieter, told(sent(cast.a)).intake)
    with pytest.raises(actions.NotReady) as refused:
        released(pieter, plan)
    assert refused.value.problems == ("empty", "nothing-to-begin")
    assert not Release.objects.exists()


def test_a_release_is_numbered_hashed_and_ordered_as_a_document(pieter, plan):
    actions.add_habit(pieter, plan, HABIT)
    made = released(pieter, plan)

    assert (made.number, made.corrects, made.language, made.by_name) == (1, None, "nl", pieter.user_name)
    assert made.copy_hash == fingerprint(made.copy)
    assert Job.objects.filter(kind="plan-document", ids={"release": made.pk}).count() == 1
    assert [glass.key for glass in made.plan_copy.glasses] == ["sitting", "poor-sleep", "stress"]
    assert made.plan_copy.given_name == "Izabel"


def test_a_correction_is_a_new_version_that_names_the_old_one(pieter, plan):
    item = actions.add_habit(pieter, plan, HABIT)
    first = released(pieter, plan)
    actions.change_habit(pieter, item, {**HABIT, "do": "fiets ik"}, seen=actions.seen_habit(item))
    second = released(pieter, plan)

    assert (second.number, second.corrects, second.plan_copy.corrects) == (2, first, 1)
    first.refresh_from_db()
    assert first.plan_copy.habits[0].do == HABIT["do"]
    assert plan.latest_release == second


def test_releasing_the_same_words_again_gives_the_same_version(pieter, plan):
    actions.add_habit(pieter, plan, HABIT)
    assert released(pieter, plan) == released(pieter, plan)
    assert Release.objects.count() == 1


def test_what_was_released_does_not_follow_what_changes_later(pieter, plan):
    actions.add_habit(pieter, plan, HABIT)
    made = released(pieter, plan)
    patient = plan.intake.patient
    type(patient).objects.filter(pk=patient.pk).update(given_name="Somebody")
    actions.remove_habit(pieter, plan.habits.get())

    made = Release.objects.get(pk=made.pk)
    assert made.plan_copy.given_name == "Izabel"
    assert len(made.plan_copy.habits) == 1


@pytest.mark.database
@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_keeps_a_release_as_it_was(pieter, plan, change):
    actions.add_habit(pieter, plan, HABIT)
    made = released(pieter, plan)
    rows = Release.objects.filter(pk=made.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(by_name="Somebody else") if change == "update" else rows._raw_delete(rows.db)


def test_the_copy_speaks_the_patient_s_language(cast, pieter):
    for language, name in (("nl", "Zitten"), ("en", "Sitting")):
        story = told(sent(cast.a, given=f"Iza{language}", language=language), IZABEL)
        plan = actions.open_plan(pieter, story.intake)
        actions.add_habit(pieter, plan, HABIT)
        copy = released(pieter, plan).plan_copy
        assert (copy.language, copy.glasses[0].label) == (language, name)


def test_a_sentence_that_belongs_on_no_paper_stays_off_it(cast, pieter):
    glasses = {"social-net": {"recognised": [1, 8], "fills": "yes"}}
    plan = actions.open_plan(pieter, told(sent(cast.a, language="en"), glasses).intake)
    actions.add_habit(pieter, plan, {**HABIT, "hangs_key": "social-net"})
    made = released(pieter, plan)

    assert len(made.plan_copy.glasses[0].recognised) == 1
    assert "do not feel safe" not in str(made.copy)


def test_the_trail_says_who_did_what_and_no_word_of_it(pieter, plan):
    actions.add_habit(pieter, plan, HABIT)
    actions.save_note(pieter, plan, "Dag Izabel, tot woensdag", seen=actions.seen(plan, "note"))
    released(pieter, plan)
    events = AuditEvent.objects.filter(verb__startswith="plan.")

    assert list(events.order_by("pk").values_list("verb", flat=True)) == [
        "plan.opened",
        "plan.habit-added",
        "plan.note-saved",
        "plan.released",
    ]
    assert all(event.subject == str(plan.intake.patient.code) for event in events)
    words = " ".join(str(event.facts) for event in events)
    assert not any(word in words for word in ("rondje", "woensdag", "Izabel", "sport"))


def test_who_changed_it_last_and_when_stands_on_the_plan(cast, pieter, plan):
    before = timezone.now()
    actions.save_note(pieter, plan, "Dag", seen=actions.seen(plan, "note"))
    plan.refresh_from_db()
    assert plan.changed_by_name == pieter.user_name
    assert plan.changed_at >= before


def test_items_of_another_plan_are_not_reached_through_this_one(cast, pieter, plan):
    other = actions.open_plan(pieter, told(sent(cast.a, given="Jan"), IZABEL).intake)
    item = actions.add_habit(pieter, other, HABIT)
    rows = [{"code": uuid.uuid4(), "text": "x", "glass": ""}]
    actions.save_strengths(pieter, plan, rows, seen=actions.seen(plan, "strengths"))
    assert BucketlistItem.objects.filter(pk=item.pk).exists()
    assert plan.strengths.get().text == "x"


@pytest.mark.database
def test_one_intake_has_one_plan(pieter, plan):
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.create(practice_id=plan.practice_id, intake=plan.intake)
    assert connection.vendor in ("sqlite", "postgresql")
