"""The class of one answered item before the rules R3-R15. Pure Python: no Django, no clock.

Most items follow the table in `screening_items.py`. Here stand the seven whose class depends on something
more: the duration, the region, a pregnancy, or another item (clinical-brief B8). *Not no* means answered yes,
not sure or missing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .screening_context import OVER_3_MONTHS, Context
from .screening_items import (
    DAYS,
    ITEMS,
    NO,
    NOW,
    TALK,
    TODAY,
    UNSURE,
    YES,
    Urgency,
    class_of_unsure,
    class_of_yes,
)


@dataclass(frozen=True, slots=True)
class Given:
    """The answers of one screening, with the few ways in which the rules ask about them."""

    answers: Mapping[str, str]

    def yes(self, item: str) -> bool:
        return self.answers.get(item) == YES

    def unsure(self, item: str) -> bool:
        return self.answers.get(item) == UNSURE

    def read_as_yes(self, item: str) -> bool:
        """Yes, or not sure on one of the items where B8 reads that as yes."""
        return self.yes(item) or (ITEMS[item].unsure_is_yes and self.unsure(item))

    def follow_ups(self, item: str) -> dict[str, str]:
        """The item's answered follow-ups by their short ids."""
        return {
            short: self.answers[f"{item}.{short}"]
            for short in ITEMS[item].follow_ups
            if f"{item}.{short}" in self.answers
        }

    def follow_up_yes(self, item: str, short: str) -> bool:
        return self.answers.get(f"{item}.{short}") == YES

    def not_no(self, item: str, short: str) -> bool:
        return self.answers.get(f"{item}.{short}") != NO


def own_class(item: str, context: Context, given: Given) -> Urgency | None:
    """The class of one answered item before the rules R3-R15; None where it raises nothing."""
    if special := SPECIAL.get(item):
        return special(context, given)
    return by_table(item, given)


def by_table(item: str, given: Given) -> Urgency | None:
    if given.yes(item):
        return class_of_yes(ITEMS[item], given.follow_ups(item))
    if given.unsure(item):
        return class_of_unsure(ITEMS[item], given.follow_ups(item))
    return None


def trauma_major(context: Context, given: Given) -> Urgency | None:
    """An injury of more than 3 months ago whose cord question is answered no is only talked over (B8)."""
    item = "rf1-trauma-major"
    if given.yes(item) and context.duration == OVER_3_MONTHS and not given.not_no(item, "cord"):
        return TALK
    return by_table(item, given)


def trauma_minor(context: Context, given: Given) -> Urgency | None:
    """`cord` answered yes is NOW; it is read only where the neck may hurt (B8, R3)."""
    item = "rf1-trauma-minor"
    answered = given.yes(item) or given.unsure(item)
    if answered and context.may_hurt_in("neck") and given.follow_up_yes(item, "cord"):
        return NOW
    return by_table(item, given)


def inflammatory_signs(context: Context, given: Given) -> int:
    """How many of the five ASAS signs are not denied; 0 unless the gate is answered yes (ASAS 2009).

    The only place where answers are counted. It is never shown as a score.
    """
    item = "rf1-inflammatory"
    if not given.yes(item):
        return 0
    lines = ("gradual", "moving-helps", "rest-no-help", "wakes-at-night")
    return sum(given.not_no(item, line) for line in lines) + context.may_have_begun_before(40)


def inflammatory(context: Context, given: Given) -> Urgency | None:
    """4-5 of the five signs DAYS; 3 TALK with kin, stiffness or buttock pain; fewer nothing (NICE NG65)."""
    item = "rf1-inflammatory"
    if not given.yes(item):
        return by_table(item, given)
    signs = inflammatory_signs(context, given)
    if signs >= 4:
        return DAYS
    kin = given.yes("rf1-inflammatory-kin")
    supported = kin or given.not_no(item, "stiff-30") or given.not_no(item, "buttock")
    return TALK if signs == 3 and supported else None


def inflammatory_kin(context: Context, given: Given) -> Urgency | None:
    """A yes is DAYS beside three or more inflammatory signs; a red painful eye now is TODAY (NICE NG65)."""
    item = "rf1-inflammatory-kin"
    own = by_table(item, given)
    if own and given.yes(item) and inflammatory_signs(context, given) >= 3:
        return max(own, DAYS)
    return own


def sexual(context: Context, given: Given) -> Urgency | None:
    """NOW beside bladder, bowel, saddle or both legs; alone, or older than two weeks, TODAY (GIRFT)."""
    item = "rf2-sexual"
    if not given.yes(item) and not (given.unsure(item) and given.follow_up_yes(item, "new")):
        return by_table(item, given)
    beside = any(map(given.read_as_yes, ("rf2-bladder", "rf2-bowel", "rf2-saddle", "rf2-both-legs")))
    return NOW if beside and given.not_no(item, "new") else TODAY


def both_legs(context: Context, given: Given) -> Urgency | None:
    """NOW beside weak legs or a foot drop that may be new or worse (central hernia, cord)."""
    item = "rf2-both-legs"
    weakness = ("rf2-weak-legs", "rf2-foot-drop")
    if given.yes(item) and any(given.read_as_yes(weak) and given.not_no(weak, "new") for weak in weakness):
        return NOW
    return by_table(item, given)


def kidney_infection(context: Context, given: Given) -> Urgency | None:
    """NOW in a pregnancy, also a possible one (B8)."""
    item = "rf3-kidney-infection"
    return NOW if given.yes(item) and context.may_be_pregnant() else by_table(item, given)


SPECIAL: dict[str, Callable[[Context, Given], Urgency | None]] = {
    "rf1-trauma-major": trauma_major,
    "rf1-trauma-minor": trauma_minor,
    "rf1-inflammatory": inflammatory,
    "rf1-inflammatory-kin": inflammatory_kin,
    "rf2-sexual": sexual,
    "rf2-both-legs": both_legs,
    "rf3-kidney-infection": kidney_infection,
}
