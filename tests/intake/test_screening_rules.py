"""The rules R3-R15 of clinical-brief B8, each with both sides of its numbers and with every element missing.

A case is what differs from Milo: facts, then answers as 'item answer, item answer', then what the rule's item
comes to, class first ('-': nothing), then the rules that are named.
"""

import pytest

from tests.intake.people import classes, look, rules_of, said

NOTHING = "-"


def check(item, answers, facts, expected):
    screening = look(said(answers), **facts)
    urgency, *rules = expected.split()
    assert classes(screening).get(item, NOTHING) == urgency
    assert rules_of(screening, item) == tuple(rules)


# --- R3: Canadian C-spine (Stiell) ---

MAJOR, MINOR = "rf1-trauma-major", "rf1-trauma-minor"
NECK = {"regions": "neck"}
R3_MAJOR = [
    ({"age": 64}, "no", "today R2"),
    ({"age": 65}, "no", "now R1 R3"),
    ({"age": 66}, "no", "now R1 R3"),
    ({"age": None}, "no", "now R1 R3"),
    ({"age": 30}, "yes", "now R1 R3"),
    ({"age": 30}, "unsure", "now R1 R3"),
    ({"age": 30}, "missing", "now R1 R3"),
    ({"age": 70, "recent_fall": False}, "no", "now R1 R3"),
    ({"age": 70, "regions": "low-back"}, "no", "today R2"),
    ({"age": 70, "regions": "head arm upper-back leg"}, "no", "today R2"),
    ({"age": 70, "regions": "low-back neck"}, "no", "now R1 R3"),
    ({"age": 70, "regions": ""}, "no", "now R1 R3"),
    ({"age": 30, "regions": "low-back"}, "yes", "now R1"),
    ({"age": 70, "duration": "6-to-12-weeks"}, "no", "now R1 R3"),
    ({"age": 70, "duration": None}, "no", "now R1 R3"),
    ({"age": 70, "duration": "over-3-months"}, "no", "talk"),
    ({"age": 70, "duration": "over-3-months"}, "yes", "now R1"),
]


@pytest.mark.parametrize(("facts", "cord", "expected"), R3_MAJOR)
def test_r3_neck_after_a_hard_injury(facts, cord, expected):
    answers = f"{MAJOR} yes" + ("" if cord == "missing" else f", {MAJOR}.cord {cord}")
    check(MAJOR, answers, NECK | facts, expected)


R3_MINOR = [
    ({"age": 64, "recent_fall": True}, "no", "today R2"),
    ({"age": 65, "recent_fall": True}, "no", "now R1 R3"),
    ({"age": None, "recent_fall": True}, "no", "now R1 R3"),
    ({"age": 65, "recent_fall": None}, "no", "now R1 R3"),
    ({"age": 65, "recent_fall": False}, "no", "today R2"),
    ({"age": 30, "recent_fall": True}, "unsure", "now R1 R3"),
    ({"age": 30, "recent_fall": True}, "missing", "now R1 R3"),
    ({"age": 30, "recent_fall": False}, "missing", "today R2"),
    ({"age": 30, "recent_fall": False}, "unsure", "today R2"),
    ({"age": 30, "recent_fall": False}, "yes", "now R1 R3"),
    ({"age": 30, "recent_fall": False, "duration": "over-3-months"}, "yes", "now R1 R3"),
    ({"age": 70, "recent_fall": True, "duration": "over-3-months"}, "no", "today R2"),
    ({"age": 70, "recent_fall": True, "duration": "over-3-months"}, "missing", "today R2"),
    ({"age": 70, "recent_fall": True, "duration": None}, "no", "now R1 R3"),
    ({"age": 70, "recent_fall": True, "regions": "low-back"}, "yes", "today R2"),
    ({"age": 70, "recent_fall": True, "regions": ""}, "no", "now R1 R3"),
]


@pytest.mark.parametrize(("facts", "cord", "expected"), R3_MINOR)
def test_r3_neck_after_a_small_injury(facts, cord, expected):
    answers = f"{MINOR} yes" + ("" if cord == "missing" else f", {MINOR}.cord {cord}")
    check(MINOR, answers, NECK | facts, expected)


