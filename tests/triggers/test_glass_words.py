"""The words of the 13 glasses and the two conditions: complete, short, never frightening, never a score."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace

import pytest

from backup_plan_site.content import Text, problems
from triggers import glasses as module
from triggers.glasses import FOLDER, GLASSES, conditions, glasses

SHELF = glasses()
BEFORE = conditions()
ALL = {**SHELF, **BEFORE}

LETTERS = ["O1", "O2", "O3", "O4", "G1", "G2", "G3", "G4", "B1", "B2", "B3", "B4", "B5", "H", "A"]
LABELS = [
    "Zitten",
    "Zwaar werk",
    "Anders bewegen",
    "Slapen",
    "Gewicht en eten",
    "Water",
    "Roken",
    "Ademen",
    "Stress",
    "Doorgaan",
    "Gedachten",
    "Zelfzorg",
    "Vangnet",
]
# Clinical-brief G3: the box stands below every blue glass and poor-sleep, and open at the top of the last two.
SUPPORT = {
    "poor-sleep": "end",
    "stress": "end",
    "keep-going": "end",
    "thoughts-emotions": "end",
    "self-care": "open",
    "social-net": "open",
}
OPENS_SUPPORT = {"thoughts-emotions-5", "thoughts-emotions-8"}
# The [!] of clinical-brief D, and what C2 marks to be talked about.
HAS_A_LINE = {
    *("movement-change-6", "poor-sleep-8", "hyperventilation-4", "hyperventilation-5"),
    *("social-net-8", "arthrosis-9", *OPENS_SUPPORT),
}

LANGUAGES = ("nl", "fr", "en")
# French says the same in more words; clinical-brief asks 20 of the Dutch.
LONGEST = {"nl": 20, "en": 20, "fr": 25}

OPENERS = {
    "nl": ("Na", "Als", "Zodra", "Bij", "Voor", "Wanneer", "Tijdens", "Telkens"),
    "en": ("After", "When", "As soon as", "At", "Before", "While", "During", "Each time"),
    "fr": (
        "Après",
        "Quand",
        "Dès que",
        "À",
        "Au",
        "Aux",
        "Avant",
        "Pendant",
        "Chaque fois",
        "Lors",
        "Lorsque",
    ),
}
INVERTED = {"nl": r"[a-zéëï]+ ik\b", "en": r"I [a-z]", "fr": r"(?:je |j')[a-zéè]"}
SCORE = (
    r"\b(?:punten|puntentelling|score[sn]?|gescoord|scored?|scoring|points|cut-?off|vlag(?:gen)?|flags?)\b"
)
MEDICINE = r"\b(?:\d+ ?mg|milligram\w*|paracetamol|ibuprofen|tramadol|diclofenac|diazepam|melatonine?)\b"
OTHER_NUMBERS = r"\b(?:106|113|1712|1733|1813|1995|0800(?! 111 00))\b"
MARKS = r"\*\*|\\|→|—|\|\||\[!\]|\(V\)|\(GK\)|  |\bS\d\b|\bA1\d\b"


def texts_in(one: object, where: str) -> Iterator[tuple[str, Text]]:
    """Every text below `one`, practitioner's hints too, with its place."""
    if isinstance(one, Text):
        yield where, one
    elif isinstance(one, tuple):
        for part in one:
            if not isinstance(part, str):
                yield from texts_in(part, part.id)
    elif is_dataclass(one):
        for field in fields(one):
            yield from texts_in(getattr(one, field.name), f"{where}.{field.name}")


def lines(key: str, *, practitioner: bool = True) -> Iterator[tuple[str, str, str]]:
    """Place, language and words of every text of one glass or condition."""
    for where, text in texts_in(ALL[key], key):
        if practitioner or not where.endswith(".ask"):
            yield from ((where, language, text.in_language(language)) for language in LANGUAGES)


def sentences(words: str) -> list[str]:
    return [one for one in re.split(r"(?<=[.!?])['\"]?\s+", words) if one]


def statements() -> list:
    return [one for questions in ALL.values() for one in questions.statements]


every = pytest.mark.parametrize("key", ALL)
every_glass = pytest.mark.parametrize("key", SHELF)


# --- the whole shelf ---


def test_all_13_glasses_and_2_conditions_are_there():
    assert list(SHELF) == list(GLASSES) and len(SHELF) == 13
    assert list(BEFORE) == ["hernia", "arthrosis"]


def test_the_files_fit_the_method():
    assert list(module.mismatches()) == []


def test_the_folder_is_sound_and_says_nothing_that_frightens():
    assert problems(FOLDER) == []


def test_every_id_stands_once_over_all_files():
    ids = [
        one.id for questions in ALL.values() for one in (questions, *questions.statements, *questions.tips)
    ]
    assert sorted(set(ids)) == sorted(ids)


def test_the_letters_on_paper_follow_the_shelf():
    assert [questions.letter for questions in ALL.values()] == LETTERS
    assert [glass.family for glass in SHELF.values()] == ["orange"] * 4 + ["green"] * 4 + ["blue"] * 5


