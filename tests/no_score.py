"""No score anywhere (clinical-brief A7): guards that find a sum, a count, a cut-off or a ranking by ticks.

Each guard gives sentences, one per fault, so that tests can plant one and see it found.
"""

import html
import re
from collections import Counter

# Keys and words that only a score needs. 'percent' of improvement is an outcome and stands on no glass.
SCORE_KEYS = re.compile(
    r"(score|scoring|points?|weights?|cut_?off|threshold|total|sum|count|percent|rank|level)s?"
)
SCORE_WORDS = {
    "nl": r"scores?|punten|puntentelling|totaal|grenswaarde|drempelwaarde",
    "en": r"scores?|points|total|cut-?off|threshold",
    "fr": r"scores?|points|total|seuil",
}
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
CLOCK = re.compile(r"\b\d{1,2}[.:]\d{2}\b")


def scores_in_content(entries, where=""):
    """Where content (lists, tables, texts by language) holds a key or a word that only a score needs."""
    if isinstance(entries, dict):
        for key, value in entries.items():
            here = f"{where}.{key}".lstrip(".")
            if SCORE_KEYS.fullmatch(key):
                yield f"{here} is a key of a score"
            if key in SCORE_WORDS and isinstance(value, str):
                if hit := re.search(rf"\b(?:{SCORE_WORDS[key]})\b", value, re.IGNORECASE):
                    yield f"{here} says {hit[0]!r}"
            else:
                yield from scores_in_content(value, here)
    elif isinstance(entries, list):
        for number, value in enumerate(entries):
            name = value.get("id", number) if isinstance(value, dict) else number
            yield from scores_in_content(value, f"{where}[{name}]")


def numbers_that_follow_ticks(few, many, *, sentences=()):
    """Numbers that a page shows with many sentences recognised and not with few, or the other way round.

    `few` and `many` are the HTML of one page of one patient. The recognised sentences themselves are left out of it.
    """
    shown = [Counter(NUMBER.findall(_words(page, sentences))) for page in (few, many)]
    return sorted(set((shown[0] - shown[1]) + (shown[1] - shown[0])))


def drawings_that_follow_ticks(few, many):
    """Whether the pictures of a page change when more sentences are recognised: a level that rises is a score."""
    return [picture for picture in _pictures(many) if picture not in _pictures(few)]


def order_that_follows_ticks(order, swap):
    """The two orders, when exchanging the ticks of two people exchanges their places; else ()."""
    before = order()
    swap()
    after = order()
    return () if before == after else (before, after)


def _words(page, sentences):
    page = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page, flags=re.DOTALL)
    text = html.unescape(re.sub(r"<[^>]+>", " ", page))
    text = " ".join(text.split())
    for sentence in sentences:
        text = text.replace(sentence, " ")
    return CLOCK.sub(" ", text)


def _pictures(page):
    svgs = re.findall(r"<svg\b.*?</svg>", page, flags=re.DOTALL)
    images = re.findall(r'src="(data:image/svg[^"]+)"', page)
    return [*svgs, *images]
