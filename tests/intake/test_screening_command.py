"""`manage.py screening`: the contract's JSON in and out; what is malformed ends with 2 and prints nothing."""

import io
import json
import sys
from types import SimpleNamespace

import pytest

from intake.cases import CaseError, main
from intake.management.commands.screening import Command
from tests.intake.people import ALL_NO, MILO

FACTS = MILO | {"regions": ["low-back"]}

# The example of the screening contract, with every item that is not listed answered no.
CONTRACT_EXAMPLE = """
{
  "id": "free text",
  "unlisted": "no",
  "context": {
    "age": 47, "sex": "female", "pregnant": "no", "regions": ["low-back", "leg"],
    "duration": "under-6-weeks", "onset_age": 46, "first_episode": false, "sudden_onset": true,
    "recent_fall": false, "changes_with_movement": true, "worst_pain": 7, "blood_thinners": false,
    "smoker": false, "high_blood_pressure": false, "spine_procedure_3_months": false
  },
  "answers": {"rf2-saddle": "yes", "rf2-saddle.new": "yes"}
}
"""


def ask(*cases):
    return json.loads(main(json.dumps(list(cases))))


def case(**changes):
    return {"id": "Milo", "context": FACTS, "answers": dict(ALL_NO)} | changes


def test_the_example_of_the_contract():
    assert json.loads(main(CONTRACT_EXAMPLE)) == [
        {
            "id": "free text",
            "state": "blocked-now",
            "raised": [{"item": "rf2-saddle", "class": "now", "rules": ["R1"]}],
            "notes": [],
        }
    ]


def test_the_keys_stand_in_the_contracts_order():
    found = ask(case(answers=ALL_NO | {"rf3-heart": "yes"}))[0]
    assert list(found) == ["id", "state", "raised", "notes"]
    assert list(found["raised"][0]) == ["item", "class", "rules"]


def test_a_list_is_answered_in_the_same_order():
    found = ask(case(id="b"), case(id="a", context={}), case(id="b"))
    assert [(one["id"], one["state"]) for one in found] == [
        ("b", "passed"),
        ("a", "incomplete"),
        ("b", "passed"),
    ]


def test_no_cases_no_answers():
    assert ask() == []


def test_only_an_id_is_needed():
    assert ask({"id": "x"})[0]["state"] == "incomplete"


def test_unlisted_no_covers_items_and_never_follow_ups():
    listed = {"rf2-bladder": "yes"}
    found = ask({"id": "x", "unlisted": "no", "context": FACTS, "answers": listed})[0]

    assert found["raised"] == [{"item": "rf2-bladder", "class": "now", "rules": ["R1"]}]
    assert ask({"id": "x", "unlisted": "no", "context": FACTS})[0]["state"] == "passed"
    assert ask({"id": "x", "context": FACTS})[0]["state"] == "incomplete"


def test_empty_regions_are_missing():
    found = ask(case(context=FACTS | {"regions": []}))[0]
    assert found["state"] == "incomplete"


def test_a_region_named_twice_counts_once():
    assert ask(case(context=FACTS | {"regions": ["low-back", "low-back"]}))[0]["state"] == "passed"


def test_every_region_and_every_word_of_the_contract_is_understood():
    words = {
        "sex": ["female", "male", "other"],
        "pregnant": ["yes", "no", "maybe"],
        "duration": ["under-6-weeks", "6-to-12-weeks", "over-3-months"],
        "regions": [["head", "neck", "upper-back", "low-back", "arm", "leg"]],
        "age": [0, 120],
        "onset_age": [0, 120],
        "worst_pain": [0, 10],
    }
    cases = [case(context=FACTS | {key: value}) for key, values in words.items() for value in values]
    assert len(ask(*cases)) == len(cases)


def test_an_id_in_any_script_comes_back():
    assert ask(case(id="Żaneta 😀 \ud800"))[0]["id"] == "Żaneta 😀 \ud800"


