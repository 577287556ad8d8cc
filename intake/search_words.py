"""The words by which a patient is found, and what somebody typed as such words. Pure Python.

A patient is kept by the words of both names, without accents and capitals, and by the date of birth as 1979-05-03. What
is typed finds whoever has, for every typed word, a word that begins like it.
"""

import datetime
import re

from backup_plan_site.web.finding import folded

LONGEST = 60  # letters of one word; longer ones are cut, here and there alike
MOST_WORDS = 6  # of what is typed
# Letters that are no other letter with something on top, as in Søren, Đoković and Łukasz.
LETTERS = str.maketrans("øđłı", "odli")
# Written apart in one passport and together in the next: Van den Broeck, Vandenbroeck; D'Hondt, Dhondt.
PARTICLES = frozenset(
    {
        "al",
        "d",
        "da",
        "de",
        "del",
        "della",
        "den",
        "der",
        "des",
        "di",
        "du",
        "el",
        "l",
        "la",
        "le",
        "les",
        "mac",
        "mc",
        "o",
        "op",
        "s",
        "st",
        "t",
        "te",
        "ten",
        "ter",
        "van",
        "vande",
        "vanden",
        "vander",
        "von",
    }
)
DATE = re.compile(r"(?<!\d)(\d{1,2})[ ./-]+(\d{1,2})[ ./-]+(\d{4}|\d{2})(?!\d)")
ISO_DATE = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
MONTH = re.compile(r"(?<![\d./-])(\d{1,2})[./-](\d{4})(?!\d)")


def words_of(given_name: str, family_name: str, birth_date: datetime.date) -> set[str]:
    """Every word that finds this patient: names as they are and with particles joined, and the date of birth."""
    names = [_words(given_name), _words(family_name)]
    return {birth_date.isoformat(), *(word for words in names for word in (*words, *_joined(words)))}


def asked(typed: str) -> list[list[tuple[str, ...]]]:
    """What was typed, in one or two ways to read it: particles apart, and joined. Nothing typed asks nothing.

    A way lists what a patient must have all of; each is a tuple of beginnings of which one is enough.
    """
    rest, dates = _dates(typed)
    words = _words(rest)[:MOST_WORDS]
    ways = [words] if words == _joined(words) else [words, _joined(words)]
    return [[*((word,) for word in way), *dates] for way in ways if way or dates]


def _words(text: str) -> list[str]:
    return [word[:LONGEST] for word in folded(text.casefold().translate(LETTERS)).split()]


def _joined(words: list[str]) -> list[str]:
    """The words with each run of particles written to the word behind it."""
    found, before = [], ""
    for word in words:
        before += word
        if word not in PARTICLES:
            found.append(before[:LONGEST])
            before = ""
    return [*found, before[:LONGEST]] if before else found


def _dates(typed: str) -> tuple[str, list[tuple[str, ...]]]:
    """`typed` without the dates in it, and those as beginnings of 1979-05-03. '79' may be of two centuries."""
    found = []

    def day_month_year(match):
        day, month, year = match.groups()
        years = (year,) if len(year) == 4 else (f"19{year}", f"20{year}")
        found.append(tuple(f"{one}-{month:0>2}-{day:0>2}" for one in years))
        return " "

    def year_month_day(match):
        year, month, day = match.groups()
        found.append((f"{year}-{month:0>2}-{day:0>2}",))
        return " "

    def month_year(match):
        found.append((f"{match[2]}-{match[1]:0>2}",))
        return " "

    for form, take in ((ISO_DATE, year_month_day), (DATE, day_month_year), (MONTH, month_year)):
        typed = form.sub(take, typed)
    return typed, found[:MOST_WORDS]
