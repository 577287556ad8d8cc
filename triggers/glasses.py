"""The words of the 13 glasses and the two conditions: `content/<glass>.v<version>.toml` as frozen dataclasses.

A glass is recognised and circled by the patient; nothing here is ever added up (clinical-brief A7).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from backup_plan_site.content import Aliases, Text, build, identity, lower_first, newest, read

FOLDER = Path(__file__).parent / "content"

# The shelf's order: 4 orange, 4 green, 5 blue (clinical-brief A8).
GLASSES = (
    "sitting",
    "heavy-work",
    "movement-change",
    "poor-sleep",
    "weight-food",
    "hydration",
    "smoking",
    "hyperventilation",
    "stress",
    "keep-going",
    "thoughts-emotions",
    "self-care",
    "social-net",
)
CONDITIONS = ("hernia", "arthrosis")
FAMILIES = ("orange", "green", "blue")
# A hernia has its own course: the first 8 weeks, and what comes after (clinical-brief A4).
PHASES = {
    "acute": Text("In de eerste 8 weken", "In the first 8 weeks", "Les 8 premières semaines"),
    "subacute": Text("Na 8 weken", "After 8 weeks", "Après 8 semaines"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence to recognise.

    `extra` is the line that recognising it shows (the [!] of clinical-brief D). `ask` is for the practitioner's eyes
    only. `after_filter` hides it until the glass's filter question is answered yes. `private` keeps it off every
    paper. `opens_support` opens the support box, `violence` shows the violence lines.
    """

    id: str
    text: Text
    extra: Text | None = None
    ask: Text | None = None
    after_filter: bool = False
    private: bool = False
    opens_support: bool = False
    violence: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """A tip as a Bucketlist item: after which habit, what, where, how often, and the small version of it."""

    after: Text
    do: Text
    how_often: Text
    small: Text
    where: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tip:
    """One thing to try. `care` is said beside it wherever it stands (water and heart failure).

    `phase` is the part of a hernia's course that it belongs to (PHASES); '' is both, and every other tip.
    """

    id: str
    text: Text
    habit: Habit | None = None
    care: Text | None = None
    phase: str = ""

    @property
    def said(self) -> Text:
        """The tip as it is read: with the phase that it belongs to in front."""
        if not self.phase:
            return self.text
        when = PHASES[self.phase]
        words = (
            f"{getattr(when, one)}: {lower_first(getattr(self.text, one))}" for one in ("nl", "en", "fr")
        )
        return Text(*words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bones:
    """What may say something about the bones (clinical-brief C3), asked below arthrosis. Not a diagnosis.

    Recognising one asks for care with exercises and shows `told`.
    """

    heading: Text
    intro: Text
    told: Text
    statements: tuple[Statement, ...]
    source: str
    confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Questions:
    id: str
    letter: str  # its code on paper: O1, G2, B4, H, A
    name: Text
    aliases: Aliases
    why: Text
    evidence: Text  # how sure that is, in everyday words
    helpers: Text
    good: Text
    source: str
    confirmed: bool
    helpers_netherlands: Text | None = None
    why_we_ask: Text | None = None  # of the sensitive ones, with what skipping means
    skip: Text | None = None

    def helpers_in(self, country: str) -> Text:
        """Who can help, by the names that professions have in `country` ('BE', 'NL')."""
        return (self.helpers_netherlands if country == "NL" else None) or self.helpers


@dataclass(frozen=True, kw_only=True)
class Glass(_Questions):
    """One of the 13 glasses. `support`: '' no box, 'end' closed below, 'open' open at the top (clinical-brief G3)."""

    version: str
    family: str
    label: Text
    statements: tuple[Statement, ...]
    tips: tuple[Tip, ...]
    support: str = ""
    filter: Text | None = None
    neutral_title: bool = False


@dataclass(frozen=True, kw_only=True)
class Condition(_Questions):
    """One of the two conditions before the glasses: no glass, no colour, not a diagnosis."""

    version: str
    statements: tuple[Statement, ...]
    tips: tuple[Tip, ...]
    bones: Bones | None = None


def load_glass(path: Path) -> Glass:
    """One glass from its file. Raises ValueError with the place that is wrong."""
    return build(Glass, _flat(path, "glass"), path.name)


def load_condition(path: Path) -> Condition:
    """One condition from its file. Raises ValueError with the place that is wrong."""
    return build(Condition, _flat(path, "condition"), path.name)


def _flat(path: Path, head: str) -> dict:
    tables = read(path)
    return {**tables.pop(head, {}), **tables, "version": str(identity(path))}


@cache
def glasses() -> dict[str, Glass]:
    """The 13 glasses in the shelf's order, by id. Read from disk once."""
    files = newest(FOLDER)
    return {key: load_glass(files[key]) for key in GLASSES}


@cache
def conditions() -> dict[str, Condition]:
    """Hernia and arthrosis, by id. Read from disk once."""
    files = newest(FOLDER)
    return {key: load_condition(files[key]) for key in CONDITIONS}


def as_answered(questions: Glass | Condition, version: str) -> Glass | Condition:
    """`questions` in the version in which they were answered: an id may mean something else in another one.

    Where that version's file is gone: `questions` themselves.
    """
    if version == questions.version:
        return questions
    return _in_version(questions.id, version) or questions


@cache
def _in_version(key: str, version: str) -> Glass | Condition | None:
    path = FOLDER / f"{version}.toml"
    if path.parent != FOLDER or not path.is_file():
        return None
    return load_condition(path) if key in CONDITIONS else load_glass(path)


def mismatches() -> Iterator[str]:
    """Where the files and the method do not fit together, one sentence each."""
    for key, glass in glasses().items():
        if glass.id != key or glass.family not in FAMILIES or glass.support not in ("", "end", "open"):
            yield f"{key}: id, family or support is not one the method knows"
        if any(one.after_filter for one in glass.statements) and glass.filter is None:
            yield f"{key}: statements wait for a filter question that is not there"
        yield from _own_ids(key, glass)
    for key, condition in conditions().items():
        if condition.id != key:
            yield f"{key}: the id is not its name"
        yield from _own_ids(key, condition)


def _own_ids(key: str, questions: Glass | Condition) -> Iterator[str]:
    for number, one in enumerate(questions.statements, start=1):
        if one.id != f"{key}-{number}":
            yield f"{key}: statement {one.id} should be {key}-{number}"
    if (questions.why_we_ask is None) != (questions.skip is None):
        yield f"{key}: 'why_we_ask' and 'skip' belong together"
    for tip in questions.tips:
        if tip.phase not in ("", *PHASES) or (tip.phase and key != "hernia"):
            yield f"{key}: the tip {tip.id} has the phase {tip.phase!r}, which is not one of {key}"
        if not tip.id.startswith(f"{key}-"):
            yield f"{key}: the tip {tip.id} does not carry the name of its glass"
