"""The words of the exercises: complete, calm, short enough, and in step with the brief they come from."""

import re
from collections import Counter

import pytest

from backup_plan_site.content import Text, problems
from exercises.filters import CAUTIONS
from exercises.library import FOLDER, GLASS_IDS, SECTIONS, Exercise, library, mismatches, stop_rules
from triggers import glasses

# Clinical-brief E1 and E2: the letters of each exercise's cautions, and the glasses that it is there for.
BRIEF = {
    "m1": ("", "movement-change sitting"),
    "m2": ("", "movement-change sitting"),
    "m3": ("HF", "sitting movement-change"),
    "m4": ("KHDF", "heavy-work sitting"),
    "m5": ("", "sitting poor-sleep keep-going"),
    "m6": ("DBP", "sitting heavy-work"),
    "m7": ("KWBD", "sitting stress"),
    "m8": ("BD", "sitting heavy-work"),
    "m9": ("A", "sitting hyperventilation stress"),
    "m10": ("B", "hyperventilation sitting"),
    "s1": ("KDF", "sitting heavy-work"),
    "s2": ("HD", "sitting"),
    "s3": ("FH", "movement-change"),
    "s4": ("DBNF", "sitting heavy-work hyperventilation"),
    "s5": ("HK", "sitting"),
    "s6": ("D", "sitting heavy-work"),
    "s7": ("KF", "heavy-work sitting"),
    "s8": ("F", "movement-change"),
    "s9": ("F", "movement-change"),
    "s10": ("A", "sitting heavy-work"),
    "s11": ("A", "sitting hyperventilation stress"),
    "b1": ("FPD", "movement-change sitting"),
    "b2": ("F", "movement-change"),
    "b3": ("FK", "movement-change heavy-work"),
    "c1": ("PD", "heavy-work sitting"),
    "c2": ("P", "heavy-work"),
    "c3": ("KW", "heavy-work keep-going"),
    "c4": ("NBPCD", "heavy-work"),
    "k1": ("KC", "heavy-work weight-food"),
    "k2": ("", "sitting heavy-work"),
    "k3": ("N", "sitting heavy-work"),
    "r1": ("", "hyperventilation stress poor-sleep"),
    "r2": ("", "stress keep-going thoughts-emotions"),
    "r3": ("", "poor-sleep keep-going self-care"),
    "st1": ("", "sitting social-net"),
    "y-diaphragm": ("P", "hyperventilation stress"),
    "y-legs-wall": ("PCD", "poor-sleep stress sitting"),
    "y-childs-pose": ("KADB", "stress keep-going self-care"),
    "y-seated-4": ("DKH", "sitting"),
    "y-warrior-support": ("FK", "sitting"),
    "y-squat": ("KHFD", "sitting heavy-work"),
    "y-chair-bridge": ("PC", "hyperventilation heavy-work"),
    "y-kneel-lunge": ("KF", "sitting"),
    "y-gate": ("KA", "sitting hyperventilation"),
    "y-cat": ("KWBD", "sitting stress"),
    "y-lying-4": ("DHP", "sitting"),
    "y-child-reach": ("KAD", "stress"),
    "y-ten-breaths": ("", "stress hyperventilation keep-going"),
    "y-pmr": ("C", "poor-sleep stress thoughts-emotions"),
    "y-count-20": ("", "poor-sleep"),
    "y-bridge": ("CP", "heavy-work hyperventilation"),
    "y-sphinx-turn": ("NP", "sitting"),
    "y-roll-ball": ("BDNP", "heavy-work"),
    "y-cobra": ("P", "sitting"),
    "y-seated-twist": ("DBHK", "sitting"),
    "y-down-dog": ("CWAN", "heavy-work"),
    "y-side-bend": ("DF", "sitting hyperventilation"),
    "y-two-knee-twist": ("DBP", "sitting stress"),
    "y-lying-4-twist": ("DBHP", "sitting"),
    "y-seated-side": ("DBHK", "hyperventilation"),
    "y-wave-bridge": ("DPB", "heavy-work"),
    "y-windmill": ("DBA", "sitting"),
    "y-plank": ("ACP", "heavy-work"),
    "y-side-plank": ("AC", "heavy-work"),
    "y-locust": ("P", "sitting heavy-work"),
    "y-lunge-reach": ("KF", "sitting"),
    "y-9090": ("KHD", "sitting"),
    "y-pigeon": ("KHD", "sitting"),
    "y-seated-ham": ("DB", "sitting"),
    "y-posture-breath": ("", "sitting stress"),
    "y-mindful-walk": ("F", "movement-change thoughts-emotions"),
    "y-warrior": ("FK", "sitting"),
    "y-one-knee-twist": ("DB", "sitting"),
    "y-chair-squat": ("KFH", "heavy-work weight-food"),
    "y-compassion": ("", "self-care keep-going"),
}
# The one place where the brief asks for care with the bones and not for hiding.
MILD = {("y-childs-pose", "B")}
LIBRARY = library()
RULES = stop_rules()

one_by_one = pytest.mark.parametrize("one", LIBRARY.values(), ids=LIBRARY)


