"""The privacy notice and the accessibility statement: content in plain words. No Django."""

import datetime
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from backup_plan_site.content import Text, build, identity, newest, read

FOLDER = Path(__file__).parent / "content"
KNOWN, UNKNOWN = "known", "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is said in one case; without `when` in every case."""

    text: Text
    when: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyPart:
    key: str
    heading: Text
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """Where one complains about data, in one country."""

    country: str
    name: Text
    address: Text
    phone: str
    site: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Privacy:
    """The whole notice. `your_practice` stands for a name where none is known."""

    version: str
    source: str
    confirmed: bool
    title: Text
    lead: Text
    your_practice: Text
    parts: tuple[PrivacyPart, ...]
    authorities: tuple[Authority, ...]

    def told(self, language, *, practice="", years=0, ground=""):
        """[(heading, [text, …])] for a practice with its legal `ground`; without a practice every ground is told."""
        name = practice or self.your_practice.in_language(language)
        holds = {"", KNOWN, ground} if practice else {"", UNKNOWN, "care", "consent"}
        return [
            (
                part.heading.in_language(language),
                [
                    case.text.in_language(language).format(practice=name, years=years)
                    for case in part.cases
                    if case.when in holds
                ],
            )
            for part in self.parts
        ]

    def authorities_of(self, country=""):
        """The authority of `country`; all of them where no country is known."""
        return [one for one in self.authorities if country in ("", one.country)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    key: str
    heading: Text
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Accessibility:
    """The whole statement, and the day on which was tested what it says."""

    version: str
    source: str
    confirmed: bool
    tested_on: datetime.date
    title: Text
    lead: Text
    parts: tuple[Part, ...]

    def told(self, language):
        """[(heading, [text])] in one language, in the shape of the privacy notice."""
        return [
            (part.heading.in_language(language), [part.text.in_language(language)]) for part in self.parts
        ]


@cache
def privacy() -> Privacy:
    """The notice of now. Read from disk once."""
    return _load(Privacy, "privacy")


@cache
def accessibility() -> Accessibility:
    """The statement of now. Read from disk once."""
    return _load(Accessibility, "accessibility")


def _load(kind, name):
    path = newest(FOLDER)[name]
    return build(kind, {**read(path), "version": str(identity(path))}, path.name)
