"""Where one screening stands. Pure Python: no Django, no database, no clock.

`screening.py` says what the answers of one moment raise. Here stands what people have made of it since: a flag stays
when its answer is changed back, and a named person clears it or refers.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from .screening import Urgency


class Standing(StrEnum):
    """The states of a screening in the database; the first five are those of the screening contract."""

    INCOMPLETE = "incomplete"
    BLOCKED_NOW = "blocked-now"
    BLOCKED = "blocked"
    HOLD = "hold"
    PASSED = "passed"
    CLEARED = "cleared"
    REFERRED = "referred"


class Decision(StrEnum):
    """What has been decided about one flag."""

    OPEN = "open"
    CLEARED = "cleared"
    REFERRED = "referred"


@dataclass(frozen=True, slots=True)
class Raised:
    """One flag as it stands: how urgent, and what was decided."""

    urgency: Urgency
    decision: Decision


BLOCKING = frozenset({Urgency.TODAY, Urgency.DAYS})

# What each state may become. Before sending, answers move it; after sending, only a person of the practice does.
MOVES: dict[Standing, frozenset[Standing]] = {
    Standing.INCOMPLETE: frozenset(Standing) - {Standing.INCOMPLETE},
    Standing.BLOCKED_NOW: frozenset(Standing) - {Standing.BLOCKED_NOW, Standing.PASSED},
    Standing.BLOCKED: frozenset(Standing) - {Standing.BLOCKED, Standing.PASSED},
    Standing.HOLD: frozenset(Standing) - {Standing.HOLD, Standing.PASSED},
    Standing.PASSED: frozenset({Standing.INCOMPLETE, Standing.BLOCKED_NOW, Standing.BLOCKED, Standing.HOLD}),
    Standing.CLEARED: frozenset({Standing.INCOMPLETE, Standing.BLOCKED_NOW, Standing.BLOCKED, Standing.HOLD}),
    Standing.REFERRED: frozenset(
        {Standing.INCOMPLETE, Standing.BLOCKED_NOW, Standing.BLOCKED, Standing.HOLD, Standing.CLEARED}
    ),
}

# After sending nothing that the patient does may move it; these are the moves that people of the practice make.
MOVES_AFTER_SENDING: dict[Standing, frozenset[Standing]] = {
    Standing.INCOMPLETE: frozenset(),
    Standing.BLOCKED_NOW: frozenset({Standing.BLOCKED, Standing.HOLD, Standing.CLEARED, Standing.REFERRED}),
    Standing.BLOCKED: frozenset({Standing.HOLD, Standing.CLEARED, Standing.REFERRED}),
    Standing.HOLD: frozenset({Standing.BLOCKED, Standing.CLEARED, Standing.REFERRED}),
    Standing.PASSED: frozenset({Standing.BLOCKED}),
    Standing.CLEARED: frozenset({Standing.BLOCKED}),
    Standing.REFERRED: frozenset({Standing.BLOCKED, Standing.CLEARED}),
}

GATE_OPEN = frozenset({Standing.PASSED, Standing.CLEARED})
# Filling in the glasses is allowed while a talk is pending; a plan is not (design).
LET_THROUGH = GATE_OPEN | {Standing.HOLD}


def standing(flags: Iterable[Raised], *, complete: bool) -> Standing:
    """The state that follows from the flags and from whether every question asked is answered.

    blocked-now > incomplete > blocked > hold > referred > cleared > passed. With a NOW flag that was referred the
    lists stay as they are: that patient has been sent on, not asked to go on filling in.
    """
    flags = tuple(flags)
    open_urgencies = {flag.urgency for flag in flags if flag.decision is Decision.OPEN}
    referred = {flag.urgency for flag in flags if flag.decision is Decision.REFERRED}
    if Urgency.NOW in open_urgencies:
        return Standing.BLOCKED_NOW
    if Urgency.NOW in referred:
        return Standing.BLOCKED if open_urgencies & BLOCKING else Standing.REFERRED
    if not complete:
        return Standing.INCOMPLETE
    if open_urgencies & BLOCKING:
        return Standing.BLOCKED
    if open_urgencies:
        return Standing.HOLD
    if referred:
        return Standing.REFERRED
    return Standing.CLEARED if flags else Standing.PASSED


def may_move(old: Standing, new: Standing, *, sent: bool) -> bool:
    """Whether the table of legal moves has old → new. Staying where it is is always allowed."""
    return old == new or new in (MOVES_AFTER_SENDING if sent else MOVES)[old]
