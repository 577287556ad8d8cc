"""The words of the exercises: complete, calm, short enough, and in step with the brief they come from."""

import re

import pytest

from backup_plan_site.content import Text, problems
from exercises.filters import CALM, CAUTIONS
from exercises.library import FOLDER, GLASS_IDS, SECTIONS, Exercise, library, mismatches, stop_rules
from triggers import glasses

# id: (section, cautions, glasses) as clinical-brief E gives them, and the glasses that D's own lists add.
BRIEF = {
    "m5": ("book", "", "sitting poor-sleep keep-going", ""),
    "m7": ("book", "KWBD", "sitting stress", ""),
    "m9": ("book", "A", "sitting hyperventilation stress", ""),
    "s1": ("book", "KDF", "sitting heavy-work", ""),
    "s11": ("book", "A", "sitting hyperventilation stress", "hydration"),
    "b2": ("book", "F", "movement-change", ""),
    "c1": ("book", "PD", "heavy-work sitting", "weight-food"),
    "k1": ("book", "KC", "heavy-work weight-food", ""),
    "r1": ("book", "", "hyperventilation stress poor-sleep", "smoking"),
    "r2": ("book", "", "stress keep-going thoughts-emotions", "self-care"),
    "y-diaphragm": ("relieve", "P", "hyperventilation stress", ""),
    "y-legs-wall": ("relieve", "PCD", "poor-sleep stress sitting", ""),
    "y-seated-4": ("relieve", "DKH", "sitting", ""),
    "y-ten-breaths": ("relieve", "", "stress hyperventilation keep-going", ""),
    "y-pmr": ("relieve", "C", "poor-sleep stress thoughts-emotions", ""),
    "y-count-20": ("relieve", "", "poor-sleep", ""),
    "y-mindful-walk": ("maintain", "F", "movement-change thoughts-emotions", "social-net"),
    "y-chair-squat": ("maintain", "KFH", "heavy-work weight-food", ""),
    "y-compassion": ("maintain", "", "self-care keep-going", ""),
    "walk": ("activities", "", "", "weight-food smoking hydration social-net movement-change"),
}
LIBRARY = library()
RULES = stop_rules()

one_by_one = pytest.mark.parametrize("one", LIBRARY.values(), ids=LIBRARY)


def texts_of(one: Exercise) -> list[Text]:
    return [text for text in (one.name, one.kit, one.goal, *one.steps, one.dose, one.stop, one.care) if text]


def sentences(line: str) -> list[str]:
    return re.split(r"(?<=[.?!])\s+", line)


def stems(line: str) -> set[str]:
    return set(re.findall(r"[a-zé]+", line.lower()))


def test_the_folder_is_sound_and_fits_the_rules():
    assert problems(FOLDER) == []
    assert list(mismatches(LIBRARY)) == []


def test_the_glasses_are_those_of_the_method():
    assert GLASS_IDS == glasses.GLASSES


def test_the_exercises_stand_in_the_order_of_the_sections():
    assert list(LIBRARY) == list(BRIEF)
    assert tuple(dict.fromkeys(one.section for one in LIBRARY.values())) == SECTIONS
    assert {one.version for one in LIBRARY.values()} == {f"{section}.v1" for section in SECTIONS}


@one_by_one
def test_cautions_and_glasses_are_those_of_the_brief(one):
    section, cautions, own, added = BRIEF[one.id]

    assert one.section == section
    assert sorted(one.cautions) == sorted(cautions)
    assert sorted(one.glasses) == sorted(f"{own} {added}".split())
    assert one.source.startswith("clinical-brief") and not one.confirmed


@pytest.mark.parametrize("glass", GLASS_IDS)
def test_every_glass_has_at_least_two_exercises(glass):
    assert len([one for one in LIBRARY.values() if glass in one.glasses]) >= 2


@one_by_one
def test_dutch_and_english_in_short_sentences(one):
    for text in texts_of(one):
        for line in (text.nl, text.en):
            assert [each for each in sentences(line) if len(each.split()) > 20] == []
            assert not re.search(r"\*|→|\(GK\)|\(V\)|  ", line), line


@one_by_one
def test_no_text_stands_there_untranslated(one):
    for text in texts_of(one):
        assert text.nl != text.en
        assert len(sentences(text.nl)) == len(sentences(text.en)), text.nl


@one_by_one
def test_goal_steps_and_stop_are_whole_sentences(one):
    for text in (one.goal, *one.steps, one.dose, one.stop):
        assert text.nl[0].isupper() and text.nl.endswith("."), text.nl
        assert text.en[0].isupper() and text.en.endswith("."), text.en
    assert len(sentences(one.goal.nl)) == 1


