"""How heavy a text reads, by two old formulas. Pure Python.

A tripwire and no proof: short words in short sentences can still say nothing. It stops a letter of the law.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from backup_plan_site.content import sentences, texts

WORD = re.compile(r"\w+(?:[-'’]\w+)*")
# What is said as one vowel in Dutch, the longest first. A trema begins a new syllable ("ge-ïn-te-res-seerd"), and a y
# before a vowel is a consonant. Where three signs meet the first that fits wins: "mu-se-um" counts one too few.
VOWEL = re.compile(
    r"aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|éé|óó|ie|eu|oe|ui|ij|ei|ai|au|ou"
    r"|y(?![aeiou])|[aeiouàáâäèéêëìíîïòóôöùúûü]",
    re.IGNORECASE,
)
LONG_WORD = 6


def syllables(word: str) -> int:
    """The syllables of a Dutch word; a number or an abbreviation counts as one."""
    return max(1, len(VOWEL.findall(word)))


def flesch_douma(text: str) -> float:
    """Flesch's reading ease for Dutch: above 80 easy, below 50 hard.

    W. H. Douma, De leesbaarheid van landbouwbladen, Wageningen 1960, after R. Flesch, 1948.
    """
    words = WORD.findall(text)
    per_word = sum(map(syllables, words)) / len(words)
    return 206.835 - 0.93 * len(words) / len(sentences(text)) - 77 * per_word


def lix(text: str) -> float:
    """Words per sentence plus the long words in a hundred: below 30 a children's book, above 50 a law.

    C. H. Björnsson, Läsbarhet, Stockholm 1968; it counts letters, so it holds for every language.
    """
    words = WORD.findall(text)
    long = [word for word in words if len(word) > LONG_WORD]
    return len(words) / len(sentences(text)) + 100 * len(long) / len(words)


def pages(
    name: str, tables: dict[str, Any], language: str, hidden: Iterable[str] = ()
) -> Iterator[tuple[str, str]]:
    """(name, text) of what a patient reads at once: a guide, an exercise, a page of questions, else the file."""
    themes = {item.get("id"): item["theme"] for item in tables.get("items", ()) if "theme" in item}
    found: dict[str, list[str]] = {}
    for where, text in texts(tables, without=tuple(hidden)):
        row = re.match(r"(?:guides|exercises|items)\[([^]]+)\]", where)
        page = f"{name} {themes.get(row[1], row[1])}" if row else name
        # A list holds words to search for, which nobody reads.
        if isinstance(said := text.get(language), str) and said.strip():
            found.setdefault(page, []).append(said)
    yield from ((page, "\n".join(lines)) for page, lines in found.items())
