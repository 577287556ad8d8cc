"""Where a screening stands, for any flags and any decisions: tables from the brief, and what must hold for all."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from intake.models import Flag, Screening
from intake.models.people import IllegalMove
from intake.screening import Urgency
from intake.standing import (
    GATE_OPEN,
    MOVES,
    MOVES_AFTER_SENDING,
    Decision,
    Raised,
    Standing,
    may_move,
    standing,
)
from tests.patients import begin, sent

OPEN, CLEARED, REFERRED = Decision.OPEN, Decision.CLEARED, Decision.REFERRED
FLAGS = st.lists(st.builds(Raised, st.sampled_from(Urgency), st.sampled_from(Decision)), max_size=6)


def flags(text):
    """'now open, talk cleared' as flags."""
    pairs = (pair.split() for pair in text.split(",") if pair.strip())
    return [Raised(Urgency(urgency), Decision(decision)) for urgency, decision in pairs]


# screening-contract.md: blocked-now > incomplete > blocked > hold > passed; design.md: then cleared or referred.
@pytest.mark.parametrize(
    ("standing_flags", "complete", "state"),
    [
        ("", False, "incomplete"),
        ("", True, "passed"),
        ("talk open", True, "hold"),
        ("talk open", False, "incomplete"),
        ("days open", True, "blocked"),
        ("today open", True, "blocked"),
        ("today open", False, "incomplete"),
        ("now open", True, "blocked-now"),
        ("now open", False, "blocked-now"),
        ("now open, today cleared", False, "blocked-now"),
        ("now referred, now open", True, "blocked-now"),
        ("talk open, days open", True, "blocked"),
        ("talk open, days cleared", True, "hold"),
        ("talk open, days referred", True, "hold"),
        ("talk cleared", True, "cleared"),
        ("now cleared", True, "cleared"),
        ("now cleared", False, "incomplete"),
        ("days referred", True, "referred"),
        ("days referred", False, "incomplete"),
        ("days referred, talk cleared", True, "referred"),
        ("now referred", True, "referred"),
        ("now referred", False, "referred"),
        ("now referred, talk open", False, "referred"),
        ("now referred, days open", True, "blocked"),
    ],
)
def test_the_state_follows_from_flags_and_completeness(standing_flags, complete, state):
    assert standing(flags(standing_flags), complete=complete) == state


@given(FLAGS, st.booleans())
def test_an_open_now_is_always_blocked_now_and_nothing_else_is(rows, complete):
    state = standing(rows, complete=complete)

    assert (state == "blocked-now") == (Raised(Urgency.NOW, OPEN) in rows)


@given(FLAGS, st.booleans())
def test_the_gate_opens_only_when_all_is_answered_and_every_flag_was_cleared(rows, complete):
    gate = standing(rows, complete=complete) in GATE_OPEN

    assert gate == (complete and all(flag.decision is CLEARED for flag in rows))


@given(FLAGS, st.booleans())
def test_passed_means_that_nothing_was_ever_raised(rows, complete):
    assert (standing(rows, complete=complete) == "passed") == (complete and not rows)


@given(FLAGS, st.booleans(), st.randoms(use_true_random=False))
def test_the_order_of_the_flags_means_nothing(rows, complete, random):
    shuffled = random.sample(rows, len(rows))

    assert standing(shuffled, complete=complete) == standing(rows, complete=complete)


@given(FLAGS, st.sampled_from(Urgency), st.booleans())
def test_one_flag_more_never_opens_a_gate(rows, urgency, complete):
    before = standing(rows, complete=complete) in GATE_OPEN

    assert not (standing([*rows, Raised(urgency, OPEN)], complete=complete) in GATE_OPEN and not before)


WORSE = ["cleared", "referred", "hold", "blocked", "blocked-now"]


@given(FLAGS, st.sampled_from([CLEARED, REFERRED]), st.data())
def test_deciding_never_makes_it_worse(rows, decision, data):
    """Every open flag that is decided brings the state down the ladder, or leaves it where it is."""
    still_open = [place for place, flag in enumerate(rows) if flag.decision is OPEN]
    assume(still_open)
    # A NOW that was referred stands above what is still open beside it: that patient is under way to a doctor.
    assume(not any(flag.urgency is Urgency.NOW and flag.decision is REFERRED for flag in rows))
    place = data.draw(st.sampled_from(still_open))
    decided = [*rows[:place], Raised(rows[place].urgency, decision), *rows[place + 1 :]]
    before, after = standing(rows, complete=True), standing(decided, complete=True)

    assert WORSE.index(after) <= WORSE.index(before)


@given(FLAGS, st.sampled_from([CLEARED, REFERRED]), st.booleans(), st.data())
def test_what_people_decide_never_leaves_the_table_of_moves(rows, decision, sent, data):
    movable = [place for place, flag in enumerate(rows) if decision in Flag.MOVES[flag.decision]]
    assume(movable)
    # Nothing is sent while a NOW stands that was not cleared.
    assume(not sent or all(flag.decision is CLEARED for flag in rows if flag.urgency is Urgency.NOW))
    place = data.draw(st.sampled_from(movable))
    decided = [*rows[:place], Raised(rows[place].urgency, decision), *rows[place + 1 :]]
    complete = sent or data.draw(st.booleans())
    before, after = standing(rows, complete=complete), standing(decided, complete=complete)

    assert may_move(before, after, sent=sent), f"{before} -> {after}"


@given(FLAGS, st.sampled_from(Urgency), st.booleans(), st.booleans())
def test_what_answers_do_before_sending_never_leaves_the_table_of_moves(
    rows, urgency, complete, then_complete
):
    before = standing(rows, complete=complete)
    after = standing([*rows, Raised(urgency, OPEN)], complete=then_complete)

    assert may_move(before, after, sent=False), f"{before} -> {after}"


@given(FLAGS)
def test_not_reassured_after_passed_or_cleared_is_a_move_of_the_table(rows):
    cleared = [Raised(flag.urgency, CLEARED) for flag in rows]
    after = standing([*cleared, Raised(Urgency.DAYS, OPEN)], complete=True)

    assert after == "blocked"
    assert may_move(standing(cleared, complete=True), after, sent=True)


def test_after_sending_nothing_moves_that_may_not_move_before():
    for state in Standing:
        assert MOVES_AFTER_SENDING[state] <= MOVES[state]
        assert state not in MOVES[state]


def test_nothing_becomes_passed_that_was_raised_once_nor_goes_back_to_filling_in_after_sending():
    assert {state for state in Standing if Standing.PASSED in MOVES[state]} == {Standing.INCOMPLETE}
    assert not [state for state in Standing if Standing.INCOMPLETE in MOVES_AFTER_SENDING[state]]


# --- the same in the database -------------------------------------------------------------------


@pytest.mark.parametrize("target", [Standing.CLEARED, Standing.HOLD, Standing.REFERRED, Standing.BLOCKED_NOW])
def test_a_move_that_the_table_does_not_have_changes_no_row(cast, target):
    screening = sent(cast.a).screening

    with pytest.raises(IllegalMove):
        screening.move_to(target, unhandled=9)

    assert Screening.objects.get(pk=screening.pk).state == "passed"


def test_of_two_moves_from_the_same_state_the_slower_one_changes_no_row(cast):
    screening = begin(cast.a).consent().tell().answer(rest="no").screening
    slower = Screening.objects.get(pk=screening.pk)
    screening.move_to(Standing.BLOCKED, unhandled=2)

    with pytest.raises(IllegalMove):
        slower.move_to(Standing.HOLD, unhandled=3)

    assert Screening.objects.get(pk=screening.pk).state == "blocked"
