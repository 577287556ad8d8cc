"""Which reason clears which flag (clinical-brief B7). Pure Python: no Django, no database, no clock."""

from enum import StrEnum

from .screening import Urgency


class Reason(StrEnum):
    """Why a named person of the practice lets a flag go."""

    MISUNDERSTOOD = "misunderstood"
    KNOWN_AND_ASSESSED = "known-and-assessed"
    EXAMINED_NEGATIVE = "examined-negative"
    UNRELATED_EXPLAINED = "unrelated-explained"
    DOCTOR_CLEARED = "doctor-cleared"


class Referral(StrEnum):
    """To whom a patient is sent on."""

    EMERGENCY = "emergency"
    GP_TODAY = "gp-today"
    GP = "gp"
    SPECIALIST = "specialist"


# An own examination says enough about these three items only, and only after named tests.
EXAMINABLE = frozenset({"rf1-constant-worse", "rf2-both-legs", "rf1-pmr"})

# What the person must write down with each reason, beside the free text that every decision has.
DETAILS: dict[Reason, tuple[str, ...]] = {
    Reason.MISUNDERSTOOD: (),
    Reason.KNOWN_AND_ASSESSED: ("done_by", "done_on"),
    Reason.EXAMINED_NEGATIVE: ("tests",),
    Reason.UNRELATED_EXPLAINED: (),
    Reason.DOCTOR_CLEARED: ("done_by", "done_on"),
}


def reasons(item: str, urgency: Urgency, *, referred: bool = False) -> tuple[Reason, ...]:
    """The reasons that may clear this flag, in the order of B7.

    `item` is an item's id, a rule's id or `not-reassured`; a flag that was referred comes back only by doctor-cleared.
    """
    if referred:
        return (Reason.DOCTOR_CLEARED,)
    match urgency:
        case Urgency.NOW:
            return (Reason.MISUNDERSTOOD, Reason.DOCTOR_CLEARED)
        case Urgency.TODAY | Urgency.DAYS:
            examined = (Reason.EXAMINED_NEGATIVE,) if item in EXAMINABLE else ()
            return (Reason.MISUNDERSTOOD, Reason.KNOWN_AND_ASSESSED, *examined, Reason.DOCTOR_CLEARED)
        case Urgency.TALK:
            return tuple(Reason)


def missing_details(reason: Reason, urgency: Urgency, given: dict) -> tuple[str, ...]:
    """The names of what must still be written down. A misunderstood NOW needs a talk with the patient."""
    needed = DETAILS[reason]
    if reason is Reason.MISUNDERSTOOD and urgency is Urgency.NOW:
        needed = (*needed, "talked_with_patient")
    return tuple(name for name in (*needed, "explanation") if not _written(given.get(name)))


def _written(value: object) -> bool:
    """Whether something stands there; blanks are nothing."""
    return bool(value.strip() if isinstance(value, str) else value)
