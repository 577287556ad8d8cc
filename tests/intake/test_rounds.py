"""A new round: who may begin one and when, what goes along, and what waits until it is sent."""

import dataclasses

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from backup_plan_site.staff.actors import Actor
from intake import actions
from intake.actions import rounds
from intake.models import Notice, Screening
from intake.models.people import IllegalMove
from intake.models.screening import Because
from plans import actions as plan_actions
from plans.actions.errors import GateClosed
from tests.cast import in_english
from tests.patients import Kept, at_glasses, begin, sent
from tests.plans.composing import released_plan

SHINGLES = {"rf3-shingles": "yes"}  # raises TODAY


def again(story, because=Because.NEW_OR_WORSE, actor=None):
    return actions.begin_round(actor or story.actor, story.intake, because)


# --- legal and illegal moves -------------------------------------------------------------------


OTHERS = [one for one in Because if one is not Because.NEW_OR_WORSE]
MAY_NOT = [
    *(("patient", one) for one in OTHERS),
    ("practitioner_a", Because.FIRST),
    ("desk_a", Because.PRACTITIONER),
    ("owner_a", Because.PRACTITIONER),
    ("practitioner_b", Because.PRACTITIONER),
    ("system", Because.PRACTITIONER),
    ("another patient", Because.NEW_OR_WORSE),
]
MAY = [
    ("patient", Because.NEW_OR_WORSE),
    *(("practitioner_a", one) for one in Because if one is not Because.FIRST),
]


def actor_of(cast, story, who):
    own = {
        "patient": story.actor,
        "system": Actor.system(cast.a.pk),
        "another patient": dataclasses.replace(story.actor, intake_id=story.intake.pk + 1),
    }
    return own.get(who) or cast.actor(who)


def test_who_may_not_begin_a_round(cast):
    story = sent(cast.a)
    for who, because in MAY_NOT:
        with pytest.raises(actions.NotAllowed):
            again(story, because, actor_of(cast, story, who))
    assert story.screening.number == 1


def test_who_begins_a_round_and_why(cast):
    story = sent(cast.a)
    for who, because in MAY:
        with transaction.atomic():
            actor = actor_of(cast, story, who)
            begun = again(story, because, actor)
            assert (begun.number, begun.because, begun.began_by_id) == (2, because, actor.user_id)
            assert story.screening == begun
            assert Notice.objects.filter(kind="new-or-worse").exists() == (who == "patient")
            transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("where", "legal"),
    [
        ("nothing asked yet", False),
        ("filling in", False),
        ("sent", True),
        ("sent, a doctor first", True),
        ("second round open", False),
        ("closed", False),
    ],
)
def test_a_round_begins_only_after_one_that_was_sent(cast, where, legal):
    story = begin(cast.a) if where == "nothing asked yet" else None
    if where == "filling in":
        story = begin(cast.a).consent().tell()
    story = story or sent(cast.a, SHINGLES if "doctor" in where else None)
    if where == "second round open":
        again(story)
    if where == "closed":
        actions.close_intake(cast.actor("desk_a"), story.intake)
    numbers = list(Screening.objects.values_list("number", flat=True))

    if legal:
        assert again(story).number == 2
    else:
        with pytest.raises(IllegalMove):
            again(story)
        assert list(Screening.objects.values_list("number", flat=True)) == numbers


@pytest.mark.database
def test_two_that_begin_at_the_same_moment_are_settled_by_the_number(cast):
    story = sent(cast.a)
    again(story)

    with pytest.raises(IntegrityError), transaction.atomic():
        Screening.objects.create(
            practice=cast.a, intake=story.intake, number=2, content_version="x", rules_version=1
        )


# --- what goes along ---------------------------------------------------------------------------


def all_no_again(story):
    again(story)
    return story.tell().answer(rest="no").send()


@pytest.mark.database
def test_answering_no_the_second_time_clears_nothing(cast):
    story = sent(cast.a, SHINGLES)
    assert story.state == "blocked"

    again(story)
    assert story.screening.unhandled == story.flag_of(1, "rf3-shingles").screening.unhandled

    story.tell().answer(rest="no").send()
    assert story.state == "blocked"
    flag = story.flag_of(2, "rf3-shingles")
    assert (flag.urgency, flag.decision) == ("today", "open")
    assert flag.raised_at == story.flag_of(1, "rf3-shingles").raised_at
    assert flag.care_read_at  # the advice was read; it is told once more on the page after sending


def test_the_planted_fault_is_seen(cast, monkeypatch):
    """Without carrying the flags along, a patient would clear a TODAY by answering no."""
    monkeypatch.setattr(rounds, "_carry", lambda latest, begun: None)

    assert all_no_again(sent(cast.a, SHINGLES)).state == "passed"