@pytest.mark.parametrize("item", [MAJOR, MINOR])
def test_r3_wants_a_yes(item):
    check(item, f"{item} unsure", NECK | {"age": 70, "recent_fall": True}, "talk")
    check(item, f"{item} unsure, {item}.cord yes", NECK | {"age": 70, "recent_fall": True}, "now R1")


# --- R4: Henschke ---

SUDDEN = {"sudden_onset": True, "changes_with_movement": True, "onset_age": 29}
STEROIDS, FRAGILE = "rf1-steroid-use yes", "rf1-fragile-bones yes"
R4 = [
    # two of the five, at least one of them strong
    ({"age": 70, "sex": "female", "pregnant": "no"}, "", "today R2 R4"),
    ({"age": 69, "sex": "female", "pregnant": "no"}, "", "-"),
    ({"age": 71, "sex": "male"}, "", "-"),
    ({"age": 70, "recent_fall": True}, "", "today R2 R4"),
    ({"age": 70}, STEROIDS, "today R2 R4"),
    ({"age": 69}, STEROIDS, "-"),
    ({"age": 70}, FRAGILE, "today R2 R4"),
    ({"age": 70}, "rf1-fragile-bones unsure", "-"),
    ({"age": 70}, "rf1-steroid-use unsure", "-"),
    ({}, f"{STEROIDS}, {FRAGILE}", "today R2 R4"),
    ({}, STEROIDS, "-"),
    ({}, FRAGILE, "-"),
    ({"sex": "female"}, STEROIDS, "today R2 R4"),
    ({"sex": "female"}, FRAGILE, "today R2 R4"),
    ({"sex": None}, FRAGILE, "today R2 R4"),
    ({"sex": "other"}, FRAGILE, "-"),
    ({"recent_fall": True}, STEROIDS, "today R2 R4"),
    ({"recent_fall": None}, STEROIDS, "today R2 R4"),
    ({"recent_fall": True}, FRAGILE, "today R2 R4"),
    ({"sex": "female", "recent_fall": True, "age": 49}, "", "-"),
    ({"sex": "female", "recent_fall": True, "age": 50}, "", "today R2 R4"),
    ({"sex": "female", "recent_fall": True, "age": 51}, "", "today R2 R4"),
    ({"sex": "female", "recent_fall": None, "age": 50}, "", "today R2 R4"),
    ({"sex": "female", "recent_fall": False, "age": 60}, "", "-"),
    ({"sex": "male", "recent_fall": True, "age": 60}, "", "-"),
    ({"age": None}, "", "-"),
    ({"age": None, "sex": "female"}, "", "today R2 R4"),
    ({"age": None, "recent_fall": True}, "", "today R2 R4"),
    # sudden, new and spinal
    ({"age": 75, "recent_fall": True, "sudden_onset": False}, "", "-"),
    ({"age": 75, "recent_fall": True, "sudden_onset": None}, "", "today R2 R4"),
    ({"age": 75, "recent_fall": True, "duration": "6-to-12-weeks"}, "", "-"),
    ({"age": 75, "recent_fall": True, "duration": "over-3-months"}, "", "-"),
    ({"age": 75, "recent_fall": True, "duration": None}, "", "today R2 R4"),
    ({"age": 75, "recent_fall": True, "regions": "neck"}, "", "today R2 R4"),
    ({"age": 75, "recent_fall": True, "regions": "upper-back"}, "", "today R2 R4"),
    ({"age": 75, "recent_fall": True, "regions": "head arm leg"}, "", "-"),
    ({"age": 75, "recent_fall": True, "regions": ""}, "", "today R2 R4"),
    # a fall is recent_fall, not the trauma item
    ({"age": 75}, f"{MINOR} yes", "-"),
]


@pytest.mark.parametrize(("facts", "answers", "expected"), R4)
def test_r4_weak_bone_with_sudden_new_spinal_pain(facts, answers, expected):
    check("R4", answers, SUDDEN | facts, expected)


# --- R5: NICE NG234 ---

