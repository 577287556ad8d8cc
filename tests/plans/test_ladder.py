"""The exposure ladder: calmer first, then up, nothing skipped, and no value ever added to another."""

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import ladder
from plans.build_up import NotPossible
from plans.ladder import REASONS, Rung, Try, blocked_by, calmer, next_rung, ordered


def rungs(*fears):
    return [
        Rung(key=str(place), text=f"Step {place}", fear=fear) for place, fear in enumerate(fears, start=1)
    ]


def tries(rung, *after):
    return [Try(rung=rung, expected=8, after=one) for one in after]


def refused(call, *given, **more):
    with pytest.raises(NotPossible) as caught:
        call(*given, **more)
    return caught.value.code, caught.value.field


# --- the order ------------------------------------------------------------------------------------


def test_the_least_frightening_comes_first_and_equals_stay_as_given():
    assert [rung.key for rung in ordered(rungs(7, 2, 7, 0, 10))] == ["4", "2", "1", "3", "5"]


@pytest.mark.parametrize(("many", "code"), [(0, "rungs-none"), (11, "rungs-most")])
def test_one_to_ten_rungs(many, code):
    assert refused(ordered, rungs(*[5] * many)) == (code, "rungs")


@pytest.mark.parametrize("many", [1, 10])
def test_the_fewest_and_the_most_rungs_are_taken(many):
    assert len(ordered(rungs(*[5] * many))) == many


def test_a_rung_stands_there_once():
    assert refused(ordered, [*rungs(3, 4), *rungs(5)]) == ("rungs-twice", "rungs")


@pytest.mark.parametrize(("fear", "code"), [(-1, "range"), (11, "range"), (2.5, "whole")])
def test_fear_goes_from_0_to_10(fear, code):
    assert refused(Rung, key="1", text="Bend", fear=fear) == (f"fear-{code}", "fear")
    assert refused(Try, rung="1", expected=fear, after=3) == (f"expected-{code}", "expected")
    assert refused(Try, rung="1", expected=3, after=fear) == (f"after-{code}", "after")


@pytest.mark.parametrize("fear", [0, 10])
def test_both_ends_are_taken(fear):
    assert Rung(key="1", text="Bend", fear=fear).fear == fear
    assert Try(rung="1", expected=fear, after=fear).after == fear


@pytest.mark.parametrize("text", ["", "  "])
def test_a_rung_says_what_is_done(text):
    assert refused(Rung, key="1", text=text, fear=3) == ("text-empty", "text")


# --- calmer ---------------------------------------------------------------------------------------

CALMER = [
    ((), False),
    ((0,), False),  # one try says nothing yet
    ((4, 4), True),
    ((5, 4), False),
    ((4, 5), False),
    ((5, 4, 4), True),
    ((8, 4, 5), True),  # 5 is 3 lower than the first
    ((8, 6, 6), True),
    ((8, 7, 6), False),
    ((8, 6, 7), False),
    ((8, 6, 7, 6, 6), True),
    ((6, 4, 5), False),
    ((10, 8, 8), True),
    ((4, 4, 9), False),
    ((4, 4, 9, 4), False),
    ((4, 4, 9, 4, 4), True),
]


@pytest.mark.parametrize(("after", "calm"), CALMER)
def test_calmer_is_twice_low_or_twice_clearly_lower_than_at_first(after, calm):
    assert calmer(tries("1", *after)) is calm


def test_what_was_expected_does_not_count():
    assert calmer([Try(rung="1", expected=10, after=3), Try(rung="1", expected=9, after=4)])


# --- the next rung --------------------------------------------------------------------------------

CALM = (4, 3)


@pytest.mark.parametrize(
    ("log", "key"),
    [
        ([], "1"),
        (tries("1", 4), "1"),
        (tries("1", *CALM), "2"),
        (tries("1", *CALM) + tries("2", 9, 9), "2"),
        (tries("3", *CALM), "1"),  # a rung that was jumped to leaves none out
        (tries("1", *CALM) + tries("3", *CALM), "2"),
        (tries("1", *CALM) + tries("2", *CALM) + tries("1", 9), "1"),  # harder again: it comes back
        (tries("gone", *CALM), "1"),
        (tries("1", *CALM) + tries("2", *CALM) + tries("3", *CALM), None),
    ],
)
def test_a_rung_is_done_again_until_it_is_calmer_and_none_is_skipped(log, key):
    found = next_rung(rungs(2, 5, 9), log)
    assert (found.key if found else None) == key


def test_a_ladder_that_is_none_is_refused():
    assert refused(next_rung, [], []) == ("rungs-none", "rungs")


SCALE = st.integers(0, 10)
LADDERS = st.lists(SCALE, min_size=1, max_size=10)
LOGS = st.lists(st.tuples(st.integers(1, 11).map(str), SCALE, SCALE), max_size=60).map(
    lambda rows: [Try(rung=rung, expected=expected, after=after) for rung, expected, after in rows]
)


@given(LADDERS, LOGS)
def test_everything_below_the_next_rung_is_calmer_and_it_is_not(fears, log):
    line = ordered(rungs(*fears))
    found = next_rung(rungs(*fears), log)
    calm = [calmer([one for one in log if one.rung == rung.key]) for rung in line]
    below = line.index(found) if found else len(line)

    assert all(calm[:below])
    assert found is None or not calm[below]
    assert found is None or all(rung.fear <= found.fear for rung in line[:below])


# --- closed ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("passed", "reasons", "told"),
    [
        (True, (), ()),
        (False, (), ("step-1",)),
        (True, ("surgery",), ("surgery",)),
        (True, ("recent-fracture",), ("recent-fracture",)),
        (True, ("serious-spinal-injury",), ("serious-spinal-injury",)),
        (False, {"surgery", "recent-fracture"}, ("step-1", "recent-fracture", "surgery")),
        (True, REASONS[::-1], REASONS),
    ],
)
def test_step_1_and_what_a_practitioner_set_keep_it_closed(passed, reasons, told):
    assert blocked_by(passed, reasons) == told


@pytest.mark.parametrize("passed", [True, False])
def test_a_misspelt_reason_does_not_open_it(passed):
    with pytest.raises(ValueError, match="unknown reasons: surgerie"):
        blocked_by(passed, ["surgery", "surgerie"])


# --- never added up (clinical-brief A15) ----------------------------------------------------------

ADDING = {"sum", "fsum", "mean", "fmean", "median", "reduce", "accumulate", "average"}


def additions(source):
    """Where `source` adds, divides or averages."""
    found = []
    for node in ast.walk(ast.parse(source)):
        operator = getattr(node, "op", None)
        called = getattr(node, "func", None)
        name = getattr(called, "id", getattr(called, "attr", ""))
        if isinstance(operator, ast.Add | ast.Div | ast.FloorDiv | ast.Mult) or name in ADDING:
            found.append(node.lineno)
    return found


def test_no_value_is_added_to_another():
    assert additions(Path(ladder.__file__).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "fault",
    ["x = sum(log)", "x = a.after + b.after", "x += 1", "x = statistics.mean(log)", "x = fear / 2", "x *= 2"],
)
def test_an_addition_is_seen(fault):
    assert additions(fault) == [1]