REFUSED = [
    (case(answers={"rf2-sadle": "yes"}), ["Milo", "answers.rf2-sadle", "rf2-saddle"]),
    (case(answers={"rf2-saddle.old": "yes"}), ["Milo", "rf2-saddle.old", "rf2-saddle.new"]),
    (case(answers={"rf3-heart.new": "yes"}), ["Milo", "rf3-heart.new"]),
    (case(answers={"rf2-saddle": "maybe"}), ["Milo", "answers.rf2-saddle", "maybe", "yes, no, unsure"]),
    (case(answers={"rf2-saddle": None}), ["Milo", "answers.rf2-saddle", "null", "yes, no, unsure"]),
    (case(answers={"rf2-saddle": True}), ["Milo", "answers.rf2-saddle", "true"]),
    (case(answers={"rf2-saddle": ["yes"]}), ["Milo", "answers.rf2-saddle"]),
    (case(answers={"rf2-saddle.new": "ja"}), ["Milo", "answers.rf2-saddle.new", "ja", "yes, no, unsure"]),
    (case(answers=None), ["Milo", "answers", "null"]),
    (case(answers=[]), ["Milo", "answers"]),
    (case(context=None), ["Milo", "context", "null"]),
    (case(context="none"), ["Milo", "context"]),
    (case(context={"aeg": 4}), ["Milo", "context.aeg", "age, sex, pregnant"]),
    (case(context={"age": None}), ["Milo", "context.age", "null", "0 to 120"]),
    (case(context={"age": True}), ["Milo", "context.age", "true", "0 to 120"]),
    (case(context={"age": 47.0}), ["Milo", "context.age", "47.0"]),
    (case(context={"age": "47"}), ["Milo", "context.age", '"47"']),
    (case(context={"age": -1}), ["Milo", "context.age", "-1"]),
    (case(context={"age": 121}), ["Milo", "context.age", "121"]),
    (case(context={"onset_age": False}), ["Milo", "context.onset_age"]),
    (case(context={"onset_age": 121}), ["Milo", "context.onset_age"]),
    (case(context={"worst_pain": 11}), ["Milo", "context.worst_pain", "0 to 10"]),
    (case(context={"worst_pain": True}), ["Milo", "context.worst_pain"]),
    (case(context={"smoker": 1}), ["Milo", "context.smoker", "true, false"]),
    (case(context={"smoker": "yes"}), ["Milo", "context.smoker", "true, false"]),
    (case(context={"smoker": None}), ["Milo", "context.smoker", "null"]),
    (case(context={"sex": "vrouw"}), ["Milo", "context.sex", "vrouw", "female, male, other"]),
    (case(context={"sex": ["male"]}), ["Milo", "context.sex"]),
    (case(context={"pregnant": True}), ["Milo", "context.pregnant", "yes, no, maybe"]),
    (case(context={"duration": "long"}), ["Milo", "context.duration", "over-3-months"]),
    (case(context={"regions": "neck"}), ["Milo", "context.regions", "head, neck"]),
    (case(context={"regions": ["back"]}), ["Milo", "context.regions", "back", "upper-back"]),
    (case(context={"regions": [1]}), ["Milo", "context.regions"]),
    (case(context={"regions": [["neck"]]}), ["Milo", "context.regions"]),
    (case(context={"regions": {"neck": 1}}), ["Milo", "context.regions"]),
    (case(unlisted="yes"), ["Milo", "unlisted", "yes", "no"]),
    (case(unlisted=None), ["Milo", "unlisted", "null"]),
    (case(note="x"), ["Milo", "note", "id, context, answers, unlisted"]),
    ({"context": {}}, ["case 1", "id"]),
    (case(id=None), ["case 1", "id"]),
    (case(id=7), ["case 1", "id"]),
    (case(id=" "), ["case 1", "id"]),
    ("Milo", ["case 1", "object"]),
    (None, ["case 1"]),
]


@pytest.mark.parametrize(("wrong", "words"), REFUSED)
def test_what_is_not_in_the_contract_is_refused_by_name(wrong, words):
    with pytest.raises(CaseError) as refusal:
        ask(wrong)
    assert all(word in str(refusal.value) for word in words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ["JSON"]),
        ("{", ["JSON"]),
        ("[] []", ["JSON"]),
        ("7", ["case 1", "object"]),
        ('"text"', ["case 1", "object"]),
        ("null", ["case 1"]),
        ("[[]]", ["case 1"]),
        ('{"id": "x", "context": {"age": NaN}}', ["JSON", "NaN"]),
        ('{"id": "x", "context": {"age": Infinity}}', ["JSON"]),
        ('{"id": "x", "context": {"age": ' + "9" * 5000 + "}}", ["JSON"]),
        ("[" * 100_000, ["JSON"]),
        (b'{"id": "\xff"}', ["UTF-8"]),
        (b'\xff\xfe{\x00"\x00', ["UTF-8"]),
        ('{"id": "x", "id": "y"}', ["case 'x'", "id", "twice"]),
        ('{"id": "x", "answers": {}, "answers": {}}', ["case 'x'", "answers", "twice"]),
        (
            '{"id": "x", "answers": {"rf3-heart": "yes", "rf3-heart": "no"}}',
            ["case 'x'", "answers.rf3-heart", "twice"],
        ),
        ('{"id": "x", "context": {"age": 1, "age": 2}}', ["case 'x'", "context.age", "twice"]),
    ],
)
def test_what_is_not_json_in_utf8_is_refused(text, words):
    with pytest.raises(CaseError) as refusal:
        main(text)
    # The last of two ids would do as well as the first.
    message = str(refusal.value).replace("case 'y'", "case 'x'")
    assert all(word in message for word in words)


def test_a_byte_order_mark_is_no_fault():
    assert json.loads(main(b"\xef\xbb\xbf[]")) == []


# --- the command itself ---


def run(argv):
    """The exit status of the command."""
    try:
        Command().run_from_argv(["manage.py", "screening", *argv])
    except SystemExit as end:
        return end.code
    return 0


def test_the_command_reads_a_file(tmp_path, capsys):
    path = tmp_path / "cases.json"
    path.write_text(CONTRACT_EXAMPLE)

    assert run([str(path)]) == 0
    assert json.loads(capsys.readouterr().out)[0]["state"] == "blocked-now"


def test_the_command_reads_standard_input(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(CONTRACT_EXAMPLE.encode())))

    assert run(["-"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["state"] == "blocked-now"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (json.dumps([case(), case(id="Nel", context={"age": True})]), ["Nel", "age", "0 to 120"]),
        ("no json", ["JSON"]),
        (b"\xff\xff", ["UTF-8"]),
        (json.dumps([case(), {}]), ["case 2", "id"]),
    ],
)
def test_a_fault_ends_with_2_on_standard_error_and_prints_nothing(tmp_path, capsys, content, words):
    path = tmp_path / "cases.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())

    assert run([str(path)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert all(word in printed.err for word in words)


def test_a_missing_file_or_a_folder_ends_with_2(tmp_path, capsys):
    assert run([str(tmp_path / "none.json")]) == 2
    assert run([str(tmp_path)]) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and "none.json" in printed.err


def test_no_file_named_ends_with_2(capsys):
    assert run([]) == 2
    assert capsys.readouterr().out == ""