CANCER = "rf1-cancer-history"
R5 = [
    ({}, f"{CANCER} yes", "days R2"),
    ({}, f"{CANCER} yes, rf1-constant-worse yes", "today R2 R5"),
    ({}, f"{CANCER} yes, rf1-band-pain yes, rf1-band-pain.weak-legs no", "today R2 R5"),
    ({}, f"{CANCER} yes, rf1-weight-loss yes", "today R2 R5"),
    ({}, f"{CANCER} yes, rf1-fever-unwell yes", "days R2"),
    ({"regions": "neck"}, f"{CANCER} yes", "today R2 R5"),
    ({"regions": "upper-back leg"}, f"{CANCER} yes", "today R2 R5"),
    ({"regions": "head arm leg"}, f"{CANCER} yes", "days R2"),
    ({"regions": ""}, f"{CANCER} yes", "today R2 R5"),
    # not sure counts only beside a clear yes
    ({}, f"{CANCER} unsure", "talk"),
    ({}, f"{CANCER} unsure, rf1-constant-worse yes", "today R2 R5"),
    ({}, f"{CANCER} yes, rf1-constant-worse unsure", "today R2 R5"),
    ({}, f"{CANCER} unsure, rf1-constant-worse unsure", "talk"),
    ({}, f"{CANCER} yes, rf1-band-pain unsure", "today R2 R5"),
    ({}, f"{CANCER} unsure, rf1-weight-loss yes", "today R2 R5"),
    ({"regions": "neck"}, f"{CANCER} unsure", "talk"),
    ({"regions": ""}, f"{CANCER} unsure", "talk"),
    ({}, "rf1-constant-worse yes, rf1-weight-loss yes", "-"),
    # failing nerves
    ({}, f"{CANCER} yes, rf2-both-legs yes", "now R1 R5"),
    ({}, f"{CANCER} yes, rf2-arm-weak yes, rf2-arm-weak.sudden no", "now R1 R5"),
    ({}, f"{CANCER} yes, rf2-unsteady yes", "now R1 R5"),
    ({}, f"{CANCER} yes, rf2-unsteady yes, rf2-unsteady.fast yes", "now R1 R5"),
    ({}, f"{CANCER} yes, rf2-unsteady yes, rf2-unsteady.fast unsure", "now R1 R5"),
    ({}, f"{CANCER} yes, rf2-unsteady yes, rf2-unsteady.fast no", "days R2"),
    ({}, f"{CANCER} yes, rf2-clumsy-hands yes", "days R2"),
    ({}, f"{CANCER} yes, rf2-sexual yes", "days R2"),
    ({}, f"{CANCER} unsure, rf2-both-legs yes", "now R1 R5"),
    ({}, f"{CANCER} yes, rf2-both-legs unsure", "now R1 R5"),
    ({}, f"{CANCER} unsure, rf2-both-legs unsure", "talk"),
    ({}, f"{CANCER} yes, rf2-arm-weak unsure", "now R1 R5"),
    ({}, f"{CANCER} yes, rf2-unsteady unsure", "now R1 R5"),
    ({}, f"{CANCER} yes, rf2-unsteady unsure, rf2-unsteady.fast no", "days R2"),
    ({}, f"{CANCER} unsure, rf2-foot-drop yes", "now R1 R5"),
    ({}, f"{CANCER} unsure, rf2-bladder unsure", "talk"),
]
NEW_ITEMS = ["rf2-weak-legs", "rf2-foot-drop", "rf2-bladder", "rf2-bowel", "rf2-saddle"]


@pytest.mark.parametrize(("facts", "answers", "expected"), R5)
def test_r5_after_cancer(facts, answers, expected):
    check(CANCER, answers, facts, expected)


@pytest.mark.parametrize("item", NEW_ITEMS)
@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_r5_new_failing_nerves(item, answer):
    for new in ("yes", "unsure"):
        check(CANCER, f"{CANCER} yes, {item} {answer}, {item}.new {new}", {}, "now R1 R5")
    check(CANCER, f"{CANCER} yes, {item} {answer}", {}, "now R1 R5")
    check(CANCER, f"{CANCER} yes, {item} {answer}, {item}.new no", {}, "days R2")


# --- R6: Yusuf, Galliker ---

