"""No word on a page is misspelt; the list of our own words stays short and needed. Each guard sees a planted fault."""

import os

import pytest

from tests.spelling import speller

every_language = pytest.mark.parametrize("language", speller.DICTIONARIES)
SOURCE = speller.LIST.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def read():
    """Per language: {word: place}, and what hunspell does not know of them."""
    if not speller.is_here():
        (pytest.fail if os.environ.get("CI") else pytest.skip)("No hunspell here with nl, fr and en_GB.")
    found = {}
    for language in speller.DICTIONARIES:
        places = speller.places(speller.everything(language))
        found[language] = places, speller.misspelt(places, language)
    return found


def unknown(text, language, own=()):
    words = speller.words(text)
    return speller.left_over(words, speller.misspelt(words, language), own)


# --- what stands there ---


@every_language
def test_no_word_is_misspelt(read, language):
    places, wrong = read[language]
    left = speller.left_over(places, wrong, speller.own_words(SOURCE)[language])

    assert len(places) > 2500
    assert [f"{word}: {places[word]}" for word in sorted(left)] == [], "misspelt, or for words.toml"


def test_our_own_words_are_few_and_each_has_its_reason():
    lists = speller.tomllib.loads(SOURCE)

    assert sum(map(len, lists.values())) <= speller.AT_MOST
    assert [word for rows in lists.values() for word, reason in rows.items() if len(reason) < 6] == []
    assert [word for language in speller.DICTIONARIES for word in lists[language].keys() & lists["all"]] == []


def test_our_own_words_are_all_needed(read):
    own = speller.own_words(SOURCE)
    needless = {language: speller.needless(*read[language], own[language]) for language in own}
    everywhere = set.intersection(*needless.values())

    assert [
        f"{language}: {word}"
        for language, words in needless.items()
        for word in sorted(words - speller.tomllib.loads(SOURCE)["all"].keys() | everywhere)
    ] == [], "no text has them, or the dictionary knows them: they leave words.toml"


# --- planted ---


@pytest.mark.parametrize(
    ("language", "text", "wrong"),
    [
        ("nl", "Je rug wordt sterkker.", {"sterkker"}),
        ("nl", "Foto’s van ’s morgens, zo’n <b>één</b> leeven", {"leeven"}),
        ("nl", "De werfelkolom-oefening", {"werfelkolom-oefening"}),
        ("en", "Your back becomes strongger.", {"strongger"}),
        ("en", "Don’t feel the color", {"color"}),
        ("en", "A well-beeing check-in", {"well-beeing"}),
        ("fr", "Votre dos devient plus forrt.", {"forrt"}),
        ("fr", "Aujourd’hui l'artrose et qu’elle s'assoit", {"l'artrose"}),
        ("fr", "Êtes-vous sûr·e d’aller à l'ecole ?", {"l'ecole"}),
    ],
)
def test_a_misspelt_word_is_found(read, language, text, wrong):
    assert unknown(text, language) == wrong


@every_language
def test_a_misspelt_word_among_all_the_others_is_found(read, language):
    places = read[language][0] | speller.places([("planted", "Een onmoogelijkke fauwt")])
    left = speller.left_over(places, speller.misspelt(places, language), speller.own_words(SOURCE)[language])

    assert {"onmoogelijkke", "fauwt"} <= left


def test_a_word_of_our_own_is_let_through(read):
    text = "Katstretch, een POH-qqx en Tele-Onthaal"

    assert unknown(text, "nl") == {"Katstretch", "POH-qqx", "Tele-Onthaal"}
    assert unknown(text, "nl", {"katstretch", "POH", "Tele-Onthaal"}) == {"POH-qqx"}


def test_a_word_that_needs_its_capital_does_not_pass_without(read):
    assert unknown("bechterew", "nl", {"Bechterew"}) == {"bechterew"}


def test_a_needless_word_is_seen():
    asked, wrong = {"rug", "katstretch", "POH-GGZ"}, {"katstretch", "POH-GGZ", "POH"}

    assert speller.needless(asked, wrong, {"katstretch", "POH"}) == set()
    assert speller.needless(asked, wrong, {"katstretch", "POH", "rug", "gone"}) == {"rug", "gone"}


def test_a_list_for_no_language_is_refused():
    with pytest.raises(ValueError, match="no language"):
        speller.own_words('[de]\nRad = "a word"')


def test_what_is_no_word_is_not_asked():
    text = "{practice} rf1 2x a <b>Bel</b> %(name)s zelfmoord1813.be https://a.be/b c@d.be sûr·e patient(e)s"

    assert speller.words(text) == {"Bel", "sûr", "patient"}


def test_without_its_dictionary_hunspell_is_not_believed(read, monkeypatch):
    monkeypatch.setitem(speller.DICTIONARIES, "nl", "xx_XX")
    with pytest.raises(speller.subprocess.CalledProcessError):
        speller.misspelt({"rug"}, "nl")
