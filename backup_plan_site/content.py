"""Content files: TOML in git, read into frozen dataclasses, and checked.

A file is called `<name>.v<version>.toml`; those two are its identity. Every text stands in Dutch, English and
French side by side. A file is a draft until the `manifest.toml` beside it holds its sha256 (`file = "hash"`);
from then on it never changes, and new wording is a new version. No Django: rules, commands and tests read
content without it.

A file may open with a table `[content]`:

    references = { theme = "themes" }          # every `theme` names an id in the list `themes`
    practitioner = ["checks"]                  # texts under these keys are not read by patients
"""

import hashlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from types import UnionType
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

LANGUAGES = ("nl", "en", "fr")
MANIFEST = "manifest.toml"
FILE_NAME = re.compile(r"(?P<name>[a-z0-9_-]+)\.v(?P<version>[1-9][0-9]*)\.toml")

# Clinical-brief A18: words that frighten people about their own body. A broken bone may be named.
THREATENING = {
    "nl": r"versleten|kapot(?:te)?|instabie(?:l|le|ler)|instabiliteit|scheef|scheve",
    "en": r"worn(?:[ -]out| down)?|broken(?! (?:a )?bones?)|unstable|instability|crooked",
    "fr": r"usée?s?|abîmée?s?|cassée?s?|instables?|instabilité|de travers|tordue?s?",
}


@dataclass(frozen=True, slots=True)
class Text:
    """One text in every language. French comes last and may still be empty in a draft."""

    nl: str
    en: str
    fr: str = ""

    def __post_init__(self) -> None:
        if not self.nl.strip() or not self.en.strip():
            raise ValueError("a text needs Dutch and English")

    def in_language(self, code: str) -> str:
        """The text in `code` ('fr', 'nl-be'), never empty: English stands in for what is missing."""
        language = code.lower().replace("_", "-").partition("-")[0]
        return {"nl": self.nl, "fr": self.fr}.get(language, self.en) or self.en


class Identity(NamedTuple):
    """What answers keep beside them, to know later which words were read."""

    name: str
    version: int

    def __str__(self) -> str:
        return f"{self.name}.v{self.version}"


def identity(path: Path) -> Identity:
    """The name and version that the file's name says. Raises ValueError for any other name."""
    match = FILE_NAME.fullmatch(path.name)
    if not match:
        raise ValueError(f"{path.name}: a content file is called name.v1.toml")
    return Identity(match["name"], int(match["version"]))


def read(path: Path) -> dict[str, Any]:
    """The file's tables without its `[content]`."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    tables.pop("content", None)
    return tables


def fingerprint(path: Path) -> str:
    """The sha256 that seals the file in the manifest."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def build(kind: Any, value: Any, where: str = "") -> Any:
    """`value` from a TOML file as `kind`: a frozen dataclass, a tuple of them, a Text or a plain value.

    Raises ValueError with the place in the file for a key too many, a key missing or a value of another kind.
    """
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        kind = next(part for part in get_args(kind) if part is not type(None))
        return build(kind, value, where)
    if origin is tuple:
        if not isinstance(value, list):
            raise ValueError(f"{where}: a list is needed")
        return tuple(build(get_args(kind)[0], one, f"{where}[{at}]") for at, one in enumerate(value))
    if hasattr(kind, "__dataclass_fields__"):
        return _build_dataclass(kind, value, where)
    if type(value) is not kind:
        raise ValueError(f"{where}: {value!r} is not of type {kind.__name__}")
    return value


