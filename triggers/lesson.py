"""The picture lesson before the glasses: `content/lesson.v<version>.toml` as a frozen dataclass. No Django."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from backup_plan_site.content import Text, build, identity, newest, read

FILE = newest(Path(__file__).parent / "content")["lesson"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """One kind of glasses in one line. `id` is the family of `triggers.glasses.FAMILIES`."""

    id: str
    name: Text
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One screen, top to bottom. `picture` is what the drawing shows, for who does not see it."""

    version: str
    source: str
    confirmed: bool
    heading: Text
    picture: Text
    sentences: tuple[Text, ...]
    families_intro: Text
    families: tuple[Family, ...]
    no_points: Text
    no_diagnosis: Text
    time: Text


def load_lesson(path: Path) -> Lesson:
    """The lesson from one file. Raises ValueError with the place that is wrong."""
    return build(Lesson, {**read(path), "version": str(identity(path))}, path.name)


@cache
def lesson() -> Lesson:
    """The lesson of this version. Read from disk once."""
    return load_lesson(FILE)
