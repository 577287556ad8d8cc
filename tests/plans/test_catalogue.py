"""`catalogue`: all content as one JSON document, whole, in every language."""

import json

from django.core.management import call_command

from exercises.library import library
from intake.screening import ITEMS
from triggers.glasses import CONDITIONS, GLASSES

# Plain values of an entry; everything else that a person reads stands in three languages.
PLAIN = {"id", "theme", "source", "version", "letter", "family", "support", "phase", "section"}


def printed(capsys):
    call_command("catalogue")
    return json.loads(capsys.readouterr().out)


def untranslated(value, where=""):
    """Places where a person would read a text that has no languages."""
    if isinstance(value, dict):
        if value.keys() <= {"nl", "en", "fr"}:
            if value.keys() != {"nl", "en", "fr"} or not (value["nl"] and value["en"]):
                yield where
            return
        for key, one in value.items():
            yield from untranslated(one, f"{where}.{key}") if key not in PLAIN else ()
    elif isinstance(value, list):
        for one in value:
            yield from untranslated(one, where)
    elif isinstance(value, str) and " " in value:
        yield where


def test_it_holds_everything_under_four_keys(capsys):
    document = printed(capsys)

    assert {key: [one["id"] for one in rows] for key, rows in document.items()} == {
        "red_flags": list(ITEMS),
        "conditions": list(CONDITIONS),
        "glasses": list(GLASSES),
        "exercises": list(library()),
    }


def test_every_text_stands_in_three_languages(capsys):
    document = printed(capsys)

    assert list(untranslated(document)) == []
    document["glasses"][0]["why"] = "A text without a language"
    del document["exercises"][0]["name"]["fr"]
    assert list(untranslated(document)) == [".glasses.why", ".exercises.name"]


def test_statements_are_whole(capsys):
    document = printed(capsys)
    counted = {one["id"]: len(one["statements"]) for one in document["glasses"] + document["conditions"]}

    assert counted == dict.fromkeys(GLASSES, 8) | {"hernia": 8, "arthrosis": 9}