def test_the_labels_are_short_and_differ():
    assert [glass.label.nl for glass in SHELF.values()] == LABELS
    for language in LANGUAGES:
        labels = [glass.label.in_language(language) for glass in SHELF.values()]
        assert len(set(labels)) == len(labels)
        assert [label for label in labels if len(label) > 19] == []


def test_no_two_statements_say_the_same():
    for language in LANGUAGES:
        said = [one.text.in_language(language).casefold() for one in statements()]
        assert len(set(said)) == len(said)


# --- one glass or condition ---


@every
def test_there_are_8_statements_and_9_for_arthrosis(key):
    assert len(ALL[key].statements) == (9 if key == "arthrosis" else 8)


@every
def test_every_text_stands_in_three_languages(key):
    for where, text in texts_in(ALL[key], key):
        said = [text.nl, text.en, text.fr]
        assert all(said) and [words.strip() for words in said] == said, where
        # A name such as 'Stress' or 'Water' may be one word for two.
        assert len(set(said)) == 3 or len(text.nl.split()) <= 2, f"{where}: {said}"


@every
def test_no_sentence_is_too_long(key):
    for where, language, words in lines(key):
        long = [one for one in sentences(words) if len(one.split()) > LONGEST[language]]
        assert long == [], f"{where} ({language})"


@every
def test_the_why_is_3_to_6_short_sentences(key):
    for language in LANGUAGES:
        why = ALL[key].why.in_language(language)
        assert 3 <= len(sentences(why)) <= 6, language
        assert 40 <= len(why.split()) <= 85, language


@every
def test_statements_and_tips_are_whole_sentences(key):
    for one in (*ALL[key].statements, *ALL[key].tips):
        for words in (one.text.nl, one.text.en, one.text.fr):
            assert words[0].isupper() and words[-1] in ".?!", words


@every
def test_nothing_slipped_in_from_another_alphabet_or_from_the_notes(key):
    for where, _, words in lines(key):
        strange = [
            sign
            for sign in words
            if unicodedata.east_asian_width(sign) in "FW"
            or unicodedata.category(sign) in ("Cc", "Cf", "Co", "So")
        ]
        assert strange == [] and not re.search(MARKS, words), f"{where}: {words}"


@every
def test_patients_read_no_score_and_no_flag(key):
    for where, _, words in lines(key, practitioner=False):
        assert not re.search(SCORE, words, re.IGNORECASE), f"{where}: {words}"


@every
def test_no_medicine_or_dose_is_named(key):
    for where, _, words in lines(key):
        assert not re.search(MEDICINE, words, re.IGNORECASE), f"{where}: {words}"


@every
def test_telephone_numbers_stay_where_the_country_is_known(key):
    for where, _, words in lines(key):
        assert not re.search(OTHER_NUMBERS, words), f"{where}: {words}"


@every
def test_a_draft_says_where_it_comes_from(key):
    assert ALL[key].source.startswith("clinical-brief ")
    assert not ALL[key].confirmed


# --- tips and habits ---


@every_glass
def test_a_glass_has_6_to_10_tips(key):
    assert 6 <= len(SHELF[key].tips) <= 10


@every
def test_at_least_4_tips_can_become_a_habit(key):
    assert len([tip for tip in ALL[key].tips if tip.habit]) >= 4


@every
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_habit_reads_as_one_sentence(key, language):
    for tip in (tip for tip in ALL[key].tips if tip.habit):
        after, do = tip.habit.after.in_language(language), tip.habit.do.in_language(language)
        assert after.startswith(tuple(f"{opener} " for opener in OPENERS[language])), f"{tip.id}: {after}"
        assert re.match(INVERTED[language], do), f"{tip.id}: {do}"
        assert len(f"{after} {do}".split()) <= LONGEST[language], tip.id


@every
def test_the_parts_of_a_habit_carry_no_full_stop(key):
    for tip in (tip for tip in ALL[key].tips if tip.habit):
        for where, text in texts_in(tip.habit, tip.id):
            assert not {text.nl[-1], text.en[-1], text.fr[-1]} & set(".!?"), where


@every
def test_the_later_parts_of_a_habit_begin_small(key):
    for tip in (tip for tip in ALL[key].tips if tip.habit):
        for part in filter(None, (tip.habit.where, tip.habit.how_often, tip.habit.small)):
            said = (part.nl, part.en, part.fr)
            assert not any(words[0].isupper() for words in said), f"{tip.id}: {said}"


# --- around the sentences ---


@every
def test_every_glass_says_how_sure_its_why_is_and_by_which_words_it_is_found(key):
    questions = ALL[key]
    assert 1 <= len(sentences(questions.evidence.nl)) <= 3
    for language in LANGUAGES:
        words = getattr(questions.aliases, language)
        assert 4 <= len(words) == len(set(words)), language
        assert [one for one in words if one != one.strip() or one[0].isupper()] == [], language


