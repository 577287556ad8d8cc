"""What a practice writes of its own: which languages it is told in, what must hold, and how it joins our content."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backup_plan_site.content import LANGUAGES
from exercises.filters import CAUTIONS, suggestions
from exercises.library import (
    AIMS,
    GLASS_IDS,
    KIT,
    POSITIONS,
    REGIONS,
    Exercise,
    library,
    mismatches,
)
from plans.own import body as bodies
from plans.own.body import HELPERS, Words
from plans.own.shelf import PHASES, exercise_of, tip_of
from tests.plans.owning import BODIES, EXERCISE, HELPER, TEXT, TIP
from triggers.glasses import glasses

# Words of our own `helpers` sentences that stand for a kind of helper.
NAMED = {
    "gp": "huisarts",
    "physio": "kinesist|fysiotherapeut",
    "dietician": "diëtist",
    "psychologist": "psycholo",
    "smoking": "tabakoloog",
    "pharmacist": "apotheker",
    "coach": "coach",
    "sport": "beweegcoach|vereniging",
    "work": "arbeidsarts|bedrijfsarts|ergonoom|preventie",
    "foot": "podoloog",
    "relaxation": "relaxatie",
    "social": "maatschappelijk",
    "club": "vereniging",
}


@pytest.mark.parametrize("kind", BODIES)
def test_a_body_is_read_back_as_it_was_stored(kind):
    body = BODIES[kind]

    assert list(bodies.problems(kind, body)) == []
    assert bodies.from_json(kind, bodies.as_json(body)) == body


@pytest.mark.parametrize(
    ("kind", "body", "code", "missing", "offered"),
    [
        ("tip", TIP, "nl", (), True),
        ("tip", TIP, "en", (), True),
        ("tip", TIP, "fr", ("text",), False),
        ("tip", replace(TIP, everywhere=True), "fr", ("text",), True),
        ("tip", replace(TIP, care=Words(nl="Voorzichtig")), "en", ("care",), False),
        ("exercise", EXERCISE, "fr", (), True),
        (
            "exercise",
            replace(EXERCISE, steps=replace(EXERCISE.steps, fr="Un\nDeux")),
            "fr",
            ("steps",),
            False,
        ),
        ("exercise", replace(EXERCISE, harder=Words(nl="Ogen dicht")), "en", ("harder",), False),
        ("helper", HELPER, "fr", ("note",), False),
        ("helper", replace(HELPER, note=Words()), "fr", (), True),
        ("text", TEXT, "fr", (), True),
    ],
)
def test_what_is_not_told_in_a_language_is_not_offered_in_it(kind, body, code, missing, offered):
    assert bodies.missing_in(kind, body, code) == missing
    assert bodies.told_in(kind, body, code) == (not missing)
    assert bodies.offered_in(kind, body, code) == offered


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("tip", {"about": "hip"}),
        ("tip", {"about": ""}),
        ("tip", {"phase": "acute"}),
        ("tip", {"about": "hernia", "phase": "later"}),
        ("tip", {"text": Words(en="Only English")}),
        ("tip", {"text": Words(nl="x" * 201)}),
        ("tip", {"first": "de"}),
        ("exercise", {"steps": Words(nl="Een\nTwee")}),
        ("exercise", {"steps": Words(nl="1\n2\n3\n4\n5\n6")}),
        ("exercise", {"stop": Words(nl="1\n2\n3\n4")}),
        ("exercise", {"name": Words(nl="x" * 81)}),
        ("exercise", {"regions": ()}),
        ("exercise", {"glasses": ()}),
        ("exercise", {"regions": ("hip", "hip")}),
        ("exercise", {"positions": ("flying",)}),
        ("exercise", {"cautions": ("Z",)}),
        ("exercise", {"kit": ("rocket",)}),
        ("exercise", {"stage": "never"}),
        ("exercise", {"aim": ""}),
        ("helper", {"kind": "witch"}),
        ("helper", {"name": " "}),
        ("helper", {"web": "javascript:alert(1)"}),
        ("helper", {"address": "x" * 201}),
        ("text", {"text": Words()}),
        ("text", {"text": Words(nl="x" * 301)}),
    ],
)
def test_a_wrong_body_is_seen(kind, change):
    assert list(bodies.problems(kind, replace(BODIES[kind], **change))) != []


def test_a_body_of_another_kind_is_seen():
    assert list(bodies.problems("tip", TEXT)) == ["this is no tip"]


def test_its_own_language_stands_in_for_what_is_missing_and_never_english():
    text = bodies.text(Words(nl="Hallo", en="Hello"), "nl")

    assert [text.in_language(code) for code in ("nl", "nl-be", "en", "fr", "fr-BE", "de")] == [
        *("Hallo", "Hallo", "Hello", "Hallo", "Hallo", "Hallo")
    ]
    assert (text.language_for("fr"), text.language_for("en-gb")) == ("nl", "en")


def test_a_tip_for_a_part_of_a_hernia_says_which_like_ours():
    tip = tip_of("own-1", replace(TIP, about="hernia", phase="acute"))

    assert tip.said.nl == "In de eerste 8 weken: zet je bureau eens hoger."
    assert tip.said.fr == ""


@pytest.mark.parametrize("kind", sorted(HELPERS.keys() - {"other"}))
def test_a_helper_is_offered_with_glasses_that_name_one(kind):
    """And only with these: Belgium's words or those of the Netherlands."""
    for key in HELPERS[kind]:
        one = glasses()[key]
        said = one.helpers.nl + (one.helpers_netherlands.nl if one.helpers_netherlands else "")
        assert re.search(NAMED[kind], said, re.IGNORECASE), (kind, key)


