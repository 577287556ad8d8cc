"""Content files: TOML in git, read into frozen dataclasses, and checked.

A file is called `<name>.v<version>.toml`; those two are its identity. Every text stands in Dutch, English and
French side by side. A file is a draft until the `manifest.toml` beside it holds its sha256 (`file = "hash"`);
from then on it never changes, and new wording is a new version. No Django: rules, commands and tests read
content without it.

A file may open with a table `[content]`:

    references = { theme = "themes" }          # every `theme` names an id in the list `themes`
    practitioner = ["checks"]                  # texts under these keys are not read by patients
    same = ["themes[sleep].heading"]           # these may be the same words in two languages: names
"""

import hashlib
import re
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import MISSING, dataclass, fields
from itertools import combinations
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
DANGER = {"nl": r"risico\w*", "en": r"risk\w*", "fr": r"risqu\w*"}
PAINKILLER = r"paracetamol|paracétamol|ibuprof\w+|diclofenac|diclofénac|naprox\w+|tramadol|\d+ ?mg"

DIAGNOSIS = {
    "nl": r"(?<!stelt geen )diagnos\w*",
    "en": r"(?<!makes no )diagnos\w*",
    "fr": r"(?<!aucun )diagnos\w*",
}
UNSAID = (
    ("frightens people", THREATENING),
    ("speaks of danger", DANGER),
    ("is for a doctor to say", DIAGNOSIS),
    ("is for a doctor or pharmacist to say", dict.fromkeys(LANGUAGES, PAINKILLER)),
)

# What the reader has, said as a fact, is for a doctor to say too. "If you have …" is no such statement, nor is a
# question, nor a line in small letters that ends one.
_ILL = {
    "nl": r"hernia|artrose|osteoporose|reuma|jicht|ischias|scoliose|stenose|kanker|breuk|ontsteking|fibromyalgie"
    r"|bechterew|whiplash|depressie|burn-?out|hyperventilatie",
    "en": r"hernia|slipped disc|arthrosis|osteo|arthritis|rheumat|gout|sciatica|scoliosis|stenosis|cancer|fracture"
    r"|inflammation|fibromyalgia|bechterew|whiplash|depression|burn-?out|hyperventilation",
    "fr": r"hernie|arthrose|ostéo|arthrite|rhumatisme|sciatique|scoliose|sténose|cancer|fracture|inflammation"
    r"|fibromyalgie|bechterew|coup du lapin|dépression|burn-?out|hyperventilation",
}
_UNLESS = {
    "nl": ("als", "dat", "of", "wanneer"),
    "en": ("if", "when", "whether", "that", "because", "or", "do"),
    "fr": ("si", "quand", "que", "lorsque", "ou"),
}
_SAID = {code: "".join(rf"(?<!\b{word} )" for word in words) for code, words in _UNLESS.items()}
STATEMENT = {
    "nl": rf"\b(?:{_SAID['nl']}(?:je|jij|u) lijdt (?:\w+ )?aan"
    rf"|(?:(?:je|jij|u) (?:hebt|heeft)|(?:dan|dus|misschien|waarschijnlijk) heb je|wijst op|(?:dit|dat) is)"
    rf" (?:\w+ )?(?:een |geen )?(?:{_ILL['nl']})\w*)",
    "en": rf"\b(?:{_SAID['en']}you (?:suffer from|(?:\w+ )?have (?:an? |no |some )?(?:{_ILL['en']})\w*)"
    rf"|(?:points to|(?:this|that) is) (?:an? |no |some )?(?:{_ILL['en']})\w*)",
    "fr": rf"\b(?:{_SAID['fr']}vous souffrez d"
    rf"|(?:{_SAID['fr']}vous avez|indique|c'est) (?:\w+ )?(?:une? |des? |du |la |l['’])*(?:{_ILL['fr']})\w*)",
}

LONGEST_SENTENCE = 20
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Aliases:
    """Other words by which somebody looks for something, in lower case; a list per language."""

    nl: tuple[str, ...]
    en: tuple[str, ...]
    fr: tuple[str, ...]


def lower_first(words: str) -> str:
    """`words` as they stand after a colon; a word in capitals keeps them."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


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


def newest(folder: Path) -> dict[str, Path]:
    """The newest version of every content file of `folder`, by name. Raises ValueError for a file named otherwise."""
    return {identity(path).name: path for path in sorted(folder.glob("*.v*.toml"), key=identity)}


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
        if value is None and type(None) in get_args(kind):
            return None
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


def texts(table: dict[str, Any], without: Collection[str] = ()) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every text below `table` with its place in the file, but for those under the keys `without`."""
    for where, value in _walk(table):
        is_text = isinstance(value, dict) and value and value.keys() <= set(LANGUAGES)
        if is_text and not set(without) & set(re.split(r"[.\[\]]+", where)):
            yield where, value


def parts(value: Any) -> list[str]:
    """A text is one string, or a list of words to search for."""
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def sentences(text: str) -> list[str]:
    """The sentences of a text, without tags. A line ends one too."""
    plain = re.sub(r"<[^>]+>", "", text)
    return [part for part in re.split(r"(?<=[.?!])\s+|\n+", plain) if re.search(r"\w", part)]


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
    found += _seal_problems(folder, files)
    for name, table in tables.items():
        found += (f"{name}: {problem}" for problem in _file_problems(table, tables))
    return sorted(found)


def _seal_problems(folder: Path, files: dict[str, Path]) -> Iterator[str]:
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
    yield from _untranslated(list(texts(body)), about.get("same", []))
    for where, text in texts(body, without=about.get("practitioner", [])):
        yield from (f"{where} {problem}" for problem in _wording(text))


def _untranslated(found: list[tuple[str, dict[str, Any]]], same: list[str]) -> Iterator[str]:
    alike = set()
    for where, text in found:
        if missing := [code for code in LANGUAGES if not "".join(parts(text.get(code, ""))).strip()]:
            yield f"{where} has no {', '.join(missing)}"
        for one, other in combinations(LANGUAGES, 2):
            words = _bare(text.get(one, ""))
            # Two words are soon the same in Dutch and English: "in bed", "cauda equina".
            enough = 2 if other == "fr" else 3
            if len(words) >= enough and words == _bare(text.get(other, "")):
                alike.add(where)
                if where not in same:
                    yield f"{where} says {' '.join(words)!r} in {one} and in {other}"
    yield from (f"{where} differs: it need not stand in `same`" for where in same if where not in alike)


def _wording(text: dict[str, Any]) -> Iterator[str]:
    """What a patient should not read: words, statements, and in Dutch a sentence that is too long."""
    for code, value in text.items():
        for sentence in (one for part in parts(value) for one in sentences(part)):
            for why, unsaid in UNSAID:
                if hit := re.search(rf"\b(?:{unsaid[code]})\b", sentence, re.IGNORECASE):
                    yield f"({code}) says {hit[0]!r}, which {why}"
            hit = re.search(STATEMENT[code], sentence, re.IGNORECASE)
            if hit and "?" not in sentence and not sentence[0].islower():
                yield f"({code}) says {hit[0]!r}, which a doctor says, not we"
            if code == "nl" and len(sentence.split()) > LONGEST_SENTENCE:
                yield f"(nl) has a sentence of {len(sentence.split())} words: {sentence!r}"


def _bare(value: Any) -> list[str]:
    """The words of a text, without numbers, marks and what a page fills in."""
    return _WORD.findall(re.sub(r"\{\w*\}", "", " ".join(parts(value))).casefold())


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
