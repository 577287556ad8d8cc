"""Dutch and French of the pages: complete, in step with the code, short and calm. Each guard sees a planted fault."""

import gettext
import os
import shutil
import subprocess

import pytest
from django.core.management import call_command
from django.utils import translation

from tests import translations as words

CATALOGUES = {language: words.entries(po.read_text(encoding="utf-8")) for language, po in words.PO.items()}
CATALOGUE = CATALOGUES["nl"]
every_language = pytest.mark.parametrize("language", words.TRANSLATED)
CONTENT = sorted(words.ROOT.glob("*/content/*.v*.toml"))
CODE = {
    str(path.relative_to(words.ROOT)): path.read_text(encoding="utf-8")
    for folder in words.SOURCES
    for path in (words.ROOT / folder).rglob("*.py")
}

# Texts that are the same as in English, each with its reason.
SAME = {
    "nl": {
        "Back-Up Plan": "a name",
        "Begin": "the same word",
        "Bucketlist": "a name",
        "Context": "the same word",
        "Diabetes": "the same word",
        "E-mail": "the same word",
        "e-mail": "the same word",
        "Filter": "the same word",
        "Intake": "the method's own word",
        "Ladder": "the same word",
        "Later": "the same word",
        "Open": "the same word",
        "PDF": "a name",
        "Partner": "the same word",
        "Plan": "the same word",
        "Passkeys": "what every browser and phone calls it",
        "Team": "the same word",
        "Tip": "the same word",
        "Week %(number)s": "the same word",
        "Week %(week)s": "the same word",
    },
    "fr": {
        "Back-Up Plan": "a name",
        "Bucketlist": "a name",
        "E-mail": "the same word",
        "e-mail": "the same word",
        "PDF": "a name",
        "Inflammation": "the same word",
        "Introduction": "the same word",
        "%(hours)s h": "the same letter",
        "%(hours)s h %(minutes)s": "the same letter",
        "%(number)s minute": "the same word",
        "Page": "the same word",
        "Page %(number)s": "the same word",
        "Pages": "the same word",
        "Patient": "the same word",
        "Patients": "the same word",
        "Plan": "the same word",
        "Question": "the same word",
        "Source": "the same word",
        "Urgent": "the same word",
        "Version": "the same word",
        "Version %(number)s": "the same word",
    },
}
# Sentences that say what this is not (clinical-brief G1).
CALM_ENOUGH = ("Ze stelt geen diagnose",)


def planted(text):
    return words.entries(text)


@pytest.fixture
def gettext_tools():
    if not all(map(shutil.which, ("xgettext", "msgmerge", "msgfmt"))):
        (pytest.fail if os.environ.get("CI") else pytest.skip)("No gettext here.")


# --- the catalogue ---


@every_language
def test_every_text_is_translated(language):
    assert len(CATALOGUES[language]) > 400
    assert words.unfinished(CATALOGUES[language]) == []
    assert {entry.key for entry in CATALOGUES[language]} == {entry.key for entry in CATALOGUE}


@pytest.mark.parametrize(
    "fault",
    [
        'msgid "Send"\nmsgstr ""',
        '#, fuzzy\nmsgid "Send"\nmsgstr "Zend"',
        'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s dag"\nmsgstr[1] ""',
        'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s dag"',
    ],
)
def test_a_text_without_its_translation_is_seen(fault):
    assert len(words.unfinished(planted(fault))) == 1


@every_language
def test_placeholders_and_tags_are_those_of_the_english(language):
    assert words.other_placeholders(CATALOGUES[language]) == []


@pytest.mark.parametrize(
    ("english", "dutch"),
    [("Hello %(name)s", "Dag %(naam)s"), ("<b>Now</b>", "Nu"), ("at least %d", "minstens"), ("{n}", "n")],
)
def test_another_placeholder_is_seen(english, dutch):
    assert words.other_placeholders(planted(f'msgid "{english}"\nmsgstr "{dutch}"'))


@every_language
def test_no_english_is_left(language):
    catalogue, same = CATALOGUES[language], SAME[language]

    assert words.same_as_english(catalogue, same) == []
    assert words.same_as_english(catalogue, {}) != []
    assert same.keys() - {entry.english for entry in catalogue} == set()


def test_no_dutch_is_left_for_french():
    both = SAME["nl"].keys() & SAME["fr"].keys()

    assert words.same_as_the_other(CATALOGUES["fr"], CATALOGUES["nl"], dict.fromkeys(both, "")) == []
    assert words.same_as_the_other(CATALOGUES["fr"], CATALOGUES["nl"], {}) != []


@every_language
def test_our_words_win_over_those_of_the_libraries(language):
    with translation.override(language):
        for entry in CATALOGUES[language]:
            for number, text in entry.said.items():
                assert said(entry, 1 if number == 0 else 2) == text


