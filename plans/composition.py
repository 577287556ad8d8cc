"""What a plan may begin with: from what the patient told to suggestions. Pure Python: no clock, no database.

Nothing is counted or ranked. A glass is suggested because the patient circled it or the practitioner marked it, in the
shelf's own order; strengths come from what the patient does already and from glasses that are not poured.
"""

from dataclasses import dataclass, field

# Exercises and tips that a plan starts with; more can be added by hand (ux-brief 1.2: two are done better than eight).
TIPS_TO_START = 2
MOST_TO_START = 3
# What a plan holds at most; said beside the field.
MOST_HABITS = 20
MOST_STRENGTHS = 12
MOST_EXERCISES = 12

PLAYS, NOT_NOW = "plays", "not-now"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldGlass:
    """One glass as told: the patient's `fills` (yes, bit, no or ''), and the practitioner's latest `opinion` or ''.

    `tips` are the ids of the glass's tips in the file's order.
    """

    id: str
    fills: str = ""
    size: str = "medium"
    compensated: bool = False
    doing: str = ""
    opinion: str = ""
    tips: tuple[str, ...] = ()

    @property
    def pours(self) -> bool:
        """Whether it belongs on the plan: circled and not put off by the practitioner, or marked as playing a part."""
        circled = self.fills in ("yes", "bit")
        return self.opinion == PLAYS or (circled and self.opinion != NOT_NOW)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenGlass:
    id: str
    size: str
    compensated: bool
    doing: str
    fills: str
    tips: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StrengthIdea:
    """Something that may be going well. `doing` are the patient's words, or '' for the glass's own sentence."""

    glass: str
    doing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstDraft:
    """What a new plan holds before anybody touches it, and what may be added to it."""

    glasses: tuple[ChosenGlass, ...] = ()
    conditions: tuple[str, ...] = ()
    strengths: tuple[StrengthIdea, ...] = ()
    more_strengths: tuple[StrengthIdea, ...] = field(default=())


def first_draft(told: tuple[ToldGlass, ...], conditions: tuple[str, ...] = ()) -> FirstDraft:
    """The draft for what was told. `told` stands in the shelf's order; `conditions` are those recognised in part.

    What the patient does already about a glass stands among the strengths at once. A glass that was answered with an
    outspoken no gives a strength that may be added; a glass that was not answered gives none.
    """
    pouring = tuple(glass for glass in told if glass.pours)
    return FirstDraft(
        glasses=tuple(_chosen(glass) for glass in pouring),
        conditions=conditions,
        strengths=tuple(
            StrengthIdea(glass=glass.id, doing=glass.doing)
            for glass in told
            if glass.compensated and glass.doing
        ),
        more_strengths=tuple(
            StrengthIdea(glass=glass.id) for glass in told if glass.fills == "no" and not glass.pours
        ),
    )


def cautions(
    facts: dict[str, object], hernia: tuple[str, ...] = (), bones: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """Codes of cautions that the answers call for (clinical-brief C3, E): a person may add and remove them.

    `facts` are part A's latest answers by key; `hernia` and `bones` the ids of the sentences that were recognised
    there. 'Not sure' asks for the same care as yes; one sentence about the bones is enough.
    """
    careful = ("yes", "unsure", "maybe", True)
    fragile = (
        facts.get("rf1-fragile-bones") in careful,
        facts.get("rf1-steroid-use") in careful,
        bool(bones),
    )
    rules = (
        ("pregnant", facts.get("pregnant") in careful),
        ("bones", any(fragile)),
        ("disc", bool(set(hernia) & {f"hernia-{number}" for number in (1, 2, 3, 4)})),
        ("circulation", facts.get("high_blood_pressure") in careful),
    )
    return tuple(code for code, holds in rules if holds)


def _chosen(glass: ToldGlass) -> ChosenGlass:
    # A glass that is compensated already asks for encouragement first: one tip, not two.
    tips = glass.tips[: 1 if glass.compensated else TIPS_TO_START]
    return ChosenGlass(
        id=glass.id,
        size=glass.size,
        compensated=glass.compensated,
        doing=glass.doing,
        fills=glass.fills if glass.fills in ("yes", "bit") else "yes",
        tips=tips,
    )
