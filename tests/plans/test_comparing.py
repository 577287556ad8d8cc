"""Versions side by side: nothing is lost on either side, and what is marked is what differs."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.comparing import CHANGED, GONE, NEW, SAME, _pairs, compared, parts
from tests import paper_people

words = st.text("ab ", min_size=1, max_size=6).map(lambda text: " ".join(text.split()) or "c")
lines = st.lists(words, max_size=6)

TABLE = [
    ("the same", ["a b"], ["a b"], [SAME]),
    ("one word", ["a b"], ["a c"], [CHANGED]),
    ("a line more", ["a"], ["a", "b"], [SAME, NEW]),
    ("a line less", ["a", "b"], ["b"], [GONE, SAME]),
    ("nothing yet", [], ["a"], [NEW]),
]


@pytest.mark.parametrize(("what", "before", "after", "how"), TABLE, ids=[row[0] for row in TABLE])
def test_each_line_says_how_it_differs(what, before, after, how):
    assert [pair.how for pair in _pairs(before, after)] == how


@given(lines, lines)
def test_both_sides_can_be_read_back_whole(before, after):
    pairs = list(_pairs(before, after))
    read = [[" ".join(one.words for one in side) for side in (pair.before, pair.after)] for pair in pairs]

    assert [old for old, _new in read if old] == before
    assert [new for _old, new in read if new] == after
    assert (before == after) == all(pair.how == SAME for pair in pairs)


@given(lines, lines)
def test_the_words_that_are_not_marked_are_the_same_on_both_sides(before, after):
    for pair in _pairs(before, after):
        kept = [
            " ".join(one.words for one in side if not one.other).split() for side in (pair.before, pair.after)
        ]
        assert kept[0] == kept[1]


def test_a_plan_differs_from_itself_in_nothing_and_from_another_where_it_was_changed():
    plan = paper_people.izabel("nl")
    assert not any(part.differs for part in compared(plan, plan))
    told = compared(plan, replace(plan, strengths=(), note="Dag"))
    assert [part.key for part in told if part.differs] == ["strengths", "note"]


def test_every_part_of_the_plan_is_compared():
    plan = paper_people.izabel("nl")
    assert all(parts(plan)[key] for key in ("habits", "strengths", "glasses", "exercises"))