@one_by_one
def test_the_steps_say_how_to_breathe_or_count_and_where_to_feel_it(one):
    nl, en = (" ".join(getattr(step, code) for step in one.steps) for code in ("nl", "en"))

    assert stems(nl) & {"adem", "ademt", "ademhalingen"} and stems(en) & {"breathe", "breathing", "breaths"}
    assert "voel" in stems(nl) and "feel" in stems(en)


@one_by_one
def test_the_dose_says_how_much_and_the_stop_what_to_do(one):
    assert re.match(r"Begin met \d+ ", one.dose.nl) and re.match(r"Start with \d+ ", one.dose.en)
    assert re.findall(r"\d+", one.dose.nl) == re.findall(
        r"\d+", one.dose.en.replace("twice", "2").replace("once", "1")
    )
    assert stems(one.stop.nl) & {"stop", "los"} and stems(one.stop.en) & {"stop", "leave", "go"}


# What the care line must speak of, for each caution that changes or hides an exercise.
CARE = {
    "B": ("botontkalking", "fragile bones"),
    "D": ("uitstra|straalt", "spread"),
    "K": ("knieën", "knees"),
    "W": ("polsen", "wrists"),
    "N": ("nek", "neck"),
    "H": ("heup", "hip"),
    "P": ("zwanger", "pregnant"),
    "C": ("bloeddruk", "blood pressure"),
    "F": ("onvast", "unsteady"),
    "A": ("schouder", "shoulder"),
}


@one_by_one
def test_the_care_line_speaks_of_every_caution(one):
    for code in one.cautions:
        nl, en = CARE[code]
        assert re.search(nl, one.care.nl, re.IGNORECASE) and re.search(en, one.care.en, re.IGNORECASE)


def test_a_leg_that_hurts_is_named_where_a_leg_may_hurt():
    """Small movements in an acute disc episode, and stop when it spreads."""
    for key in CALM:
        if key in ("m5", "walk", "y-diaphragm"):
            assert "in je been" in LIBRARY[key].stop.nl and "leg" in LIBRARY[key].stop.en
    assert "klein" in LIBRARY["m5"].dose.nl and "korter" in LIBRARY["walk"].care.nl


# Reads as relief where it must warn: 'de pijn zakt' means that it grows less.
MISLEADING = re.compile(r"pijn [^.?]*zak(?:t|ken)|zakt verder|verder zakt", re.IGNORECASE)


@pytest.mark.parametrize(
    ("line", "misleads"),
    [
        ("Stop als de pijn verder je been in zakt.", True),
        ("Adem ongeveer 6 tellen uit; je hand zakt.", False),
        ("Stop als de pijn verder uitstraalt in je been.", False),
    ],
)
def test_misleading_words_are_seen(line, misleads):
    assert bool(MISLEADING.search(line)) is misleads


def test_spreading_pain_is_never_said_to_sink():
    lines = [text.nl for one in LIBRARY.values() for text in texts_of(one)]
    lines += [text.nl for text in (*RULES.stop_rules, RULES.pain_rule)]

    assert [line for line in lines if MISLEADING.search(line)] == []


# --- when to stop ---


def test_the_stop_rules_are_few_and_short():
    assert RULES.version == "rules.v1" and not RULES.confirmed and "A17" in RULES.source
    assert 3 <= len(RULES.stop_rules) <= 5
    for text in (*RULES.stop_rules, RULES.pain_rule):
        for line in (text.nl, text.en):
            assert [each for each in sentences(line) if len(each.split()) > 20] == []


@pytest.mark.parametrize(
    ("nl", "en"),
    [
        ("been of arm", "leg or arm"),
        ("scherpe pijn in een gewricht", "sharp pain in a joint"),
        ("Forceer nooit een draai", "Never force a turn"),
        ("op jouw niveau", "your own level"),
        ("duizelig of kortademig", "dizzy or short of breath"),
        ("Pijn op je borst", "Chest pain"),
        ("112", "112"),
    ],
)
def test_every_stop_rule_of_the_method_is_there(nl, en):
    assert any(nl in text.nl and en in text.en for text in RULES.stop_rules)


def test_the_pain_rule_names_4_out_of_10_and_24_hours():
    assert all(word in RULES.pain_rule.nl for word in ("4 op 10", "24 uur", "straalt niet"))
    assert all(word in RULES.pain_rule.en for word in ("4 out of 10", "24 hours", "not spread"))


def test_every_caution_has_a_word():
    assert CARE.keys() == CAUTIONS.keys()
