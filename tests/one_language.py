"""Finding words of ours that stand on a page in another language than the page's.

Everything that we say stands in three languages: in the catalogues of pages, and in the content files. What a reader of
French must not meet is any of it in Dutch or English, unless the French has the same words.
"""

import functools
import html
import re
import tomllib
from collections.abc import Iterator

from tests import translations as words

# Shorter words are names, units and the same in many languages ('Team', 'Week').
SHORTEST = 4
# From this length on a text is also found inside another one.
LONG = 16
HIDDEN = re.compile(r"<(script|style)\b.*?</\1>|<!--.*?-->", re.DOTALL)
SAID_IN_TAGS = re.compile(r'(?:aria-label|alt|title|placeholder|content)="([^"]*)"')
# What is marked as another language: a name of a language, a patient's own sentence.
MARKED = re.compile(
    r'<(\w+)[^>]*\blang="(?!{language}\b)\w+"[^>]*>.*?</\1>'.replace("{language}", "fr"), re.DOTALL
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def texts_of(page: str) -> list[str]:
    """The texts that a person reads or hears on a page, one per element, with single spaces."""
    page = re.sub(r"<html[^>]*>", "", page)
    plain = MARKED.sub(" ", HIDDEN.sub(" ", page))
    said = [*SAID_IN_TAGS.findall(plain), *re.split(r"<[^>]+>", plain)]
    return [text for one in said if (text := squeeze(html.unescape(one)))]


def squeeze(text: str) -> str:
    """With single spaces, so that a line end or a narrow space hides nothing."""
    return " ".join(text.split())


@functools.cache
def foreign() -> frozenset[str]:
    """Every text of ours in Dutch and English that does not stand in French in the same words."""
    french, others = set(), set()
    dutch = {entry.key: entry.texts for entry in words.entries(words.PO["nl"].read_text(encoding="utf-8"))}
    for entry in words.entries(words.PO["fr"].read_text(encoding="utf-8")):
        french.update(entry.texts)
        others.update([entry.english, entry.plural, *dutch.get(entry.key, [])])
    for one in _content():
        french.add(one.get("fr", ""))
        others.update([one["nl"], one.get("en", "")])
    plain = {squeeze(re.sub(r"<[^>]+>", "", text)) for text in others}
    known = {squeeze(text) for text in french}
    known |= {text[:1].upper() + text[1:] for text in known}
    return frozenset(text for text in plain - known if len(text) >= SHORTEST)


def strangers(texts: list[str]) -> list[str]:
    """Those of `texts` that are, or hold, words of ours in Dutch or English."""
    return [text for text in texts if text in foreign() or any(one in text for one in _long())]


@functools.cache
def _long() -> tuple[str, ...]:
    """Pieces of texts between their placeholders, long enough to be recognised inside another text."""
    french = " ".join(squeeze(text) for entry in _french() for text in entry.texts)
    french += " ".join(squeeze(one.get("fr", "")) for one in _content())
    pieces = {squeeze(piece) for text in foreign() for piece in PLACEHOLDER.split(text)}
    return tuple(piece for piece in pieces if len(piece) >= LONG and piece not in french)


@functools.cache
def _french():
    return words.entries(words.PO["fr"].read_text(encoding="utf-8"))


def _content() -> Iterator[dict]:
    for path in sorted(words.ROOT.glob("*/content/*.v*.toml")):
        waiting = [tomllib.loads(path.read_text(encoding="utf-8"))]
        while waiting:
            one = waiting.pop()
            if isinstance(one, dict) and isinstance(one.get("nl"), str):
                yield one
            waiting += list(one.values()) if isinstance(one, dict) else one if isinstance(one, list) else []
