"""Part B opens after part A was sent and nothing holds it back; a request made by hand changes nothing before that."""

import pytest
from django.urls import reverse

from backup_plan_site.staff import matrix
from intake.journey import PART_A, PART_B
from intake.models import Screening
from intake.standing import Standing
from intake.way import next_address
from tests.patients import DULL_PAIN, Kept, begin, sent
from triggers import actions
from triggers.models import GlassQuestionnaire

OPEN = {Standing.PASSED, Standing.CLEARED, Standing.HOLD}
TALK = {"rf1-steroid-use": "yes"}
PAGES = [("start",), ("lesson",), ("condition", 1), ("glass", 1), ("glass", 13), ("shelf",), ("check",)]
WRITING = PAGES[1:]


def at(story, state):
    """The story with its sent screening in another state, as a decision of the practice would leave it."""
    Screening.objects.filter(intake=story.intake).update(state=state.value)
    return story


@pytest.mark.parametrize("state", [state for state in Standing if state is not Standing.INCOMPLETE])
def test_the_state_of_the_lists_opens_part_b_or_keeps_it_shut(cast, state):
    story = at(sent(cast.a).begin_glasses(), state)
    phone, before = story.phone(), Kept().fingerprint()

    answers = [phone.send(story.page(*page), {"recognised": "none"}) for page in WRITING[:-1]]
    shown = phone.get(story.page("start"))

    if state in OPEN:
        assert shown.status_code == 200
        assert story.glass("sitting").nothing_fits
    else:
        elsewhere = next_address(story.intake, story.screening)
        assert {answer["Location"] for answer in [*answers, shown]} == {elsewhere}
        assert Kept().fingerprint() == before


@pytest.mark.parametrize("page", PAGES)
def test_no_page_of_part_b_opens_before_part_a_was_sent(cast, page):
    story = begin(cast.a).consent().tell(**DULL_PAIN).answer(rest="no")
    phone, before = story.phone(), Kept().fingerprint()

    for answer in (phone.get(story.page(*page)), phone.send(story.page(*page), {"recognised": "none"})):
        assert answer.status_code in (302, 405)
        assert answer.status_code == 405 or answer["Location"] == story.url("check")

    assert Kept().fingerprint() == before


def test_advice_comes_first_and_part_b_opens_once_it_was_read(cast):
    story = begin(cast.a).consent().tell().answer(TALK, rest="no").send()
    assert story.state == "hold"
    phone = story.phone()

    assert phone.get(story.page("start"))["Location"] == story.url("care")
    assert phone.send(story.page("lesson"))["Location"] == story.url("care")
    assert not GlassQuestionnaire.objects.exists()

    assert phone.send(story.url("care"), urgency="talk")["Location"] == story.url("sent")
    assert phone.get(story.page("start")).status_code == 200


def test_the_verbs_hold_the_gate_by_themselves(cast):
    story = begin(cast.a).consent().tell().answer(rest="no")
    with pytest.raises(actions.NotOpen):
        actions.begin(story.actor, story.intake)

    opened = at(sent(cast.a).begin_glasses(), Standing.BLOCKED)
    for verb in (
        lambda questionnaire: actions.save_glass(opened.actor, questionnaire, "sitting", nothing_fits=True),
        lambda questionnaire: actions.save_condition(
            opened.actor, questionnaire, "hernia", nothing_fits=True
        ),
        lambda questionnaire: actions.save_shelf(opened.actor, questionnaire, glasses={}, missing="x"),
        lambda questionnaire: actions.send_glasses(opened.actor, questionnaire),
        lambda questionnaire: actions.read_lesson(opened.actor, questionnaire),
    ):
        before = Kept().fingerprint()
        with pytest.raises(actions.NotOpen):
            verb(opened.questionnaire)
        assert Kept().fingerprint() == before


def test_the_page_after_part_a_leads_on_and_the_link_comes_back_to_part_b(cast):
    story = sent(cast.a)
    phone = story.phone()

    assert f'href="{story.page("start")}"' in phone.get(story.url("sent")).content.decode()
    assert phone.get(story.url("start"))["Location"] == story.page("start")


def test_a_blocked_patient_finds_no_way_into_part_b(cast):
    story = sent(cast.a, {"rf1-weight-loss": "yes"})
    phone = story.phone()
    assert story.state == "blocked"

    assert story.page("start") not in phone.get(story.url("sent")).content.decode()
    assert phone.get(story.url("start"))["Location"] == story.url("sent")


@pytest.mark.parametrize("page", [("condition", 1), ("glass", 1), ("shelf",), ("check",)])
def test_the_picture_lesson_comes_first(cast, page):
    story = sent(cast.a)
    phone = story.phone()

    assert phone.get(story.page(*page))["Location"] == story.page("lesson")
    assert phone.send(story.page(*page), {"recognised": "none"})["Location"] == story.page("lesson")
    assert not GlassQuestionnaire.objects.exists()
    assert phone.send(story.page("lesson"))["Location"] == story.page("condition", 1)
    assert story.questionnaire.lesson_read_at


@pytest.mark.parametrize("page", [("condition", 0), ("condition", 3), ("glass", 0), ("glass", 14)])
def test_there_is_no_other_number(cast, page):
    story = sent(cast.a).begin_glasses()

    assert story.phone().get(story.page(*page)).status_code == 404


def test_looking_changes_nothing(cast):
    story = sent(cast.a).begin_glasses()
    phone, before = story.phone(), Kept().fingerprint()

    for page in PAGES:
        assert phone.get(story.page(*page)).status_code == 200
    assert phone.get(reverse("triggers:help")).status_code == 200

    assert Kept().fingerprint() == before


def test_the_journey_names_every_page_of_a_patient_that_is_a_step():
    names = {name for name, _view in matrix.urls()}
    beside = {
        "intake:start",
        "intake:care",
        "intake:misunderstood",
        "intake:language",
        "intake:leave",
        "intake:calendar",
    }
    beside |= {"intake:consents", "intake:withdraw", "intake:new-or-worse"}

    assert {*PART_A, *PART_B} <= names
    steps = {name for name, entry in matrix.load().items() if entry.allow == "patient"}
    assert steps - beside == {*PART_A, *PART_B} - {"triggers:thanks"}
