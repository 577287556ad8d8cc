"""The pages of part A as data: which question stands where, and which page comes next. Pure Python: no Django.

A page is finished when each of its questions has an answer; 'I don't know' is one. What the context hides has no
place on a page.
"""

from collections.abc import Iterable, Set
from dataclasses import dataclass

from .screening import Context, asked

# What the patient tells beside the questions that the rules read. The practice reads it; no rule does.
OWN_WORDS = "own_words"
CANNOT_DO = "cannot_do"
WORST_PLACE = "worst_place"
COURSE = "course"
PAIN_NOW = "pain_now"
GP = "gp"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the journey: the URL name that shows it, the theme of the safety lists, and its keys."""

    name: str
    keys: tuple[str, ...]
    theme: str = ""


def context_pages(context: Context) -> tuple[Page, ...]:
    """The pages before the safety lists, in the order of clinical-brief B2."""
    about = ("sex", "pregnant") if context.pregnancy_is_asked() else ("sex",)
    worst_place = (WORST_PLACE,) if len(context.regions) > 1 else ()
    return (
        Page("about", (*about, GP)),
        Page("where", ("regions",)),
        Page("complaint", (*worst_place, OWN_WORDS, CANNOT_DO)),
        Page("since", ("duration", "onset_age", "first_episode", "sudden_onset")),
        Page("pain", ("recent_fall", "changes_with_movement", COURSE, PAIN_NOW, "worst_pain")),
        Page("health", ("blood_thinners", "smoker", "high_blood_pressure", "spine_procedure_3_months")),
    )


def safety_pages(context: Context, themes: Iterable) -> tuple[Page, ...]:
    """One page per theme (with `key` and `items`) that has a question this person is asked."""
    open_items = set(asked(context))
    pages = []
    for theme in themes:
        keys = tuple(item for item in theme.items if item in open_items)
        if keys:
            pages.append(Page("safety", keys, theme.key))
    return tuple(pages)


def context_is_told(context: Context, answered: Set[str]) -> bool:
    """Whether every page before the safety lists is finished."""
    return all(finished(page, answered) for page in context_pages(context))


def finished(page: Page, answered: Set[str]) -> bool:
    return answered >= frozenset(page.keys)


def first_unfinished(pages: Iterable[Page], answered: Set[str]) -> Page | None:
    """Where somebody who comes back goes on; None when all is answered."""
    return next((page for page in pages if not finished(page, answered)), None)
