"""Graded activity and pacing: the worked examples exactly, and each guard on both sides of its limit."""

import math
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from plans.build_up import (
    MOST,
    STEEP,
    Advice,
    NotPossible,
    Pacing,
    advice,
    baseline,
    pacing,
    schedule,
    start_of,
)

NAN, INF = math.nan, math.inf
WALK = (22, 28, 25)


def amounts(*given, **more):
    return [week.amount for week in schedule(*given, **more).weeks]


def refused(call, *given, **more):
    with pytest.raises(NotPossible) as caught:
        call(*given, **more)
    return caught.value.code, caught.value.field, caught.value.at


# --- the worked examples of clinical-brief A13 and A14 ---------------------------------------------


def test_from_25_minutes_to_40_in_5_weeks():
    found = schedule(WALK, 40, 5)
    assert (found.baseline, found.start, found.step, found.goal) == (25.0, 20, 4.0, 40)
    assert [(week.number, week.amount) for week in found.weeks] == [
        (1, 24),
        (2, 28),
        (3, 32),
        (4, 36),
        (5, 40),
    ]
    assert (found.sessions, found.warnings) == (3, ())


def test_30_per_cent_lower_begins_at_18():
    assert start_of(25, 0.3) == 18
    assert schedule(WALK, 40, 5, lower=0.3).start == 18


def test_an_hour_of_weeding_in_three_blocks_takes_an_hour_and_a_half():
    assert pacing(60) == Pacing(blocks=(20, 20, 20), total=90)


# --- baseline and start ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("measured", "mean"),
    [
        ((22, 28, 25), 25.0),
        ((1, 1, 2), 4 / 3),
        ((7.5, 8, 8.5), 8.0),
        ((0.1, 0.1, 0.1), 0.1),
        ((MOST,) * 3, MOST),
    ],
)
def test_the_baseline_is_the_mean_of_three(measured, mean):
    assert baseline(measured) == mean


@pytest.mark.parametrize(
    ("measured", "code", "at"),
    [
        ((), "measured-three", None),
        ((22, 28), "measured-three", None),
        ((22, 28, 25, 25), "measured-three", None),
        ((0, 28, 25), "measured-positive", 0),
        ((22, -1, 25), "measured-positive", 1),
        ((22, 28, NAN), "measured-number", 2),
        ((INF, 28, 25), "measured-number", 0),
        ((22, MOST + 1, 25), "measured-most", 1),
    ],
)
def test_three_real_measurements_are_needed(measured, code, at):
    assert refused(baseline, measured) == (code, "measured", at)
    assert refused(schedule, measured, 40, 5) == (code, "measured", at)


@pytest.mark.parametrize(
    ("mean", "lower", "start"),
    [
        (25, 0.2, 20),
        (25, 0.3, 18),  # 17.5
        (25, 0.25, 19),  # 18.75
        (10 / 3, 0.25, 3),  # 2.5 exactly, though ten thirds are no binary number
        (2 / 3, 0.25, 1),  # a half goes up
        (0.625, 0.2, 1),
        (1, 0.3, 1),
        (13, 0.2, 10),  # 10.4
    ],
)
def test_the_start_lies_a_fifth_to_three_tenths_lower_and_is_whole(mean, lower, start):
    assert start_of(mean, lower) == start


@pytest.mark.parametrize("mean", [0, -1, NAN, INF])
def test_a_baseline_above_nothing_is_needed(mean):
    assert refused(start_of, mean) == ("baseline-positive", "baseline", None)


@pytest.mark.parametrize("lower", [0.19, 0.31, 0, 1, -0.2, NAN])
def test_less_or_more_lower_than_that_is_refused(lower):
    assert refused(start_of, 25, lower) == ("lower-range", "lower", None)
    assert refused(schedule, WALK, 40, 5, lower=lower) == ("lower-range", "lower", None)


def test_a_start_of_nothing_asks_for_a_smaller_unit():
    assert refused(start_of, 0.6) == ("start-none", "measured", None)
    assert refused(schedule, (0.5, 0.6, 0.7), 40, 5) == ("start-none", "measured", None)


# --- the schedule ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("goal", "weeks", "expected"),
    [
        (40, 5, [24, 28, 32, 36, 40]),
        (40, 1, [40]),
        (21, 1, [21]),
        (22, 5, [20, 21, 21, 22, 22]),
        (30, 4, [23, 25, 28, 30]),  # 22.5 and 27.5: a half goes up
        (40.0, 3, [27, 33, 40]),
    ],
)
def test_every_week_is_whole_and_the_last_is_the_goal(goal, weeks, expected):
    assert amounts(WALK, goal, weeks) == expected


def test_laps_and_repetitions_work_as_minutes_do():
    assert amounts((5, 5, 5), 10, 3) == [6, 8, 10]


@pytest.mark.parametrize(
    ("goal", "code"),
    [
        (20, "goal-above-start"),
        (19, "goal-above-start"),
        (-40, "goal-above-start"),
        (40.5, "goal-whole"),
        (NAN, "goal-whole"),
        (-INF, "goal-whole"),
        (MOST + 1, "goal-most"),
        (INF, "goal-most"),
    ],
)
def test_a_whole_goal_above_the_start_is_needed(goal, code):
    assert refused(schedule, WALK, goal, 5) == (code, "goal", None)


def test_the_goals_just_inside_are_taken():
    assert (schedule(WALK, 21, 5).goal, schedule(WALK, MOST, 26).goal) == (21, MOST)


