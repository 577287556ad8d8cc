"""Arthrosis, inflammation or osteoporosis: `content/telling-apart.v<version>.toml` as frozen dataclasses. No Django.

For the practitioner's eyes. A patient reads `patient` and nothing else of it (clinical-brief C3).
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from backup_plan_site.content import Text, build, identity, newest, read

FILE = newest(Path(__file__).parent / "content")["telling-apart"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One of the three. `id` is the name of its cell in every row."""

    id: str
    name: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing to compare, with a cell for each column."""

    id: str
    name: Text
    arthrosis: Text
    inflammatory: Text
    osteoporosis: Text

    @property
    def cells(self) -> tuple[Text, Text, Text]:
        """In the order of the columns."""
        return (self.arthrosis, self.inflammatory, self.osteoporosis)


@dataclass(frozen=True, slots=True, kw_only=True)
class TellingApart:
    """The whole table. It weighs nothing and decides nothing: the practitioner compares."""

    version: str
    source: str
    confirmed: bool
    heading: Text
    intro: Text
    patient: Text
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def load_telling_apart(path: Path) -> TellingApart:
    """The table from one file. Raises ValueError with the place that is wrong."""
    return build(TellingApart, {**read(path), "version": str(identity(path))}, path.name)


@cache
def telling_apart() -> TellingApart:
    """The table of this version. Read from disk once."""
    return load_telling_apart(FILE)
