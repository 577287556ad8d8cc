"""Visits and the 4/50 rule: only the fourth decides, and what it asks stays open until somebody chose by name."""

import datetime
import re
import threading
import uuid

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from backup_plan_site.staff.models import AuditEvent
from intake.actions import NotAllowed
from intake.models import Intake, Screening
from intake.standing import GATE_OPEN, Standing
from plans import actions
from plans.models import Visit, VisitChoice
from plans.visits import Course, Treatment, course, task_is_due
from plans.visits_told import visit_words, waits_for_a_look, with_visits
from tests.cast import in_english
from tests.patients import Kept, begin, sent

WORSE, NOT_ASKED = "worse", None


def treatments(*said):
    return [Treatment(worse=True) if one == WORSE else Treatment(one) for one in said]


# --- the rule -------------------------------------------------------------------------------------

RULE = [
    ((), False, Course.TOO_EARLY),
    ((0, WORSE, NOT_ASKED), False, Course.TOO_EARLY),
    ((10, 20, 30, 49), True, Course.LOOK_AGAIN),
    ((10, 20, 30, 50), False, Course.WELL),
    ((10, 20, 30, 51), False, Course.WELL),
    ((10, 20, 30, 100), False, Course.WELL),
    ((90, 90, 90, 0), True, Course.LOOK_AGAIN),
    ((90, 90, 90, NOT_ASKED), True, Course.LOOK_AGAIN),
    ((90, 90, 90, WORSE), True, Course.LOOK_AGAIN),
    ((10, 20, 30, 40, 90), True, Course.LOOK_AGAIN),  # a better fifth closes nothing
    ((10, 20, 30, 60, 5), False, Course.WELL),  # a worse fifth opens nothing
    ((WORSE, WORSE, WORSE, 50, WORSE), False, Course.WELL),
]


@pytest.mark.parametrize(("said", "due", "told"), RULE)
def test_only_the_fourth_decides_and_fifty_is_enough(said, due, told):
    assert (task_is_due(treatments(*said)), course(treatments(*said))) == (due, told)
    assert not task_is_due(treatments(*said), decided=True)


@pytest.mark.parametrize("wrong", [{"better": -1}, {"better": 101}, {"better": 50, "worse": True}])
def test_what_cannot_be_said_of_a_treatment_is_refused(wrong):
    with pytest.raises(ValueError):
        Treatment(**wrong)


said = st.one_of(st.none(), st.just(WORSE), st.integers(0, 100))


@given(st.lists(said, max_size=3), st.lists(said, max_size=9))
def test_before_the_fourth_never_and_after_it_nothing_changes(first, later):
    assert not task_is_due(treatments(*first))
    four = treatments(*[*first, 0, 0, 0, 0][:4])
    assert task_is_due(four) == task_is_due(four + treatments(*later))


@given(st.lists(said, min_size=3, max_size=3), said)
def test_whatever_was_said_the_fourth_is_halfway_or_asks(first, fourth):
    halfway = isinstance(fourth, int) and fourth >= 50
    assert task_is_due(treatments(*first, fourth)) != halfway


# --- the verbs ------------------------------------------------------------------------------------


@pytest.fixture
def pieter(cast):
    return cast.actor("practitioner_a")


@pytest.fixture
def story(cast):
    """A patient whose intake began thirty days ago and whose step 1 is passed."""
    story = sent(cast.a, given="Marleen", family="Wuyts")
    story.intake.began_on = days_ago(30)
    story.intake.save()
    return story


def days_ago(days):
    return timezone.localdate() - datetime.timedelta(days=days)


def values(said, on, note=""):
    worse = said == WORSE
    return {"on": on, "better": None if worse else said, "worse": worse, "note": note}


def recorded(actor, intake, *said):
    """Visits two days apart, the last one today."""
    last = 2 * (len(said) - 1)
    return [
        actions.record_visit(actor, intake, values(one, days_ago(last - 2 * place)))
        for place, one in enumerate(said)
    ]


def chosen(actor, intake, steps=("examination",), explanation="Reflexen opnieuw getest, alles goed."):
    return actions.look_again(actor, intake, list(steps), explanation)


def words(actor, intake):
    with translation.override("en"):
        return visit_words(with_visits(Intake.objects.filter(pk=intake.pk), actor).get())


LOOK = [{"word": "visit 4: look again", "state": "todo"}]


