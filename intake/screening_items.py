"""The 42 items of the three safety lists as one table: classes, follow-ups, hiding.

Pure Python: no Django, no clock. Here stands what one answer means by itself (clinical-brief B3-B5, B5b and
B8). What answers mean together stands in `screening_rules.py`; the words that a patient reads stand in
`content/red_flags.v1.toml`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Urgency(StrEnum):
    """The four classes of clinical-brief B1. Greater is more urgent: `max` finds the class that counts."""

    NOW = "now"
    TODAY = "today"
    DAYS = "days"
    TALK = "talk"

    @property
    def rank(self) -> int:
        """0 for NOW up to 3 for TALK: the order in which they are shown."""
        return _RANKS[self]

    # A StrEnum would compare as text, and 'talk' comes after 'now' in the alphabet.
    def __lt__(self, other: str) -> bool:
        return self.rank > Urgency(other).rank

    def __le__(self, other: str) -> bool:
        return self.rank >= Urgency(other).rank

    def __gt__(self, other: str) -> bool:
        return self.rank < Urgency(other).rank

    def __ge__(self, other: str) -> bool:
        return self.rank <= Urgency(other).rank


NOW, TODAY, DAYS, TALK = Urgency
_RANKS = {NOW: 0, TODAY: 1, DAYS: 2, TALK: 3}

YES, NO, UNSURE = ANSWERS = ("yes", "no", "unsure")

HEAD_NECK_ARM = frozenset({"head", "neck", "arm"})
BACK_LEG = frozenset({"upper-back", "low-back", "leg"})


@dataclass(frozen=True, slots=True)
class Item:
    """One question of the three lists, and what its answer means as long as nothing else is known.

    `yes` is the class of a yes whose follow-ups are all answered no. Each follow-up in `raises` that is not
    answered no (missing and not sure included) lifts it to the class given; where none of these does, a
    follow-up in `lowers` that is answered yes brings it down (None: it raises nothing).
    """

    id: str
    yes: Urgency
    raises: Mapping[str, Urgency] = field(default_factory=dict)
    lowers: Mapping[str, Urgency | None] = field(default_factory=dict)
    read_by_rule: tuple[str, ...] = ()  # follow-ups that only a named rule reads
    unsure_is_yes: bool = False  # else not sure is TALK
    only_with: frozenset[str] = frozenset()  # hidden when none of these regions is named
    hidden_for: str = ""  # hidden for this sex
    hidden_over: int | None = None  # hidden above this age

    @property
    def follow_ups(self) -> tuple[str, ...]:
        """The follow-ups' short ids, in the order in which they are asked."""
        return (*self.raises, *self.lowers, *self.read_by_rule)


LIST_1 = (
    Item("rf1-trauma-major", TODAY, raises={"cord": NOW}),
    Item("rf1-trauma-minor", TODAY, read_by_rule=("cord",)),
    Item("rf1-steroid-use", TALK),
    Item("rf1-fragile-bones", TALK),
    Item("rf1-cancer-history", DAYS),
    Item("rf1-weight-loss", DAYS),
    Item("rf1-constant-worse", DAYS),
    Item("rf1-band-pain", TODAY, raises={"weak-legs": NOW}),
    Item("rf1-fever-unwell", TODAY, raises={"confused-or-weak": NOW}),
    Item("rf1-infection-risk", TALK, lowers={"only-diabetes": None}, read_by_rule=("injected",)),
    # Its class comes from the lines, in `screening_rules.inflammatory`; TALK is what a not sure gives.
    Item(
        "rf1-inflammatory",
        TALK,
        read_by_rule=("gradual", "moving-helps", "rest-no-help", "wakes-at-night", "stiff-30", "buttock"),
    ),
    Item("rf1-inflammatory-kin", TALK, raises={"eye-now": TODAY}),
    Item("rf1-pmr", DAYS),
    Item("rf1-gca", TODAY, raises={"vision": NOW}),
)