def said(entry, number):
    if entry.plural:
        return translation.ngettext(entry.english, entry.plural, number)
    if entry.context:
        return translation.pgettext(entry.context, entry.english)
    return translation.gettext(entry.english)


# --- in step ---


def compiled(path):
    with path.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)._catalog
    return {key: value for key, value in catalogue.items() if key}


@every_language
def test_the_compiled_file_is_in_step(language, gettext_tools, tmp_path):
    anew, po = tmp_path / "django.mo", words.PO[language]
    subprocess.run(["msgfmt", "--check-format", "-o", anew, po], check=True, capture_output=True)

    assert compiled(anew) == compiled(po.with_suffix(".mo"))


def test_a_compiled_file_that_lags_behind_is_seen(gettext_tools, tmp_path):
    changed, anew = tmp_path / "django.po", tmp_path / "django.mo"
    changed.write_text(
        words.PO["nl"].read_text(encoding="utf-8").replace('"Afmelden"', '"Uitloggen"'), encoding="utf-8"
    )
    subprocess.run(["msgfmt", "-o", anew, changed], check=True, capture_output=True)

    assert compiled(anew) != compiled(words.PO["nl"].with_suffix(".mo"))


def collected(folder, settings, monkeypatch, fault=""):
    """What makemessages finds in a copy of the code, with a text planted in it."""
    for name in words.SOURCES:
        if (words.ROOT / name).exists():
            shutil.copytree(
                words.ROOT / name,
                folder / name,
                ignore=shutil.ignore_patterns("__pycache__", "*.toml", "migrations"),
            )
    if fault:
        (folder / "templates" / "planted.html").write_text(fault, encoding="utf-8")
    shutil.copytree(words.ROOT / "locale", folder / "locale")
    settings.LOCALE_PATHS = [folder / "locale"]
    monkeypatch.chdir(folder)
    call_command("makemessages", verbosity=0)
    texts = [(folder / f"locale/{one}/LC_MESSAGES/django.po").read_text(encoding="utf-8") for one in words.PO]
    found = [{entry.key for entry in words.entries(text)} for text in texts]
    assert found.count(found[0]) == len(found)
    return found[0]


def test_the_catalogue_has_what_the_code_says(gettext_tools, tmp_path, settings, monkeypatch):
    found = collected(tmp_path, settings, monkeypatch)
    known = {entry.key for entry in CATALOGUE}

    assert found - known == set(), "run makemessages and translate these"
    assert known - found == set(), "run makemessages: the code no longer says these"


def test_a_new_text_is_seen(gettext_tools, tmp_path, settings, monkeypatch):
    fault = '{% load i18n %}{% translate "Planted words" %}'

    assert ("", "Planted words", "") in collected(tmp_path, settings, monkeypatch, fault)


def test_every_text_is_called_by_a_name_that_is_looked_for():
    assert words.strange_names(CODE) == []


@pytest.mark.parametrize("name", ["gettext as t", "gettext_lazy as lazy", "ngettext as n"])
def test_another_name_is_seen(name):
    assert words.strange_names({"a.py": f"from django.utils.translation import {name}"})


# --- how it reads ---


def texts_of_pages(language):
    return [text for entry in CATALOGUES[language] for text in entry.texts]


@pytest.mark.parametrize("path", CONTENT, ids=lambda path: path.name)
def test_the_content_is_short_and_calm(path):
    texts = list(words.content_texts(path.read_text(encoding="utf-8")))
    calm = [text for text in texts if not any(phrase in text for phrase in CALM_ENOUGH)]

    assert words.too_long(texts) == []
    assert words.average(texts) <= words.LONGEST_AVERAGE
    assert words.frightening(calm) == []


@every_language
def test_the_pages_are_short_and_calm(language):
    texts = texts_of_pages(language)

    assert words.too_long(texts) == []
    assert words.average(texts) <= words.LONGEST_AVERAGE
    assert words.frightening(texts, language) == []


def test_a_long_sentence_is_seen():
    assert words.too_long(["Een. " + "woord " * 20 + "einde."]) and not words.too_long(
        ["woord " * 20, "Ja. " * 30]
    )


@pytest.mark.parametrize("word", ["versleten", "kapot", "instabiel", "scheve", "diagnose", "breuk, risico"])
def test_a_frightening_word_is_seen(word):
    assert words.frightening([f"Je rug is {word}."])


def test_texts_for_the_practitioner_are_not_read_as_the_patients():
    source = '[content]\npractitioner = ["checks"]\n[[items]]\nask = { nl = "Slaap je?" }\nchecks = { nl = "risico" }'

    assert list(words.content_texts(source)) == ["Slaap je?"]
