"""The verbs of part B: what they keep, what they refuse, and what the audit trail says of it."""

import json

import pytest

from backup_plan_site.staff.models import AuditEvent
from intake.actions import Frozen, NotAllowed
from tests.patients import Kept, at_glasses
from triggers import actions
from triggers.glasses import GLASSES, glasses
from triggers.models import PractitionerMark

ONE, TWO = "sitting-1", "sitting-3"

# what is told about the glass 'sitting' -> (recognised, nothing fits, skipped, fills) as it is kept
KEPT = {
    "two sentences and yes": ({"recognised": [TWO, ONE], "fills": "yes"}, ([ONE, TWO], False, False, "yes")),
    "a bit": ({"recognised": [ONE], "fills": "bit"}, ([ONE], False, False, "bit")),
    "recognised and yet no": ({"recognised": [ONE], "fills": "no"}, ([ONE], False, False, "no")),
    "nothing fits is not a no": ({"nothing_fits": True}, ([], True, False, "")),
    "nothing fits and said no": ({"nothing_fits": True, "fills": "no"}, ([], True, False, "no")),
    "nothing fits and yet yes": ({"nothing_fits": True, "fills": "yes"}, ([], True, False, "yes")),
    "half done": ({"recognised": [ONE]}, ([ONE], False, False, "")),
    "looked at": ({}, ([], False, False, "")),
    "skipped": ({"skipped": True}, ([], False, True, "")),
    "skipped with something typed": (
        {"skipped": True, "recognised": [ONE], "fills": "yes"},
        ([], False, True, ""),
    ),
}

REFUSED = {
    "a sentence of another glass": ("sitting", {"recognised": ["stress-1"], "fills": "yes"}),
    "a sentence nobody wrote": ("sitting", {"recognised": ["sitting-99"], "fills": "yes"}),
    "both at once": ("sitting", {"recognised": [ONE], "nothing_fits": True}),
    "another word for yes": ("sitting", {"recognised": [ONE], "fills": "very"}),
    "another answer to the filter": ("smoking", {"nothing_fits": True, "filter_answer": "maybe"}),
    "a glass that is none": ("too-little-movement", {"nothing_fits": True}),
}


@pytest.fixture
def story(cast):
    return at_glasses(cast.a)


def save(story, key="sitting", **told):
    actions.save_glass(story.actor, story.questionnaire, key, **told)
    return story.glass(key)


@pytest.mark.parametrize(("told", "kept"), KEPT.values(), ids=KEPT)
def test_a_glass_is_kept_as_it_was_told(story, told, kept):
    row = save(story, **told)

    assert (row.recognised, row.nothing_fits, row.skipped, row.fills) == kept
    assert (row.content_version, row.asked_by) == ("sitting.v1", None)


@pytest.mark.parametrize(("key", "told"), REFUSED.values(), ids=REFUSED)
def test_what_no_page_asks_is_refused_whole(story, key, told):
    before = Kept().fingerprint()

    with pytest.raises(actions.NotAnAnswer):
        save(story, key, **told)

    assert Kept().fingerprint() == before


@pytest.mark.parametrize(
    "told", [{"recognised": ["hernia-9"]}, {"recognised": ["hernia-1"], "nothing_fits": True}]
)
def test_a_condition_refuses_what_it_did_not_ask(story, told):
    with pytest.raises(actions.NotAnAnswer):
        actions.save_condition(story.actor, story.questionnaire, "hernia", **told)


def test_what_waits_behind_the_filter_question_is_dropped_when_that_is_no(story):
    behind = [one.id for one in glasses()["smoking"].statements if one.after_filter]
    free = [one.id for one in glasses()["smoking"].statements if not one.after_filter]
    assert behind and free

    told = {"recognised": [behind[0], free[0]], "fills": "bit"}

    assert save(story, "smoking", filter_answer="yes", **told).recognised == [behind[0], free[0]]
    row = save(story, "smoking", filter_answer="no", **told)
    assert (row.recognised, row.filter_answer) == (free[:1], "no")


def test_a_changed_answer_keeps_size_and_what_is_done_about_it(story):
    save(story, recognised=[ONE], fills="yes")
    shelf = {"sitting": {"size": "giant", "compensated": True, "own_words": "Ik wandel elke middag"}}
    actions.save_shelf(story.actor, story.questionnaire, glasses=shelf, missing="")

    row = save(story, recognised=[TWO], fills="bit")

    assert (row.recognised, row.fills) == ([TWO], "bit")
    assert (row.size, row.compensated, row.own_words) == ("giant", True, "Ik wandel elke middag")


def test_the_shelf_keeps_words_only_with_their_tick_and_only_of_chosen_glasses(story):
    save(story, "sitting", recognised=[ONE], fills="yes")
    save(story, "stress", nothing_fits=True, fills="no")
    said = {"size": "small", "compensated": False, "own_words": "weg"}
    shelf = {"sitting": said, "stress": {**said, "compensated": True}, "hydration": said}

    actions.save_shelf(story.actor, story.questionnaire, glasses=shelf, missing="De trap")

    assert (story.glass("sitting").size, story.glass("sitting").own_words) == ("small", "")
    assert (story.glass("stress").size, story.glass("stress").compensated) == ("medium", False)
    assert story.glass("hydration") is None
    assert story.questionnaire.missing == "De trap"
    assert story.questionnaire.shelf_seen_at