def test_a_visit_keeps_what_was_said_and_by_whom(pieter, story):
    visit = actions.record_visit(pieter, story.intake, values(35, days_ago(1), "Slaapt beter."))
    visit.refresh_from_db()
    assert (visit.better, visit.worse, visit.note, visit.on) == (35, False, "Slaapt beter.", days_ago(1))
    assert (visit.by_id, visit.by_name) == (pieter.user_id, pieter.user_name)


def test_a_second_visit_on_one_day_is_refused(pieter, story):
    recorded(pieter, story.intake, 10)
    with pytest.raises(actions.SameDay):
        recorded(pieter, story.intake, 20)
    assert Visit.objects.get().better == 10


@pytest.mark.parametrize("state", [state for state in Standing if state not in GATE_OPEN])
def test_with_the_gate_closed_no_treatment_but_looking_again_may_go_on(pieter, story, state):
    visits = recorded(pieter, story.intake, 10, 10, 10, 10)
    unsent = {"sent_at": None} if state == Standing.INCOMPLETE else {}
    Screening.objects.filter(intake=story.intake).update(state=state.value, **unsent)

    with pytest.raises(actions.GateClosed):
        actions.record_visit(pieter, story.intake, values(60, days_ago(1)))
    assert Visit.objects.count() == 4
    actions.change_visit(pieter, visits[3], values(20, visits[3].on), seen=visits[3].seen)
    assert chosen(pieter, story.intake, ["referred"]).visit == visits[3]


def test_without_any_screening_there_is_no_treatment(cast, pieter):
    with pytest.raises(actions.GateClosed):
        actions.record_visit(pieter, begin(cast.a).intake, values(10, timezone.localdate()))


@pytest.mark.parametrize("somebody", ["desk_a", "owner_a", "practitioner_b", "desk_b"])
def test_nobody_but_a_practitioner_of_this_practice_writes_visits(cast, pieter, story, somebody):
    visit = recorded(pieter, story.intake, 10, 10, 10, 10)[3]
    other, before = cast.actor(somebody), Kept().fingerprint()
    for verb in (
        lambda: actions.record_visit(other, story.intake, values(10, days_ago(1))),
        lambda: actions.change_visit(other, visit, values(90, visit.on), seen=visit.seen),
        lambda: actions.remove_visit(other, visit, seen=visit.seen),
        lambda: chosen(other, story.intake),
    ):
        with pytest.raises(NotAllowed):
            verb()
    assert Kept().fingerprint() == before


def test_the_latest_visit_may_be_corrected_and_says_by_whom(pieter, story):
    first, latest = recorded(pieter, story.intake, 10, 20)
    actions.change_visit(pieter, latest, values(WORSE, days_ago(1), "Gevallen."), seen=latest.seen)
    latest.refresh_from_db()
    assert (latest.better, latest.worse, latest.on, latest.note) == (None, True, days_ago(1), "Gevallen.")
    assert latest.changed_by_name == pieter.user_name
    for verb in (
        lambda: actions.change_visit(pieter, first, values(90, first.on), seen=first.seen),
        lambda: actions.remove_visit(pieter, first, seen=first.seen),
    ):
        with pytest.raises(actions.NotLatest):
            verb()


def test_a_correction_does_not_move_onto_another_visit(pieter, story):
    first, latest = recorded(pieter, story.intake, 10, 20)
    with pytest.raises(actions.SameDay):
        actions.change_visit(pieter, latest, values(20, first.on), seen=latest.seen)


def test_the_second_one_who_corrects_is_told_and_the_first_one_s_change_stays(pieter, story):
    (visit,) = recorded(pieter, story.intake, 10)
    seen = visit.seen
    actions.change_visit(pieter, visit, values(30, visit.on), seen=seen)
    with pytest.raises(actions.Changed):
        actions.change_visit(pieter, visit, values(80, visit.on), seen=seen)
    with pytest.raises(actions.Changed):
        actions.remove_visit(pieter, visit, seen=seen)
    assert Visit.objects.get().better == 30


def test_the_latest_visit_may_be_taken_off(pieter, story):
    first, latest = recorded(pieter, story.intake, 10, 20)
    actions.remove_visit(pieter, latest, seen=latest.seen)
    assert list(Visit.objects.all()) == [first]
    with pytest.raises(actions.NotLatest):
        actions.remove_visit(pieter, latest, seen=latest.seen)


