"""One entry of content in one walk: every text with its place, and the plain values that decide something.

The fingerprint is that of exactly these: whatever changes of them makes another fingerprint, so that a confirmation
belongs to the words that were read and to no others.
"""

import hashlib
import json
import tomllib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

from backup_plan_site.content import LANGUAGES, Text, identity, read

# What names a row, or says of an entry what the entry says itself.
NOT_TEXT = frozenset({"id", "key", "source", "confirmed", "version"})

# As a person meets them; what is not named here follows in its own order.
READ_FIRST = (
    *("heading", "title", "name", "label", "aliases", "short", "intro"),
    *("ask", "lines", "answers", "follow_ups", "told", "told_below_now", "points_to", "checks"),
    *("why", "evidence", "why_we_ask", "skip", "filter", "statements", "good", "tips"),
    *("goal", "kit", "steps", "dose", "stop", "care", "words", "say", "example"),
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One text. `path` leads to it inside its entry: ("statements", "stress-3", "extra")."""

    path: tuple[str, ...]
    text: Text
    for_practitioner: bool = False

    @property
    def where(self) -> str:
        return ".".join(self.path)


@dataclass(frozen=True, slots=True)
class Setting:
    """A plain value that an entry carries: its cautions, its family, a telephone number."""

    path: tuple[str, ...]
    value: str

    @property
    def where(self) -> str:
        return ".".join(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is read and confirmed as one. `confirmed` is what its file says; practices confirm beside it."""

    key: str
    section: str
    name: Text
    source: str
    confirmed: bool
    version: str
    texts: tuple[Piece, ...]
    settings: tuple[Setting, ...]
    fingerprint: str


def fingerprint(source: str, texts: Iterable[Piece], settings: Iterable[Setting] = ()) -> str:
    """The sha256 of exactly these words in their places, whatever the order in which they come."""
    told = {
        "source": source,
        "texts": sorted(
            [one.where, *(getattr(one.text, code) for code in LANGUAGES), one.for_practitioner]
            for one in texts
        ),
        "settings": sorted([one.where, one.value] for one in settings),
    }
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def tables(path: Path) -> dict[str, Any]:
    """A file's own tables with its version, where no dataclass holds all of it."""
    return {**read(path), "version": str(identity(path))}


def entry_of(
    section: str,
    key: str,
    value: Any,
    name: Text,
    folder: Path,
    *,
    without: Collection[str] = (),
    **about: Any,
) -> Entry:
    """The entry of `value`. `about` says version, source and confirmed where the value does not itself."""
    about = {
        which: about[which] if which in about else _of(value, which)
        for which in ("version", "source", "confirmed")
    }
    hidden = _for_practitioners(folder / f"{about['version']}.toml")
    texts, settings = [], []
    for path, one in _walk(value):
        if path[0] in without:
            continue
        if isinstance(one, Text):
            texts.append(Piece(path, one, not hidden.isdisjoint(path)))
        elif one not in (False, "", ()):
            settings.append(Setting(path, str(one)))
    return Entry(
        key=key,
        section=section,
        name=name,
        texts=tuple(sorted(texts, key=_reading_order)),
        settings=tuple(settings),
        fingerprint=fingerprint(about["source"], texts, settings),
        **about,
    )


def _reading_order(piece: Piece) -> int:
    first = piece.path[0]
    return READ_FIRST.index(first) if first in READ_FIRST else len(READ_FIRST)


def _of(value: Any, which: str) -> Any:
    return value[which] if isinstance(value, dict) else getattr(value, which)


def _walk(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every text and plain value below `value` with its place; rows are called by their id, or counted from 1."""
    if isinstance(value, Text) or is_text(value):
        yield path, value if isinstance(value, Text) else Text(**value)
    elif is_dataclass(value) or isinstance(value, dict):
        for name, one in _named(value):
            if name not in NOT_TEXT:
                yield from _walk(one, (*path, name))
    elif isinstance(value, (tuple, list)):
        if value and all(isinstance(one, str) for one in value):
            yield path, ", ".join(value)
        else:
            for at, one in enumerate(value, start=1):
                yield from _walk(one, (*path, _row_name(one) or str(at)))
    elif value is not None:
        yield path, value


def _named(value: Any) -> Iterable[tuple[str, Any]]:
    """The parts of a dataclass or a table by name; a list of words in each language is one text."""
    parts = (
        list(value.items())
        if isinstance(value, dict)
        else [(one.name, getattr(value, one.name)) for one in fields(value)]
    )
    return [(name, _listed(one) if _is_listed(one) else one) for name, one in parts]


def is_text(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and bool(value)
        and value.keys() <= set(LANGUAGES)
        and _all(value.values(), str)
    )


def _is_listed(value: Any) -> bool:
    """Words in a list for each language, as aliases are."""
    if isinstance(value, dict):
        return value.keys() == set(LANGUAGES) and _all(value.values(), list)
    if isinstance(value, Text) or not is_dataclass(value):
        return False
    return {one.name for one in fields(value)} == set(LANGUAGES)


def _listed(value: Any) -> Text:
    lists = value if isinstance(value, dict) else {code: getattr(value, code) for code in LANGUAGES}
    return Text(*(", ".join(lists[code]) for code in LANGUAGES))


def _all(values: Iterable[Any], kind: type) -> bool:
    return all(isinstance(one, kind) for one in values)


def _row_name(row: Any) -> str:
    for name in ("id", "key"):
        found = row.get(name) if isinstance(row, dict) else getattr(row, name, None)
        if isinstance(found, str):
            return found
    return ""


@cache
def _for_practitioners(path: Path) -> frozenset[str]:
    """The keys of one file whose texts patients do not read, as the file says itself."""
    about = tomllib.loads(path.read_text(encoding="utf-8")).get("content", {})
    return frozenset(about.get("practitioner", ()))