def test_a_referral_stays_until_a_doctor_found_it_safe(cast):
    story, practitioner = sent(cast.a, SHINGLES), cast.actor("practitioner_a")
    actions.refer(practitioner, story.flag_of(1, "rf3-shingles"), "gp", explanation="Laten nakijken")

    assert all_no_again(story).state == "referred"

    actions.clear(
        practitioner,
        story.flag_of(2, "rf3-shingles"),
        "doctor-cleared",
        explanation="Brief",
        done_by="Dr. Raes",
        done_on=story.intake.began_on,
    )
    assert story.state == "cleared"


def test_what_was_cleared_stays_in_its_round_and_raises_anew(cast):
    story = sent(cast.a, SHINGLES)
    actions.clear(
        cast.actor("practitioner_a"),
        story.flag_of(1, "rf3-shingles"),
        "misunderstood",
        explanation="Het was een muggenbeet",
        talked_with_patient=True,
    )
    again(story)
    assert not story.screening.flags.exists()

    story.tell().answer(SHINGLES, rest="no")
    assert story.flag_of(2, "rf3-shingles").decision == "open"
    assert story.flag_of(1, "rf3-shingles").decision == "cleared"


# --- what waits --------------------------------------------------------------------------------


def test_part_b_closes_until_the_new_round_lets_through(cast):
    story = at_glasses(cast.a)
    phone = story.phone()
    assert phone.get(story.page("start")).status_code == 200
    again(story)

    assert phone.get(story.page("start"))["Location"] == story.url("about")
    story.tell().answer(rest="no").send()
    assert phone.get(story.page("start")).status_code == 200


@pytest.mark.database
def test_no_plan_moves_on_while_a_round_is_open(cast):
    practitioner = cast.actor("practitioner_a")
    plan = released_plan(cast.a, practitioner)
    seen = plan_actions.seen(plan, "all")
    actions.begin_round(practitioner, plan.intake, Because.FEW_RESULTS)

    with pytest.raises(GateClosed):
        plan_actions.release(practitioner, plan, seen=seen)
    with pytest.raises(GateClosed):
        plan_actions.open_plan(practitioner, plan.intake)


def test_the_review_page_tells_both_rounds(cast):
    story = sent(cast.a, SHINGLES, {"own_words": "Toen was het links"})
    again(story)
    story.tell(own_words="Nu is het rechts")
    desk = in_english(cast.client("practitioner_a"))
    page = desk.get(reverse("desk:review", args=[story.intake.code])).content.decode()

    assert "Toen was het links" in page
    assert "Nu is het rechts" in page
    assert "Raised in round 1 on" in page  # the flag went along, with the answers of then
    assert "Round 1, sent on" in page
    assert "something is new or worse" in page


# --- the page ----------------------------------------------------------------------------------


def test_the_page_says_whom_to_call_and_begins_one_round(cast):
    story = sent(cast.a)
    phone = story.phone()
    page = phone.get(story.url("new-or-worse")).content.decode()
    assert 'href="tel:112"' in page
    assert "Answer the questions again" in page

    assert phone.send(story.url("new-or-worse"), key="7f1b8a52-6d8a-4c36-9f4e-0f8f5d1f0c21")[
        "Location"
    ] == story.url("about")
    # Repeated, in another tab, and looked at again: one round.
    phone.send(story.url("new-or-worse"), key="7f1b8a52-6d8a-4c36-9f4e-0f8f5d1f0c21")
    assert phone.send(story.url("new-or-worse"))["Location"] == story.url("about")
    assert story.screening.number == 2
    assert Notice.objects.get(kind=Notice.Kind.NEW_OR_WORSE).intake == story.intake

    page = phone.get(story.url("new-or-worse")).content.decode()
    assert "Answer the questions again" not in page
    assert 'href="tel:112"' in page


def test_looking_begins_nothing_and_a_language_button_neither(cast):
    story = sent(cast.a)
    phone, before = story.phone(), Kept().fingerprint()
    phone.get(story.url("new-or-worse"))
    assert Kept().fingerprint() == before

    phone.send(story.url("new-or-worse"), language="nl")
    assert story.screening.number == 1


def test_the_link_stands_on_every_page_of_who_was_here_before_and_on_no_other(cast):
    new, known = begin(cast.a).consent().tell(), sent(cast.a, given="Odile").begin_glasses()
    phone = new.phone()
    for name in ("start", "about", "consents"):
        assert "new-or-worse" not in phone.get(new.url(name)).content.decode(), name
    phone = known.phone()
    for path in (
        *(known.url(name) for name in ("sent", "consents", "whom", "new-or-worse")),
        *(
            known.page(*page)
            for page in (("start",), ("lesson",), ("condition", 1), ("glass", 1), ("shelf",), ("check",))
        ),
    ):
        assert known.url("new-or-worse") in phone.get(path).content.decode(), path
    assert new.phone().get(new.url("new-or-worse"))["Location"] == new.url("start")