LIST_2 = (
    Item("rf2-bladder", TODAY, raises={"new": NOW}, unsure_is_yes=True),
    Item("rf2-bowel", TODAY, raises={"new": NOW}, unsure_is_yes=True),
    Item("rf2-saddle", TODAY, raises={"new": NOW}, unsure_is_yes=True),
    Item("rf2-sexual", TODAY, read_by_rule=("new",), only_with=BACK_LEG),
    Item("rf2-both-legs", TODAY),
    Item("rf2-weak-legs", TODAY, raises={"new": NOW}, unsure_is_yes=True),
    Item("rf2-foot-drop", TALK, raises={"new": TODAY}, only_with=BACK_LEG),
    Item("rf2-arm-weak", TODAY, raises={"sudden": NOW}, only_with=HEAD_NECK_ARM),
    Item("rf2-clumsy-hands", DAYS),
    Item("rf2-unsteady", DAYS, raises={"fast": TODAY}),
    Item("rf2-electric", DAYS, only_with=HEAD_NECK_ARM),
    Item("rf2-neck-sudden", TODAY, raises={"sudden": NOW}, unsure_is_yes=True, only_with=HEAD_NECK_ARM),
    Item("rf2-neck-brain", TODAY, raises={"new": NOW}, unsure_is_yes=True, only_with=HEAD_NECK_ARM),
    Item("rf2-neck-loose", TALK, raises={"accident": NOW}, only_with=HEAD_NECK_ARM),
)

LIST_3 = (
    Item("rf3-heart", NOW, unsure_is_yes=True),
    Item("rf3-aorta-tear", NOW, unsure_is_yes=True),
    Item("rf3-aorta-belly", NOW, unsure_is_yes=True),
    Item("rf3-lung-acute", NOW, lowers={"only-stab": TODAY}, unsure_is_yes=True),
    Item("rf3-lung-slow", DAYS),
    Item("rf3-kidney-infection", TODAY),
    Item("rf3-kidney-stone", TODAY, raises={"fever-pregnant-single": NOW}),
    Item("rf3-gallbladder", DAYS, raises={"fever-yellow": TODAY}),
    Item("rf3-pancreas", TODAY, raises={"severe-vomiting": NOW}),
    Item("rf3-gut", DAYS, raises={"bleeding-now": NOW}),
    Item("rf3-pregnancy-acute", NOW, unsure_is_yes=True, hidden_for="male", hidden_over=55),
    # 'Only with your cycle' lowers when fever is answered no: a fever not answered no has raised before.
    Item("rf3-gynaecological", DAYS, raises={"fever": TODAY}, lowers={"cycle-only": TALK}, hidden_for="male"),
    Item("rf3-urological", DAYS, raises={"testicle-sudden": NOW}, hidden_for="female"),
    Item("rf3-shingles", TODAY),
)

ITEMS: dict[str, Item] = {item.id: item for item in (*LIST_1, *LIST_2, *LIST_3)}

# Classes that no item carries, in the order in which they stand behind the items (screening contract).
WITHOUT_ITEM = ("R4", "R7", "R9", "R12", "R15", "spine-procedure", "under-18")

# Every key that `answers` may hold, in order: the items, and their follow-ups as `item.follow-up`.
ANSWER_KEYS: dict[str, None] = dict.fromkeys(
    key for item in ITEMS.values() for key in (item.id, *(f"{item.id}.{short}" for short in item.follow_ups))
)


def class_of_yes(item: Item, follow_up: Mapping[str, str]) -> Urgency | None:
    """The class of a yes by itself; `follow_up` holds the answers by short id. A missing one raises."""
    raised = [urgency for short, urgency in item.raises.items() if follow_up.get(short) != NO]
    if raised:
        return max(raised)
    for short, urgency in item.lowers.items():
        if follow_up.get(short) == YES:
            return urgency
    return item.yes


def class_of_unsure(item: Item, follow_up: Mapping[str, str]) -> Urgency | None:
    """The class of a 'not sure': NOW items read it as yes, others as TALK or what a follow-up's yes gives."""
    if item.unsure_is_yes:
        return class_of_yes(item, follow_up)
    return max([TALK, *(urgency for short, urgency in item.raises.items() if follow_up.get(short) == YES)])
