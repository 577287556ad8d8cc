"""What was answered, in words and as drawings; and that nothing anywhere counts what was recognised."""

import html
import re

import pytest

from tests.patients import at_glasses
from triggers import actions
from triggers.glasses import GLASSES, glasses
from triggers.models import GlassAnswer
from triggers.progress import finished
from triggers.telling import answer_word, drawn, glass_alt, recognised_texts

ALT = {
    "never opened": (None, "Glass Sitting: not opened"),
    "looked at": ({}, "Glass Sitting: opened, not answered yet"),
    "skipped": ({"skipped": True}, "Glass Sitting: passed over"),
    "nothing fitted": ({"nothing_fits": True}, "Glass Sitting: nothing fitted"),
    "no": ({"nothing_fits": True, "fills": "no"}, "Glass Sitting: not chosen"),
    "a bit": ({"fills": "bit"}, "Glass Sitting: chosen: a bit"),
    "giant and compensated": (
        {"fills": "yes", "size": "giant", "compensated": True},
        "Glass Sitting: chosen: yes, giant, something is done about it already",
    ),
    # Size and tick stay when the choice changes, and are then not told.
    "no longer chosen": ({"fills": "no", "size": "giant", "compensated": True}, "Glass Sitting: not chosen"),
}


def row(told):
    return None if told is None else GlassAnswer(glass="sitting", **told)


@pytest.mark.parametrize(("told", "alt"), ALT.values(), ids=ALT)
def test_a_drawn_glass_is_told_in_words(told, alt):
    assert glass_alt(glasses()["sitting"], row(told), "en") == alt


def test_no_answer_is_ever_told_as_a_no():
    silent = [None, {}, {"skipped": True}, {"nothing_fits": True}]

    assert not {answer_word(row(told)) for told in silent} & {"Not chosen", "No"}


def test_all_thirteen_are_drawn_in_the_shelf_s_order_whatever_was_answered():
    answers = {"stress": GlassAnswer(glass="stress", fills="bit", size="giant", compensated=True)}

    shown = drawn(answers, "nl")

    assert [one.id for one in shown] == list(GLASSES)
    assert [one.id for one in shown if one.chosen] == ["stress"]
    stress = shown[GLASSES.index("stress")]
    assert (stress.fills, stress.size, stress.compensated, stress.label) == ("bit", "giant", True, "Stress")
    assert shown[0].label == "Zitten"


def test_sentences_are_told_literally_and_private_ones_only_where_they_may():
    glass = glasses()["social-net"]
    answer = GlassAnswer(recognised=["social-net-1", "social-net-8"], content_version=glass.version)

    assert recognised_texts(glass, answer, "en")[1] == "With someone close I do not feel safe."
    assert len(recognised_texts(glass, answer, "en", private=False)) == 1
    assert recognised_texts(glass, None, "en") == []


def test_a_sentence_that_no_file_has_any_more_crashes_nothing():
    glass = glasses()["social-net"]
    answer = GlassAnswer(recognised=["social-net-1", "social-net-99"], content_version=glass.version)
    assert len(recognised_texts(glass, answer, "en")) == 1


@pytest.mark.parametrize(
    ("key", "told", "done"),
    [
        ("sitting", {}, False),
        ("sitting", {"recognised": ["sitting-1"]}, False),
        ("sitting", {"fills": "yes"}, False),
        ("sitting", {"recognised": ["sitting-1"], "fills": "no"}, True),
        ("sitting", {"nothing_fits": True}, True),
        ("sitting", {"skipped": True}, True),
        ("smoking", {"nothing_fits": True}, False),
        ("smoking", {"nothing_fits": True, "filter_answer": "no"}, True),
    ],
)
def test_a_page_is_finished_or_it_is_not(key, told, done):
    assert finished(GlassAnswer(glass=key, **told)) is done


# --- no score -----------------------------------------------------------------------------------------


SENTENCES = [one.text.en for glass in glasses().values() for one in glass.statements]


def numbers_on(response):
    """Every number that a reader meets on a page, but those inside the sentences that were recognised."""
    page = re.sub(r"<(script|svg|style)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    shown = re.findall(r'(?:aria-label|alt|title|placeholder)="([^"]*)"', page)
    words = html.unescape(" ".join([re.sub(r"<[^>]*>", " ", page), *shown]))
    for sentence in SENTENCES:
        words = words.replace(sentence, " ")
    # The time of saving moves on while nothing else may.
    return re.findall(r"\d+|%", re.sub(r"Saved at \d+\.\d+", "", words))


@pytest.mark.parametrize("page", [("start",), ("glass", 9), ("glass", 10), ("shelf",), ("check",)])
def test_recognising_more_changes_no_number_on_any_page(cast, page):
    """One sentence or all eight: no page may answer with a count, a sum or a share."""
    few, many = at_glasses(cast.a), at_glasses(cast.a, given="Bo")
    for key, glass in glasses().items():
        statements = [one.id for one in glass.statements]
        told = {"fills": "yes", "filter_answer": "yes" if glass.filter else ""}
        actions.save_glass(few.actor, few.questionnaire, key, recognised=statements[-1:], **told)
        actions.save_glass(many.actor, many.questionnaire, key, recognised=statements, **told)

    found = [numbers_on(story.phone().get(story.page(*page))) for story in (few, many)]

    assert found[0] == found[1]
    assert "%" not in found[1]


def test_recognising_more_draws_the_same_glass(cast):
    few = GlassAnswer(glass="stress", recognised=["stress-1"], fills="bit")
    many = GlassAnswer(glass="stress", recognised=[f"stress-{n}" for n in range(1, 9)], fills="bit")

    assert drawn({"stress": few}, "nl") == drawn({"stress": many}, "nl")
