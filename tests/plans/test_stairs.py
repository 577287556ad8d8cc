"""The stair of a build-up: heights that say the amounts, words that do not meet, the same bytes for the same weeks."""

import xml.etree.ElementTree as ET
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.stairs import BOTTOM, LETTER, WIDTH, Stair, stairs

SVG = "{http://www.w3.org/2000/svg}"
WALK = tuple(Stair(amount, f"Week {week}") for week, amount in enumerate((20, 24, 28, 32, 36, 40), start=1))
amounts = st.lists(st.integers(1, 100_000), min_size=1, max_size=27)


def drawn(amounts, **more):
    weeks = [Stair(amount, f"Week {week}") for week, amount in enumerate(amounts, start=1)]
    return ET.fromstring(stairs(weeks, **more))


def test_the_worked_example_is_drawn_step_by_step():
    root = ET.fromstring(stairs(WALK, title="Wandelen"))

    heights = [float(step.get("height")) for step in root.iter(f"{SVG}rect")]
    assert heights == [92, 110.4, 128.8, 147.2, 165.6, 184]
    words = [word.text for word in root.iter(f"{SVG}text")]
    assert words == [word for week in WALK for word in (str(week.amount), week.label)]
    assert root.find(f"{SVG}title").text == "Wandelen"


def test_the_goal_is_told_apart_by_its_line_too():
    steps = list(ET.fromstring(stairs(WALK)).iter(f"{SVG}rect"))
    assert [step.get("stroke") for step in steps].count(steps[-1].get("stroke")) == 1


@given(amounts)
def test_every_week_stands_on_the_line_and_none_is_higher_than_its_amount_says(amounts):
    steps = list(drawn(amounts).iter(f"{SVG}rect"))

    assert len(steps) == len(amounts)
    assert all(abs(float(s.get("y")) + float(s.get("height")) - BOTTOM) < 0.02 for s in steps)
    by_amount = sorted(zip(amounts, (float(s.get("height")) for s in steps), strict=True))
    assert all(low[1] <= high[1] + 0.01 for low, high in pairwise(by_amount))


@given(amounts)
def test_the_first_and_the_last_week_are_named_and_no_words_meet(amounts):
    words = [word for word in drawn(amounts).iter(f"{SVG}text") if word.text.startswith("Week")]

    assert words[-1].text == f"Week {len(amounts)}"
    assert words[0].text == "Week 1" or len(words) == 1
    for left, right in pairwise(words):
        room = LETTER * 0.6 * (len(left.text) + len(right.text)) / 2
        assert float(right.get("x")) - float(left.get("x")) >= min(room, WIDTH), (left.text, right.text)


def test_the_same_weeks_give_the_same_bytes():
    assert stairs(WALK) == stairs(WALK)


@pytest.mark.parametrize("weeks", [(), (Stair(0, "Week 1"),), (*WALK, Stair(-1, "Week 7"))])
def test_a_stair_without_height_is_refused(weeks):
    with pytest.raises(ValueError, match="steps"):
        stairs(weeks)
