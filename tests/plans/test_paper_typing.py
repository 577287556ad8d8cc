"""What is typed from paper is read as it was meant, or refused with its reason; nothing typed is never a no."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans import paper_typing
from plans.paper_typing import (
    YES_BIT_NO,
    YES_NO_UNSURE,
    Mistyped,
    Typed,
    answers_of,
    read_letter,
    read_numbers,
    spelled,
)

SEVEN = range(1, 8)
ANSWERS = ("yes", "no", "unsure")
lists = st.integers(1, 14)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", ()),
        ("  ", ()),
        ("1 3 5", (1, 3, 5)),
        ("1,3,5", (1, 3, 5)),
        ("1, 3 ,5.", (1, 3, 5)),
        ("5 3 1", (1, 3, 5)),
        ("2-4", (2, 3, 4)),
        ("2 - 4", (2, 3, 4)),
        ("2–4 6", (2, 3, 4, 6)),
        ("3-3", (3,)),
        ("3 3 3", (3,)),
        ("2-4 3", (2, 3, 4)),
        ("03", (3,)),
        ("1+2/3", (1, 2, 3)),
    ],
)
def test_numbers_as_people_type_them(text, numbers):
    assert read_numbers(text, SEVEN) == Typed(numbers)


@pytest.mark.parametrize("text", ["n", "N", " n. ", "0", "geen", "none", "rien", "n n"])
def test_none_is_said_outright(text):
    assert read_numbers(text, SEVEN) == Typed(none=True)


@pytest.mark.parametrize(
    ("text", "why", "what"),
    [
        ("9", "no-such-number", "9"),
        ("1 9", "no-such-number", "9"),
        ("5-9", "no-such-number", "9"),
        ("00000000000009", "no-such-number", "9"),
        ("9" * 5000, "no-such-number", "9" * 5000),
        ("1-99999999999", "no-such-number", "99999999999"),
        ("4-2", "backwards", "4-2"),
        ("n 3", "both", "n 3"),
        ("x", "unknown", "x"),
        ("1 a", "unknown", "a"),
        ("V1.3", "unknown", "v1"),
        ("s", "unknown", "s"),
        ("٣", "unknown", "٣"),
        ("1--3", "unknown", "1--3"),
        ("-3", "unknown", "-3"),
    ],
)
def test_what_cannot_be_read_says_why(text, why, what):
    with pytest.raises(Mistyped) as refused:
        read_numbers(text, SEVEN)

    assert (refused.value.why, refused.value.what) == (why, what)
    assert why in paper_typing.WHYS


def test_a_number_that_no_paper_shows_cannot_be_ticked():
    with pytest.raises(Mistyped):
        read_numbers("1-3", (1, 3))


def test_rather_not_is_said_outright_where_it_may_be():
    assert read_numbers("s", SEVEN, may_skip=True) == Typed(skipped=True)
    with pytest.raises(Mistyped):
        read_numbers("s 2", SEVEN, may_skip=True)


@pytest.mark.parametrize(
    ("text", "answer"),
    [("y", "yes"), ("j", "yes"), ("O", "yes"), ("Ja", "yes"), ("n", "no"), ("?", "unsure"), (" ", "")],
)
def test_letters_in_three_languages(text, answer):
    assert read_letter(text, YES_NO_UNSURE) == answer


@pytest.mark.parametrize("text", ["b", "x", "y n", "1", "?!"])
def test_another_letter_is_refused(text):
    with pytest.raises(Mistyped):
        read_letter(text, YES_NO_UNSURE)


def test_a_bit_has_its_letter_too():
    assert [read_letter(one, YES_BIT_NO) for one in "bep"] == ["bit"] * 3


# --- the three boxes of a safety list ------------------------------------------------------------------


def test_all_boxes_empty_is_nothing():
    assert answers_of("", "", "", SEVEN) == {}


def test_the_rest_is_no_only_beside_a_filled_box_for_yes():
    assert answers_of("n", "", "", range(1, 4)) == {1: "no", 2: "no", 3: "no"}
    assert answers_of("1", "2", "3", range(1, 5)) == {1: "yes", 2: "unsure", 4: "no"}
    assert answers_of("", "2", "", range(1, 4)) == {2: "unsure"}


def test_what_is_not_asked_is_no_no_but_a_yes_to_it_stays():
    assert answers_of("3", "", "", range(1, 5), asked=(1, 2)) == {1: "no", 2: "no", 3: "yes"}


def test_one_number_in_two_boxes_is_refused():
    with pytest.raises(Mistyped) as refused:
        answers_of("1 2", "", "2", SEVEN)
    assert (refused.value.why, refused.value.what) == ("twice", "2")


@given(
    lists.flatmap(
        lambda last: st.tuples(st.just(last), st.dictionaries(st.integers(1, last), st.sampled_from(ANSWERS)))
    )
)
def test_what_is_spelled_reads_back_the_same(case):
    last, answers = case
    known = range(1, last + 1)

    assert answers_of(*spelled(answers, known), known) == answers


@given(st.lists(st.integers(1, 7)), st.sampled_from([" ", ",", ", ", "  ", ";", " ,"]))
def test_order_doubles_and_signs_between_make_no_difference(numbers, between):
    typed = between.join(map(str, numbers))

    assert read_numbers(typed, SEVEN).numbers == tuple(sorted(set(numbers)))


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_and_never_invents_a_number(text):
    try:
        typed = read_numbers(text, SEVEN, may_skip=True)
    except Mistyped as refused:
        assert refused.why in paper_typing.WHYS
    else:
        assert set(typed.numbers) <= set(SEVEN)
        assert not (typed.none and typed.numbers)
        assert typed.numbers == () or any(sign.isdigit() for sign in text)


@given(st.text(max_size=20), st.text(max_size=20))
def test_without_the_box_for_yes_nothing_is_no(unsure, blank):
    try:
        answers = answers_of("", unsure, blank, SEVEN)
    except Mistyped:
        return
    assert "no" not in answers.values() and "yes" not in answers.values()
