"""Raised flags in the groups by which the guidelines think of them. Pure Python: no Django, no database, no clock.

A rule that fired says where a flag belongs, whatever its question alone would say: weak legs of somebody who had cancer
stand with the tumours. Nothing is counted: a group says what to rule out, never how likely it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from intake.screening import ITEMS, WITHOUT_ITEM, Urgency

NOT_REASSURED = "not-reassured"

# Each group with the items that speak for it (clinical-brief B3-B5), in the order in which groups are shown.
ITEMS_OF: dict[str, tuple[str, ...]] = {
    "practitioner": (NOT_REASSURED,),
    "cauda-equina": tuple(
        f"rf2-{one}"
        for one in ("bladder", "bowel", "saddle", "sexual", "both-legs", "weak-legs", "foot-drop")
    ),
    "spinal-cord": tuple(
        f"rf2-{one}" for one in ("arm-weak", "clumsy-hands", "unsteady", "electric", "neck-loose")
    ),
    "neck-vessels": ("rf2-neck-sudden", "rf2-neck-brain"),
    "heart-and-vessels": (
        *(f"rf3-{one}" for one in ("heart", "aorta-tear", "aorta-belly", "lung-acute", "lung-slow")),
        "R9",
    ),
    "fracture": (
        *(f"rf1-{one}" for one in ("trauma-major", "trauma-minor", "steroid-use", "fragile-bones")),
        "R4",
    ),
    "bleeding": ("R7",),
    "tumour": (
        *(f"rf1-{one}" for one in ("cancer-history", "weight-loss", "constant-worse", "band-pain")),
        "R15",
    ),
    "infection": ("rf1-fever-unwell", "rf1-infection-risk", "spine-procedure"),
    "inflammation": tuple(f"rf1-{one}" for one in ("inflammatory", "inflammatory-kin", "pmr", "gca")),
    "organs": tuple(
        f"rf3-{one}"
        for one in ("kidney-infection", "kidney-stone", "gallbladder", "pancreas", "gut", "shingles")
    ),
    "pelvis": (*(f"rf3-{one}" for one in ("pregnancy-acute", "gynaecological", "urological")), "R12"),
    "age": ("under-18",),
}
# Rules that read several answers together. R1 and R2 only say that something blocks.
RULE_OF = {
    **{"R3": "fracture", "R4": "fracture", "R5": "tumour", "R6": "infection", "R7": "bleeding"},
    **{"R9": "heart-and-vessels", "R12": "pelvis", "R14": "heart-and-vessels", "R15": "tumour"},
}
OTHER = "other"  # An item that no group knows, from a later list: it is shown all the same.
GROUPS = (*ITEMS_OF, OTHER)
GROUP_OF = {item: group for group, items in ITEMS_OF.items() for item in items}
PLACES = {item: place for place, item in enumerate((NOT_REASSURED, *ITEMS, *WITHOUT_ITEM))}


@dataclass(frozen=True, slots=True)
class Cluster:
    """Flags that speak for the same thing, the most urgent first, and the rules that brought them together."""

    group: str
    flags: tuple
    rules: tuple[str, ...]

    @property
    def urgency(self) -> Urgency:
        return Urgency(self.flags[0].urgency)


def clusters(flags: Iterable) -> tuple[Cluster, ...]:
    """All `flags` (with item, urgency and rules), each in one cluster; the cluster of the most urgent flag first."""
    found: dict[str, list] = {}
    for flag in sorted(flags, key=_by_urgency):
        found.setdefault(group_of(flag), []).append(flag)
    made = [Cluster(group, tuple(one), _rules(one)) for group, one in found.items()]
    return tuple(sorted(made, key=lambda one: (one.urgency.rank, GROUPS.index(one.group))))


def group_of(flag) -> str:
    """The group of the first rule that fired for `flag`, else that of its item."""
    return next((RULE_OF[rule] for rule in flag.rules if rule in RULE_OF), GROUP_OF.get(flag.item, OTHER))


def _by_urgency(flag):
    return Urgency(flag.urgency).rank, PLACES.get(flag.item, len(PLACES)), flag.item


def _rules(flags):
    return tuple(dict.fromkeys(rule for flag in flags for rule in flag.rules if rule in RULE_OF))
