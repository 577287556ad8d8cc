"""`manage.py check` sees every fault that is planted in a copy of the exercises."""

import re
import shutil

import pytest

from exercises import checks
from exercises.checks import content_is_sound, exercises_fit_the_rules
from exercises.library import FOLDER, library, load, load_rules


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A copy of the content that the checks read instead."""
    copy = tmp_path / "content"
    shutil.copytree(FOLDER, copy)
    monkeypatch.setattr(checks, "FOLDER", copy)
    return copy


def rewrite(folder, name, old, new, key=""):
    """Replace the first `old` of a file; with `key`, the first one from that exercise on."""
    text = (folder / name).read_text(encoding="utf-8")
    start = text.index(f'id = "{key}"') if key else 0
    assert old in text[start:]
    (folder / name).write_text(text[:start] + text[start:].replace(old, new, 1), encoding="utf-8")


def found(check):
    return [(one.id, one.msg) for one in check(None)]


def test_a_true_copy_has_no_problems(folder):
    assert found(content_is_sound) == found(exercises_fit_the_rules) == []
    assert load(folder) == library()


CAUTIONS_OF_M7 = 'cautions = ["B", "D"]'


@pytest.mark.parametrize(
    ("key", "old", "new", "says"),
    [
        ("m7", CAUTIONS_OF_M7, 'cautions = ["Z"]', "m7: cautions names 'Z'"),
        ("m7", CAUTIONS_OF_M7, 'cautions = ["disc"]', "m7: cautions names 'disc'"),
        ("m7", CAUTIONS_OF_M7, 'cautions = ["B", "K"]', "m7: both hides itself for a caution and says"),
        ("m7", '["hands-knees"]', '["on-hands"]', "m7: positions names 'on-hands'"),
        ("m7", 'kit = ["mat"]', 'kit = ["matt"]', "m7: kit names 'matt'"),
        ("m7", 'regions = ["', 'regions = ["bac", "', "m7: regions names 'bac'"),
        ("m7", 'aim = "mobilise"', 'aim = "move"', "m7: aim names 'move'"),
        ("m7", '"sitting", "stress"]', '"siting", "stress"]', "m7: glasses names 'siting'"),
        ("m7", '"relieve-2"', '"relief"', "m7: phase names 'relief'"),
        ("b2", 'glasses = ["movement-change"]', "glasses = []", "b2: has no position, no region or helps"),
        ("m7", 'positions = ["hands-knees"]', "positions = []", "m7: has no position, no region or helps"),
        ("m5", 'id = "m5"', 'id = "m55"', "m5: is offered in an acute disc episode and is not"),
        ("m5", 'glasses = ["sitting"', 'cautions = ["D"]\nglasses = ["sitting"', "and hidden by it"),
        ("m5", "per_week = 7", "per_week = 8", "an amount that nobody can do"),
    ],
)
def test_a_fault_in_an_exercise_is_found(folder, key, old, new, says):
    rewrite(folder, "book.v1.toml", old, new, key)

    assert [(name, says in message) for name, message in found(exercises_fit_the_rules)] == [
        ("exercises.E002", True)
    ]


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("relieve.v1.toml", 'id = "y-pmr"', 'id = "m5"', "relieve.v1[m5]: this id stands in book.v1 too"),
        ("relieve.v1.toml", 'phase = "relieve-1"', 'fase = "relieve-1"', "unknown or missing: fase, phase"),
        ("relieve.v1.toml", "feel.nl", "feel.de", "feel: unknown or missing: de, nl"),
        ("activities.v1.toml", "[[exercises]]", "[[exercise]]", "activities.v1: holds a list of exercises"),
        ("rules.v1.toml", "[pain_rule]", "[pain]", "rules.v1.toml: unknown or missing: pain, pain_rule"),
        ("rules.v1.toml", "confirmed = false", "confirmed = ", "Invalid value"),
    ],
)
def test_a_fault_against_the_rules_is_found(folder, name, old, new, says):
    rewrite(folder, name, old, new)

    assert [(key, says in message) for key, message in found(exercises_fit_the_rules)] == [
        ("exercises.E002", True)
    ]


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("book.v1.toml", "je rug rustig bol", "je scheve rug bol", "(nl) says 'scheve', which frightens"),
        ("rules.v1.toml", "sharp pain", "broken feeling", "(en) says 'broken', which frightens"),
        ("book.v1.toml", 'id = "m7"', 'id = "m5"', "exercises has 'm5' twice"),
        ("maintain.v1.toml", "[[exercises]]", "[[exercises]", "maintain.v1.toml: cannot be read"),
    ],
)
def test_a_fault_in_the_words_is_found(folder, name, old, new, says):
    rewrite(folder, name, old, new)

    assert [(key, says in message) for key, message in found(content_is_sound)] == [("exercises.E001", True)]


def test_too_few_or_too_many_steps_are_found(folder):
    text = (folder / "book.v1.toml").read_text(encoding="utf-8")
    first = text.index('id = "m1"')
    step = re.search(r"    \{ nl = .*\n", text[first:])[0]
    (folder / "book.v1.toml").write_text(text.replace(step, step * 3, 1), encoding="utf-8")

    assert found(exercises_fit_the_rules) == [("exercises.E002", "book.v1: m1: has 7 steps, not 3 to 6")]


def test_an_exercise_without_a_line_that_says_when_to_stop_is_found(folder):
    text = (folder / "book.v1.toml").read_text(encoding="utf-8")
    lines = re.search(r"stop = \[\n(?:    .*\n)+\]", text)[0]
    (folder / "book.v1.toml").write_text(text.replace(lines, "stop = []", 1), encoding="utf-8")

    assert "has 0 lines that say when to stop" in found(exercises_fit_the_rules)[0][1]


def test_a_section_that_is_gone_or_new_is_found(folder):
    (folder / "maintain.v1.toml").rename(folder / "extra.v1.toml")

    assert found(exercises_fit_the_rules) == [
        ("exercises.E002", "content: unknown or missing section: extra, maintain")
    ]


def test_a_newer_version_takes_the_place_of_the_older_one(folder):
    for number in (2, 10):
        shutil.copy(folder / "activities.v1.toml", folder / f"activities.v{number}.toml")
        shutil.copy(folder / "rules.v1.toml", folder / f"rules.v{number}.toml")

    assert list(load(folder)) == list(library())
    assert load(folder)["walk"].version == "activities.v10"
    assert load_rules(folder).version == "rules.v10"