def _build_dataclass(kind: Any, value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise ValueError(f"{where}: a table is needed")
    known = {one.name: one for one in fields(kind)}
    needed = {
        name for name, one in known.items() if one.default is MISSING and one.default_factory is MISSING
    }
    if wrong := sorted(value.keys() - known.keys()) + sorted(needed - value.keys()):
        raise ValueError(f"{where}: unknown or missing: {', '.join(wrong)}")
    kinds = get_type_hints(kind)
    try:
        return kind(**{key: build(kinds[key], one, f"{where}.{key}") for key, one in value.items()})
    except ValueError as error:
        raise ValueError(str(error) if where in str(error) else f"{where}: {error}") from None


def problems(folder: Path) -> list[str]:
    """What is wrong with the content files of one folder, one sentence each, sorted by file."""
    found: list[str] = []
    files = {path.name: path for path in sorted(folder.glob("*.toml")) if path.name != MANIFEST}
    tables: dict[str, dict[str, Any]] = {}
    for name, path in files.items():
        try:
            identity(path)
            tables[name] = tomllib.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            found.append(f"{name}: cannot be read: {error}".replace(f"{name}: cannot be read: {name}", name))
    found += _seal_problems(folder, files, tables)
    for name, table in tables.items():
        found += (f"{name}: {problem}" for problem in _file_problems(table, tables))
    return sorted(found)


def _seal_problems(folder: Path, files: dict[str, Path], tables: dict[str, Any]) -> Iterator[str]:
    manifest = folder / MANIFEST
    if not manifest.exists():
        return
    try:
        sealed = tomllib.loads(manifest.read_text(encoding="utf-8"))
    except ValueError as error:
        yield f"{MANIFEST}: cannot be read: {error}"
        return
    for name, seal in sealed.items():
        if name not in files:
            yield f"{name}: is sealed but no longer there"
            continue
        if fingerprint(files[name]) != seal:
            yield f"{name}: is sealed and has changed; new wording is a new version"
        for where, text in _texts(tables.get(name, {})):
            missing = [language for language in LANGUAGES if not str(text.get(language, "")).strip()]
            if missing:
                yield f"{name}: is sealed, but {where} has no {', '.join(missing)}"


def _file_problems(table: dict[str, Any], tables: dict[str, dict[str, Any]]) -> Iterator[str]:
    about = table.get("content", {})
    body = {key: value for key, value in table.items() if key != "content"}
    for where, rows in _lists(body):
        ids = [row.get("id", row.get("key")) for row in rows]
        for doubled in sorted({one for one in ids if one is not None and ids.count(one) > 1}):
            yield f"{where} has {doubled!r} twice"
    for key, target in about.get("references", {}).items():
        known = _ids(body, target) or set().union(*(_ids(other, target) for other in tables.values()))
        for where, value in _values(body, key):
            names = value if isinstance(value, list) else [value]
            for unknown in (one for one in names if one not in known):
                yield f"{where} names {unknown!r}, which is not in {target}"
    yield from _threats(body, about.get("practitioner", []))


def _threats(body: dict[str, Any], practitioner: list[str]) -> Iterator[str]:
    for where, text in _texts(body):
        if set(practitioner) & set(re.split(r"[.\[\]]+", where)):
            continue
        for language, words in THREATENING.items():
            hit = re.search(rf"\b(?:{words})\b", str(text.get(language, "")), re.IGNORECASE)
            if hit:
                yield f"{where} ({language}) says {hit[0]!r}, which frightens people"


def _walk(value: Any, where: str = "") -> Iterator[tuple[str, Any]]:
    """Every table and list below `value` with its place in the file; rows are called by their id."""
    yield where, value
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _walk(one, f"{where}.{key}".lstrip("."))
    elif isinstance(value, list):
        for at, one in enumerate(value):
            name = one.get("id", one.get("key", at)) if isinstance(one, dict) else at
            yield from _walk(one, f"{where}[{name}]")


def _texts(table: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    return (
        (where, value)
        for where, value in _walk(table)
        if isinstance(value, dict) and value and value.keys() <= set(LANGUAGES)
    )


def _lists(table: dict[str, Any]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for where, value in _walk(table):
        if isinstance(value, list) and value and all(isinstance(row, dict) for row in value):
            yield where, value


def _values(table: dict[str, Any], key: str) -> Iterator[tuple[str, Any]]:
    for where, value in _walk(table):
        if isinstance(value, dict) and key in value:
            yield f"{where}.{key}".lstrip("."), value[key]


def _ids(table: dict[str, Any], target: str) -> set[str]:
    rows = table.get(target, [])
    return {row.get("id", row.get("key", "")) for row in rows} if isinstance(rows, list) else set()