def test_the_sensitive_ones_say_why_they_are_asked_and_that_they_may_be_skipped():
    asked = {key for key, one in ALL.items() if one.why_we_ask}
    assert asked >= {"weight-food", "smoking", "thoughts-emotions", "self-care", "social-net"}
    assert {key for key, one in ALL.items() if one.skip} == asked


def test_other_countries_have_other_professions():
    assert "kinesist" in SHELF["sitting"].helpers_in("BE").nl
    assert "fysiotherapeut" in SHELF["sitting"].helpers_in("NL").nl
    assert SHELF["hydration"].helpers_in("NL") is SHELF["hydration"].helpers


def test_the_tips_of_a_hernia_stand_in_their_own_phases():
    phases = [tip.phase for tip in BEFORE["hernia"].tips]
    assert {"acute", "subacute"} <= set(phases)
    first = next(tip for tip in BEFORE["hernia"].tips if tip.phase == "acute")
    assert first.said.nl.startswith("In de eerste 8 weken: ")
    assert first.said.nl.endswith(first.text.nl[1:])


# --- what the method and safety ask of single glasses ---


def test_the_support_box_stands_where_people_may_have_it_dark():
    assert {key: glass.support for key, glass in SHELF.items() if glass.support} == SUPPORT
    assert {one.id for one in statements() if one.opens_support} == OPENS_SUPPORT


def test_the_statements_that_need_it_show_a_line():
    assert {one.id for one in statements() if one.extra} >= HAS_A_LINE


def test_who_does_not_feel_safe_leaves_no_trace():
    assert [one.id for one in statements() if one.private] == ["social-net-8"]
    assert [one.id for one in statements() if one.violence] == ["social-net-8"]
    assert [key for key, glass in SHELF.items() if glass.neutral_title] == ["social-net"]


def test_only_smoking_asks_first_and_other_peoples_smoke_is_asked_of_everybody():
    assert [key for key, glass in SHELF.items() if glass.filter] == ["smoking"]
    assert SHELF["smoking"].filter.nl == "Rook je of vape je?"
    waiting = [one.id for one in statements() if one.after_filter]
    assert waiting == [f"smoking-{number}" for number in range(1, 8)]


def test_tabakstop_is_named_for_belgium():
    said = {tip.id: tip.text for tip in SHELF["smoking"].tips}["smoking-tabakstop"]
    assert said.nl.startswith("In België: Tabakstop, gratis op 0800 111 00")
    assert said.en.startswith("In Belgium: Tabakstop, free on 0800 111 00")


def test_every_drinking_tip_says_who_asks_a_doctor_first():
    for tip in SHELF["hydration"].tips:
        assert tip.care, tip.id
        for word in ("hartfalen", "nierziekte", "plaspillen", "arts"):
            assert word in tip.care.nl, tip.id
        for word in ("heart failure", "kidney disease", "water tablets", "doctor"):
            assert word in tip.care.en, tip.id


@pytest.mark.parametrize(
    ("statement", "part", "nl", "en"),
    [
        ("movement-change-6", "extra", ["Zeg dit aan je behandelaar"], ["Tell your practitioner"]),
        ("movement-change-6", "ask", ["oefenfilter 'zwanger'"], ["exercise filter 'pregnant'"]),
        ("poor-sleep-8", "extra", ["huisarts"], ["GP"]),
        ("weight-food-1", "ask", ["ondergewicht", "eetstoornis"], ["underweight", "eating disorder"]),
        (
            "hyperventilation-4",
            "extra",
            ["hart en longen", "behandelaar"],
            ["heart and lungs", "practitioner"],
        ),
        (
            "hyperventilation-5",
            "extra",
            ["hart en longen", "behandelaar"],
            ["heart and lungs", "practitioner"],
        ),
        ("hyperventilation-4", "ask", ["lijst 3"], ["list 3"]),
        ("hyperventilation-5", "ask", ["lijst 3"], ["list 3"]),
    ],
)
def test_a_line_sends_to_the_right_person(statement, part, nl, en):
    text = getattr({one.id: one for one in statements()}[statement], part)
    assert [word for word in nl if word not in text.nl] == []
    assert [word for word in en if word not in text.en] == []


# --- the guard itself ---


SITTING = SHELF["sitting"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (replace(SITTING, id="siting"), "id, family or support"),
        (replace(SITTING, family="yellow"), "id, family or support"),
        (replace(SITTING, support="top"), "id, family or support"),
        (replace(SHELF["smoking"], id="sitting", filter=None), "a filter question that is not there"),
        (replace(SITTING, statements=SITTING.statements[1:]), "statement sitting-2 should be sitting-1"),
        (replace(SITTING, tips=SHELF["smoking"].tips), "does not carry the name of its glass"),
        (replace(SITTING, tips=(replace(SITTING.tips[0], phase="acute"),)), "not one of sitting"),
        (replace(SITTING, why_we_ask=SITTING.why), "belong together"),
    ],
)
def test_words_that_do_not_fit_the_method_are_found(monkeypatch, changed, words):
    monkeypatch.setattr(module, "glasses", lambda: {"sitting": changed})
    monkeypatch.setattr(module, "conditions", dict)
    assert any(words in one for one in module.mismatches())