RISK, FEVER, CONSTANT = "rf1-infection-risk", "rf1-fever-unwell", "rf1-constant-worse"
CALM_FEVER = f"{FEVER} yes, {FEVER}.confused-or-weak no"
PROCEDURE = {"spine_procedure_3_months": True}
UNKNOWN_PROCEDURE = {"spine_procedure_3_months": None}
R6_ON_RISK = [
    ({}, f"{RISK} yes", "talk"),
    ({}, f"{RISK} yes, {CALM_FEVER}", "now R1 R6"),
    ({}, f"{RISK} yes, {RISK}.injected yes, {CALM_FEVER}", "now R1 R6"),
    ({}, f"{RISK} yes, {RISK}.injected unsure, {CALM_FEVER}", "now R1 R6"),
    ({}, f"{RISK} yes, {RISK}.injected no, {CALM_FEVER}", "today R2 R6"),
    ({}, f"{RISK} yes, {CONSTANT} yes", "today R2 R6"),
    ({}, f"{RISK} yes, {RISK}.injected yes, {CONSTANT} yes", "today R2 R6"),
    ({}, f"{RISK} yes, rf1-weight-loss yes", "talk"),
    # only diabetes: a note, still counts, and means injected = no
    ({}, f"{RISK} yes, {RISK}.only-diabetes yes", "-"),
    ({}, f"{RISK} yes, {RISK}.only-diabetes yes, {CALM_FEVER}", "today R2 R6"),
    ({}, f"{RISK} yes, {RISK}.only-diabetes yes, {RISK}.injected yes, {CALM_FEVER}", "today R2 R6"),
    ({}, f"{RISK} yes, {RISK}.only-diabetes unsure, {CALM_FEVER}", "now R1 R6"),
    ({}, f"{RISK} yes, {RISK}.only-diabetes yes, {CONSTANT} yes", "today R2 R6"),
    # not sure beside a clear yes
    ({}, f"{RISK} unsure, {CALM_FEVER}", "now R1 R6"),
    ({}, f"{RISK} unsure, {RISK}.injected no, {CALM_FEVER}", "today R2 R6"),
    ({}, f"{RISK} unsure, {RISK}.only-diabetes yes, {CALM_FEVER}", "today R2 R6"),
    ({}, f"{RISK} yes, {FEVER} unsure", "now R1 R6"),
    ({}, f"{RISK} yes, {RISK}.injected no, {FEVER} unsure", "today R2 R6"),
    ({}, f"{RISK} unsure, {FEVER} unsure", "talk"),
    ({}, f"{RISK} unsure, {CONSTANT} yes", "today R2 R6"),
    ({}, f"{RISK} yes, {CONSTANT} unsure", "today R2 R6"),
    ({}, f"{RISK} unsure, {CONSTANT} unsure", "talk"),
    # with a procedure it stands under the item
    (PROCEDURE, f"{RISK} yes", "talk R6"),
    (PROCEDURE, f"{RISK} unsure", "talk R6"),
    (PROCEDURE, f"{RISK} yes, {RISK}.only-diabetes yes", "talk R6"),
    (PROCEDURE, f"{RISK} yes, {RISK}.injected no, {CALM_FEVER}", "now R1 R6"),
    (PROCEDURE, f"{RISK} unsure, {FEVER} unsure", "now R1 R6"),
    (UNKNOWN_PROCEDURE, f"{RISK} unsure, {FEVER} unsure", "talk R6"),
]
R6_ON_PROCEDURE = [
    (PROCEDURE, "", "talk R6"),
    (UNKNOWN_PROCEDURE, "", "talk R6"),
    ({}, CALM_FEVER, "-"),
    (PROCEDURE, CALM_FEVER, "now R1 R6"),
    (UNKNOWN_PROCEDURE, CALM_FEVER, "now R1 R6"),
    (PROCEDURE, f"{FEVER} unsure", "now R1 R6"),
    (UNKNOWN_PROCEDURE, f"{FEVER} unsure", "talk R6"),
    (PROCEDURE, f"{CONSTANT} yes", "today R2 R6"),
    (UNKNOWN_PROCEDURE, f"{CONSTANT} yes", "today R2 R6"),
    (PROCEDURE, f"{CONSTANT} unsure", "today R2 R6"),
    (UNKNOWN_PROCEDURE, f"{CONSTANT} unsure", "talk R6"),
    (PROCEDURE, f"{RISK} yes", "-"),
]


@pytest.mark.parametrize(("facts", "answers", "expected"), R6_ON_RISK)
def test_r6_a_risk_of_infection(facts, answers, expected):
    check(RISK, answers, facts, expected)


