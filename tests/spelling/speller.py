"""Every word of the texts, asked of hunspell.

What its dictionaries do not know and is right all the same stands in words.toml, each word with its reason.
"""

import re
import shutil
import subprocess
import tomllib
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from backup_plan_site.content import LANGUAGES, parts, read, texts
from tests import translations

ROOT = Path(__file__).resolve().parents[2]
LIST = Path(__file__).with_name("words.toml")
DICTIONARIES = {"nl": "nl_BE", "en": "en_GB", "fr": "fr"}
AT_MOST = 300

NO_WORDS = re.compile(
    r"<[^>]*>|%\(\w+\)[sd]|%[sd]|\{\w*\}"  # tags and what a page fills in
    r"|https?://\S+|\S+@\S+|\b[\w.-]+\.(?:be|nl|com|org|eu)\b"  # addresses
    r"|·\w+|\((?:e|s|es|n|en)\)"  # endings for whoever it may be: seul·e, patient(e)s
)
# No letter beside a digit: "rf1" and "2x" are no words.
WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:['-][^\W\d_]+)*(?!\w)")


def is_here() -> bool:
    """Whether hunspell runs here with every dictionary."""
    if not shutil.which("hunspell"):
        return False
    commands = [["hunspell", "-d", dictionary, "-l"] for dictionary in DICTIONARIES.values()]
    return all(subprocess.run(one, input=b"", capture_output=True).returncode == 0 for one in commands)


def own_words(source: str) -> dict[str, dict[str, str]]:
    """{word: reason} per language; what stands under `all` holds for each of them."""
    lists = tomllib.loads(source)
    if lists.keys() - {"all", *LANGUAGES}:
        raise ValueError(f"words.toml has lists that no language reads: {', '.join(lists)}")
    return {language: {**lists.get("all", {}), **lists.get(language, {})} for language in LANGUAGES}


def words(text: str) -> set[str]:
    """The words of a text, with straight apostrophes, without what stands for something else."""
    plain = NO_WORDS.sub(" ", text.replace("’", "'").replace("\u00ad", ""))
    return {word for word in WORD.findall(plain) if len(word) > 1}


def everything(language: str) -> Iterator[tuple[str, str]]:
    """(place, text) of all that anybody reads in `language`: the content and the pages."""
    for path in sorted(ROOT.glob("*/content/*.toml")):
        for where, text in texts(read(path)):
            yield from ((f"{path.name} {where}", part) for part in parts(text.get(language, "")))
    catalogue = translations.PO["nl" if language == "en" else language]
    for entry in translations.entries(catalogue.read_text(encoding="utf-8")):
        said = [entry.english, entry.plural] if language == "en" else entry.texts
        yield from ((f"django.po {entry.english!r}", text) for text in said)


def places(found: Iterable[tuple[str, str]]) -> dict[str, str]:
    """{word: the first place where it stands} for (place, text)."""
    first: dict[str, str] = {}
    for place, text in found:
        for word in words(text):
            first.setdefault(word, place)
    return first


def misspelt(asked: Iterable[str], language: str) -> set[str]:
    """What the dictionary does not know of the words and their pieces, in one run of hunspell.

    Raises CalledProcessError without that dictionary and FileNotFoundError without hunspell.
    """
    whole = set(asked)
    answer = subprocess.run(
        ["hunspell", "-i", "utf-8", "-d", DICTIONARIES[language], "-l"],
        input="\n".join(sorted(whole.union(*map(_pieces, whole)))) + "\n",
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    wrong = set(answer.stdout.split())
    if language == "en":
        # This dictionary reads "well-being" as two words, so it never calls the whole one wrong.
        wrong |= {word for word in whole if wrong & set(word.split("-"))}
    return wrong


def left_over(asked: Iterable[str], wrong: Collection[str], own: Iterable[str]) -> set[str]:
    """The words that neither the dictionary nor the list knows, whole or in each of their pieces."""
    own = set(own)
    bad = set(wrong) - own - {word[:1].upper() + word[1:] for word in own}
    return {word for word in asked if word in bad and (not _pieces(word) or _pieces(word) & bad)}


def needless(asked: Iterable[str], wrong: Collection[str], own: Iterable[str]) -> set[str]:
    """The words of the list that no text has any more, or that the dictionary knows by now."""
    asked, own = set(asked), set(own)
    left = left_over(asked, wrong, own)
    return {word for word in own if left_over(asked, wrong, own - {word}) == left}


def _pieces(word: str) -> set[str]:
    """What a word with a hyphen or an apostrophe is made of: "Back-Up", "l'audace"."""
    pieces = re.split(r"['-]", word)
    return {piece for piece in pieces if len(piece) > 1} if len(pieces) > 1 else set()
