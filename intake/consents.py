"""The words a patient consents to, with their version and hash, and what was said to each of them."""

import functools
import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path

from backup_plan_site.content import Text

FOLDER = Path(__file__).parent / "content"
NAME = "consent.v2"
FILE = FOLDER / f"{NAME}.toml"


@dataclass(frozen=True)
class Box:
    """One thing to agree to, by itself. What is not `needed` is free: leaving it empty is a no."""

    kind: str
    needed: bool
    label: Text
    hint: Text


@dataclass(frozen=True)
class ConsentText:
    """The consent page: a short layer, the parts folded below it (heading, text), the boxes, and what this is for."""

    version: str
    hash: str
    short: tuple[Text, ...]
    parts: tuple[tuple[Text, Text], ...]
    boxes: tuple[Box, ...]
    intended_use: Text

    def briefly(self, language, **filled_in):
        """The short layer in one language, with practice and years filled in."""
        return [line.in_language(language).format(**filled_in) for line in self.short]

    def told(self, language, **filled_in):
        """The parts in one language, with practice and years filled in."""
        return [
            (heading.in_language(language), text.in_language(language).format(**filled_in))
            for heading, text in self.parts
        ]

    @property
    def free(self):
        """The boxes that one may leave empty."""
        return tuple(box for box in self.boxes if not box.needed)

    def label_of(self, kind, language):
        """What stood beside the box of one kind; '' where this version did not ask it."""
        return next((box.label.in_language(language) for box in self.boxes if box.kind == kind), "")


@functools.cache
def consent_text(version=NAME):
    """The words in force, or those of an older `version`: what was said to them stays valid."""
    raw = (FOLDER / f"{version}.toml").read_bytes()
    content = tomllib.loads(raw.decode())
    return ConsentText(
        version=version,
        hash=hashlib.sha256(raw).hexdigest(),
        short=tuple(Text(**line) for line in content.get("short", ())),
        parts=tuple((Text(**part["heading"]), Text(**part["text"])) for part in content["parts"]),
        boxes=tuple(
            Box(one["kind"], one["needed"], Text(**one["label"]), Text(**one["hint"]))
            for one in content["boxes"]
        ),
        intended_use=Text(**content["intended_use"]),
    )


def versions():
    """Every version that was ever in force here."""
    return frozenset(path.stem for path in FOLDER.glob("consent.v*.toml"))


def standing(rows):
    """{kind: the row that counts} of Consent rows in the order in which they were written: the latest of each."""
    return {row.kind: row for row in rows}


def label_then(row, language):
    """What `row` was said to, in the words of that day; those of now where that version is not here any more."""
    version = row.text_version if row.text_version in versions() else NAME
    return consent_text(version).label_of(row.kind, language) or consent_text().label_of(row.kind, language)
