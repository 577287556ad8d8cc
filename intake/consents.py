"""The words a patient consents to, with their version and hash."""

import functools
import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path

from backup_plan_site.content import Text

NAME = "consent.v1"
FILE = Path(__file__).parent / "content" / f"{NAME}.toml"


@dataclass(frozen=True)
class ConsentText:
    """The consent page: its parts (heading, text), the box to tick, and what this tool is and is not for."""

    version: str
    hash: str
    parts: tuple[tuple[Text, Text], ...]
    label: Text
    hint: Text
    intended_use: Text

    def told(self, language, **filled_in):
        """The parts in one language, with practice and years filled in."""
        return [
            (heading.in_language(language), text.in_language(language).format(**filled_in))
            for heading, text in self.parts
        ]


@functools.cache
def consent_text():
    """The words in force."""
    raw = FILE.read_bytes()
    content = tomllib.loads(raw.decode())
    box = content["boxes"][0]
    return ConsentText(
        version=NAME,
        hash=hashlib.sha256(raw).hexdigest(),
        parts=tuple((Text(**part["heading"]), Text(**part["text"])) for part in content["parts"]),
        label=Text(**box["label"]),
        hint=Text(**box["hint"]),
        intended_use=Text(**content["intended_use"]),
    )
