"""What is vague and what is concrete, as a table in three languages; and the words of the content themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backup_plan_site.content import LANGUAGES, Text, read
from plans.guides import FOLDER
from plans.vague import Rewrite, concrete, friendly_rewrite, rewrites_of
from tests import translations as words
from triggers.glasses import conditions, glasses

TABLES = read(FOLDER / "vague.v1.toml")
REWRITES = rewrites_of(TABLES, Text)


def offered(typed, language):
    found = friendly_rewrite(typed, language, REWRITES)
    return found.id if found else None


CASES = [
    # Dutch: vague
    ("nl", "meer bewegen", "more-sport"),
    ("nl", "Meer  BEWEGEN!", "more-sport"),
    ("nl", "ik wil elke dag meer bewegen", "more-sport"),
    ("nl", "sporten", "more-sport"),
    ("nl", "sporten als ik tijd heb", "more-sport"),
    ("nl", "als het me lukt, sporten", "more-sport"),
    ("nl", "meer wandelen", "more-walking"),
    ("nl", "een beetje gezonder eten", "healthier-food"),
    ("nl", "’s avonds minder gsm", "less-screen"),
    ("nl", "'s avonds vroeger naar bed", "better-sleep"),
    ("nl", "minder stress op het werk", "less-stress"),
    ("nl", "tot rust komen", "more-rest"),
    ("nl", "diëten", "weight"),
    ("nl", "dieten", "weight"),
    ("nl", "10 kilo afvallen", "weight"),
    ("nl", "10,5 kg afvallen", "weight"),
    ("nl", "tien kilo’s kwijt", "weight"),
    ("nl", "100 % gezond eten", "healthier-food"),
    ("nl", "een paar keer sporten", "more-sport"),
    ("nl", "minder stress en meer bewegen", "less-stress"),
    ("nl", "meer bewegen en minder stress", "more-sport"),
    ("nl", "stoppen met roken", "stop-smoking"),
    ("nl", "het rustiger aan doen", "easier-pace"),
    # Dutch: concrete, or nothing of ours
    ("nl", "wandel ik 10 minuten", None),
    ("nl", "meer wandelen: 10 minuten", None),
    ("nl", "elke dag een glas water drinken", None),
    ("nl", "elke dag één extra stuk meer fruit", None),
    ("nl", "één keer meer sporten", None),
    ("nl", "e\u0301e\u0301n dag sporten", None),
    ("nl", "een halfuur vroeger slapen", None),
    ("nl", "twee keer per week sporten", None),
    ("nl", "op maandag sporten", None),
    ("nl", "na het werk ga ik sporten", None),
    ("nl", "na het werk meer sporten", "more-sport"),
    ("nl", "zodra ik thuis ben, ga ik sporten", None),
    ("nl", "½ uur minder tv", None),
    ("nl", "de hond eten geven", None),
    ("nl", "transporten regelen", None),
    ("nl", "", None),
    # English
    ("en", "exercise more", "more-sport"),
    ("en", "Every day I will EXERCISE more", "more-sport"),
    ("en", "exercise when I have time", "more-sport"),
    ("en", "one day I will do sport", "more-sport"),
    ("en", "go for walks", "more-walking"),
    ("en", "lose 5 kg and lose weight", "weight"),
    ("en", "be kinder to myself", "milder-thoughts"),
    ("en", "less stress at work", "less-stress"),
    ("en", "take it easy", "easier-pace"),
    ("en", "exercise for 10 minutes", None),
    ("en", "drink water: a glass at lunch", None),
    ("en", "do sport twice a week", None),
    ("en", "one day a week I do sport", None),
    ("en", "after work I relax", None),
    ("en", "relax more after work", "more-rest"),
    ("en", "a breathing exercise", None),
    ("en", "feed the dog", None),
    # French
    ("fr", "faire plus de sport", "more-sport"),
    ("fr", "être plus actif", "more-sport"),
    ("fr", "Etre plus actif", "more-sport"),
    ("fr", "e\u0302tre plus actif", "more-sport"),
    ("fr", "boire plus d’eau", "more-water"),
    ("fr", "boire plus d'eau chaque jour", "more-water"),
    ("fr", "mieux dormir", "better-sleep"),
    ("fr", "le soir, moins d'écran", "less-screen"),
    ("fr", "arrêter de fumer", "stop-smoking"),
    ("fr", "faire du sport quand j'ai le temps", "more-sport"),
    ("fr", "un jour, faire du sport", "more-sport"),
    ("fr", "perdre du poids : dix kilos", "weight"),
    ("fr", "faire du sport une fois par semaine", None),
    ("fr", "boire de l'eau : un verre à midi", None),
    ("fr", "faire du sport le lundi", None),
    ("fr", "dès que je rentre, faire du sport", None),
    ("fr", "après le travail, me détendre", None),
    ("fr", "au travail, me détendre", "more-rest"),
    ("fr", "marcher plus, 10 minutes", None),
    ("fr", "promener le chien", None),
    # codes of languages
    ("nl-be", "meer bewegen", "more-sport"),
    ("fr_BE", "mieux dormir", "better-sleep"),
    ("de", "exercise more", "more-sport"),
    ("de", "meer bewegen", None),
]


@pytest.mark.parametrize(("language", "typed", "expected"), CASES)
def test_what_is_vague_gets_a_friendly_question_and_what_is_concrete_nothing(language, typed, expected):
    assert offered(typed, language) == expected


def test_of_two_at_one_place_the_longest_wins_and_then_the_first():
    def one(key, *words):
        return Rewrite(
            id=key, words=dict.fromkeys(LANGUAGES, words), say="?", example="!", source="", confirmed=False
        )

    short, long, same = one("short", "more rest"), one("long", "more rest at work"), one("same", "more rest")
    assert friendly_rewrite("more rest at work", "en", [short, long]) is long
    assert friendly_rewrite("more rest at home", "en", [short, long, same]) is short


# --- any text at all ------------------------------------------------------------------------------

ANYTHING = st.text(max_size=60)
VAGUE = st.sampled_from([(code, some) for one in REWRITES for code in LANGUAGES for some in one.words[code]])


@given(ANYTHING, ANYTHING)
def test_it_never_raises(typed, language):
    found = friendly_rewrite(typed, language, REWRITES)
    assert found is None or found in REWRITES


@given(VAGUE, ANYTHING, ANYTHING)
def test_with_ten_minutes_nothing_is_vague(vague, before, after):
    language, typed = vague
    for sentence in (f"{before} {typed} {after} 10 minuten", f"10 minuten {before} {typed} {after}"):
        assert friendly_rewrite(sentence, language, REWRITES) is None


@given(VAGUE, st.sampled_from([str.upper, str.title, str.capitalize, lambda some: f"  {some}\n"]))
def test_capitals_and_spaces_make_no_difference(vague, written):
    language, typed = vague
    assert offered(written(typed), language) == offered(typed, language) is not None


# --- the content ----------------------------------------------------------------------------------


def test_there_are_enough_and_each_is_a_draft_with_its_source():
    assert 12 <= len(REWRITES) <= 18
    assert [one.id for one in REWRITES if one.confirmed or not one.source] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_vague_word_leads_to_its_own_rewrite_and_stands_once(language):
    pairs = [(one.id, some) for one in REWRITES for some in one.words[language]]
    assert [pair for pair in pairs if offered(pair[1], language) != pair[0]] == []
    assert len({some for _id, some in pairs}) == len(pairs)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_example_is_vague_itself_and_each_is_one_short_sentence(language):
    for one in REWRITES:
        example = one.example.in_language(language)
        assert offered(example, language) is None
        assert concrete(example, language)
        assert len(words.sentences(example)) == 1
        assert example.endswith(".")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_habit_that_we_suggest_ourselves_is_called_vague(language):
    habits = [
        tip.habit
        for questions in (*glasses().values(), *conditions().values())
        for tip in questions.tips
        if tip.habit
    ]
    sentences = [f"{one.after.in_language(language)} {one.do.in_language(language)}" for one in habits]
    assert len(sentences) > 30
    assert [(sentence, found) for sentence in sentences if (found := offered(sentence, language))] == []


def test_every_text_differs_from_language_to_language():
    texts = [text for one in REWRITES for text in (one.say, one.example)]
    assert [text for text in texts if len({text.nl, text.en, text.fr}) < 3] == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"id": "more-sport"}, "twice: more-sport"),
        ({"words": {"nl": ["x"], "en": ["x"]}}, "no words in fr"),
        ({"words": {"nl": ["x"], "en": ["x"], "fr": [" "]}}, "no words in fr"),
        ({"sya": "x"}, "unknown or missing: sya"),
        ({"confirmed": None}, "unknown or missing: confirmed"),
    ],
)
def test_a_fault_in_the_file_is_told_with_its_place(change, told):
    row = {**TABLES["rewrites"][0], "id": "another", **change}
    if change.get("confirmed", True) is None:
        del row["confirmed"]
    with pytest.raises(ValueError, match=told):
        rewrites_of({"rewrites": [*TABLES["rewrites"], row]}, Text)
