"""Back to work in three steps: dates, hours and quarters, and each guard on both sides of its limit."""

import datetime
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.build_up import NotPossible
from plans.return_to_work import Shape, proposal

MONDAY = datetime.date(2026, 9, 7)
SHORTER, FEWER = Shape.SHORTER_DAYS, Shape.FEWER_DAYS


def refused(*given, **more):
    with pytest.raises(NotPossible) as caught:
        proposal(*given, **more)
    return caught.value.code, caught.value.field


def days(shape, hours, number):
    return [step.days for step in proposal(MONDAY, hours, number, shape=shape)]


def test_half_three_quarters_whole_every_two_weeks():
    steps = proposal(MONDAY, 38)
    assert [(step.percent, step.hours) for step in steps] == [(50, 19.0), (75, 28.5), (100, 38.0)]
    assert [step.starts for step in steps] == [
        datetime.date(2026, 9, 7),
        datetime.date(2026, 9, 21),
        datetime.date(2026, 10, 5),
    ]


def test_each_step_says_codes_and_no_sick_note():
    told = [step.says for step in proposal(MONDAY, 38)]
    assert told == [
        ("lighter-tasks", "breaks", "with-doctor"),
        ("widen-tasks", "breaks", "with-doctor"),
        ("usual-tasks", "breaks", "with-doctor"),
    ]


@pytest.mark.parametrize(
    ("shape", "hours", "number", "expected"),
    [
        (SHORTER, 40, 5, [(4,) * 5, (6,) * 5, (8,) * 5]),
        (
            SHORTER,
            38,
            5,
            [(4, 3.75, 3.75, 3.75, 3.75), (5.75, 5.75, 5.75, 5.75, 5.5), (7.75, 7.75, 7.5, 7.5, 7.5)],
        ),
        (FEWER, 40, 5, [(8, 8, 4), (8, 8, 8, 6), (8,) * 5]),
        (FEWER, 32, 4, [(8, 8), (8, 8, 8), (8,) * 4]),
        (FEWER, 38, 5, [(7.75, 7.75, 3.5), (7.75, 7.75, 7.5, 5.5), (7.75, 7.75, 7.5, 7.5, 7.5)]),
        (SHORTER, 1, 1, [(0.5,), (0.75,), (1,)]),
        (SHORTER, 20.5, 3, [(3.5, 3.5, 3.25), (5.25, 5.25, 5), (7, 6.75, 6.75)]),  # 10.25 and 15.375
    ],
)
def test_the_hours_fall_on_shorter_or_on_fewer_days(shape, hours, number, expected):
    assert days(shape, hours, number) == expected


@pytest.mark.parametrize(
    ("hours", "half"), [(1, 0.5), (36.6, 18.25), (36.7, 18.25), (36.75, 18.5), (37, 18.5), (19.3, 9.75)]
)
def test_hours_are_rounded_to_the_quarter_and_half_a_quarter_goes_up(hours, half):
    assert proposal(MONDAY, hours, 4 if hours > 4 else 1)[0].hours == half


@pytest.mark.parametrize("hours", [0, 0.99, 48.01, -38, math.nan, math.inf])
def test_a_week_has_1_to_48_hours(hours):
    assert refused(MONDAY, hours, 1 if hours < 12 else 5) == ("hours-range", "hours")


@pytest.mark.parametrize(("hours", "number"), [(1, 1), (48, 4)])
def test_the_shortest_and_the_longest_week_are_taken(hours, number):
    assert proposal(MONDAY, hours, number)[-1].hours == hours


@pytest.mark.parametrize(("number", "code"), [(0, "range"), (8, "range"), (2.5, "whole")])
def test_a_week_has_1_to_7_days(number, code):
    assert refused(MONDAY, 20, number) == (f"days-{code}", "days")


@pytest.mark.parametrize(("hours", "number"), [(10, 1), (20, 7)])
def test_one_day_and_seven_are_taken(hours, number):
    assert len(proposal(MONDAY, hours, number)[0].days) == number


@pytest.mark.parametrize(
    ("hours", "number", "code"),
    [(4.75, 5, "short"), (5, 5, ""), (24, 2, ""), (24.25, 2, "long"), (48, 1, "long")],
)
def test_a_day_has_1_to_12_hours(hours, number, code):
    if code:
        assert refused(MONDAY, hours, number) == (f"day-{code}", "days")
    else:
        assert proposal(MONDAY, hours, number)[-1].hours == hours


@pytest.mark.parametrize(("weeks", "code"), [(0, "range"), (13, "range"), (1.5, "whole")])
def test_a_step_takes_1_to_12_weeks(weeks, code):
    assert refused(MONDAY, 38, 5, weeks) == (f"weeks-{code}", "weeks")


@pytest.mark.parametrize("weeks", [1, 12])
def test_the_shortest_and_the_longest_steps_are_taken(weeks):
    steps = proposal(MONDAY, 38, 5, weeks)
    assert [(step.starts - MONDAY).days for step in steps] == [0, 7 * weeks, 14 * weeks]


def test_a_shape_that_nobody_knows_is_refused():
    assert refused(MONDAY, 38, shape="nights") == ("shape-unknown", "shape")
    assert proposal(MONDAY, 38, shape="fewer-days") == proposal(MONDAY, 38, shape=FEWER)


def test_the_calendar_ends_somewhere():
    last = datetime.date.max - datetime.timedelta(weeks=4)
    assert proposal(last, 38)[-1].starts == datetime.date.max
    assert refused(last + datetime.timedelta(days=1), 38) == ("start-late", "start")


QUARTER_HOURS = st.integers(4, 192).map(lambda quarters: quarters / 4)


@given(
    QUARTER_HOURS, st.integers(1, 7), st.integers(1, 12), st.sampled_from(Shape), st.dates(max_value=MONDAY)
)
def test_hours_only_go_up_and_the_days_add_up_to_the_week(hours, number, weeks, shape, start):
    if not number <= hours <= 12 * number:
        assert refused(start, hours, number, weeks, shape)[1] == "days"
        return
    steps = proposal(start, hours, number, weeks, shape)

    assert [step.percent for step in steps] == [50, 75, 100]
    assert steps[-1].hours == hours
    assert len(steps[-1].days) == number
    for step in steps:
        assert sum(step.days) == step.hours
        assert abs(step.hours - hours * step.percent / 100) <= 0.125
        assert list(step.days) == sorted(step.days, reverse=True)
        assert all(day > 0 and day * 4 == int(day * 4) for day in step.days)
        assert max(step.days) <= max(steps[-1].days)
        if shape == SHORTER:
            assert len(step.days) == number
            assert max(step.days) - min(step.days) <= 0.25
    assert steps[0].hours <= steps[1].hours <= steps[2].hours
    assert steps[1].starts - steps[0].starts == steps[2].starts - steps[1].starts


@given(
    st.dates(),
    st.floats(),
    st.integers() | st.floats(),
    st.integers() | st.floats(),
    st.sampled_from([*Shape, "", "x"]),
)
def test_whatever_is_typed_it_says_what_is_wrong_or_gives_three_steps(start, hours, number, weeks, shape):
    try:
        assert len(proposal(start, hours, number, weeks, shape)) == 3
    except NotPossible as refusal:
        assert refusal.field in ("start", "hours", "days", "weeks", "shape")
