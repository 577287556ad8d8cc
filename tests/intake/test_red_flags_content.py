"""The words of the red flags: complete, calm, short enough, and in step with the rules."""

import re
import tomllib
from dataclasses import replace

import pytest

from backup_plan_site.content import Text, problems
from intake.checks import content_is_sound, red_flags_fit_the_rules
from intake.red_flags import CURRENT, FOLDER, Item, mismatches, red_flags
from intake.screening import Urgency
from tests.intake.people import ALL_ITEMS, MILO
from tests.intake.test_screening_items import FOLLOW_UP_KEYS

CONTENT = red_flags()


def texts_of(item: Item) -> list[Text]:
    told = [item.told] + ([item.told_below_now] if item.told_below_now else [])
    return [item.ask, *item.lines, *told, *(one.ask for one in item.follow_ups)]


def test_the_file_fits_the_rules():
    assert CONTENT.name == "red_flags.v1"
    assert mismatches(CONTENT) == []
    assert [item.id for item in CONTENT.items] == ALL_ITEMS
    assert [fact.key for fact in CONTENT.facts] == list(MILO)
    keys = [f"{item.id}.{one.id}" for item in CONTENT.items for one in item.follow_ups]
    assert sorted(keys) == sorted(FOLLOW_UP_KEYS)


def test_the_folder_is_sound_and_the_red_flags_are_sealed():
    assert [problem for problem in problems(FOLDER) if problem.startswith("red_flags")] == []
    assert CURRENT in tomllib.loads((FOLDER / "manifest.toml").read_text(encoding="utf-8"))


def test_the_system_checks_pass():
    assert red_flags_fit_the_rules() == []
    assert [one for one in content_is_sound() if "red_flags" in one.msg] == []


def test_there_are_three_lists_of_14_in_pages_of_5_to_7():
    for number in (1, 2, 3):
        assert len([item for item in CONTENT.items if item.list_number == number]) == 14
        sizes = [len(theme.items) for theme in CONTENT.themes if theme.list_number == number]
        assert sum(sizes) == 14 and all(5 <= size <= 7 for size in sizes)
    assert [item for theme in CONTENT.themes for item in theme.items] == ALL_ITEMS


def test_bladder_bowel_saddle_and_sexual_stand_where_everyone_is_asked():
    theme = next(theme for theme in CONTENT.themes if "rf2-bladder" in theme.items)
    assert {"rf2-bladder", "rf2-bowel", "rf2-saddle", "rf2-sexual"} <= set(theme.items)
    assert theme.intro and theme.intro.nl == "Deze vragen stellen we aan iedereen."


@pytest.mark.parametrize("item", CONTENT.items, ids=ALL_ITEMS)
def test_every_line_is_at_most_20_words_in_every_language(item):
    for text in texts_of(item):
        for line in (text.nl, text.en, text.fr):
            assert len(line.split()) <= 20, line


@pytest.mark.parametrize("item", CONTENT.items, ids=ALL_ITEMS)
def test_no_marks_of_the_page_it_came_from(item):
    for text in [*texts_of(item), item.points_to, item.checks]:
        for line in (text.nl, text.en):
            assert not re.search(r"\*\*|\\|→|\(V\)|\(GK\)|^same$", line), line
    assert item.source and not item.confirmed


def test_a_new_item_says_so_in_its_follow_up_only():
    for item in ("rf2-bladder", "rf2-bowel", "rf2-saddle", "rf2-sexual"):
        whole = " ".join(f"{text.nl} {text.en}" for text in texts_of(CONTENT.by_id[item])[:1])
        assert not whole.startswith(("Nieuw", "New"))
        assert CONTENT.ask(f"{item}.new").nl == "Nieuw of erger in de voorbije 2 weken?"
        assert CONTENT.ask(f"{item}.new").en == "New or worse in the past 2 weeks?"


