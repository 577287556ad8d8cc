"""Finding a page or an exercise by what somebody types: accents, capitals and one slip are forgiven. Pure Python."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

# From this many letters on, a word may differ by one: shorter ones would find too much.
FORGIVING = 5


@dataclass(frozen=True, slots=True)
class Findable:
    """What can be found: `key` comes back, `names` weigh more than `words` (aliases, a line of explanation)."""

    key: str
    names: tuple[str, ...]
    words: tuple[str, ...] = ()


def folded(text: str) -> str:
    """`text` in lower case, without accents, with one space for everything that is no letter or digit."""
    plain = unicodedata.normalize("NFKD", text).casefold().replace("œ", "oe").replace("æ", "ae")
    # Folding may bring back what normalising had taken apart.
    plain = unicodedata.normalize("NFKD", plain)
    letters = "".join(one if one.isalnum() else " " for one in plain if not unicodedata.combining(one))
    return " ".join(letters.split())


def find(typed: str, shelf: Iterable[Findable]) -> list[str]:
    """Keys of what has every typed word, the best first; equal ones stay in the order of the shelf.

    A word is found at the beginning of a word; within it when it has three letters or more; from five letters on also
    with one letter wrong, missing, too many or two swapped. Nothing typed finds nothing.
    """
    wanted = folded(typed).split()
    if not wanted:
        return []
    found = ((_distance(wanted, one), place, one.key) for place, one in enumerate(shelf))
    return [key for distance, _place, key in sorted(one for one in found if one[0] is not None)]


def _distance(wanted: list[str], one: Findable) -> int | None:
    """The worst of the words' distances: 0 in a name, 1 elsewhere, 2 and 3 with a slip. None: a word is missing."""
    names, others = _words(one.names), _words(one.words)
    worst = 0
    for word in wanted:
        steps = (_has(word, names), _has(word, others), _nearly(word, names), _nearly(word, others))
        if not any(steps):
            return None
        worst = max(worst, steps.index(True))
    return worst


def _words(texts: tuple[str, ...]) -> list[str]:
    return [word for text in texts for word in folded(text).split()]


def _has(word: str, words: list[str]) -> bool:
    return any(one.startswith(word) or (len(word) >= 3 and word in one) for one in words)


def _nearly(word: str, words: list[str]) -> bool:
    return len(word) >= FORGIVING and any(one_slip(word, one) for one in words)


def one_slip(a: str, b: str) -> bool:
    """Whether `a` becomes `b` by one letter more, less or other, or by swapping two neighbours; also when equal."""
    if abs(len(a) - len(b)) > 1:
        return False
    start = next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rest_a, rest_b = a[start:], b[start:]
    if len(a) == len(b):
        swapped = len(rest_a) > 1 and rest_a[1::-1] + rest_a[2:] == rest_b
        return rest_a[1:] == rest_b[1:] or swapped
    return rest_a[1:] == rest_b if len(a) > len(b) else rest_a == rest_b[1:]
