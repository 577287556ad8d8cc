"""`catalogue`: all content as one JSON document, whole, in every language."""

import json
import re

from django.core.management import call_command

from exercises.library import library
from intake.screening import ITEMS
from plans.guides import guides
from triggers.glasses import CONDITIONS, GLASSES

# Plain values of an entry; everything else that a person reads stands in three languages.
PLAIN = {"id", "theme", "source", "version", "letter", "family", "support", "phase", "section"}
# A telephone number has spaces and no language.
NUMBER = re.compile(r"[\d ]+")


def printed(capsys):
    call_command("catalogue")
    return json.loads(capsys.readouterr().out)


def untranslated(value, where=""):
    """Places where a person would read a text that has no languages."""
    if isinstance(value, dict):
        if value.keys() <= {"nl", "en", "fr"}:
            if value.keys() != {"nl", "en", "fr"} or not all(value.values()):
                yield where
            return
        for key, one in value.items():
            yield from untranslated(one, f"{where}.{key}") if key not in PLAIN else ()
    elif isinstance(value, list):
        for one in value:
            yield from untranslated(one, where)
    elif isinstance(value, str) and " " in value and not NUMBER.fullmatch(value):
        yield where


def test_the_four_lists_that_were_there_first_hold_everything(capsys):
    document = printed(capsys)
    four = ("red_flags", "conditions", "glasses", "exercises")

    assert tuple(document)[:4] == four
    assert {key: [one["id"] for one in document[key]] for key in four} == {
        "red_flags": list(ITEMS),
        "conditions": list(CONDITIONS),
        "glasses": list(GLASSES),
        "exercises": list(library()),
    }
    assert len(document["red_flags"]) == 42


def test_it_holds_everything_else_that_people_read(capsys):
    document = printed(capsys)

    assert [one["id"] for one in document["guides"]] == list(guides())
    assert {one["theme"] for one in document["guides"]} == {one["id"] for one in document["guide_themes"]}
    assert document["numbers"]["BE"]["emergency"] == "112"
    assert document["red_flag_words"]["messages"][0]["text"]["nl"].startswith("Stop hier")
    assert {"exercise_rules", "rewrites", "lesson", "support", "consent", "telling_apart"} <= document.keys()


def test_every_text_stands_in_three_languages(capsys):
    document = printed(capsys)

    assert list(untranslated(document)) == []
    document["glasses"][0]["why"] = "A text without a language"
    document["glasses"][1]["why"]["fr"] = ""
    del document["exercises"][0]["name"]["fr"]
    assert list(untranslated(document)) == [".glasses.why", ".glasses.why", ".exercises.name"]


def test_statements_are_whole(capsys):
    document = printed(capsys)
    counted = {one["id"]: len(one["statements"]) for one in document["glasses"] + document["conditions"]}

    assert counted == dict.fromkeys(GLASSES, 8) | {"hernia": 8, "arthrosis": 9}
