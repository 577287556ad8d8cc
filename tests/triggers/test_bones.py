"""The sentences about the bones below arthrosis (clinical-brief C3): kept, told, and a reason for care."""

import html
from dataclasses import asdict

import pytest

from plans.actions import open_plan
from plans.composition import cautions
from plans.freezing import frozen
from plans.models import PlanCondition
from tests.glasses import begun, told
from tests.patients import at_glasses, sent
from triggers import actions
from triggers.glasses import conditions
from triggers.models import ConditionAnswer

BONES = conditions()["arthrosis"].bones


def arthrosis(story):
    return ConditionAnswer.objects.get(questionnaire__intake=story.intake, condition="arthrosis")


def text(response):
    return html.unescape(response.content.decode())


def with_bones(story, bones, *, recognised=()):
    """A story whose part B is sent, with these sentences about the bones."""
    told(story, conditions={"arthrosis": recognised}, send=False)
    ids = [f"arthrosis-{number}" for number in recognised]
    questionnaire = begun(story)
    actions.save_condition(
        story.actor, questionnaire, "arthrosis", recognised=ids, nothing_fits=not ids, bones=bones
    )
    actions.send_glasses(story.actor, questionnaire)
    return story


def test_the_page_asks_them_below_arthrosis_and_not_below_hernia(cast):
    story = at_glasses(cast.a)
    phone = story.phone()

    page = text(phone.get(story.page("condition", 2)))
    assert [one.text.en for one in BONES.statements if one.text.en not in page] == []
    assert BONES.told.en in page
    assert BONES.heading.en not in text(phone.get(story.page("condition", 1)))


def test_they_may_stay_empty_and_do_not_answer_arthrosis(cast):
    story = at_glasses(cast.a)
    phone = story.phone()

    refused = phone.send(story.page("condition", 2), {"bones": ["bones-1"]})
    assert 'value="bones-1" checked' in text(refused) and story.questionnaire.condition_answers.count() == 0
    phone.send(story.page("condition", 2), {"recognised": ["none"], "bones": ["bones-3", "bones-1"]})

    row = arthrosis(story)
    assert (row.nothing_fits, row.recognised, row.bones) == (True, [], ["bones-1", "bones-3"])


def test_skipping_the_page_drops_them(cast):
    story = at_glasses(cast.a)
    story.phone().send(story.page("condition", 2), {"skip": "1", "bones": ["bones-1"]})

    assert arthrosis(story).bones == []


@pytest.mark.parametrize(("key", "bones"), [("arthrosis", ["bones-99"]), ("hernia", ["bones-1"])])
def test_a_sentence_that_was_not_asked_is_refused(cast, key, bones):
    story = sent(cast.a)
    with pytest.raises(actions.NotAnAnswer):
        actions.save_condition(story.actor, begun(story), key, nothing_fits=True, bones=bones)


def test_the_check_page_reads_them_back_with_what_to_do(cast):
    story = at_glasses(cast.a)
    phone = story.phone()
    phone.send(story.page("condition", 2), {"recognised": ["none"], "bones": ["bones-2"]})

    page = text(phone.get(story.page("check")))
    assert BONES.statements[1].text.en in page and BONES.told.en in page
    phone.send(story.page("condition", 2), {"recognised": ["none"]})
    assert BONES.told.en not in text(phone.get(story.page("check")))


@pytest.mark.parametrize(
    ("facts", "bones", "careful"),
    [({}, (), False), ({}, ("bones-6",), True), ({"rf1-fragile-bones": "unsure"}, (), True)],
)
def test_one_sentence_asks_for_care(facts, bones, careful):
    assert ("bones" in cautions(facts, (), bones)) is careful


def test_a_new_plan_carries_the_caution_and_the_paper_says_whom_to_ask(cast):
    story = with_bones(sent(cast.a), ["bones-1"], recognised=[1])
    plan = open_plan(cast.actor("practitioner_a"), story.intake)
    assert plan.cautions == ["bones"]

    copy = frozen(plan, number=1, corrects=0, made_by="Ann", made_on=story.intake.began_on)
    [condition] = [asdict(one) for one in copy.conditions]
    assert condition["tips"][0] == BONES.told.in_language(copy.language)
    assert BONES.statements[0].text.in_language(copy.language) in condition["recognised"]


def test_the_bones_alone_do_not_put_arthrosis_on_the_plan(cast):
    story = with_bones(sent(cast.a), ["bones-1"])
    plan = open_plan(cast.actor("practitioner_a"), story.intake)

    assert plan.cautions == ["bones"]
    assert not PlanCondition.objects.filter(plan=plan).exists()


def test_the_practitioner_sees_them_and_what_tells_apart(cast):
    story = with_bones(sent(cast.a), ["bones-4"])
    page = text(cast.client("practitioner_a").get(f"/desk/intakes/{story.intake.code}/glasses/"))

    assert BONES.statements[3].text.nl in page
    assert '<table class="telling">' in page
