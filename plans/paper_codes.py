"""The short codes of the questions on the paper intake: C5, V1.3, V1.3a, K1.2, O1.3. Pure Python: no Django.

A code is the place of its question in the content, so it is the same in every language. It stays what it is as long
as the content's version does: a question that is not asked of somebody keeps its code, and so does one on no paper.

    C     the questions before the safety lists, in the order of the pages
    V1.3  safety: the page of the lists, and the question on it; V1.3a is its first follow-up question
    K1.2  the conditions, and as the last K the sentences about the bones
    O1.3  the glasses: orange, green and blue with their own letter (G2, B4), and the sentence
"""

from collections.abc import Iterable, Mapping
from string import ascii_lowercase

from intake.pages import CANNOT_DO, COURSE, GP, OWN_WORDS, PAIN_NOW, WORST_PLACE

PHONE = "phone"
# In the order of the pages; `phone` is no answer but stands on the first of them.
CONTEXT = (
    *("sex", "pregnant", PHONE, GP, "regions", WORST_PLACE, OWN_WORDS, CANNOT_DO),
    *("duration", "onset_age", "first_episode", "sudden_onset"),
    *("recent_fall", "changes_with_movement", COURSE, PAIN_NOW, "worst_pain"),
    *("blood_thinners", "smoker", "high_blood_pressure", "spine_procedure_3_months"),
)


def context_codes() -> dict[str, str]:
    """{key: code} of the questions before the safety lists."""
    return {key: f"C{place}" for place, key in enumerate(CONTEXT, start=1)}


def safety_codes(themes: Iterable, items: Mapping) -> dict[str, str]:
    """{key: code} of items and follow-ups. Themes have `items` (ids), items have `follow_ups` with an `id`."""
    codes = {}
    for page, theme in enumerate(themes, start=1):
        for place, key in enumerate(theme.items, start=1):
            codes[key] = f"V{page}.{place}"
            for letter, one in zip(ascii_lowercase, items[key].follow_ups, strict=False):
                codes[f"{key}.{one.id}"] = f"V{page}.{place}{letter}"
    return codes


def condition_codes(conditions: Iterable) -> dict[str, str]:
    """{id: code} of the conditions, the bones below them, and their sentences."""
    conditions = list(conditions)
    bones = [(BONES, one.bones.statements) for one in conditions if one.bones]
    sets = [*((one.id, one.statements) for one in conditions), *bones]
    codes: dict[str, str] = {}
    for place, (key, statements) in enumerate(sets, start=1):
        codes |= _sentences(key, f"K{place}", statements)
    return codes


def glass_codes(glasses: Iterable) -> dict[str, str]:
    """{id: code} of the glasses and their sentences."""
    codes: dict[str, str] = {}
    for one in glasses:
        codes |= _sentences(one.id, one.letter, one.statements)
    return codes


BONES = "bones"


def _sentences(key: str, code: str, statements: Iterable) -> dict[str, str]:
    own = {one.id: f"{code}.{place}" for place, one in enumerate(statements, start=1)}
    return {key: code, **own}
