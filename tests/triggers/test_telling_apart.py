"""The practitioner's table of arthrosis, inflammation and osteoporosis: whole, in three languages, for staff only."""

import re
from dataclasses import fields, replace

import pytest

from backup_plan_site.content import LANGUAGES, THREATENING, Text, problems
from tests.translations import content_texts
from triggers.telling_apart import FILE, Row, load_telling_apart, telling_apart

TABLE = telling_apart()
ROWS = {row.id: row for row in TABLE.rows}


def planted(tmp_path, old, new):
    """The file with one fault, under the same name."""
    source = FILE.read_text(encoding="utf-8")
    assert source.count(old) == 1
    path = tmp_path / FILE.name
    path.write_text(source.replace(old, new), encoding="utf-8")
    return path


def test_it_has_five_rows_and_three_columns():
    assert list(ROWS) == ["morning", "night", "joints", "age-signs", "what-to-do"]
    assert [column.id for column in TABLE.columns] == ["arthrosis", "inflammatory", "osteoporosis"]


def test_the_cells_stand_in_the_order_of_the_columns():
    names = [field.name for field in fields(Row) if field.type is Text and field.name != "name"]
    assert names == [column.id for column in TABLE.columns]
    for row in TABLE.rows:
        assert row.cells == tuple(getattr(row, column.id) for column in TABLE.columns)


def untranslated(table):
    """The places of the table that lack a language, or say the same in two."""
    lines = {"heading": table.heading, "intro": table.intro, "patient": table.patient}
    for one in (*table.columns, *table.rows):
        lines[one.id] = one.name
    for row in table.rows:
        lines |= {f"{row.id}.{column.id}": getattr(row, column.id) for column in table.columns}
    said = {
        place: [getattr(text, language).strip() for language in LANGUAGES] for place, text in lines.items()
    }
    return [place for place, words in said.items() if not all(words) or len(set(words)) < len(LANGUAGES)]


def test_every_cell_stands_in_three_languages():
    assert untranslated(TABLE) == []


def test_a_cell_that_is_not_translated_is_found():
    night = ROWS["night"]
    dutch = replace(night.arthrosis, fr=night.arthrosis.nl)
    rows = tuple(replace(row, arthrosis=dutch) if row is night else row for row in TABLE.rows)
    assert untranslated(replace(TABLE, rows=rows)) == ["night.arthrosis"]


def test_every_cell_is_a_sentence():
    for row in TABLE.rows:
        for cell in row.cells:
            for words in (cell.nl, cell.en, cell.fr):
                assert (words[0].isupper() or words[0].isdigit()) and words.endswith("."), words


@pytest.mark.parametrize(
    ("row", "column", "nl", "en", "fr"),
    [
        ("morning", "arthrosis", "30 minuten", "30 minutes", "30 minutes"),
        ("morning", "inflammatory", "30 tot 60", "30 to 60", "30 à 60"),
        ("age-signs", "inflammatory", "voor 45", "before 45", "avant 45"),
        ("age-signs", "osteoporosis", "3 tot 4 cm", "3 to 4 cm", "3 à 4 cm"),
        ("what-to-do", "inflammatory", "koorts: vandaag", "fever: today", "fièvre\u00a0: aujourd'hui"),
    ],
)
def test_what_matters_most_is_the_same_in_every_language(row, column, nl, en, fr):
    cell = getattr(ROWS[row], column)
    assert nl in cell.nl and en in cell.en and fr in cell.fr


def test_the_patient_reads_only_where_to_talk_about_it():
    assert list(content_texts(FILE.read_text(encoding="utf-8"))) == ["Praat erover met je huisarts."]
    assert TABLE.patient.nl.rstrip(".").casefold() in TABLE.intro.nl.casefold()


def test_it_says_that_it_is_no_verdict_and_no_text_of_it_frightens():
    assert "geen oordeel" in TABLE.intro.nl and "not a verdict" in TABLE.intro.en
    for line in (TABLE.intro, TABLE.patient, *(cell for row in TABLE.rows for cell in row.cells)):
        for language in LANGUAGES:
            assert not re.search(rf"\b(?:{THREATENING[language]})\b", getattr(line, language), re.IGNORECASE)


def test_it_is_a_draft_that_says_where_it_comes_from():
    assert (TABLE.version, TABLE.confirmed) == ("telling-apart.v1", False)
    assert TABLE.source.startswith("clinical-brief C3")
    assert [one for one in problems(FILE.parent) if one.startswith(FILE.name)] == []


def test_it_is_read_once():
    assert telling_apart() is telling_apart()


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('arthrosis.nl = "Pijn bij het omdraaien."\n', "", r"rows\[1\].arthrosis: unknown or missing: nl"),
        ('id = "night"\n', 'id = "night"\npoints = 3\n', r"rows\[1\]: unknown or missing: points"),
        ("confirmed = false", 'confirmed = "no"', "confirmed"),
    ],
)
def test_a_fault_in_the_file_is_refused_with_its_place(tmp_path, old, new, place):
    with pytest.raises(ValueError, match=place):
        load_telling_apart(planted(tmp_path, old, new))
