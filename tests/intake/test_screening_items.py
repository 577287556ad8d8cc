"""Each of the 42 items by itself: what yes, not sure, no and every follow-up answer come to (B3-B5b, B8)."""

from itertools import product

import pytest

from intake.screening import Context, State, screen
from tests.intake.people import ALL_ITEMS, ALL_NO, classes, facts, look, words

# item: class of a yes, class of a not sure
WITHOUT_FOLLOW_UP = """
rf1-steroid-use       talk   talk
rf1-fragile-bones     talk   talk
rf1-cancer-history    days   talk
rf1-weight-loss       days   talk
rf1-constant-worse    days   talk
rf1-pmr               days   talk
rf2-both-legs         today  talk
rf2-clumsy-hands      days   talk
rf2-electric          days   talk
rf3-heart             now    now
rf3-aorta-tear        now    now
rf3-aorta-belly       now    now
rf3-lung-slow         days   talk
rf3-kidney-infection  today  talk
rf3-pregnancy-acute   now    now
rf3-shingles          today  talk
"""

# item and follow-up: after a yes with the follow-up yes, no, unsure, missing | after not sure the same four
WITH_ONE_FOLLOW_UP = """
rf1-trauma-major.cord                   now   today now   now   | now   talk  talk  talk
rf1-trauma-minor.cord                   today today today today | talk  talk  talk  talk
rf1-band-pain.weak-legs                 now   today now   now   | now   talk  talk  talk
rf1-fever-unwell.confused-or-weak       now   today now   now   | now   talk  talk  talk
rf1-inflammatory-kin.eye-now            today talk  today today | today talk  talk  talk
rf1-gca.vision                          now   today now   now   | now   talk  talk  talk
rf2-bladder.new                         now   today now   now   | now   today now   now
rf2-bowel.new                           now   today now   now   | now   today now   now
rf2-saddle.new                          now   today now   now   | now   today now   now
rf2-sexual.new                          today today today today | today talk  talk  talk
rf2-weak-legs.new                       now   today now   now   | now   today now   now
rf2-foot-drop.new                       today talk  today today | today talk  talk  talk
rf2-arm-weak.sudden                     now   today now   now   | now   talk  talk  talk
rf2-unsteady.fast                       today days  today today | today talk  talk  talk
rf2-neck-sudden.sudden                  now   today now   now   | now   today now   now
rf2-neck-brain.new                      now   today now   now   | now   today now   now
rf2-neck-loose.accident                 now   talk  now   now   | now   talk  talk  talk
rf3-lung-acute.only-stab                today now   now   now   | today now   now   now
rf3-kidney-stone.fever-pregnant-single  now   today now   now   | now   talk  talk  talk
rf3-gallbladder.fever-yellow            today days  today today | today talk  talk  talk
rf3-pancreas.severe-vomiting            now   today now   now   | now   talk  talk  talk
rf3-gut.bleeding-now                    now   days  now   now   | now   talk  talk  talk
rf3-urological.testicle-sudden          now   days  now   now   | now   talk  talk  talk
"""

# fever: cycle-only yes, no, unsure, missing
GYNAECOLOGICAL_YES = """
yes      today today today today
no       talk  days  days  days
unsure   today today today today
missing  today today today today
"""
GYNAECOLOGICAL_UNSURE = """
yes      today today today today
no       talk  talk  talk  talk
unsure   talk  talk  talk  talk
missing  talk  talk  talk  talk
"""
# only-diabetes: injected yes, no, unsure, missing; - raises nothing
INFECTION_RISK_YES = """
yes      -    -    -    -
no       talk talk talk talk
unsure   talk talk talk talk
missing  talk talk talk talk
"""

FOUR = ("yes", "no", "unsure", "missing")
STATE = {"now": "blocked-now", "today": "blocked", "days": "blocked", "talk": "hold", "-": "passed"}
RULES = {"now": ("R1",), "today": ("R2",), "days": ("R2",), "talk": ()}


def rows(table):
    return [line.replace("|", " ").split() for line in table.strip().splitlines()]


