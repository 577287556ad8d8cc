"""A tripwire, no proof: no page reads much heavier than the heaviest did when this was written, in November 2026.

`pytest -s tests/test_readability.py` shows the five heaviest pages of each language.
"""

import tomllib

import pytest

from tests.readability import WORD, flesch_douma, lix, pages, syllables
from tests.translations import ROOT

# The heaviest pages had LIX 31 (nl), 27 (en) and 41 (fr), and Flesch-Douma 73; some room is left. French has longer
# words for everything.
LIX_AT_MOST = {"nl": 36, "en": 33, "fr": 46}
FLESCH_DOUMA_AT_LEAST = 68
# Under this a page is a title; numbers about three words say nothing.
FEWEST_WORDS = 20

EASY = "Je rug is sterk. Hij mag bewegen. Stap elke dag een beetje. Zo wordt het weer gewoon."
LAW = {
    "nl": "De verwerkingsverantwoordelijke verstrekt de betrokkene onverwijld informatie betreffende het gevolg dat "
    "overeenkomstig de toepasselijke bepalingen aan het ingediende verzoek werd gegeven, onverminderd de "
    "mogelijkheid tot verlenging van voornoemde termijn.",
    "en": "The controller shall provide information regarding the measures undertaken in accordance with applicable "
    "provisions following submission of the aforementioned request, notwithstanding possible extensions.",
    "fr": "Le responsable du traitement communique sans retard injustifié les informations concernant les mesures "
    "adoptées conformément aux dispositions applicables, nonobstant l'éventuelle prolongation du délai précité.",
}


def all_pages(language):
    found = []
    for path in sorted(ROOT.glob("*/content/*.toml")):
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        hidden = tables.pop("content", {}).get("practitioner", ())
        found += pages(path.stem, tables, language, hidden)
    return [(name, text) for name, text in found if len(WORD.findall(text)) >= FEWEST_WORDS]


def too_heavy(found, language):
    """The pages over a bound, with their numbers."""
    return [
        f"{name}: LIX {lix(text):.0f}"
        + (f", Flesch-Douma {flesch_douma(text):.0f}" if language == "nl" else "")
        for name, text in found
        if lix(text) > LIX_AT_MOST[language]
        or (language == "nl" and flesch_douma(text) < FLESCH_DOUMA_AT_LEAST)
    ]


# --- the pages ---


@pytest.mark.parametrize("language", LIX_AT_MOST)
def test_no_page_reads_too_heavy(language):
    found = all_pages(language)
    heaviest = sorted(found, key=lambda page: lix(page[1]), reverse=True)[:5]
    print(
        f"\nheaviest in {language}:",
        *(f"{name} (LIX {lix(text):.0f})" for name, text in heaviest),
        sep="\n  ",
    )

    assert len(found) > 60
    assert too_heavy(found, language) == []


@pytest.mark.parametrize("language", LIX_AT_MOST)
def test_a_page_of_law_is_found(language):
    assert too_heavy([("law", LAW[language])], language)


def test_each_of_the_two_dutch_numbers_finds_it():
    assert lix(LAW["nl"]) > LIX_AT_MOST["nl"]
    assert flesch_douma(LAW["nl"]) < FLESCH_DOUMA_AT_LEAST
    assert too_heavy([("page", EASY)], "nl") == []


def test_law_between_easy_sentences_is_found_too():
    assert too_heavy([("page", f"{EASY} {LAW['nl']} {EASY}")], "nl")


# --- the numbers ---


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("rug", 1),
        ("je", 1),
        ("bewegen", 3),
        ("pijn", 1),
        ("bijen", 2),
        ("zeeën", 2),
        ("geïnteresseerd", 5),
        ("beoefenen", 4),
        ("reuma", 2),
        ("leeuw", 1),
        ("buien", 2),
        ("hyperventilatie", 6),
        ("yoga", 2),
        ("evaluatie", 5),
        ("één", 1),
        ("vóór", 1),
        ("112", 1),
        ("km", 1),
    ],
)
def test_dutch_syllables(word, count):
    assert syllables(word) == count


def test_the_numbers_are_those_of_the_formulas():
    # Four words with six syllables in one sentence; one word of more than six letters.
    assert flesch_douma("Je rug mag bewegen.") == pytest.approx(206.835 - 0.93 * 4 - 77 * 6 / 4)
    assert lix("Je rug mag bewegen.") == pytest.approx(4 + 100 * 1 / 4)
    assert lix("Je rug mag.\nHij beweegt. Ja") == pytest.approx(6 / 3 + 100 * 1 / 6)


def test_shorter_sentences_and_shorter_words_read_easier():
    assert flesch_douma("Je rug is sterk. Hij mag bewegen.") > flesch_douma(
        "Je rug is sterk en hij mag bewegen."
    )
    assert lix("Je rug is sterk. Hij kan dat.") < lix("Je wervelkolom is sterk. Hij kan dat.")


# --- what a page is ---


def test_a_page_is_a_guide_a_theme_of_questions_or_a_file():
    text = {"nl": "Een.", "en": "One.", "fr": "Un."}
    guides = {"theme": {"name": text}, "guides": [{"id": "a", "title": text}, {"id": "b", "title": text}]}
    items = {
        "items": [
            {"id": "x", "theme": "toilet", "ask": text, "checks": text},
            {"id": "y", "theme": "toilet", "ask": text},
        ]
    }

    assert dict(pages("g", guides, "nl")) == {"g": "Een.", "g a": "Een.", "g b": "Een."}
    assert dict(pages("i", items, "fr", ["checks"])) == {"i toilet": "Un.\nUn."}


def test_words_to_search_for_are_no_page():
    assert list(pages("f", {"aliases": {"nl": ["rug"], "en": ["back"], "fr": ["dos"]}}, "nl")) == []
