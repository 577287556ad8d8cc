"""rf1-inflammatory, the one place where answers are counted, and its kin beside it (B8, ASAS 2009)."""

import pytest

from tests.intake.people import classes, look, rules_of, said

GATE, KIN = "rf1-inflammatory", "rf1-inflammatory-kin"
LINES = ("gradual", "moving-helps", "rest-no-help", "wakes-at-night")
LATE, EARLY = {"onset_age": 40}, {"onset_age": 39}
CALM_KIN = {KIN: "yes", f"{KIN}.eye-now": "no"}


def lines(answers, *, stiff="no", buttock="no", gate="yes"):
    """The gate with its four counted lines, such as 'yes no unsure -'; '-' is missing."""
    given = zip((*LINES, "stiff-30", "buttock"), (*answers.split(), stiff, buttock), strict=True)
    return {GATE: gate} | {f"{GATE}.{line}": answer for line, answer in given if answer != "-"}


# lines, onset age, class, note
COUNTS = [
    ("no no no no", 40, "-", False),
    ("yes no no no", 40, "-", False),
    ("yes yes no no", 40, "-", False),
    ("yes yes yes no", 40, "-", True),
    ("yes yes yes yes", 40, "days", False),
    ("no no no no", 39, "-", False),
    ("no no no yes", 39, "-", False),
    ("no no yes yes", 39, "-", True),
    ("no yes yes yes", 39, "days", False),
    ("yes yes yes yes", 39, "days", False),
    ("no no yes yes", None, "-", True),
    ("no yes yes yes", None, "days", False),
    ("no yes yes no", 40, "-", False),
    ("no yes yes no", 39, "-", True),
    # each line counts, not sure and missing too
    ("unsure yes yes no", 40, "-", True),
    ("- yes yes no", 40, "-", True),
    ("yes unsure yes no", 40, "-", True),
    ("yes - yes no", 40, "-", True),
    ("yes yes unsure no", 40, "-", True),
    ("yes yes - no", 40, "-", True),
    ("no yes yes unsure", 40, "-", True),
    ("no yes yes -", 40, "-", True),
    ("- - - -", 40, "days", False),
    ("unsure unsure unsure no", 39, "days", False),
]


@pytest.mark.parametrize(("answers", "onset_age", "urgency", "note"), COUNTS)
def test_the_five_signs(answers, onset_age, urgency, note):
    screening = look(lines(answers), onset_age=onset_age)

    assert classes(screening).get(GATE, "-") == urgency
    assert ("asas-3" in screening.notes) is note


@pytest.mark.parametrize("answer", ["yes", "unsure", "-"])
def test_three_signs_are_a_talk_with_stiffness_or_buttock_pain(answer):
    three = "yes yes yes no"
    for supported in (lines(three, stiff=answer), lines(three, buttock=answer)):
        screening = look(supported, **LATE)
        assert classes(screening) == {GATE: "talk"}
        assert screening.notes == ("asas-3",)
    for too_few in (lines("yes yes no no", stiff=answer), lines("yes yes no no", buttock=answer)):
        assert classes(look(too_few, **LATE)) == {}


def test_three_signs_are_a_talk_with_kin():
    screening = look(lines("yes yes yes no") | CALM_KIN, **LATE)

    assert classes(screening) == {GATE: "talk", KIN: "days"}
    assert rules_of(screening, KIN) == ("R2",)
    assert screening.notes == ("asas-3",)


def test_kin_not_sure_supports_nothing():
    assert classes(look(lines("yes yes yes no") | {KIN: "unsure"}, **LATE)) == {KIN: "talk"}
    assert classes(look(lines("yes yes yes yes") | {KIN: "unsure"}, **LATE)) == {GATE: "days", KIN: "talk"}


@pytest.mark.parametrize(
    ("answers", "urgency"),
    [("yes yes no no", "talk"), ("yes yes yes no", "days"), ("yes yes yes yes", "days")],
)
def test_kin_beside_the_pattern(answers, urgency):
    assert classes(look(lines(answers) | CALM_KIN, **LATE))[KIN] == urgency


def test_a_red_eye_now_outweighs_the_pattern():
    answers = lines("yes yes yes yes") | {KIN: "yes"}
    assert classes(look(answers | {f"{KIN}.eye-now": "yes"}, **EARLY))[KIN] == "today"
    assert classes(look(answers, **EARLY))[KIN] == "today"
    assert classes(look(answers | {f"{KIN}.eye-now": "no"}, **EARLY))[KIN] == "days"


def test_the_gate_not_sure_is_a_talk_and_its_lines_do_not_count():
    answers = lines("yes yes yes yes", stiff="yes", buttock="yes", gate="unsure") | CALM_KIN
    screening = look(answers, **EARLY)

    assert classes(screening) == {GATE: "talk", KIN: "talk"}
    assert screening.notes == ("night-pain",)


def test_the_gate_answered_no_counts_nothing():
    answers = lines("yes yes yes yes", gate="no") | CALM_KIN
    assert classes(look(answers, **EARLY)) == {KIN: "talk"}


@pytest.mark.parametrize(("answer", "noted"), [("yes", True), ("no", False), ("unsure", False), ("-", False)])
def test_night_pain_is_the_waking_line_answered_yes(answer, noted):
    assert ("night-pain" in look(lines(f"no no no {answer}"), **LATE).notes) is noted


def test_night_pain_without_the_gate_is_no_note():
    assert look(said(f"{GATE} no, {GATE}.wakes-at-night yes")).notes == ()