@pytest.mark.parametrize(
    ("weeks", "code"), [(0, "range"), (27, "range"), (-1, "range"), (2.5, "whole"), (NAN, "whole")]
)
def test_one_to_26_whole_weeks(weeks, code):
    assert refused(schedule, WALK, 40, weeks) == (f"weeks-{code}", "weeks", None)


@pytest.mark.parametrize("weeks", [1, 26])
def test_the_shortest_and_the_longest_are_taken(weeks):
    assert len(schedule(WALK, 40, weeks).weeks) == weeks


@pytest.mark.parametrize(("sessions", "code"), [(2, "range"), (15, "range"), (3.5, "whole")])
def test_three_to_fourteen_sessions_a_week(sessions, code):
    assert refused(schedule, WALK, 40, 5, sessions=sessions) == (f"sessions-{code}", "sessions", None)


@pytest.mark.parametrize("sessions", [3, 14])
def test_the_fewest_and_the_most_sessions_are_taken(sessions):
    assert schedule(WALK, 40, 5, sessions=sessions).sessions == sessions


@pytest.mark.parametrize(
    ("goal", "weeks", "warnings"),
    [(25, 1, ()), (26, 1, (STEEP,)), (45, 5, ()), (46, 5, (STEEP,)), (40, 26, ())],
)
def test_more_than_a_quarter_of_the_start_each_week_is_steep(goal, weeks, warnings):
    assert schedule(WALK, goal, weeks).warnings == warnings


MEASURED = st.tuples(*[st.integers(1, 400) | st.floats(0.7, 400).map(lambda some: round(some, 1))] * 3)


@given(MEASURED, st.integers(1, 2000), st.integers(1, 26), st.sampled_from([0.2, 0.22, 0.25, 0.3]))
def test_it_never_goes_down_and_ends_on_the_goal(measured, goal, weeks, lower):
    exact = sum(Fraction(str(one)) for one in measured) / 3 * (1 - Fraction(str(lower)))
    assume(exact >= Fraction(1, 2) and goal > math.floor(exact + Fraction(1, 2)))
    found = schedule(measured, goal, weeks, lower=lower)
    line = [found.start, *(week.amount for week in found.weeks)]
    steps = [after - before for before, after in pairwise(line)]

    assert abs(found.start - exact) <= Fraction(1, 2)
    assert all(type(amount) is int and amount >= 1 for amount in line)
    assert [week.number for week in found.weeks] == list(range(1, weeks + 1))
    assert (line[-1], found.goal) == (goal, goal)
    assert line[1] >= line[0]
    assert line == sorted(line)
    assert max(steps) - min(steps) <= 1
    assert (STEEP in found.warnings) == (4 * (goal - found.start) > weeks * found.start)


@given(
    st.lists(st.floats(), max_size=5),
    st.floats(),
    st.integers() | st.floats(),
    st.floats(),
    st.integers() | st.floats(),
)
def test_whatever_is_typed_it_says_what_is_wrong_or_gives_a_schedule(measured, goal, weeks, lower, sessions):
    try:
        found = schedule(measured, goal, weeks, lower=lower, sessions=sessions)
    except NotPossible as refusal:
        assert refusal.code.startswith((refusal.field, "start-none"))
    else:
        assert found.goal == goal


# --- not reached ----------------------------------------------------------------------------------

YES, NO = True, False


@pytest.mark.parametrize(
    ("reached", "told"),
    [
        ([], ""),
        ([NO], ""),
        ([YES, NO], ""),
        ([NO, NO], "ask"),
        ([NO, YES, NO], "ask"),
        ([NO, NO, YES], "ask"),
        ([NO, NO, NO], "ask"),
        ([YES, YES, NO], ""),
        ([NO, NO, YES, YES], ""),  # longer ago than the last three
        ([NO, NO, NO, YES, YES, NO], ""),
    ],
)
def test_two_of_the_last_three_missed_ask_what_stands_in_the_way(reached, told):
    assert advice(reached) == told
    assert advice(reached, asked=True) == (told and "adjust")
    assert advice(reached, adjusted=True) == (told and "refer")
    assert advice(reached, asked=True, adjusted=True) == (told and "refer")


def test_going_on_says_nothing():
    assert not advice([YES])
    assert {str(one) for one in Advice} == {"", "ask", "adjust", "refer"}


# --- pacing ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "blocks", "total"),
    [
        ((50,), (20, 20, 10), 80),
        ((20,), (20,), 20),
        ((21,), (20, 1), 36),
        ((1,), (1,), 1),
        ((60, 30, 10), (30, 30), 70),
        ((480, 120, 120), (120,) * 4, 840),
    ],
)
def test_a_task_in_blocks_with_breaks_between(given, blocks, total):
    assert pacing(*given) == Pacing(blocks, total)


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ((0,), "minutes-range", "minutes"),
        ((481,), "minutes-range", "minutes"),
        ((30.5,), "minutes-whole", "minutes"),
        ((60, 0), "work-range", "work"),
        ((60, 121), "work-range", "work"),
        ((60, 1.5), "work-whole", "work"),
        ((60, 20, 0), "rest-range", "rest"),
        ((60, 20, 121), "rest-range", "rest"),
        ((60, 20, INF), "rest-whole", "rest"),
    ],
)
def test_what_is_no_task_is_refused(given, code, field):
    assert refused(pacing, *given) == (code, field, None)


@given(st.integers(1, 480), st.integers(1, 120), st.integers(1, 120))
def test_the_blocks_are_the_whole_task_and_none_is_too_long(minutes, work, rest):
    found = pacing(minutes, work, rest)
    assert sum(found.blocks) == minutes
    assert all(1 <= block <= work for block in found.blocks)
    assert found.total == minutes + rest * (len(found.blocks) - 1)