# What B8 adds to the questions, item by item.
SHARPENED = [
    (
        "rf1-trauma-major",
        ["Nog niet door een arts onderzocht:", "1 meter of 5 traptreden", "sportongeval", "klap"],
    ),
    ("rf1-trauma-minor", ["65 of ouder", "verstijfde rug (Bechterew)", "duik", "fiets", "over de kop"]),
    ("rf1-constant-worse", ["dag en nacht", "in elke houding", "een week of langer"]),
    ("rf1-fever-unwell", ["38 °C", "rillingen", "doornat, geen opvliegers", "echt ziek", "erop drukt"]),
    ("rf1-infection-risk", ["infuus", "katheter", "drugs", "diabetes", "nierdialyse", "afweer", "injectie"]),
    ("rf1-inflammatory", ["langer dan 3 maanden", "voor je 45ste"]),
    ("rf1-inflammatory-kin", ["psoriasis", "Crohn", "colitis ulcerosa", "oog", "vinger, teen of hiel"]),
    ("rf2-both-legs", ["beide benen of beide armen"]),
    ("rf2-arm-weak", ["sinds kort zwak", "dingen vallen", "zonder schouderpijn", "moeilijk spreken"]),
    ("rf2-unsteady", ["alsof je gedronken hebt"]),
    ("rf2-neck-sudden", ["zoals je nooit eerder had", "voorbije weken", "binnen enkele minuten"]),
    ("rf2-neck-loose", ["reumatoïde artritis", "Bechterew", "Down", "Ehlers-Danlos", "te zwaar"]),
    ("rf3-heart", ["kaak of arm", "ademnood", "bij inspanning en zakt bij rust"]),
    ("rf3-lung-acute", ["kortademig", "steek", "bloed ophoesten", "kuit"]),
    ("rf3-pancreas", ["braken", "eetlustverlies", "bijna dagelijks ontstekingsremmers"]),
    ("rf3-gut", ["niet door ijzertabletten", "bloed braken", "al weken"]),
    ("rf3-pregnancy-acute", ["plots hevige buikpijn", "pijn in golven", "wazig zicht", "6 weken bevallen"]),
]


@pytest.mark.parametrize(("item", "words"), SHARPENED)
def test_every_element_of_the_question_is_there(item, words):
    whole = " ".join(text.nl for text in texts_of(CONTENT.by_id[item]))
    assert [word for word in words if word not in whole] == []


def test_the_four_messages_of_b1():
    now = CONTENT.message(Urgency.NOW)
    assert now.nl.startswith("Stop hier en zoek nu hulp. Bel 112 of ga naar de spoed.")
    assert now.fr.startswith("Arrêtez-vous ici")
    assert "spoed." not in CONTENT.message(Urgency.NOW, "NL").nl
    assert "huisartsenspoedpost" in CONTENT.message(Urgency.NOW, "NL").nl
    assert CONTENT.message(Urgency.TODAY, "NL") == CONTENT.message(Urgency.TODAY)
    for urgency in Urgency:
        assert all(CONTENT.message(urgency).in_language(code) for code in ("nl", "en", "fr"))
        assert CONTENT.message(urgency).fr


def test_suddenly_worse_stands_under_every_message_except_now():
    assert CONTENT.warning(Urgency.NOW) is None
    for urgency in (Urgency.TODAY, Urgency.DAYS, Urgency.TALK):
        warning = CONTENT.warning(urgency)
        assert warning and warning.nl.startswith("Plots erger?") and "112" in warning.nl


def test_what_is_told_about_an_item_below_now():
    calmer = ["rf2-bladder", "rf2-bowel", "rf2-saddle", "rf2-weak-legs", "rf2-neck-sudden", "rf2-neck-brain"]
    calmer += ["rf3-lung-acute"]
    assert [item.id for item in CONTENT.items if item.told_below_now] == calmer
    for item in calmer:
        assert CONTENT.told(item, Urgency.TODAY).nl == "Hier kijkt best vandaag nog een arts naar."
        assert CONTENT.told(item, Urgency.NOW) == CONTENT.by_id[item].told
    assert CONTENT.told("rf1-pmr", Urgency.DAYS) == CONTENT.by_id["rf1-pmr"].told


@pytest.mark.parametrize("rule", ["R4", "R7", "R9", "R12", "R15", "spine-procedure", "under-18"])
def test_every_rule_without_an_item_has_a_reason_line(rule):
    told = CONTENT.told(rule, Urgency.TODAY)
    assert told.nl.endswith(".") and told.en.endswith(".")


def test_a_follow_up_is_found_by_its_full_id():
    assert CONTENT.ask("rf2-saddle").en.startswith("Is it numb")
    assert CONTENT.ask("rf3-gut.bleeding-now").en.startswith("Do you have black stools")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"items": CONTENT.items[:-1]}, "items"),
        ({"items": (CONTENT.items[1], CONTENT.items[0], *CONTENT.items[2:])}, "order"),
        ({"items": (replace(CONTENT.items[0], follow_ups=()), *CONTENT.items[1:])}, "rf1-trauma-major"),
        ({"items": (replace(CONTENT.items[0], theme="unwell"), *CONTENT.items[1:])}, ""),
        ({"facts": CONTENT.facts[1:]}, "facts"),
        ({"facts": (CONTENT.facts[0], replace(CONTENT.facts[1], answers=()), *CONTENT.facts[2:])}, "sex"),
        ({"messages": CONTENT.messages[1:]}, "message"),
        ({"without_item": CONTENT.without_item[1:]}, "without an item"),
        ({"themes": (replace(CONTENT.themes[0], list_number=2), *CONTENT.themes[1:])}, "beginning"),
    ],
)
def test_words_that_do_not_fit_the_rules_are_found(change, words):
    found = mismatches(replace(CONTENT, **change))
    assert all(problem.startswith("red_flags.v1: ") for problem in found)
    if words:
        assert any(words in problem for problem in found)