def with_one():
    for key, *expected in rows(WITH_ONE_FOLLOW_UP):
        for (answer, follow_up), urgency in zip(product(("yes", "unsure"), FOUR), expected, strict=True):
            yield key, answer, follow_up, urgency


def two_by_two(table):
    return [
        (first, second, urgency)
        for first, *line in rows(table)
        for second, urgency in zip(FOUR, line, strict=True)
    ]


def given(**answers):
    return {key: answer for key, answer in answers.items() if answer != "missing"}


def expect_alone(screening, item, urgency):
    assert classes(screening) == ({} if urgency == "-" else {item: urgency})
    assert screening.state == STATE[urgency]
    if urgency != "-":
        assert screening.raised[0].rules == RULES[urgency]


def test_the_tables_hold_all_42_items():
    named = [row[0].partition(".")[0] for row in rows(WITHOUT_FOLLOW_UP) + rows(WITH_ONE_FOLLOW_UP)]
    named += ["rf1-infection-risk", "rf1-inflammatory", "rf3-gynaecological"]

    assert sorted(named) == sorted(ALL_ITEMS)
    assert len(named) == 42


@pytest.mark.parametrize(("item", "yes", "unsure"), rows(WITHOUT_FOLLOW_UP))
def test_an_item_without_follow_up(item, yes, unsure):
    expect_alone(look({item: "yes"}), item, yes)
    expect_alone(look({item: "unsure"}), item, unsure)


@pytest.mark.parametrize(("key", "answer", "follow_up", "urgency"), list(with_one()))
def test_an_item_with_one_follow_up(key, answer, follow_up, urgency):
    item = key.partition(".")[0]
    expect_alone(look(given(**{item: answer, key: follow_up})), item, urgency)


@pytest.mark.parametrize(("fever", "cycle", "urgency"), two_by_two(GYNAECOLOGICAL_YES))
def test_gynaecological_yes_fever_wins_and_only_the_cycle_lowers(fever, cycle, urgency):
    item = "rf3-gynaecological"
    answers = given(**{item: "yes", f"{item}.fever": fever, f"{item}.cycle-only": cycle})
    expect_alone(look(answers), item, urgency)


@pytest.mark.parametrize(("fever", "cycle", "urgency"), two_by_two(GYNAECOLOGICAL_UNSURE))
def test_gynaecological_not_sure(fever, cycle, urgency):
    item = "rf3-gynaecological"
    answers = given(**{item: "unsure", f"{item}.fever": fever, f"{item}.cycle-only": cycle})
    expect_alone(look(answers), item, urgency)


@pytest.mark.parametrize(("diabetes", "injected", "urgency"), two_by_two(INFECTION_RISK_YES))
def test_infection_risk_yes_is_a_talk_and_diabetes_alone_a_note(diabetes, injected, urgency):
    item = "rf1-infection-risk"
    answers = given(**{item: "yes", f"{item}.only-diabetes": diabetes, f"{item}.injected": injected})
    screening = look(answers)

    expect_alone(screening, item, urgency)
    assert screening.notes == (("diabetes",) if diabetes == "yes" else ())


@pytest.mark.parametrize(("diabetes", "injected"), list(product(FOUR, FOUR)))
def test_infection_risk_not_sure_is_never_lower_than_talk(diabetes, injected):
    item = "rf1-infection-risk"
    answers = given(**{item: "unsure", f"{item}.only-diabetes": diabetes, f"{item}.injected": injected})
    screening = look(answers)

    expect_alone(screening, item, "talk")
    assert screening.notes == ()


# --- trauma-minor: cord is read only where the neck may hurt ---

MINOR, CORD = "rf1-trauma-minor", "rf1-trauma-minor.cord"


@pytest.mark.parametrize("answer", ["yes", "unsure"])
@pytest.mark.parametrize("regions", ["neck", "low-back neck", ""])
def test_minor_trauma_with_cord_signs_is_now_with_a_neck(answer, regions):
    screening = look({MINOR: answer, CORD: "yes"}, regions=regions)
    assert classes(screening)[MINOR] == "now"


