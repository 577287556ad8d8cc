"""What is offered to whom: cautions hide, glasses take turns, the calm ones come first in a disc episode."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exercises.filters import CALM, CAUTIONS, hidden, suggestions
from exercises.library import GLASS_IDS, library

LIBRARY = library()


@dataclass(frozen=True)
class Small:
    id: str
    glasses: tuple[str, ...]
    cautions: tuple[str, ...] = ()


def shelf(*exercises):
    return {one.id: one for one in exercises}


def names(found):
    return [(one.exercise.id, one.glass) for one in found]


# --- a table of cases ---

SMALL = shelf(
    Small("a", ("sitting",)),
    Small("b", ("sitting", "stress")),
    Small("c", ("stress",), ("K",)),
    Small("d", ("stress", "sitting")),
    Small("e", ("smoking",), ("P", "D")),
    Small("f", ("stress",)),
)


@pytest.mark.parametrize(
    ("glasses", "cautions", "expected"),
    [
        ([], "", []),
        (["social-net"], "", []),
        (["sitting"], "", [("a", "sitting"), ("b", "sitting"), ("d", "sitting")]),
        (
            ["sitting", "stress"],
            "",
            [("a", "sitting"), ("c", "stress"), ("b", "sitting"), ("f", "stress"), ("d", "sitting")],
        ),
        (
            ["stress", "sitting"],
            "",
            [("b", "stress"), ("a", "sitting"), ("c", "stress"), ("d", "stress"), ("f", "stress")],
        ),
        (["stress", "smoking"], "K", [("b", "stress"), ("e", "smoking"), ("d", "stress"), ("f", "stress")]),
        (["stress", "smoking"], "KD", [("b", "stress"), ("d", "stress"), ("f", "stress")]),
        (["smoking", "smoking"], "", [("e", "smoking")]),
    ],
)
def test_the_glasses_take_turns_in_the_persons_order(glasses, cautions, expected):
    assert names(suggestions(SMALL, glasses, cautions)) == expected


@pytest.mark.parametrize(
    ("cautions", "expected"),
    [
        ("", ()),
        ("K", ()),
        ("D", ("D",)),
        ("P", ("P",)),
        ("PD", ("D", "P")),
        ("KPA", ("P",)),
    ],
)
def test_which_cautions_hide_an_exercise(cautions, expected):
    assert hidden(SMALL["e"], cautions) == expected


@pytest.mark.parametrize("wrong", [["X"], ["disc"], ["D", "d"], "disc"])
def test_a_misspelt_caution_never_quietly_hides_nothing(wrong):
    with pytest.raises(ValueError, match="unknown cautions"):
        hidden(SMALL["a"], wrong)
    with pytest.raises(ValueError, match="unknown cautions"):
        suggestions({}, ["sitting"], wrong)


def test_in_a_disc_episode_the_calm_ones_and_walking_come_first():
    found = names(suggestions(LIBRARY, ["poor-sleep", "smoking"], ["D"]))

    assert found == [
        ("r1", "poor-sleep"),
        ("y-ten-breaths", None),
        ("y-diaphragm", None),
        ("m5", "poor-sleep"),
        ("walk", "smoking"),
        ("y-pmr", "poor-sleep"),
        ("y-count-20", "poor-sleep"),
    ]
    assert [key for key, _ in names(suggestions(LIBRARY, [], ["D"]))] == list(CALM)


def test_another_caution_still_hides_a_calm_one():
    assert "y-diaphragm" not in [key for key, _ in names(suggestions(LIBRARY, [], ["D", "P"]))]


def test_without_a_disc_episode_nothing_stands_there_that_helps_no_glass():
    assert names(suggestions(LIBRARY, ["movement-change"], [])) == [
        ("b2", "movement-change"),
        ("y-mindful-walk", "movement-change"),
        ("walk", "movement-change"),
    ]


def test_at_most_twelve_unless_said_otherwise():
    assert len(suggestions(LIBRARY, GLASS_IDS, [])) == 12
    assert len(suggestions(LIBRARY, GLASS_IDS, [], at_most=3)) == 3
    assert len(suggestions(LIBRARY, GLASS_IDS, [], at_most=99)) == len(LIBRARY)


# --- the library itself ---


@pytest.mark.parametrize("caution", CAUTIONS)
def test_every_single_caution_leaves_a_useful_set(caution):
    left = [one for one in LIBRARY.values() if not hidden(one, [caution])]

    assert len(left) >= 6
    assert {glass for one in left for glass in one.glasses} == set(GLASS_IDS)


def test_all_cautions_together_leave_six():
    assert len([one for one in LIBRARY.values() if not hidden(one, CAUTIONS)]) >= 6


def test_what_each_filter_of_the_brief_hides():
    gone = {code: [key for key, one in LIBRARY.items() if hidden(one, code)] for code in "BDP"}

    assert gone == {
        "B": ["m7"],
        "D": ["m7", "s1", "c1", "y-legs-wall", "y-seated-4"],
        "P": ["c1", "y-diaphragm", "y-legs-wall"],
    }


# --- what must hold for anybody ---

people = {
    "glasses": st.lists(st.sampled_from(GLASS_IDS), max_size=14),
    "cautions": st.frozensets(st.sampled_from(sorted(CAUTIONS))),
    "at_most": st.integers(min_value=0, max_value=25),
}
quick = settings(max_examples=200, deadline=None, database=None)


@quick
@given(**people)
def test_nothing_hidden_nothing_twice_and_not_too_much(glasses, cautions, at_most):
    found = suggestions(LIBRARY, glasses, cautions, at_most=at_most)
    keys = [one.exercise.id for one in found]

    assert len(keys) == len(set(keys)) <= at_most
    for one in found:
        assert not set(one.exercise.cautions) & cautions
        assert LIBRARY[one.exercise.id] is one.exercise


@quick
@given(**people)
def test_every_suggestion_hangs_on_the_first_glass_that_it_helps_with(glasses, cautions, at_most):
    for one in suggestions(LIBRARY, glasses, cautions, at_most=at_most):
        helped = [glass for glass in glasses if glass in one.exercise.glasses]
        assert one.glass == (helped[0] if helped else None)
        assert one.glass or ("D" in cautions and one.exercise.id in CALM)


@quick
@given(**people)
def test_a_shorter_list_is_the_beginning_of_the_longer_one(glasses, cautions, at_most):
    whole = suggestions(LIBRARY, glasses, cautions, at_most=99)

    assert suggestions(LIBRARY, glasses, cautions, at_most=at_most) == whole[:at_most]
    assert suggestions(LIBRARY, iter(glasses), sorted(cautions, reverse=True), at_most=99) == whole


@quick
@given(glasses=people["glasses"], cautions=people["cautions"])
def test_everything_that_helps_and_is_not_hidden_is_there(glasses, cautions):
    found = {one.exercise.id for one in suggestions(LIBRARY, glasses, cautions, at_most=99)}
    helping = {
        key
        for key, one in LIBRARY.items()
        if set(one.glasses) & set(glasses) and not set(one.cautions) & cautions
    }

    assert found - set(CALM) == helping - set(CALM)
    assert helping <= found


@quick
@given(glasses=people["glasses"], cautions=people["cautions"])
def test_the_calm_ones_come_first_in_a_disc_episode(glasses, cautions):
    cautions |= {"D"}
    calm = [key for key in CALM if not set(LIBRARY[key].cautions) & cautions]
    found = [one.exercise.id for one in suggestions(LIBRARY, glasses, cautions)]

    assert found[: len(calm)] == calm


@quick
@given(
    glasses=people["glasses"],
    fewer=people["cautions"],
    more=people["cautions"],
)
def test_another_caution_never_brings_an_exercise_back(glasses, fewer, more):
    hidden_before = {key for key, one in LIBRARY.items() if hidden(one, fewer)}
    found = {one.exercise.id for one in suggestions(LIBRARY, glasses, fewer | more, at_most=99)}

    assert found & hidden_before == set()