@pytest.mark.parametrize(("facts", "answers", "expected"), R6_ON_PROCEDURE)
def test_r6_a_procedure_at_the_spine(facts, answers, expected):
    check("spine-procedure", answers, facts, expected)


# --- R7 ---

THINNERS = {"blood_thinners": True}
UNKNOWN_THINNERS = {"blood_thinners": None}
SEVERE = {"sudden_onset": True, "worst_pain": 7}
HARD = f"{MAJOR} yes, {MAJOR}.cord no"
R7 = [
    (THINNERS, "", "talk R7"),
    (UNKNOWN_THINNERS, "", "talk R7"),
    ({}, HARD, "-"),
    (SEVERE | {"recent_fall": True}, "", "-"),
    (THINNERS, HARD, "now R1 R7"),
    (UNKNOWN_THINNERS, HARD, "now R1 R7"),
    (THINNERS | {"duration": "6-to-12-weeks"}, HARD, "now R1 R7"),
    (THINNERS | {"duration": None}, HARD, "now R1 R7"),
    (THINNERS | {"duration": "over-3-months"}, HARD, "talk R7"),
    (THINNERS | {"duration": "over-3-months", "recent_fall": True}, HARD, "today R2 R7"),
    (THINNERS | {"recent_fall": True}, "", "today R2 R7"),
    (THINNERS | {"recent_fall": None}, "", "today R2 R7"),
    (UNKNOWN_THINNERS | {"recent_fall": None}, "", "today R2 R7"),
    (THINNERS, f"{MINOR} yes", "today R2 R7"),
    (UNKNOWN_THINNERS, f"{MINOR} yes", "today R2 R7"),
    (THINNERS | {"duration": "over-3-months"}, f"{MINOR} yes", "today R2 R7"),
    (THINNERS | SEVERE, "", "today R2 R7"),
    (THINNERS | SEVERE | {"worst_pain": 6}, "", "talk R7"),
    (THINNERS | SEVERE | {"worst_pain": 8}, "", "today R2 R7"),
    (THINNERS | SEVERE | {"worst_pain": None}, "", "today R2 R7"),
    (THINNERS | SEVERE | {"sudden_onset": False}, "", "talk R7"),
    (THINNERS | SEVERE | {"sudden_onset": None}, "", "today R2 R7"),
    (THINNERS | SEVERE | {"duration": "over-3-months"}, "", "talk R7"),
    (THINNERS | SEVERE | {"duration": "6-to-12-weeks"}, "", "today R2 R7"),
    (THINNERS | SEVERE | {"duration": None}, "", "today R2 R7"),
    # not sure beside a clear yes
    (THINNERS, f"{MAJOR} unsure", "now R1 R7"),
    (UNKNOWN_THINNERS, f"{MAJOR} unsure", "talk R7"),
    (THINNERS | {"duration": "over-3-months"}, f"{MAJOR} unsure", "talk R7"),
    (THINNERS, f"{MINOR} unsure", "today R2 R7"),
    (UNKNOWN_THINNERS, f"{MINOR} unsure", "talk R7"),
]


@pytest.mark.parametrize(("facts", "answers", "expected"), R7)
def test_r7_blood_thinners(facts, answers, expected):
    check("R7", answers, facts, expected)


# --- R9: NICE NG156 ---

VESSELS = {"age": 60, "smoker": True, "changes_with_movement": False, "regions": "low-back"}
R9 = [
    ({}, "today R2 R9"),
    ({"age": 59}, "-"),
    ({"age": 61}, "today R2 R9"),
    ({"age": None}, "today R2 R9"),
    ({"smoker": False}, "-"),
    ({"smoker": False, "high_blood_pressure": True}, "today R2 R9"),
    ({"smoker": False, "high_blood_pressure": None}, "today R2 R9"),
    ({"smoker": None}, "today R2 R9"),
    ({"smoker": True, "high_blood_pressure": True}, "today R2 R9"),
    ({"regions": "upper-back"}, "today R2 R9"),
    ({"regions": "head neck arm leg"}, "-"),
    ({"regions": ""}, "today R2 R9"),
    ({"duration": "6-to-12-weeks"}, "today R2 R9"),
    ({"duration": "over-3-months"}, "-"),
    ({"duration": None}, "today R2 R9"),
    ({"changes_with_movement": True}, "-"),
    ({"changes_with_movement": None}, "today R2 R9"),
    ({"first_episode": True}, "today R2 R9"),
    ({"first_episode": None}, "today R2 R9"),
]