@pytest.mark.parametrize("follow_up", FOUR)
def test_minor_trauma_not_sure_with_a_neck(follow_up):
    screening = look(given(**{MINOR: "unsure", CORD: follow_up}), regions="neck", recent_fall=True)
    assert classes(screening) == {MINOR: "now" if follow_up == "yes" else "talk"}


# --- trauma-major long ago ---


@pytest.mark.parametrize(
    ("duration", "cord", "urgency"),
    [
        ("over-3-months", "no", "talk"),
        ("over-3-months", "missing", "now"),
        ("over-3-months", "unsure", "now"),
        ("over-3-months", "yes", "now"),
        ("6-to-12-weeks", "no", "today"),
        ("under-6-weeks", "no", "today"),
        (None, "no", "today"),
    ],
)
def test_major_trauma_of_long_ago(duration, cord, urgency):
    item = "rf1-trauma-major"
    screening = look(given(**{item: "yes", f"{item}.cord": cord}), duration=duration)
    assert classes(screening)[item] == urgency


def test_major_trauma_of_long_ago_not_sure():
    screening = look({"rf1-trauma-major": "unsure", "rf1-trauma-major.cord": "no"}, duration="over-3-months")
    assert classes(screening) == {"rf1-trauma-major": "talk"}


# --- both legs, sexual, kidney infection: what stands beside them ---


@pytest.mark.parametrize(
    ("beside", "urgency"),
    [
        ({"rf2-weak-legs": "yes", "rf2-weak-legs.new": "yes"}, "now"),
        ({"rf2-weak-legs": "yes", "rf2-weak-legs.new": "unsure"}, "now"),
        ({"rf2-weak-legs": "yes"}, "now"),
        ({"rf2-weak-legs": "yes", "rf2-weak-legs.new": "no"}, "today"),
        ({"rf2-weak-legs": "unsure"}, "now"),
        ({"rf2-weak-legs": "unsure", "rf2-weak-legs.new": "no"}, "today"),
        ({"rf2-foot-drop": "yes", "rf2-foot-drop.new": "yes"}, "now"),
        ({"rf2-foot-drop": "yes", "rf2-foot-drop.new": "unsure"}, "now"),
        ({"rf2-foot-drop": "yes"}, "now"),
        ({"rf2-foot-drop": "yes", "rf2-foot-drop.new": "no"}, "today"),
        ({"rf2-foot-drop": "unsure"}, "today"),
        ({"rf2-foot-drop": "unsure", "rf2-foot-drop.new": "yes"}, "today"),
        ({"rf2-arm-weak": "yes"}, "today"),
        ({"rf2-bladder": "yes"}, "today"),
    ],
)
def test_both_legs_is_now_beside_new_weakness(beside, urgency):
    assert classes(look({"rf2-both-legs": "yes"} | beside))["rf2-both-legs"] == urgency
    assert classes(look({"rf2-both-legs": "unsure"} | beside))["rf2-both-legs"] == "talk"


BESIDE_SEXUAL = ["rf2-bladder", "rf2-bowel", "rf2-saddle", "rf2-both-legs"]


@pytest.mark.parametrize("beside", BESIDE_SEXUAL)
@pytest.mark.parametrize(
    ("answer", "new", "urgency"),
    [
        ("yes", "yes", "now"),
        ("yes", "unsure", "now"),
        ("yes", "missing", "now"),
        ("yes", "no", "today"),
        ("unsure", "yes", "now"),
        ("unsure", "unsure", "talk"),
        ("unsure", "missing", "talk"),
        ("unsure", "no", "talk"),
    ],
)
def test_sexual_beside_another_sign_of_the_same_nerves(beside, answer, new, urgency):
    answers = given(**{"rf2-sexual": answer, "rf2-sexual.new": new, beside: "yes", f"{beside}.new": "no"})
    answers.pop("rf2-both-legs.new", None)
    assert classes(look(answers))["rf2-sexual"] == urgency


