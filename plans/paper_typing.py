"""What somebody types from a paper form: `1 3-5`, `n`, `y`, as answers. Pure Python: no Django.

Nothing typed is nothing said: a missing answer is never a no. What cannot be read is refused with its reason; the
sentence for it is made elsewhere, in the language of who types.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

YES, NO, UNSURE, BIT = "yes", "no", "unsure", "bit"
NONE = frozenset({"n", "0", "none", "geen", "niets", "rien", "aucun", "aucune"})
SKIPPED = frozenset({"s", "skip"})
# Yes, no and a bit by their first letters in Dutch, French and English; they do not get in each other's way.
YES_NO = {**dict.fromkeys("yjo", YES), "n": NO}
YES_NO_UNSURE = {**YES_NO, "?": UNSURE}
YES_BIT_NO = {**YES_NO, **dict.fromkeys("bep", BIT)}

_DASHES = str.maketrans("‐‑‒–—", "-----")
_RANGE = re.compile(r"\s*-\s*")
_BETWEEN = re.compile(r"[\s,;.+/&]+")
_TOKEN = re.compile(r"([0-9]+)(?:-([0-9]+))?")


class Mistyped(ValueError):
    """What was typed cannot be read. `why` is one of WHYS, `what` the piece it is about, `last` the highest number."""

    def __init__(self, why: str, what: str = "", last: int = 0):
        super().__init__(why)
        self.why, self.what, self.last = why, what, last


WHYS = ("unknown", "no-such-number", "backwards", "both", "twice", "letter")


@dataclass(frozen=True, slots=True)
class Typed:
    """One box: numbers in order, or an outspoken 'none', or 'rather not answered'; nothing at all when left empty."""

    numbers: tuple[int, ...] = ()
    none: bool = False
    skipped: bool = False

    @property
    def empty(self) -> bool:
        return not (self.numbers or self.none or self.skipped)


def read_numbers(text: str, known: Iterable[int], *, may_skip: bool = False) -> Typed:
    """What stands in one box. `known` are the numbers on the paper. Raises Mistyped."""
    known = set(known)
    plain = _RANGE.sub("-", text.translate(_DASHES)).strip(" ,;.\t\r\n").casefold()
    if not plain:
        return Typed()
    numbers: set[int] = set()
    words = set()
    for token in _BETWEEN.split(plain):
        if found := _TOKEN.fullmatch(token) if token not in NONE else None:
            numbers.update(_numbers(found, known))
        elif token in NONE or (may_skip and token in SKIPPED):
            words.add(token in SKIPPED)
        else:
            raise Mistyped("unknown", token)
    if len(words) + bool(numbers) > 1:
        raise Mistyped("both", plain)
    return Typed(tuple(sorted(numbers)), none=False in words, skipped=True in words)


def _numbers(found: re.Match[str], known: set[int]) -> range:
    last = max(known, default=0)
    for part in filter(None, found.groups()):
        # More digits than any list has would also be more than Python cares to read.
        if len(part) > 3 or int(part) not in known:
            raise Mistyped("no-such-number", part.lstrip("0") or "0", last)
    first, until = int(found[1]), int(found[2] or found[1])
    if until < first:
        raise Mistyped("backwards", found[0])
    for number in range(first, until + 1):
        if number not in known:
            raise Mistyped("no-such-number", str(number), last)
    return range(first, until + 1)


def read_letter(text: str, letters: Mapping[str, str]) -> str:
    """'yes', 'no', … by its letter or a word that begins with it; '' where nothing was typed. Raises Mistyped."""
    plain = text.strip().casefold()
    if not plain:
        return ""
    if plain[0] not in letters or not (len(plain) == 1 or plain.isalpha()):
        raise Mistyped("letter", text.strip())
    return letters[plain[0]]


def answers_of(
    yes: str, unsure: str, blank: str, known: Iterable[int], *, asked: Iterable[int] | None = None
) -> dict[int, str]:
    """The answers of one safety list by number, from its three boxes; what the paper left blank is not in it.

    All that stands in no box is a no, but only when the yes-box was filled (with `n` for none). Of the numbers that
    are not `asked` of this person nothing is taken for a no. Raises Mistyped.
    """
    known = list(known)
    asked = set(known if asked is None else asked)
    boxes = {YES: read_numbers(yes, known)}
    boxes |= {UNSURE: read_numbers(unsure, known), NO: read_numbers(blank, known)}
    seen: set[int] = set()
    for box in boxes.values():
        if again := seen & set(box.numbers):
            raise Mistyped("twice", str(min(again)))
        seen |= set(box.numbers)
    answers = {number: answer for answer in (YES, UNSURE) for number in boxes[answer].numbers}
    if not boxes[YES].empty:
        answers |= {number: NO for number in known if number in asked and number not in seen}
    return {number: answers[number] for number in known if number in answers}


def spelled(answers: Mapping[int, str], asked: Iterable[int]) -> tuple[str, str, str]:
    """The three boxes that say these answers: what `answers_of` reads back as the same."""
    by = {answer: [n for n in sorted(answers) if answers[n] == answer] for answer in (YES, UNSURE, NO)}
    blank = [number for number in asked if number not in answers]
    yes = " ".join(map(str, by[YES]))
    if not yes and by[NO]:
        yes = "n"
    return yes, " ".join(map(str, by[UNSURE])), " ".join(map(str, blank)) if yes else ""