def test_a_visit_on_which_somebody_decided_stays_as_it_is(pieter, story):
    visit = recorded(pieter, story.intake, 10, 10, 10, 40)[3]
    chosen(pieter, story.intake)
    for verb in (
        lambda: actions.change_visit(pieter, visit, values(60, visit.on), seen=visit.seen),
        lambda: actions.remove_visit(pieter, visit, seen=visit.seen),
    ):
        with pytest.raises(actions.NotLatest):
            verb()


@pytest.mark.parametrize("fourth", [0, 49, NOT_ASKED, WORSE])
def test_the_task_stays_open_through_better_visits_until_somebody_chose(pieter, story, fourth):
    recorded(pieter, story.intake, 10, 20, 30)
    assert words(pieter, story.intake) == []
    Visit.objects.all().delete()
    recorded(pieter, story.intake, 10, 20, 30, fourth, 90, 100)
    assert words(pieter, story.intake) == LOOK

    choice = chosen(pieter, story.intake, ["glasses", "lists"])
    assert words(pieter, story.intake) == []
    assert (choice.steps, choice.by_name) == (["lists", "glasses"], pieter.user_name)
    assert choice.visit == Visit.objects.order_by("on")[3]
    with pytest.raises(actions.NotDue):
        chosen(pieter, story.intake)


@pytest.mark.parametrize(
    ("steps", "explanation", "missing"),
    [
        ([], "Alles nagekeken.", ("steps",)),
        (["nothing-at-all"], "Alles nagekeken.", ("steps",)),
        (["lists"], "", ("explanation",)),
        (["lists"], "  \n ", ("explanation",)),
        ([], "", ("steps", "explanation")),
    ],
)
def test_the_task_does_not_close_without_a_step_and_a_reason(pieter, story, steps, explanation, missing):
    recorded(pieter, story.intake, 10, 20, 30, 40)
    with pytest.raises(NotAllowed) as refused:
        chosen(pieter, story.intake, steps, explanation)
    assert refused.value.fields == missing
    assert words(pieter, story.intake) == LOOK


@pytest.mark.parametrize("visits", [(10, 10, 10), (10, 10, 10, 50)])
def test_there_is_nothing_to_choose_while_nothing_is_asked(pieter, story, visits):
    recorded(pieter, story.intake, *visits)
    with pytest.raises(actions.NotDue):
        chosen(pieter, story.intake)


def test_the_order_is_that_of_the_days_not_of_the_writing_down(pieter, story):
    recorded(pieter, story.intake, 10, 20, 30)
    actions.record_visit(pieter, story.intake, values(70, days_ago(20)))
    assert words(pieter, story.intake) == LOOK  # the fourth is the one of today, with 30


def test_visits_of_another_complaint_do_not_count(cast, pieter, story):
    other = Intake.objects.create(practice=cast.a, patient=story.patient, began_on=days_ago(30))
    recorded(pieter, story.intake, 10, 20, 30)
    for back in (1, 3):
        Visit.objects.create(
            practice=cast.a, intake=other, on=days_ago(back), by_id=pieter.user_id, by_name="x"
        )
    assert words(pieter, story.intake) == words(pieter, other) == []


def test_the_trail_says_who_did_what_and_no_word_of_it(pieter, story):
    visits = recorded(pieter, story.intake, 10, 20, 30, 37)
    actions.change_visit(pieter, visits[3], values(38, visits[3].on, "Tuinierde"), seen=visits[3].seen)
    extra = actions.record_visit(pieter, story.intake, values(WORSE, days_ago(1)))
    latest = Visit.objects.order_by("on").last()
    actions.remove_visit(pieter, latest, seen=latest.seen)
    actions.record_visit(pieter, story.intake, values(39, timezone.localdate()))
    chosen(pieter, story.intake, ["referred"], "Naar dokter Smets")

    events = AuditEvent.objects.filter(verb__startswith="visit.").order_by("pk")
    kinds = ["recorded"] * 4 + ["changed", "recorded", "removed", "recorded", "looked-again"]
    assert [event.verb for event in events] == [f"visit.{kind}" for kind in kinds]
    assert {event.subject for event in events} == {str(story.patient.code)}
    assert extra.on == days_ago(1)
    told = " ".join(str(event.facts) for event in events)
    assert not re.search(r"Tuin|Smets|worse|\b3[789]\b", told)


