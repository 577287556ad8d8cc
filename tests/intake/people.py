"""Milo, of whom nothing is worrying, and short ways to change something about him.

`look(answers, **facts)` screens Milo with other facts and with every item that is not named answered no.
"""

from typing import Any

from intake.screening import Context, Screening, screen

MILO: dict[str, Any] = {
    "age": 30,
    "sex": "male",
    "pregnant": "no",
    "regions": frozenset({"low-back"}),
    "duration": "under-6-weeks",
    "onset_age": 29,
    "first_episode": False,
    "sudden_onset": False,
    "recent_fall": False,
    "changes_with_movement": True,
    "worst_pain": 3,
    "blood_thinners": False,
    "smoker": False,
    "high_blood_pressure": False,
    "spine_procedure_3_months": False,
}


def words(text: str) -> list[str]:
    return text.split()


# Written out by hand: the lists of clinical-brief B3-B5 in their order.
ALL_ITEMS = words("""
rf1-trauma-major rf1-trauma-minor rf1-steroid-use rf1-fragile-bones rf1-cancer-history rf1-weight-loss
rf1-constant-worse rf1-band-pain rf1-fever-unwell rf1-infection-risk rf1-inflammatory rf1-inflammatory-kin
rf1-pmr rf1-gca
rf2-bladder rf2-bowel rf2-saddle rf2-sexual rf2-both-legs rf2-weak-legs rf2-foot-drop rf2-arm-weak
rf2-clumsy-hands rf2-unsteady rf2-electric rf2-neck-sudden rf2-neck-brain rf2-neck-loose
rf3-heart rf3-aorta-tear rf3-aorta-belly rf3-lung-acute rf3-lung-slow rf3-kidney-infection rf3-kidney-stone
rf3-gallbladder rf3-pancreas rf3-gut rf3-pregnancy-acute rf3-gynaecological rf3-urological rf3-shingles
""")

ALL_NO = dict.fromkeys(ALL_ITEMS, "no")


def facts(**changes: Any) -> Context:
    """Milo's facts with changes; None takes a fact away."""
    if isinstance(changes.get("regions"), str):
        changes["regions"] = frozenset(changes["regions"].split())
    return Context(**{**MILO, **changes})


def look(answers: dict[str, str] | None = None, **changes: Any) -> Screening:
    return screen(facts(**changes), {**ALL_NO, **(answers or {})})


def said(text: str) -> dict[str, str]:
    """'rf2-bladder yes, rf2-bladder.new no' as answers."""
    return dict(pair.split() for pair in text.split(",") if pair.strip())


def classes(screening: Screening) -> dict[str, str]:
    return {one.item: one.urgency.value for one in screening.raised}


def rules_of(screening: Screening, item: str) -> tuple[str, ...]:
    return next((one.rules for one in screening.raised if one.item == item), ())
