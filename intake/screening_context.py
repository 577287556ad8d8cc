"""The facts known before the safety lists (clinical-brief B2), and what a missing one counts as (B8).

Pure Python: no Django, no clock. The `may` methods read a missing fact as the value that raises.
"""

from collections.abc import Set
from dataclasses import dataclass, fields

SEXES = ("female", "male", "other")
PREGNANCIES = ("yes", "no", "maybe")
REGIONS = ("head", "neck", "upper-back", "low-back", "arm", "leg")
DURATIONS = ("under-6-weeks", "6-to-12-weeks", "over-3-months")
UNDER_6_WEEKS, SIX_TO_12_WEEKS, OVER_3_MONTHS = DURATIONS

# Allowed values per key: a tuple of words, a range of whole numbers, or bool.
ALLOWED: dict[str, tuple[str, ...] | range | type[bool]] = {
    "age": range(121),
    "sex": SEXES,
    "pregnant": PREGNANCIES,
    "regions": REGIONS,
    "duration": DURATIONS,
    "onset_age": range(121),
    "first_episode": bool,
    "sudden_onset": bool,
    "recent_fall": bool,
    "changes_with_movement": bool,
    "worst_pain": range(11),
    "blood_thinners": bool,
    "smoker": bool,
    "high_blood_pressure": bool,
    "spine_procedure_3_months": bool,
}

# Without one of these the screening is incomplete (B8, Missing context).
NEEDED = ("age", "sex", "regions", "duration", "sudden_onset")

LAST_AGE_OF_PREGNANCY = 55


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The answers to the context questions; None, or no region, means that the patient did not say."""

    age: int | None = None
    sex: str | None = None
    pregnant: str | None = None
    regions: frozenset[str] = frozenset()
    duration: str | None = None
    onset_age: int | None = None
    first_episode: bool | None = None
    sudden_onset: bool | None = None
    recent_fall: bool | None = None
    changes_with_movement: bool | None = None
    worst_pain: int | None = None
    blood_thinners: bool | None = None
    smoker: bool | None = None
    high_blood_pressure: bool | None = None
    spine_procedure_3_months: bool | None = None

    def __post_init__(self) -> None:
        # A misspelt 'vrouw' would otherwise be read as 'not a woman', which reassures.
        for key in (one.name for one in fields(self)):
            value = getattr(self, key)
            if value is not None and not is_allowed(key, value):
                raise ValueError(f"{key}: {value!r} is not one of {describe(key)}")

    def missing(self) -> tuple[str, ...]:
        """The keys without which the screening is incomplete, in the order in which they are asked."""
        return tuple(key for key in NEEDED if getattr(self, key) in (None, frozenset()))

    def may(self, key: str) -> bool:
        """A yes-or-no fact that is true, for all we know."""
        return getattr(self, key) is not False

    def may_be(self, age: int) -> bool:
        """Of this age or older, for all we know."""
        return self.age is None or self.age >= age

    def may_be_woman(self) -> bool:
        return self.sex is None or self.sex == "female"

    def may_be_pregnant(self) -> bool:
        """Yes or maybe. Not said counts as maybe, but as no where pregnancy is not asked."""
        if self.pregnant is None:
            return self.pregnancy_is_asked()
        return self.pregnant in ("yes", "maybe")

    def pregnancy_is_asked(self) -> bool:
        return self.sex != "male" and not self.is_over(LAST_AGE_OF_PREGNANCY)

    def is_over(self, age: int) -> bool:
        """Known to be older than this."""
        return self.age is not None and self.age > age

    def is_under(self, age: int) -> bool:
        """Known to be younger than this: a missing age is not under 18."""
        return self.age is not None and self.age < age

    def may_hurt_in(self, *regions: str) -> bool:
        """Pain in one of these regions, for all we know."""
        return not self.regions or not self.regions.isdisjoint(regions)

    def may_last(self, *durations: str) -> bool:
        return self.duration is None or self.duration in durations

    def may_be_within_3_months(self) -> bool:
        """Duration not over-3-months."""
        return self.duration != OVER_3_MONTHS

    def may_be_still_when_moving(self) -> bool:
        """The pain does not change with movement, for all we know."""
        return self.changes_with_movement is not True

    def may_have_hurt(self, worst_pain: int) -> bool:
        return self.worst_pain is None or self.worst_pain >= worst_pain

    def may_have_begun_before(self, onset_age: int) -> bool:
        return self.onset_age is None or self.onset_age < onset_age


def is_allowed(key: str, value: object) -> bool:
    """Whether `value` may stand under this context key. True is not the number 1."""
    allowed = ALLOWED[key]
    if allowed is bool:
        return isinstance(value, bool)
    if isinstance(allowed, range):
        return isinstance(value, int) and not isinstance(value, bool) and value in allowed
    if key == "regions":
        return isinstance(value, Set) and value <= set(REGIONS)
    return isinstance(value, str) and value in allowed


def describe(key: str) -> str:
    """The values allowed under this context key, in words."""
    allowed = ALLOWED[key]
    if allowed is bool:
        return "true, false"
    if isinstance(allowed, range):
        return f"whole numbers from {allowed.start} to {allowed.stop - 1}"
    if key == "regions":
        return f"a list of any of {', '.join(REGIONS)}"
    return ", ".join(allowed)
