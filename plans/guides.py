"""What a person can read and do beside treatment: steps 2, 3 and 6 and the tools of the back school. No Django.

`content/<theme>.v<version>.toml` holds a theme with its guides, in reading order (clinical-brief A5, A6,
A11-A16).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from backup_plan_site.content import Text, build, identity, newest, read
from triggers.glasses import GLASSES

from .vague import Rewrite, rewrites_of

FOLDER = Path(__file__).parent / "content"

# In the order of the method's steps; that is also the order on the page.
THEMES = (
    "first-aid",
    "understanding-pain",
    "keep-moving",
    "balance",
    "relaxing",
    "asking",
    "building-up",
    "habits",
)
# Step 2 gives movement back, step 3 keeps it, step 5 makes a plan of it, step 6 makes habits last (clinical-brief A2).
STEPS = ("restore", "maintain", "plan", "sustain")
KINDS = ("line", "lines", "number", "scale", "choice")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A heading with one to four short paragraphs, and a list where the thing is done line by line."""

    id: str
    heading: Text
    text: tuple[Text, ...] = ()
    lines: tuple[Text, ...] = ()
    numbered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WorksheetQuestion:
    """A question with room to write: one line, several, a number (in `unit`), a scale 0-10, or a choice."""

    id: str
    ask: Text
    kind: str
    hint: Text | None = None
    unit: Text | None = None
    choices: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """One thing to read in a few `minutes`. `glasses` are those it helps with; `care` says when not, or whom to ask."""

    id: str
    title: Text
    short: Text
    minutes: int
    glasses: tuple[str, ...]
    pieces: tuple[Piece, ...]
    source: str
    confirmed: bool
    care: Text | None = None
    worksheet: tuple[WorksheetQuestion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Guides that belong together, of one step of the method."""

    id: str
    step: str
    name: Text
    guides: tuple[Guide, ...]
    version: str


def load_theme(path: Path) -> Theme:
    """One theme from its file. Raises ValueError with the place that is wrong."""
    tables = read(path)
    flat = {**tables.pop("theme", {}), **tables, "version": str(identity(path))}
    return build(Theme, flat, path.name)


@cache
def themes() -> dict[str, Theme]:
    """Every theme by id, in the order of THEMES. Read from disk once."""
    files = newest(FOLDER)
    return {key: load_theme(files[key]) for key in THEMES}


@cache
def guides() -> dict[str, Guide]:
    """Every guide by id, in the order in which they are read."""
    return {one.id: one for theme in themes().values() for one in theme.guides}


@cache
def rewrites() -> tuple[Rewrite[Text], ...]:
    """What to say when an action is vague, in the order of the file. Read from disk once."""
    return rewrites_of(read(newest(FOLDER)["vague"]), Text)


def mismatches() -> Iterator[str]:
    """Where the files do not fit the method, one sentence each."""
    seen: set[str] = set()
    for key, theme in themes().items():
        if theme.id != key or theme.step not in STEPS:
            yield f"{key}: id or step is not one the method knows"
        for guide in theme.guides:
            if guide.id in seen:
                yield f"{key}: {guide.id} stands in two themes"
            seen.add(guide.id)
            yield from (f"{key}: {guide.id} {problem}" for problem in _guide_problems(guide))


def _guide_problems(guide: Guide) -> Iterator[str]:
    if unknown := sorted(set(guide.glasses) - set(GLASSES)):
        yield f"names unknown glasses: {', '.join(unknown)}"
    if not 1 <= len(guide.pieces) <= 8 or guide.minutes < 1:
        yield "has no piece, more than 8, or takes no time"
    for piece in guide.pieces:
        if not piece.text and not piece.lines:
            yield f"says nothing under {piece.id}"
    for question in guide.worksheet:
        if question.kind not in KINDS or (question.kind == "choice") != bool(question.choices):
            yield f"asks {question.id} in a kind that does not fit it"
