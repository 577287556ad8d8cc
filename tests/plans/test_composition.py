"""The first draft of a plan as a table: who circled what, what the practitioner marked, and what follows from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.composition import ToldGlass, cautions, first_draft
from triggers.glasses import GLASSES

TIPS = ("tip-a", "tip-b", "tip-c")


def told(**changes):
    """All 13 glasses in the shelf's order; each change is {glass: fields}."""
    changes = {key.replace("_", "-"): fields for key, fields in changes.items()}
    return tuple(ToldGlass(id=key, tips=TIPS, **changes.get(key, {})) for key in GLASSES)


def on_plan(draft):
    return [glass.id for glass in draft.glasses]


@pytest.mark.parametrize(
    ("fills", "opinion", "pours"),
    [
        ("yes", "", True),
        ("bit", "", True),
        ("no", "", False),
        ("", "", False),
        ("yes", "ask", True),
        ("yes", "plays", True),
        ("yes", "not-now", False),
        ("bit", "not-now", False),
        ("no", "plays", True),
        ("", "plays", True),
        ("no", "not-now", False),
        ("", "ask", False),
    ],
)
def test_a_glass_pours_when_the_patient_circled_it_or_the_practitioner_marked_it(fills, opinion, pours):
    assert ToldGlass(id="stress", fills=fills, opinion=opinion).pours is pours


def test_the_three_example_patients_get_three_plans():
    izabel = told(
        sitting={"fills": "yes", "compensated": True, "doing": "Ik sport drie avonden per week."},
        stress={"fills": "yes", "size": "giant"},
        poor_sleep={"fills": "bit"},
    )
    draft = first_draft(izabel)
    assert on_plan(draft) == ["sitting", "poor-sleep", "stress"]
    assert [glass.size for glass in draft.glasses] == ["medium", "medium", "giant"]
    assert [(idea.glass, idea.doing) for idea in draft.strengths] == [
        ("sitting", "Ik sport drie avonden per week.")
    ]
    assert on_plan(first_draft(told(sitting={"fills": "yes"}, weight_food={"fills": "yes"}))) == [
        "sitting",
        "weight-food",
    ]
    georgette = first_draft(told(social_net={"fills": "yes"}), ("arthrosis",))
    assert (on_plan(georgette), georgette.conditions) == (["social-net"], ("arthrosis",))


def test_a_compensated_glass_begins_with_one_tip_and_another_with_two():
    draft = first_draft(
        told(sitting={"fills": "yes", "compensated": True, "doing": "x"}, stress={"fills": "yes"})
    )
    assert [glass.tips for glass in draft.glasses] == [("tip-a",), ("tip-a", "tip-b")]


def test_an_outspoken_no_may_be_a_strength_and_a_missing_answer_is_none():
    draft = first_draft(told(stress={"fills": "no"}, smoking={"fills": ""}))
    assert [idea.glass for idea in draft.more_strengths] == ["stress"]


def test_a_glass_that_the_practitioner_marked_is_no_strength():
    draft = first_draft(told(stress={"fills": "no", "opinion": "plays"}))
    assert draft.more_strengths == ()
    assert on_plan(draft) == ["stress"]


GLASS = st.builds(
    dict,
    fills=st.sampled_from(("", "yes", "bit", "no")),
    size=st.sampled_from(("small", "medium", "giant")),
    compensated=st.booleans(),
    doing=st.sampled_from(("", "I walk.")),
    opinion=st.sampled_from(("", "plays", "not-now", "ask")),
)


@given(st.lists(GLASS, min_size=13, max_size=13))
def test_the_plan_keeps_the_order_of_the_shelf_and_no_glass_appears_twice(answers):
    glasses = tuple(
        ToldGlass(id=key, tips=TIPS, **fields) for key, fields in zip(GLASSES, answers, strict=True)
    )
    draft = first_draft(glasses)
    named = on_plan(draft)

    assert named == [key for key in GLASSES if key in named]
    assert set(named) == {glass.id for glass in glasses if glass.pours}
    assert not set(named) & {idea.glass for idea in draft.more_strengths}


@pytest.mark.parametrize(
    ("facts", "hernia", "codes"),
    [
        ({}, (), ()),
        ({"pregnant": "yes"}, (), ("pregnant",)),
        ({"pregnant": "maybe"}, (), ("pregnant",)),
        ({"pregnant": "no"}, (), ()),
        ({"rf1-fragile-bones": "unsure"}, (), ("bones",)),
        ({"rf1-steroid-use": "yes"}, (), ("bones",)),
        ({"rf1-steroid-use": "no", "rf1-fragile-bones": "no"}, (), ()),
        ({"high_blood_pressure": True}, (), ("circulation",)),
        ({"high_blood_pressure": None}, (), ()),
        ({}, ("hernia-2",), ("disc",)),
        ({}, ("hernia-8",), ()),
        (
            {"pregnant": "yes", "high_blood_pressure": True},
            ("hernia-1",),
            ("pregnant", "disc", "circulation"),
        ),
    ],
)
def test_cautions_follow_from_the_answers(facts, hernia, codes):
    assert cautions(facts, hernia) == codes