@pytest.mark.parametrize(
    ("item", "urgency"),
    [("rf2-bladder", "now"), ("rf2-bowel", "now"), ("rf2-saddle", "now"), ("rf2-both-legs", "today")],
)
def test_a_not_sure_beside_sexual_counts_where_it_is_read_as_yes(item, urgency):
    assert classes(look({"rf2-sexual": "yes", item: "unsure"}))["rf2-sexual"] == urgency


@pytest.mark.parametrize("item", ["rf2-weak-legs", "rf2-foot-drop", "rf1-band-pain"])
def test_other_items_beside_sexual_change_nothing(item):
    assert classes(look({"rf2-sexual": "yes", item: "yes"}))["rf2-sexual"] == "today"


@pytest.mark.parametrize(
    ("facts_", "urgency"),
    [
        ({"sex": "female", "pregnant": "yes"}, "now"),
        ({"sex": "female", "pregnant": "maybe"}, "now"),
        ({"sex": "female", "pregnant": "no"}, "today"),
        ({"sex": "female", "pregnant": None}, "now"),
        ({"sex": "other", "pregnant": None}, "now"),
        ({"sex": None, "pregnant": None}, "now"),
        ({"sex": "male", "pregnant": None}, "today"),
        ({"sex": "female", "pregnant": None, "age": 55}, "now"),
        ({"sex": "female", "pregnant": None, "age": 56}, "today"),
        ({"sex": "female", "pregnant": "yes", "age": 56}, "now"),
    ],
)
def test_a_kidney_infection_in_a_possible_pregnancy(facts_, urgency):
    item = "rf3-kidney-infection"
    assert classes(look({item: "yes"}, **facts_))[item] == urgency
    assert classes(look({item: "unsure"}, **facts_))[item] == "talk"


# --- no and missing ---


@pytest.mark.parametrize("item", ALL_ITEMS)
def test_a_no_raises_nothing_and_its_follow_ups_are_ignored(item):
    answers = dict(ALL_NO)
    for key in FOLLOW_UP_KEYS:
        if key.startswith(f"{item}."):
            answers[key] = "yes"
    screening = screen(facts(regions=frozenset({"neck"})), answers)

    assert screening.raised == () and screening.notes == ()
    assert screening.state is State.PASSED


@pytest.mark.parametrize("item", ALL_ITEMS)
def test_a_missing_item_is_not_a_no(item):
    everywhere = facts(sex="other", regions=frozenset({"neck", "low-back"}))
    answers = {key: answer for key, answer in ALL_NO.items() if key != item}
    follow_up_only = {key: "yes" for key in FOLLOW_UP_KEYS if key.startswith(f"{item}.")}

    assert screen(everywhere, answers).state is State.INCOMPLETE
    assert screen(everywhere, answers | follow_up_only).raised == ()


def test_nothing_at_all_is_incomplete():
    assert screen(Context(), {}).state is State.INCOMPLETE


# Written from the table of the screening contract.
FOLLOW_UP_KEYS = words("""
rf1-trauma-major.cord rf1-trauma-minor.cord rf1-band-pain.weak-legs rf1-fever-unwell.confused-or-weak
rf1-gca.vision rf1-infection-risk.only-diabetes rf1-infection-risk.injected
rf1-inflammatory.gradual rf1-inflammatory.moving-helps rf1-inflammatory.rest-no-help
rf1-inflammatory.wakes-at-night rf1-inflammatory.stiff-30 rf1-inflammatory.buttock
rf1-inflammatory-kin.eye-now
rf2-bladder.new rf2-bowel.new rf2-saddle.new rf2-sexual.new rf2-weak-legs.new rf2-foot-drop.new
rf2-neck-brain.new rf2-neck-sudden.sudden rf2-arm-weak.sudden rf2-unsteady.fast rf2-neck-loose.accident
rf3-lung-acute.only-stab rf3-kidney-stone.fever-pregnant-single rf3-gallbladder.fever-yellow
rf3-pancreas.severe-vomiting rf3-gut.bleeding-now rf3-gynaecological.fever rf3-gynaecological.cycle-only
rf3-urological.testicle-sudden
""")
