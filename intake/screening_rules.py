"""The rules R3-R15: what answers and facts mean together. Pure Python: no Django, no clock.

The numbers and classes are those of clinical-brief B8, and of B6 where B8 is silent. A fact that *may* be so
is one that the patient did not deny; *not no* means answered yes, not sure or missing. R1 and R2 stand in
`screening.py`; R8 is the notes; R10 and R11 belong to care in progress; R13: no free text comes in here.
"""

from collections.abc import Callable, Iterator
from enum import Enum, auto

from .screening_context import OVER_3_MONTHS, SIX_TO_12_WEEKS, UNDER_6_WEEKS, Context
from .screening_items import DAYS, NOW, TALK, TODAY, Urgency
from .screening_own import Given, inflammatory_signs

# One class that one rule gives: the item or rule under which it stands, the class, the rule's number.
Finding = tuple[str, Urgency, str]


class Element(Enum):
    """One half of a combination in R5-R7. 'Not sure' counts as yes only beside something CLEAR (B8)."""

    ABSENT = auto()
    UNSURE = auto()
    ASSUMED = auto()  # a region, or a fact that the patient did not give
    CLEAR = auto()  # an item answered yes, or a fact given as true


def of_item(given: Given, item: str, needs_not_no: str = "") -> Element:
    """The item as an element; where a follow-up is named, a no to it takes the element away."""
    if needs_not_no and not given.not_no(item, needs_not_no):
        return Element.ABSENT
    if given.yes(item):
        return Element.CLEAR
    return Element.UNSURE if given.unsure(item) else Element.ABSENT


def of_fact(context: Context, key: str) -> Element:
    return {True: Element.CLEAR, None: Element.ASSUMED, False: Element.ABSENT}[getattr(context, key)]


def assumed(holds: bool) -> Element:
    return Element.ASSUMED if holds else Element.ABSENT


def together(one: Element, other: Element) -> bool:
    if Element.ABSENT in (one, other):
        return False
    return Element.UNSURE not in (one, other) or Element.CLEAR in (one, other)


def r3_neck_injury(context: Context, given: Given) -> Iterator[Finding]:
    """R3: an injured neck at 65 or older, or with signs of the cord (Canadian C-spine rule, Stiell)."""
    if not context.may_hurt_in("neck"):
        return
    recent, old = context.may_be_within_3_months(), context.may_be(65)
    major, minor = "rf1-trauma-major", "rf1-trauma-minor"
    if given.yes(major) and recent and (old or given.not_no(major, "cord")):
        yield major, NOW, "R3"
    fell_now = recent and context.may("recent_fall") and (old or given.not_no(minor, "cord"))
    if given.yes(minor) and (fell_now or given.follow_up_yes(minor, "cord")):
        yield minor, NOW, "R3"


def r4_weak_bone(context: Context, given: Given) -> Iterator[Finding]:
    """R4: two or more reasons for a weak bone with sudden new spinal pain (model of Henschke 2009)."""
    steroids, fragile = given.yes("rf1-steroid-use"), given.yes("rf1-fragile-bones")
    fell = context.may("recent_fall")
    reasons = (context.may_be(70), context.may_be_woman(), steroids, fragile, fell)
    # B8: a woman with a fall is not enough below 50.
    strong = context.may_be(70) or steroids or fragile or (fell and context.may_be(50))
    new = context.may_last(UNDER_6_WEEKS)
    spinal = context.may_hurt_in("neck", "upper-back", "low-back")
    if sum(reasons) >= 2 and strong and context.may("sudden_onset") and new and spinal:
        yield "R4", TODAY, "R4"


def r5_after_cancer(context: Context, given: Given) -> Iterator[Finding]:
    """R5: back pain after cancer with a second sign TODAY, with failing nerves NOW (NICE NG234)."""
    cancer = of_item(given, "rf1-cancer-history")
    second_signs = (
        of_item(given, "rf1-constant-worse"),
        of_item(given, "rf1-band-pain"),
        of_item(given, "rf1-weight-loss"),
        assumed(context.may_hurt_in("neck", "upper-back")),
    )
    failing_nerves = (
        of_item(given, "rf2-both-legs"),
        of_item(given, "rf2-arm-weak"),
        of_item(given, "rf2-unsteady", needs_not_no="fast"),
        of_item(given, "rf2-weak-legs", needs_not_no="new"),
        of_item(given, "rf2-foot-drop", needs_not_no="new"),
        of_item(given, "rf2-bladder", needs_not_no="new"),
        of_item(given, "rf2-bowel", needs_not_no="new"),
        of_item(given, "rf2-saddle", needs_not_no="new"),
    )
    if any(together(cancer, sign) for sign in failing_nerves):
        yield "rf1-cancer-history", NOW, "R5"
    elif any(together(cancer, sign) for sign in second_signs):
        yield "rf1-cancer-history", TODAY, "R5"