@pytest.mark.parametrize(
    ("shelf", "missing"),
    [
        ({"sitting": {"size": "huge", "compensated": False}}, ""),
        ({"sitting": {"size": "small", "compensated": True, "own_words": "x" * 501}}, ""),
        ({"armchair": {"size": "small", "compensated": False}}, ""),
        ({}, "x" * 501),
    ],
)
def test_the_shelf_refuses_what_it_did_not_ask(story, shelf, missing):
    save(story, recognised=[ONE], fills="yes")

    with pytest.raises(actions.NotAnAnswer):
        actions.save_shelf(story.actor, story.questionnaire, glasses=shelf, missing=missing)

    assert story.glass("sitting").size == "medium"


def test_the_last_tab_to_save_a_glass_wins_and_leaves_one_row(story):
    first_tab, second_tab = story.questionnaire, story.questionnaire
    actions.save_glass(story.actor, first_tab, "sitting", recognised=[ONE], fills="yes")
    actions.save_glass(story.actor, second_tab, "sitting", nothing_fits=True)

    row = story.glass("sitting")

    assert (row.recognised, row.nothing_fits) == ([], True)
    assert story.questionnaire.glass_answers.count() == 1


def test_after_sending_nothing_changes_and_sending_again_has_no_effect(story):
    questionnaire = story.questionnaire
    save(story, recognised=[ONE], fills="yes")
    actions.send_glasses(story.actor, questionnaire)
    before = Kept().fingerprint()

    for verb in (
        lambda: actions.save_glass(story.actor, questionnaire, "sitting", nothing_fits=True),
        lambda: actions.save_condition(story.actor, questionnaire, "hernia", nothing_fits=True),
        lambda: actions.save_shelf(story.actor, questionnaire, glasses={}, missing="nog iets"),
        lambda: actions.read_lesson(story.actor, questionnaire),
    ):
        with pytest.raises(Frozen):
            verb()
    actions.send_glasses(story.actor, questionnaire)

    assert Kept().fingerprint() == before
    assert AuditEvent.objects.filter(verb="part_b.sent").count() == 1


def test_another_patient_cannot_write_here(cast, story):
    stranger = at_glasses(cast.b, given="Odiel")
    before = Kept().fingerprint()

    with pytest.raises(Frozen):
        actions.save_glass(stranger.actor, story.questionnaire, "sitting", nothing_fits=True)

    assert Kept().fingerprint() == before


def test_what_a_practitioner_asked_is_kept_with_a_name(cast, story):
    actor = cast.actor("practitioner_a")

    actions.save_glass(actor, story.questionnaire, "sitting", recognised=[ONE], fills="yes")

    assert story.glass("sitting").asked_by_id == actor.user_id


def test_the_trail_names_the_glass_and_never_what_was_recognised(story):
    save(story, "social-net", recognised=["social-net-8"], fills="yes")
    actions.save_condition(story.actor, story.questionnaire, "hernia", recognised=["hernia-1"])
    shelf = {"social-net": {"size": "giant", "compensated": True, "own_words": "Mijn zus in Zoersel"}}
    actions.save_shelf(story.actor, story.questionnaire, glasses=shelf, missing="De buren")
    actions.send_glasses(story.actor, story.questionnaire)

    events = AuditEvent.objects.filter(subject=str(story.patient.code))
    trail = json.dumps([[event.verb, event.facts] for event in events])

    for word in ("social-net-8", "hernia-1", "Zoersel", "buren", "giant", '"yes"'):
        assert word not in trail
    verbs = {event.verb for event in events}
    assert {"glasses.begun", "glass.saved", "condition.saved", "shelf.saved", "part_b.sent"} <= verbs


def test_a_practitioner_marks_a_glass_beside_the_answer(cast, story):
    save(story, recognised=[ONE], fills="yes")
    actor = cast.actor("practitioner_a")

    actions.mark_glass(actor, story.intake, "sitting", PractitionerMark.Opinion.NOT_NOW, "Later opnieuw")
    actions.mark_glass(actor, story.intake, "sitting", PractitionerMark.Opinion.PLAYS)

    assert story.glass("sitting").fills == "yes"
    assert [mark.opinion for mark in story.intake.glass_marks.all()] == ["not-now", "plays"]
    assert story.intake.glass_marks.first().by_name == "Pieter Vanackere"
    assert "Later" not in str(AuditEvent.objects.filter(verb="glass.marked").values_list("facts", flat=True))


@pytest.mark.parametrize("who", ["desk_a", "owner_a", "practitioner_b"])
def test_nobody_else_marks_a_glass(cast, story, who):
    with pytest.raises(NotAllowed):
        actions.mark_glass(cast.actor(who), story.intake, "sitting", "plays")

    assert not story.intake.glass_marks.exists()


@pytest.mark.parametrize(("glass", "opinion"), [("armchair", "plays"), ("sitting", "scores")])
def test_a_mark_names_a_glass_and_one_of_three_opinions(cast, story, glass, opinion):
    with pytest.raises(actions.NotAnAnswer):
        actions.mark_glass(cast.actor("practitioner_a"), story.intake, glass, opinion)


def test_there_are_thirteen_glasses_to_save(story):
    for key in GLASSES:
        save(story, key, nothing_fits=True)

    assert story.questionnaire.glass_answers.count() == len(GLASSES) == 13
