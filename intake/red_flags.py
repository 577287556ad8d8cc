"""The words of the red-flag screening: `content/red_flags.v1.toml` as frozen dataclasses.

What an answer raises stands in `screening.py`; here stand the questions, and what patient and practitioner
are told about a flag. `mismatches` holds the two together.
"""

from dataclasses import dataclass, fields, replace
from functools import cache, cached_property
from pathlib import Path

from backup_plan_site.content import Text, build, identity, read

from .screening import ITEMS, WITHOUT_ITEM, Context, Urgency
from .screening_context import ALLOWED

FOLDER = Path(__file__).parent / "content"
CURRENT = "red_flags.v1.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A question that a yes or a 'not sure' calls for. `id` is the short one: `new`, `cord`."""

    id: str
    ask: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question of the three lists. `points_to` and `checks` are for the practitioner's eyes only."""

    id: str
    theme: str
    ask: Text
    told: Text
    points_to: Text
    checks: Text
    source: str
    confirmed: bool
    lines: tuple[Text, ...] = ()
    told_below_now: Text | None = None
    follow_ups: tuple[FollowUp, ...] = ()

    @property
    def list_number(self) -> int:
        """1 fracture, tumour, infection, rheumatic; 2 nerves, cord, arteries; 3 organs."""
        return int(self.id[2])


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The items of one page, in order, under a calm heading."""

    key: str
    list_number: int
    heading: Text
    intro: Text | None = None
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    key: str
    label: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One context question of B2. `kind`: whole, one, several or yes-no."""

    key: str
    kind: str
    ask: Text
    answers: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What to do about one class. Emergency care is reached in another way in the Netherlands."""

    key: str
    text: Text
    text_netherlands: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The reason line of a class that no item carries."""

    id: str
    told: Text


@dataclass(frozen=True, kw_only=True)
class RedFlags:
    """One version of the whole file. `name` is what answers keep: `red_flags.v1`."""

    name: str
    facts: tuple[Fact, ...]
    themes: tuple[Theme, ...]
    items: tuple[Item, ...]
    messages: tuple[Message, ...]
    without_item: tuple[Told, ...]
    suddenly_worse: Text

    @cached_property
    def by_id(self) -> dict[str, Item]:
        return {item.id: item for item in self.items}

    @cached_property
    def fact(self) -> dict[str, Fact]:
        return {fact.key: fact for fact in self.facts}

    def ask(self, key: str) -> Text:
        """The question of an item (`rf2-saddle`) or a follow-up (`rf2-saddle.new`)."""
        item, _, short = key.partition(".")
        if not short:
            return self.by_id[item].ask
        return {one.id: one.ask for one in self.by_id[item].follow_ups}[short]

    def told(self, raised: str, urgency: Urgency) -> Text:
        """The reason line for what was raised, an item or a rule. Some items say less below NOW."""
        if raised not in self.by_id:
            return {one.id: one.told for one in self.without_item}[raised]
        item = self.by_id[raised]
        below = urgency is not Urgency.NOW and item.told_below_now
        return below or item.told

    def message(self, urgency: Urgency, country: str = "BE") -> Text:
        """What to do, for a practice in `country` ('BE' or 'NL')."""
        message = next(one for one in self.messages if one.key == urgency)
        return (country == "NL" and message.text_netherlands) or message.text

    def warning(self, urgency: Urgency) -> Text | None:
        """'Suddenly worse? …' stands under every message except NOW."""
        return None if urgency is Urgency.NOW else self.suddenly_worse


def load(path: Path) -> RedFlags:
    """One version from its file. Raises ValueError with the place that is wrong."""
    red_flags: RedFlags = build(RedFlags, {**read(path), "name": str(identity(path))}, path.name)
    themes = tuple(
        replace(theme, items=tuple(item.id for item in red_flags.items if item.theme == theme.key))
        for theme in red_flags.themes
    )
    return replace(red_flags, themes=themes)


@cache
def red_flags() -> RedFlags:
    """The version that new screenings are asked in. Read from disk once."""
    return load(FOLDER / CURRENT)


def mismatches(content: RedFlags) -> list[str]:
    """Where these words and the rules do not fit together, one sentence each."""
    found = []
    if [item.id for item in content.items] != list(ITEMS):
        found.append("the items are not those of the rules, in their order")
    for item in content.items:
        known = ITEMS[item.id].follow_ups if item.id in ITEMS else ()
        if tuple(one.id for one in item.follow_ups) != known:
            found.append(f"{item.id}: the follow-ups are not those of the rules: {', '.join(known)}")
    if [fact.key for fact in content.facts] != [one.name for one in fields(Context)]:
        found.append("the facts are not those of the rules, in their order")
    for fact in content.facts:
        allowed, answers = ALLOWED.get(fact.key), tuple(one.key for one in fact.answers)
        words = allowed if isinstance(allowed, tuple) else ("yes", "no") if allowed is bool else ()
        if answers != words:
            found.append(f"{fact.key}: the answers are not those of the rules: {', '.join(words)}")
    if [one.key for one in content.messages] != [urgency.value for urgency in Urgency]:
        found.append("there is not one message for each class, in their order")
    if [one.id for one in content.without_item] != list(WITHOUT_ITEM):
        found.append("the reason lines without an item are not those of the rules, in their order")
    for theme in content.themes:
        numbers = {item.list_number for item in content.items if item.theme == theme.key}
        if numbers != {theme.list_number}:
            found.append(f"{theme.key}: its items are not all of list {theme.list_number}")
    return [f"{content.name}: {problem}" for problem in found]