def r6_infection(context: Context, given: Given) -> Iterator[Finding]:
    """R6: a way in for an infection, with fever or constant pain (Yusuf 2019, Galliker 2020)."""
    risk = of_item(given, "rf1-infection-risk")
    procedure = of_fact(context, "spine_procedure_3_months")
    fever, constant = of_item(given, "rf1-fever-unwell"), of_item(given, "rf1-constant-worse")
    only_diabetes = given.follow_up_yes("rf1-infection-risk", "only-diabetes")
    injected = of_item(given, "rf1-infection-risk", needs_not_no="injected")
    if only_diabetes:  # B8 reads this as injected = no, whatever stands there: insulin is injected too
        injected = Element.ABSENT
    place = "spine-procedure" if risk is Element.ABSENT else "rf1-infection-risk"
    if together(injected, fever) or together(procedure, fever):
        yield place, NOW, "R6"
    elif together(risk, fever) or together(risk, constant) or together(procedure, constant):
        yield place, TODAY, "R6"
    elif procedure is not Element.ABSENT:
        yield place, TALK, "R6"


def r7_blood_thinners(context: Context, given: Given) -> Iterator[Finding]:
    """R7: blood thinners with an injury or sudden severe pain; alone a talk before any manipulation."""
    thinners = of_fact(context, "blood_thinners")
    recent = context.may_be_within_3_months()
    hard = of_item(given, "rf1-trauma-major") if recent else Element.ABSENT
    small = of_item(given, "rf1-trauma-minor")
    sudden_and_severe = context.may("sudden_onset") and context.may_have_hurt(7) and recent
    bled = assumed(context.may("recent_fall") or sudden_and_severe)
    if together(thinners, hard):
        yield "R7", NOW, "R7"
    elif together(thinners, small) or together(thinners, bled):
        yield "R7", TODAY, "R7"
    elif thinners is not Element.ABSENT:
        yield "R7", TALK, "R7"


def r9_aorta(context: Context, given: Given) -> Iterator[Finding]:
    """R9: from 60, smoker or high blood pressure, back pain that movement does not change (NICE NG156)."""
    vessels = context.may("smoker") or context.may("high_blood_pressure")
    back = context.may_hurt_in("low-back", "upper-back") and context.may_be_within_3_months()
    if context.may_be(60) and vessels and back and context.may_be_still_when_moving():
        yield "R9", TODAY, "R9"


def r12_pregnancy(context: Context, given: Given) -> Iterator[Finding]:
    """R12: a pregnancy blocks nothing; positions and exercises are talked over."""
    if context.may_be_pregnant():
        yield "R12", TALK, "R12"


def r14_stone_or_aorta(context: Context, given: Given) -> Iterator[Finding]:
    """R14: at 60 or older a leaking aneurysm is often taken for a stone."""
    if given.yes("rf3-kidney-stone") and context.may_be(60) and context.may("sudden_onset"):
        yield "rf3-kidney-stone", NOW, "R14"


def r15_smoker(context: Context, given: Given) -> Iterator[Finding]:
    """R15: a smoker of 40 or older with lasting arm, neck or upper back pain, still when moving."""
    smoker = context.may("smoker") and context.may_be(40)
    lasting = context.may_last(SIX_TO_12_WEEKS, OVER_3_MONTHS)
    pain = context.may_hurt_in("arm", "neck", "upper-back") and context.may_be_still_when_moving()
    if smoker and lasting and pain:
        yield "R15", DAYS, "R15"


RULES: tuple[Callable[[Context, Given], Iterator[Finding]], ...] = (
    r3_neck_injury,
    r4_weak_bone,
    r5_after_cancer,
    r6_infection,
    r7_blood_thinners,
    r9_aorta,
    r12_pregnancy,
    r14_stone_or_aorta,
    r15_smoker,
)


def notes(context: Context, given: Given) -> tuple[str, ...]:
    """What is worth reading and blocks nothing: R8, and what B8 calls a note. No fact, no note."""
    lines_shown = given.yes("rf1-inflammatory") or given.unsure("rf1-inflammatory")
    risk = "rf1-infection-risk"
    found = {
        "age-over-50": context.is_over(50),
        "first-episode": context.first_episode is True,
        "night-pain": lines_shown and given.follow_up_yes("rf1-inflammatory", "wakes-at-night"),
        "asas-3": inflammatory_signs(context, given) == 3,
        "diabetes": given.yes(risk) and given.follow_up_yes(risk, "only-diabetes"),
    }
    return tuple(note for note, holds in found.items() if holds)
