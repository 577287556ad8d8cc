"""Red-flag screening: what a person's facts and answers raise, and what is still to be asked.

Pure Python: no Django, no database, no clock, no texts. This module is the door. Behind it stand the items
(`screening_items.py`), their own classes (`screening_own.py`), the rules (`screening_rules.py`) and the facts
(`screening_context.py`). A change of any class, number or condition is a new RULES_VERSION.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from .screening_context import Context
from .screening_items import ANSWER_KEYS, ANSWERS, DAYS, ITEMS, NOW, TALK, TODAY, WITHOUT_ITEM, Item, Urgency
from .screening_own import Given, own_class
from .screening_rules import RULES, Finding, notes

__all__ = [
    "ITEMS",
    "RULES_VERSION",
    "WITHOUT_ITEM",
    "Context",
    "Raised",
    "Screening",
    "State",
    "Urgency",
    "asked",
    "follow_ups",
    "screen",
    "unanswered",
]

RULES_VERSION = 1


class State(StrEnum):
    """What one set of answers comes to, before anybody decides about it."""

    INCOMPLETE = "incomplete"
    PASSED = "passed"
    HOLD = "hold"
    BLOCKED = "blocked"
    BLOCKED_NOW = "blocked-now"


@dataclass(frozen=True, slots=True)
class Raised:
    """One item, or a rule that no item carries: its highest class and the rules that gave that class."""

    item: str
    urgency: Urgency
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Screening:
    """The outcome: most urgent first, then in the order of the lists; what no item carries comes last."""

    state: State
    raised: tuple[Raised, ...]
    notes: tuple[str, ...]


def screen(context: Context, answers: Mapping[str, str]) -> Screening:
    """What these facts and answers raise. A missing answer is never a no. ValueError for an unknown key."""
    refuse_unknown(answers)
    given = Given(answers)
    raised = gather(findings(context, given))
    complete = not unanswered(context, answers)
    return Screening(state_of(raised, complete=complete), raised, notes(context, given))


def asked(context: Context) -> tuple[str, ...]:
    """The items that the context does not hide, in order (B8, Hiding). What was not said hides nothing."""
    return tuple(item.id for item in ITEMS.values() if not is_hidden(item, context))


def follow_ups(item: str, answer: str | None, context: Context) -> tuple[str, ...]:
    """The full ids of the follow-ups to show: all after yes or not sure, none after anything else."""
    if answer not in ("yes", "unsure"):
        return ()
    if item == "rf1-trauma-minor" and not context.may_hurt_in("neck"):
        return ()
    return tuple(f"{item}.{short}" for short in ITEMS[item].follow_ups)


def unanswered(context: Context, answers: Mapping[str, str]) -> tuple[str, ...]:
    """The context keys and items that make the screening incomplete. Follow-ups never do."""
    return (*context.missing(), *(item for item in asked(context) if item not in answers))


def is_hidden(item: Item, context: Context) -> bool:
    if item.only_with and not context.may_hurt_in(*item.only_with):
        return True
    if item.hidden_for and context.sex == item.hidden_for:
        return True
    return item.hidden_over is not None and context.is_over(item.hidden_over)


def findings(context: Context, given: Given) -> Iterable[Finding]:
    """Every class that anything gives, in no order; '' stands for an item by itself."""
    for item in ITEMS:
        if urgency := own_class(item, context, given):
            yield item, urgency, ""
    for rule in RULES:
        yield from rule(context, given)
    if context.is_under(18):
        yield "under-18", DAYS, ""


def gather(found: Iterable[Finding]) -> tuple[Raised, ...]:
    """One entry per item with its highest class, and only the rules that gave that class."""
    per_item: dict[str, list[tuple[Urgency, str]]] = {}
    for item, urgency, rule in found:
        per_item.setdefault(item, []).append((urgency, rule))
    places = {item: place for place, item in enumerate((*ITEMS, *WITHOUT_ITEM))}
    entries = [entry(item, classes) for item, classes in per_item.items()]
    return tuple(sorted(entries, key=lambda one: (one.urgency.rank, places[one.item])))


def entry(item: str, classes: list[tuple[Urgency, str]]) -> Raised:
    highest = max(urgency for urgency, _ in classes)
    # R1: any NOW blocks now. R2: any TODAY or DAYS blocks. TALK has neither.
    general = {NOW: ("R1",), TODAY: ("R2",), DAYS: ("R2",), TALK: ()}[highest]
    own = tuple(rule for urgency, rule in classes if rule and urgency is highest)
    return Raised(item, highest, general + own)


def state_of(raised: tuple[Raised, ...], *, complete: bool) -> State:
    """One NOW outweighs everything, missing answers included; missing answers outweigh the rest."""
    classes = {one.urgency for one in raised}
    if NOW in classes:
        return State.BLOCKED_NOW
    if not complete:
        return State.INCOMPLETE
    if classes & {TODAY, DAYS}:
        return State.BLOCKED
    return State.HOLD if TALK in classes else State.PASSED


def refuse_unknown(answers: Mapping[str, str]) -> None:
    for key, answer in answers.items():
        if key not in ANSWER_KEYS:
            raise ValueError(f"{key!r} is no item or follow-up of the safety lists")
        if answer not in ANSWERS:
            raise ValueError(f"{key}: {answer!r} is not one of {', '.join(ANSWERS)}")
