"""Search: what is found for what is typed, in the order in which a person expects it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backup_plan_site.web.finding import Findable, find, folded, one_slip

SHELF = [
    Findable("sleep", ("Slecht slapen", "Slapen"), ("matras", "snurken", "nacht")),
    Findable("sitting", ("Te veel zitten", "Zitten"), ("bureau", "ergonomie", "slapende voet")),
    Findable("breath", ("Hyperventilation chronique", "Respiration"), ("souffle", "cœur")),
    Findable("weight", ("Overgewicht", "Gewicht en eten"), ("diëtist",)),
]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("slapen", ["sleep", "sitting"]),
        ("SLECHT", ["sleep"]),
        ("slap", ["sleep", "sitting"]),  # a name before another word
        ("dietist", ["weight"]),
        ("diëtist", ["weight"]),
        ("zittn", ["sitting"]),  # a letter missing
        ("zitteen", ["sitting"]),  # one too many
        ("ztiten", ["sitting"]),  # two swapped
        ("zitsen", ["sitting"]),  # one other
        ("zit", ["sitting"]),
        ("gewicht eten", ["weight"]),
        ("gewicht slapen", []),  # every word counts
        ("coeur", ["breath"]),
        ("nacht!", ["sleep"]),
        ("xyz", []),
        ("", []),
        ("  ?!  ", []),
        ("ztt", []),  # too short to forgive
    ],
)
def test_what_is_found(typed, found):
    assert find(typed, SHELF) == found


def test_equal_ones_keep_the_order_of_the_shelf():
    shelf = [Findable(key, ("rug",)) for key in "cab"]
    assert find("rug", shelf) == ["c", "a", "b"]


@pytest.mark.parametrize(
    ("a", "b", "near"),
    [
        ("rugpijn", "rugpijn", True),
        ("rugpijn", "rgupijn", True),
        ("rugpijn", "rugpijnen", False),
        ("rugpijn", "rugpij", True),
        ("rugpijn", "rugpijm", True),
        ("rugpijn", "rgupijm", False),
        ("ab", "ba", True),
        ("abc", "cba", False),
    ],
)
def test_one_slip(a, b, near):
    assert one_slip(a, b) is one_slip(b, a) is near


@given(st.text(max_size=60))
def test_anything_may_be_typed(typed):
    found = find(typed, SHELF)
    assert set(found) <= {one.key for one in SHELF} and len(set(found)) == len(found)


@given(st.text())
def test_folding_is_done_once(text):
    assert folded(folded(text)) == folded(text)


@given(st.text(alphabet="abcdeé", min_size=5, max_size=12), st.data())
def test_a_dropped_letter_is_forgiven(word, data):
    at = data.draw(st.integers(0, len(word) - 1))
    assert one_slip(folded(word), folded(word[:at] + word[at + 1 :]))