@pytest.mark.parametrize(("facts", "expected"), R9)
def test_r9_back_pain_that_does_not_change_with_movement(facts, expected):
    check("R9", "", VESSELS | facts, expected)


# --- R12 ---

R12 = [
    ({"sex": "female", "pregnant": "yes"}, "talk R12"),
    ({"sex": "female", "pregnant": "maybe"}, "talk R12"),
    ({"sex": "female", "pregnant": "no"}, "-"),
    ({"sex": "female", "pregnant": None}, "talk R12"),
    ({"sex": "female", "pregnant": None, "age": 55}, "talk R12"),
    ({"sex": "female", "pregnant": None, "age": 56}, "-"),
    ({"sex": "female", "pregnant": None, "age": None}, "talk R12"),
    ({"sex": "male", "pregnant": None}, "-"),
    ({"sex": "male", "pregnant": "maybe"}, "talk R12"),
    ({"sex": "other", "pregnant": None}, "talk R12"),
    ({"sex": None, "pregnant": None}, "talk R12"),
    ({"sex": None, "pregnant": "no"}, "-"),
]


@pytest.mark.parametrize(("facts", "expected"), R12)
def test_r12_a_pregnancy_is_talked_over(facts, expected):
    check("R12", "", facts, expected)


# --- R14 ---

STONE = "rf3-kidney-stone"
CALM_STONE = f"{STONE} yes, {STONE}.fever-pregnant-single no"
R14 = [
    ({"age": 60, "sudden_onset": True}, CALM_STONE, "now R1 R14"),
    ({"age": 59, "sudden_onset": True}, CALM_STONE, "today R2"),
    ({"age": None, "sudden_onset": True}, CALM_STONE, "now R1 R14"),
    ({"age": 60, "sudden_onset": False}, CALM_STONE, "today R2"),
    ({"age": 60, "sudden_onset": None}, CALM_STONE, "now R1 R14"),
    ({"age": 60, "sudden_onset": True}, f"{STONE} yes", "now R1 R14"),
    ({"age": 30, "sudden_onset": True}, f"{STONE} yes", "now R1"),
    ({"age": 60, "sudden_onset": True}, f"{STONE} unsure", "talk"),
    ({"age": 60, "sudden_onset": True}, "", "-"),
]


@pytest.mark.parametrize(("facts", "answers", "expected"), R14)
def test_r14_a_sudden_stone_late_in_life(facts, answers, expected):
    check(STONE, answers, facts, expected)


# --- R15 ---

ARM = {
    "age": 40,
    "smoker": True,
    "changes_with_movement": False,
    "regions": "arm",
    "duration": "6-to-12-weeks",
}
R15 = [
    ({}, "days R2 R15"),
    ({"age": 39}, "-"),
    ({"age": 41}, "days R2 R15"),
    ({"age": None}, "days R2 R15"),
    ({"smoker": False}, "-"),
    ({"smoker": False, "high_blood_pressure": True}, "-"),
    ({"smoker": None}, "days R2 R15"),
    ({"regions": "neck"}, "days R2 R15"),
    ({"regions": "upper-back"}, "days R2 R15"),
    ({"regions": "head low-back leg"}, "-"),
    ({"regions": ""}, "days R2 R15"),
    ({"duration": "over-3-months"}, "days R2 R15"),
    ({"duration": "under-6-weeks"}, "-"),
    ({"duration": None}, "days R2 R15"),
    ({"changes_with_movement": True}, "-"),
    ({"changes_with_movement": None}, "days R2 R15"),
]


@pytest.mark.parametrize(("facts", "expected"), R15)
def test_r15_a_smokers_lasting_arm_or_neck_pain(facts, expected):
    check("R15", "", ARM | facts, expected)


# --- under 18 ---


@pytest.mark.parametrize(("age", "expected"), [(0, "days R2"), (17, "days R2"), (18, "-"), (None, "-")])
def test_under_18_a_doctor_looks_first(age, expected):
    check("under-18", "", {"age": age}, expected)