def test_every_kind_of_helper_has_words_to_look_for():
    assert NAMED.keys() == HELPERS.keys() - {"other"}


words = st.builds(
    Words, nl=st.just("Iets"), en=st.sampled_from(["", "Something"]), fr=st.sampled_from(["", "Un"])
)
steps = st.builds(
    Words,
    nl=st.lists(st.sampled_from(["Hef", "Adem", "Rust"]), min_size=3, max_size=5).map("\n".join),
    fr=st.lists(st.just("Levez"), max_size=6).map("\n".join),
)


def some(names, fewest=0):
    return st.lists(st.sampled_from(list(names)), unique=True, min_size=fewest, max_size=4).map(tuple)


own_exercises = st.builds(
    bodies.ExerciseBody,
    first=st.just("nl"),
    steps=steps,
    stop=st.just(Words(nl="Stop.")),
    stage=st.sampled_from(list(PHASES)),
    aim=st.sampled_from(AIMS),
    regions=some(REGIONS, 1),
    positions=some(POSITIONS, 1),
    glasses=some(GLASS_IDS, 1),
    kit=some(KIT),
    cautions=some(CAUTIONS),
    photos=st.just(()),
    everywhere=st.booleans(),
    **dict.fromkeys(("name", "goal", "start", "feel", "dose", "easier", "harder", "care"), words),
)


@settings(max_examples=15, deadline=None)
@given(st.lists(own_exercises, max_size=3), some(GLASS_IDS, 1), some(CAUTIONS), st.sampled_from(list(PHASES)))
def test_an_own_exercise_obeys_the_rules_of_the_library(own, chosen, cautions, stage):
    """Every sound body makes a sound exercise, which filters and suggestions treat as one of ours."""
    bodies_by_key = {f"own-{number}": one for number, one in enumerate(own)}
    for body in own:
        if "\n" in body.steps.fr and not 3 <= len(body.steps.fr.splitlines()) <= 5:
            return
    made = {key: exercise_of(key, body) for key, body in bodies_by_key.items()}
    together = {**made, **library()}

    assert list(mismatches(together)) == []
    offered = [one.exercise for one in suggestions(together, chosen, cautions, stage=stage, at_most=500)]
    assert all(isinstance(one, Exercise) and not set(one.cautions) & set(cautions) for one in offered)
    assert len({one.id for one in offered}) == len(offered)
    for key, body in bodies_by_key.items():
        assert all(step.in_language(code) for step in made[key].steps for code in LANGUAGES)
        if stage == body.stage == "relieve" and set(body.glasses) & set(chosen):
            assert (key in {one.id for one in offered}) == (not set(body.cautions) & set(cautions))