def texts_of(one: Exercise) -> list[Text]:
    own = (
        one.name,
        one.goal,
        one.start,
        *one.steps,
        one.breathing,
        one.feel,
        one.dose,
        one.easier,
        one.harder,
    )
    return [*own, *one.stop, *(note.text for note in one.notes), *([one.care] if one.care else [])]


def sentences(line: str) -> list[str]:
    return re.split(r"(?<=[.?!])\s+", line)


def stems(line: str) -> set[str]:
    return set(re.findall(r"[a-zé]+", line.lower()))


def test_the_folder_is_sound_and_fits_the_rules():
    assert problems(FOLDER) == []
    assert list(mismatches(LIBRARY)) == []


def test_the_glasses_are_those_of_the_method():
    assert GLASS_IDS == glasses.GLASSES


def test_all_75_are_there_and_walking_beside_them_in_the_order_of_the_sections():
    assert set(LIBRARY) == {*BRIEF, "walk"} and len(BRIEF) == 75
    assert tuple(dict.fromkeys(one.section for one in LIBRARY.values())) == SECTIONS
    assert {one.version for one in LIBRARY.values()} == {f"{section}.v1" for section in SECTIONS}
    assert all(one.source.startswith("clinical-brief") and not one.confirmed for one in LIBRARY.values())


@pytest.mark.parametrize("key", BRIEF)
def test_cautions_and_glasses_are_those_of_the_brief(key):
    letters, own = BRIEF[key]
    one = LIBRARY[key]

    assert set(letters) <= {*one.cautions, *one.careful}
    assert set(own.split()) <= set(one.glasses)
    # The filters for bones, an acute disc episode and pregnancy hide (clinical-brief E).
    assert [
        each for each in letters if each in "BDP" and each not in one.cautions and (key, each) not in MILD
    ] == []


@pytest.mark.parametrize("glass", GLASS_IDS)
def test_every_glass_has_at_least_two_exercises(glass):
    assert len([one for one in LIBRARY.values() if glass in one.glasses]) >= 2


@one_by_one
def test_three_languages_in_short_sentences(one):
    for text in texts_of(one):
        for line, longest in ((text.nl, 20), (text.en, 20), (text.fr, 25)):
            assert line, text.nl
            assert [each for each in sentences(line) if len(each.split()) > longest] == []
            assert not re.search(r"\*|→|\(GK\)|\(V\)|  ", line), line


@one_by_one
def test_no_text_stands_there_untranslated(one):
    for text in texts_of(one):
        assert len({text.nl, text.en, text.fr}) == 3 or (one.id, text.nl) == ("st1", one.name.nl), text.nl


@one_by_one
def test_what_is_to_do_stands_in_whole_sentences(one):
    for text in (one.goal, one.start, *one.steps, one.breathing, one.feel, one.dose, *one.stop):
        for line in (text.nl, text.en, text.fr):
            assert line[0].isupper() and line[-1] in ".?!", line
    assert len(sentences(one.goal.nl)) == 1


@one_by_one
def test_each_says_how_to_breathe_and_where_to_feel_it(one):
    assert re.search(r"adem", one.breathing.nl, re.IGNORECASE), one.breathing.nl
    assert re.search(r"breath|exhale|inhale", one.breathing.en, re.IGNORECASE), one.breathing.en
    assert re.search(r"voel", one.feel.nl, re.IGNORECASE), one.feel.nl


@one_by_one
def test_the_dose_in_words_says_the_numbers_of_the_amount(one):
    said = set(map(int, re.findall(r"\d+", one.dose.nl)))
    holds = [
        one.amount.seconds,
        one.amount.breaths,
        one.amount.minutes,
        one.amount.repetitions,
        one.amount.sets,
    ]

    assert {number for number in holds if number > 1} <= said | {2}, one.dose.nl
    assert any(number in said for number in holds), one.dose.nl
    assert re.match(r"Begin met ", one.dose.nl) and re.match(r"Start with ", one.dose.en)
    assert re.match(r"Commencez par ", one.dose.fr)


def test_no_instruction_stands_in_more_than_3_exercises():
    for language in ("nl", "en", "fr"):
        lines = Counter(step.in_language(language) for one in LIBRARY.values() for step in one.steps)
        assert [line for line, times in lines.items() if times > 3] == []


def test_what_is_offered_in_an_acute_disc_episode_says_to_stop_when_pain_spreads():
    for key in ("m5", "walk", "y-diaphragm"):
        said = " ".join(line.nl for line in LIBRARY[key].stop)
        assert "been" in said, said


# What a note must speak of.
CARE = {
    "B": "bot|breekbaar",
    "D": "straalt|uitstra|zenuw|been",
    "K": "knie",
    "W": "pols",
    "N": "nek|duizel",
    "H": "heup",
    "P": "zwanger",
    "C": "bloeddruk|hart|glaucoom",
    "F": "onvast|evenwicht|steun|hou|vallen",
    "A": "schouder",
}


@one_by_one
def test_a_note_speaks_of_its_caution(one):
    for note in one.notes:
        assert re.search(CARE[note.caution], note.text.nl, re.IGNORECASE), note.text.nl


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
