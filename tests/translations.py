"""The rules of the words, read from text: each takes entries, sentences or sources and returns a line per fault."""

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from backup_plan_site.content import THREATENING, sentences

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ("backup_plan_site", "intake", "triggers", "exercises", "plans", "templates")
# English stands in the code itself.
TRANSLATED = ("nl", "fr")
PO = {language: ROOT / f"locale/{language}/LC_MESSAGES/django.po" for language in TRANSLATED}

LONGEST_SENTENCE = 20
LONGEST_AVERAGE = 12

# What makemessages looks for; under any other name a text would silently stay English.
NAMES = {
    "gettext": {"_"},
    "gettext_lazy": {"_", "_l"},
    "gettext_noop": {"_"},
    "ngettext": set(),
    "ngettext_lazy": set(),
    "pgettext": set(),
    "pgettext_lazy": set(),
    "npgettext": set(),
    "npgettext_lazy": set(),
}

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+>")
LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d)\])? )?(".*")')
# Clinical-brief A18, and what no page says: people decide, and danger has no number.
FRIGHTENING = {
    "nl": re.compile(rf"\b(?:{THREATENING['nl']}|diagnos\w+|risico\w*)\b", re.IGNORECASE),
    "fr": re.compile(rf"\b(?:{THREATENING['fr']}|diagnosti\w+|risques?)\b", re.IGNORECASE),
}


@dataclass
class Entry:
    """One entry of a .po file. `said` has two texts where there is a plural."""

    context: str = ""
    english: str = ""
    plural: str = ""
    said: dict[int, str] = field(default_factory=dict)
    fuzzy: bool = False

    @property
    def key(self):
        return self.context, self.english, self.plural

    @property
    def texts(self):
        return list(self.said.values())


def entries(text: str) -> list[Entry]:
    """Every entry but the header."""
    found = [_entry(block) for block in text.strip().split("\n\n")]
    return [entry for entry in found if entry.english]


def _entry(block):
    entry, keyword, number = Entry(), "", 0
    for line in block.splitlines():
        if line.startswith("#"):
            entry.fuzzy |= line.startswith("#,") and "fuzzy" in line
            continue
        match = LINE.fullmatch(line)
        if match[1]:
            keyword, number = match[1], int(match[2] or 0)
        words = ast.literal_eval(match[3])
        if keyword == "msgstr":
            entry.said[number] = entry.said.get(number, "") + words
        else:
            name = {"msgctxt": "context", "msgid": "english", "msgid_plural": "plural"}[keyword]
            setattr(entry, name, getattr(entry, name) + words)
    return entry


# --- the catalogue --------------------------------------------------------------------------


def unfinished(catalogue: Iterable[Entry]) -> list[str]:
    """Without a translation, with one form where two are needed, or still a proposal."""
    return [
        f"{entry.english!r} {'is fuzzy' if entry.fuzzy else 'is not translated'}"
        for entry in catalogue
        if entry.fuzzy or len(entry.said) != (2 if entry.plural else 1) or not all(entry.texts)
    ]


def other_placeholders(catalogue: Iterable[Entry]) -> list[str]:
    """A translation with other placeholders or tags than the English."""
    found = []
    for entry in catalogue:
        wanted = Counter(PLACEHOLDER.findall(entry.plural or entry.english))
        found += [
            f"{entry.english!r} -> {text!r}"
            for text in entry.texts
            if Counter(PLACEHOLDER.findall(text)) != wanted
        ]
    return found


def same_as_english(catalogue: Iterable[Entry], reasons: dict[str, str]) -> list[str]:
    return [
        repr(entry.english)
        for entry in catalogue
        if entry.english in entry.texts and entry.english not in reasons
    ]


def same_as_the_other(
    catalogue: Iterable[Entry], other: Iterable[Entry], reasons: dict[str, str]
) -> list[str]:
    """Texts that stand in two languages in the same words, without a reason."""
    texts = {entry.key: entry.texts for entry in other}
    return [
        repr(entry.english)
        for entry in catalogue
        if set(entry.texts) & set(texts.get(entry.key, ())) and entry.english not in reasons
    ]


# --- sentences ------------------------------------------------------------------------------


def too_long(texts: Iterable[str]) -> list[str]:
    return [one for text in texts for one in sentences(text) if len(one.split()) > LONGEST_SENTENCE]


def average(texts: Iterable[str]) -> float:
    """Words per sentence."""
    lengths = [len(one.split()) for text in texts for one in sentences(text)]
    return sum(lengths) / len(lengths)


def frightening(texts: Iterable[str], language: str = "nl") -> list[str]:
    return [text for text in texts if FRIGHTENING[language].search(text)]


def content_texts(source: str) -> Iterator[str]:
    """What patients read in a content file, in Dutch; texts for the practitioner are left out."""
    tables = tomllib.loads(source)
    hidden = {"content", *tables.get("content", {}).get("practitioner", [])}
    waiting = [tables]
    while waiting:
        table = waiting.pop()
        if isinstance(table, list):
            waiting += table
        elif isinstance(table, dict):
            if isinstance(table.get("nl"), str):
                yield table["nl"]
            waiting += [value for key, value in table.items() if key not in hidden]


# --- the code -------------------------------------------------------------------------------


def strange_names(sources: dict[str, str]) -> list[str]:
    """Translation functions under a name that makemessages does not look for."""
    found = []
    for path, source in sources.items():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
                found += [
                    f"{path} calls {one.name} {one.asname}"
                    for one in node.names
                    if one.name in NAMES and one.asname and one.asname not in NAMES[one.name]
                ]
    return found