# --- what the database itself refuses -------------------------------------------------------------


@pytest.mark.database
@pytest.mark.parametrize(
    "wrong", [{"better": 101}, {"better": -1}, {"better": 0, "worse": True}], ids=["much", "little", "both"]
)
def test_the_database_refuses_what_cannot_be(cast, pieter, story, wrong):
    row = {"practice": cast.a, "intake": story.intake, "on": days_ago(1), "by_id": pieter.user_id}
    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.create(**row, **wrong)
    Visit.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.create(**row)


@pytest.mark.database
@pytest.mark.parametrize("wrong", [{"steps": []}, {"explanation": ""}])
def test_the_database_keeps_no_choice_without_a_step_and_a_reason(cast, pieter, story, wrong):
    (visit,) = recorded(pieter, story.intake, 10)
    row = {"practice": cast.a, "intake": story.intake, "visit": visit, "by_id": pieter.user_id}
    with pytest.raises(IntegrityError), transaction.atomic():
        VisitChoice.objects.create(**{**row, "steps": ["lists"], "explanation": "x", **wrong})


@pytest.mark.database
@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_keeps_a_choice_as_it_was(pieter, story, change):
    recorded(pieter, story.intake, 10, 10, 10, 10)
    choice = chosen(pieter, story.intake)
    rows = VisitChoice.objects.filter(pk=choice.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(by_name="Somebody else") if change == "update" else rows._raw_delete(rows.db)


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("verb", ["record", "choose"])
def test_two_at_the_same_moment_make_one(cast, verb):
    pieter, intake = cast.actor("practitioner_a"), sent(cast.a).intake
    Intake.objects.filter(pk=intake.pk).update(began_on=days_ago(30))
    if verb == "choose":
        recorded(pieter, intake, 10, 10, 10, 10)
    refusal = actions.SameDay if verb == "record" else actions.NotDue
    found, start = [], threading.Barrier(2)

    def press():
        start.wait()
        try:
            made = recorded(pieter, intake, 10) if verb == "record" else chosen(pieter, intake)
            found.append("made" if made else "")
        except refusal:
            found.append("refused")
        finally:
            connections.close_all()

    hands = [threading.Thread(target=press) for _ in range(2)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert sorted(found) == ["made", "refused"]
    assert (Visit if verb == "record" else VisitChoice).objects.count() == 1


# --- for the worklist -----------------------------------------------------------------------------


@pytest.mark.database
@pytest.mark.parametrize("decided", [False, True])
@pytest.mark.parametrize(("visits", "due", "_told"), RULE)
def test_the_worklist_s_filter_and_word_say_what_the_rule_says(pieter, story, visits, due, _told, decided):
    for place, one in enumerate(treatments(*visits)):
        row = {"better": one.better, "worse": one.worse, "by_id": pieter.user_id, "on": days_ago(20 - place)}
        Visit.objects.create(practice_id=pieter.practice_id, intake=story.intake, **row)
    if decided and due:
        chosen(pieter, story.intake)
    rows = with_visits(Intake.objects.for_actor(pieter), pieter)

    assert words(pieter, story.intake) == (LOOK if due and not decided else [])
    assert rows.filter(waits_for_a_look()).exists() == (due and not decided)


@pytest.mark.parametrize("somebody", ["desk_a", "owner_a"])
def test_who_may_not_read_visits_gets_no_word_of_them(cast, pieter, story, somebody):
    recorded(pieter, story.intake, 10, 10, 10, 10)
    assert words(pieter, story.intake) == LOOK
    assert words(cast.actor(somebody), story.intake) == []


def test_the_words_of_many_intakes_cost_one_query(cast, pieter, story):
    for number in range(3):
        other = sent(cast.a, given=f"P{number}")
        Intake.objects.filter(pk=other.intake.pk).update(began_on=days_ago(30))
        recorded(pieter, other.intake, 1, 2, 3, 4)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = [visit_words(row) for row in with_visits(Intake.objects.for_actor(pieter), pieter)]
    assert len(queries) == 1
    assert len([one for one in found if one]) == 3


# --- the pages ------------------------------------------------------------------------------------


@pytest.fixture
def browser(cast):
    client = cast.client("practitioner_a")
    in_english(client)
    return client


def page(browser, intake):
    answer = browser.get(reverse("desk:visits", args=[intake.code]))
    assert answer.status_code == 200
    return answer.content.decode()


def post(browser, name, row, prefix, key=None, seen=None, **fields):
    body = {"once_key": str(key or uuid.uuid4()), **({"seen": seen} if seen else {})}
    body |= {f"{prefix}-{field}": value for field, value in fields.items()}
    return browser.post(reverse(f"desk:{name}", args=[row.code]), body)


def new_visit(browser, intake, **fields):
    fields = {"on": str(timezone.localdate()), "better": "35", "note": "Slaapt beter.", **fields}
    return post(browser, "visit-new", intake, "visit", **fields)


def test_a_visit_is_written_down_and_stands_on_the_page(browser, story):
    answer = new_visit(browser, story.intake)
    assert (answer.status_code, answer["Location"]) == (302, reverse("desk:visits", args=[story.intake.code]))
    told = page(browser, story.intake)
    assert "Visit 1" in told
    assert "35 % better" in told
    assert "Slaapt beter." in told
    assert AuditEvent.objects.filter(verb="visits.viewed", subject=str(story.patient.code)).count() == 1


def test_a_doubled_form_makes_one_visit(browser, story):
    key = uuid.uuid4()
    assert [new_visit(browser, story.intake, key=key).status_code for _ in range(2)] == [302, 302]
    assert Visit.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"on": ""}, "on", "Fill in the day."),
        ({"on": "31-02-2026"}, "on", "This is not a date that exists."),
        ({"on": str(days_ago(-1))}, "on", "This date is in the future."),
        ({"on": str(days_ago(31))}, "on", "This is before the intake began."),
        ({"better": "101"}, "better", "Type a whole number from 0 to 100."),
        ({"better": "-1"}, "better", "Type a whole number from 0 to 100."),
        ({"better": "45,5"}, "better", "Type a whole number from 0 to 100."),
        ({"better": "veel"}, "better", "Type a whole number from 0 to 100."),
        ({"worse": "on"}, "worse", "Choose one: a number, or worse."),
        ({"note": "x" * 501}, "note", "At most 500 characters fit here; you typed 501."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(
    browser, story, fields, field, sentence
):
    answer = new_visit(browser, story.intake, **fields)
    told = answer.content.decode()
    assert answer.status_code == 422
    assert f'<a href="#id_visit-{field}">{sentence}' in told
    assert re.search(
        rf'id="id_visit-{field}"[^>]*aria-invalid="true"|aria-invalid="true"[^>]*id="id_visit-{field}"', told
    )
    assert fields.get("note", "Slaapt beter.") in told
    assert not Visit.objects.exists()


def test_the_first_day_and_today_are_days_of_a_visit(browser, story):
    for on in (days_ago(30), days_ago(0)):
        assert new_visit(browser, story.intake, on=str(on)).status_code == 302
    assert Visit.objects.count() == 2


def test_a_day_that_has_a_visit_is_said_beside_the_day(browser, story):
    new_visit(browser, story.intake)
    answer = new_visit(browser, story.intake, note="Nog eens")
    assert answer.status_code == 422
    assert "There is a visit on this day already." in answer.content.decode()
    assert "Nog eens" in answer.content.decode()


def test_with_the_gate_closed_the_page_reads_and_refuses_with_what_was_typed(browser, story):
    new_visit(browser, story.intake, on=str(days_ago(2)))
    Screening.objects.filter(intake=story.intake).update(state=Standing.BLOCKED.value)
    told = page(browser, story.intake)
    assert "35 % better" in told
    assert "treatment comes after the safety questions" in told
    assert "Save this visit" not in told

    answer = new_visit(browser, story.intake, note="Toch behandeld")
    assert answer.status_code == 409
    assert "Nothing was saved" in answer.content.decode()
    assert "Toch behandeld" in answer.content.decode()
    assert Visit.objects.count() == 1


def test_an_intake_without_a_screening_has_a_page_too(browser, cast):
    assert "No visit yet." in page(browser, begin(cast.a).intake)


def test_the_page_is_glad_from_halfway_on(browser, pieter, story):
    recorded(pieter, story.intake, 10, 20, 30, 60)
    told = page(browser, story.intake)
    assert "60 % better at the fourth visit: well on the way." in told
    assert "look again" not in told.lower()


@pytest.mark.parametrize(
    ("fourth", "sentence"),
    [
        (49, "The patient said at the fourth visit: 49 % better."),
        (WORSE, "The patient said at the fourth visit: worse than before."),
        (NOT_ASKED, "At the fourth visit the percentage was not asked."),
    ],
)
def test_the_task_asks_calmly_offers_both_ways_and_closes_by_name(browser, pieter, story, fourth, sentence):
    recorded(pieter, story.intake, 10, 20, 30, fourth)
    told = page(browser, story.intake)
    assert sentence in told
    assert "was a red flag hidden, or does a glass keep pouring?" in told
    for name in ("review", "glasses"):
        assert told.count(reverse(f"desk:{name}", args=[story.intake.code])) == 2

    answer = post(browser, "visit-choice", story.intake, "again", explanation="Stress nagevraagd.")
    assert answer.status_code == 422
    assert "Tick what you did." in answer.content.decode()
    assert "Stress nagevraagd." in answer.content.decode()
    answer = post(browser, "visit-choice", story.intake, "again", steps="glasses", explanation=" ")
    assert answer.status_code == 422
    assert "Write down what you found." in answer.content.decode()
    assert not VisitChoice.objects.exists()

    post(browser, "visit-choice", story.intake, "again", steps="glasses", explanation="Stress nagevraagd.")
    told = page(browser, story.intake)
    assert "The glasses were opened again" in told
    assert pieter.user_name in told
    assert "Record this in my name" not in told
    assert "Change this visit" not in told  # what was decided on stays


def test_the_second_one_who_chooses_is_told_how_it_stands(browser, pieter, story):
    recorded(pieter, story.intake, 10, 20, 30, 40)
    chosen(pieter, story.intake, explanation="De eerste was sneller.")
    fields = {"steps": "lists", "explanation": "De tweede."}
    answer = post(browser, "visit-choice", story.intake, "again", **fields)
    assert answer.status_code == 302
    told = page(browser, story.intake)
    assert "There was nothing left to decide." in told
    assert "De eerste was sneller." in told


def test_the_latest_visit_is_changed_and_taken_off_on_the_page(browser, pieter, story):
    first, latest = recorded(pieter, story.intake, 10, 20)
    told = page(browser, story.intake)
    assert told.count("Change this visit") == 1
    assert reverse("desk:visit-change", args=[latest.code]) in told
    assert f'name="seen" value="{latest.seen}"' in told

    fields = {"on": str(latest.on), "better": "25"}
    wrong = post(browser, "visit-change", latest, "change", seen=latest.seen, **{**fields, "better": "205"})
    assert wrong.status_code == 422
    assert 'value="205"' in wrong.content.decode()
    answer = post(browser, "visit-change", latest, "change", seen=latest.seen, **fields)
    assert answer.status_code == 302
    assert "25 % better" in page(browser, story.intake)

    stale = post(browser, "visit-change", latest, "change", seen=latest.seen, **fields, note="Te laat")
    assert stale.status_code == 409
    assert "somebody else was here" in stale.content.decode()
    assert "Te laat" in stale.content.decode()
    latest.refresh_from_db()
    assert post(browser, "visit-remove", latest, "", seen=latest.seen).status_code == 302
    assert list(Visit.objects.all()) == [first]


def test_what_was_typed_for_an_older_visit_does_not_land_on_the_latest(browser, pieter, story):
    first, latest = recorded(pieter, story.intake, 10, 20)
    fields = {"on": str(first.on), "better": "77"}
    answer = post(browser, "visit-change", first, "change", seen=first.seen, **fields)
    assert answer.status_code == 409
    told = answer.content.decode()
    assert 'value="77"' not in told
    assert told.count("Change this visit") == 1
    assert latest.better == Visit.objects.order_by("on").last().better == 20


def test_the_patient_s_page_leads_there_for_practitioners_only(cast, browser, story):
    link = reverse("desk:visits", args=[story.intake.code])
    path = reverse("desk:patient", args=[story.patient.code])
    assert link in browser.get(path).content.decode()
    assert link not in cast.client("desk_a").get(path).content.decode()


@pytest.mark.parametrize("kind", ["<b onclick=alert(1)>x</b>", "{{ settings.SECRET_KEY }}", "🦴 rug"])
def test_what_was_typed_stands_escaped(browser, story, kind):
    assert new_visit(browser, story.intake, note=kind).status_code == 302
    told = page(browser, story.intake)
    assert "<b onclick" not in told
    assert "tests-only-0123456789" not in told
    assert Visit.objects.get().note == kind
