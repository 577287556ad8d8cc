"""What there is to read beside treatment: every theme of the brief is there, whole, and hangs together."""

import dataclasses

import pytest

from plans import guides as module
from plans.guides import STEPS, THEMES, guides, mismatches, themes

# What issue and brief name (clinical-brief A5, A6, A11-A16).
NEEDED = {
    "first-aid": {"first-aid", "stay-active", "not-alone"},
    "keep-moving": {"five-ingredients", "choose-your-movement", "how-much", "no-sit-ups"},
    "balance": {
        *("too-much-too-little", "the-circle", "pacing"),
        *("energy-givers", "the-outlet", "what-is-it-worth"),
    },
    "relaxing": {"tense-and-release", "autogenic", "mindfulness", "breathing"},
    "asking": {"asking-for-help", "saying-no"},
    "building-up": {"graded-activity", "exposure-ladder", "return-to-work"},
}
FIRST_AID = ["breathe", "warmth", "attention", "move", "it-will-be-all-right"]


def test_every_theme_is_there_in_the_order_of_the_steps():
    steps = [theme.step for theme in themes().values()]

    assert list(themes()) == list(THEMES)
    assert steps == sorted(steps, key=STEPS.index)
    assert {key: wanted - {one.id for one in themes()[key].guides} for key, wanted in NEEDED.items()} == {
        key: set() for key in NEEDED
    }
    assert len(themes()["understanding-pain"].guides) == 9
    assert len(themes()["habits"].guides) == 11


def test_first_aid_has_its_five_headings_and_says_when_to_call():
    assert [piece.id for piece in guides()["first-aid"].pieces[:5]] == FIRST_AID
    assert "112" in " ".join(text.nl for text in guides()["first-aid"].pieces[5].lines)


def test_nothing_is_amiss():
    assert list(mismatches()) == []


def changed(monkeypatch, **what):
    """The themes with one guide changed."""
    theme = themes()["balance"]
    first = dataclasses.replace(theme.guides[0], **what)
    faulty = {**themes(), "balance": dataclasses.replace(theme, guides=(first, *theme.guides[1:]))}
    monkeypatch.setattr(module, "themes", lambda: faulty)
    return list(mismatches())


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ({"glasses": ("sitting", "walking")}, "unknown glasses: walking"),
        ({"pieces": ()}, "no piece"),
        ({"minutes": 0}, "takes no time"),
        ({"id": "breathing"}, "stands in two themes"),
    ],
)
def test_a_guide_that_does_not_fit_is_seen(monkeypatch, what, said):
    assert any(said in problem for problem in changed(monkeypatch, **what))


def test_a_question_of_another_kind_is_seen(monkeypatch):
    question = dataclasses.replace(themes()["balance"].guides[0].worksheet[0], kind="colour", choices=())

    assert any("in a kind" in one for one in changed(monkeypatch, worksheet=(question,)))


def test_the_worked_examples_of_the_brief_are_told_with_their_numbers():
    def numbers(key):
        texts = [text.nl for piece in guides()[key].pieces for text in (*piece.text, *piece.lines)]
        return " ".join(texts)

    assert [one for one in ("60", "120", "180", "20", "15") if one not in numbers("pacing")] == []
    assert [
        one
        for one in ("22", "28", "25", "20", "24", "32", "36", "40")
        if one not in numbers("graded-activity")
    ] == []
