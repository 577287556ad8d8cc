"""What is offered to whom: cautions hide, glasses take turns, the calm ones come first in a disc episode."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exercises.filters import CALM, CAUTIONS, STAGES, hidden, next_stage, suggestions, verdict
from exercises.library import GLASS_IDS, PHASES, library

LIBRARY = library()


@dataclass(frozen=True)
class Small:
    id: str
    glasses: tuple[str, ...]
    cautions: tuple[str, ...] = ()
    careful: tuple[str, ...] = ()
    phase: str = "relieve-1"


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

    assert found[:5] == [
        ("r1", "poor-sleep"),
        ("y-ten-breaths", None),
        ("y-diaphragm", None),
        ("m5", "poor-sleep"),
        ("walk", "smoking"),
    ]
    assert {glass for _key, glass in found[5:]} <= {"poor-sleep", "smoking"}
    assert [key for key, _ in names(suggestions(LIBRARY, [], ["D"]))] == list(CALM)


def test_another_caution_still_hides_a_calm_one():
    assert "y-diaphragm" not in [key for key, _ in names(suggestions(LIBRARY, [], ["D", "P"]))]


def test_without_a_disc_episode_nothing_stands_there_that_helps_no_glass():
    found = suggestions(LIBRARY, ["movement-change"], [])
    assert found and all("movement-change" in one.exercise.glasses for one in found)


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


def test_the_filters_hide_a_share_and_never_the_calm_ones():
    gone = {code: {key for key, one in LIBRARY.items() if hidden(one, code)} for code in "BDP"}

    assert all(8 <= len(keys) <= 40 for keys in gone.values()), gone
    assert not gone["D"] & set(CALM)


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


# --- allowed, with a note, hidden ---


@pytest.mark.parametrize(
    ("hides", "asks", "person", "state", "because"),
    [
        ("", "", "BDK", "allowed", ()),
        ("B", "K", "", "allowed", ()),
        ("B", "K", "K", "note", ("K",)),
        ("B", "KF", "FK", "note", ("K", "F")),
        ("B", "K", "B", "hidden", ("B",)),
        ("B", "K", "KB", "hidden", ("B",)),
    ],
)
def test_what_hides_wins_over_what_asks_for_care(hides, asks, person, state, because):
    found = verdict(Small("x", ("stress",), tuple(hides), tuple(asks)), person)
    assert (found.state, found.because) == (state, because)


def test_an_unknown_caution_is_refused():
    with pytest.raises(ValueError, match="Z"):
        verdict(LIBRARY["m7"], ["Z"])


@pytest.mark.parametrize(
    ("person", "hidden_ones"),
    [("B", "m7 m8 s4 y-cat y-roll-ball"), ("D", "m4 m6 m7 s1 y-lying-4"), ("P", "m6 c1 y-bridge y-cobra")],
)
def test_bones_disc_and_pregnancy_hide_their_rows(person, hidden_ones):
    for key in hidden_ones.split():
        assert verdict(LIBRARY[key], person).state == "hidden", key


# --- stages ---

STAGED = shelf(
    Small("calm", ("stress",), phase="relieve-1"),
    Small("still", ("stress",), phase="mind-body-b"),
    Small("strong", ("stress",), phase="strong-1"),
    Small("keep", ("stress",), phase="maintain"),
)


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        ("relieve", ["calm"]),
        ("strong", ["strong", "still", "calm"]),
        ("maintain", ["keep", "strong", "still", "calm"]),
    ],
)
def test_a_stage_offers_its_own_phases_first_and_no_later_one(stage, expected):
    found = suggestions(STAGED, ["stress"], [], stage=stage)
    assert [one.exercise.id for one in found] == expected


def test_the_last_stage_holds_every_phase_and_each_stage_the_one_before():
    assert set(STAGES["maintain"]) == set(PHASES)
    assert set(STAGES["relieve"]) < set(STAGES["strong"]) < set(STAGES["maintain"])


@pytest.mark.parametrize(
    ("stage", "days", "follows"),
    [
        ("relieve", [], "relieve"),
        ("relieve", [True], "relieve"),
        ("relieve", [True, True], "strong"),
        ("relieve", [True, False, True], "relieve"),
        ("relieve", [False, True, True], "strong"),
        ("strong", [True, True], "maintain"),
        ("maintain", [True, True, True], "maintain"),
    ],
)
def test_the_next_stage_comes_after_two_fine_days_in_a_row(stage, days, follows):
    assert next_stage(stage, days) == follows


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("glass", GLASS_IDS)
def test_every_glass_finds_something_gentle_at_every_stage(stage, glass):
    assert suggestions(LIBRARY, [glass], [], stage=stage)


@given(
    st.lists(st.sampled_from(GLASS_IDS)),
    st.sets(st.sampled_from(sorted(CAUTIONS))),
    st.sampled_from(sorted(STAGES)),
)
def test_nothing_hidden_and_nothing_of_a_later_stage_is_ever_offered(glasses, cautions, stage):
    for one in suggestions(LIBRARY, glasses, cautions, stage=stage, at_most=100):
        assert verdict(one.exercise, cautions).state != "hidden"
        assert one.exercise.phase in STAGES[stage]
