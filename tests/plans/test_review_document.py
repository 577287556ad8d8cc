"""The documents to read and confirm: every entry and every text of the method is in them, on screen and on paper."""

import html
import json
import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import translation

from backup_plan_site import pdf
from backup_plan_site.content import LANGUAGES, MANIFEST, Text, identity
from plans import review_document, whole_method
from plans.confirming.labels import ROWS, WORDS, label, value
from plans.text_walk import Piece, Setting
from tests.test_pdf import OURS, poppler  # noqa: F401
from tests.verapdf import reading
from tests.verapdf.test_ua import verapdf  # noqa: F401

ROOT = Path(settings.BASE_DIR)
CONTENT = sorted(path for path in ROOT.glob("*/content/*.toml") if path.name != MANIFEST)
TAG = re.compile(r"<[^>]*>")


def words_of(page):
    """What a page says, without tags, in one line."""
    body = page.partition("<body>")[2]
    return " ".join(html.unescape(TAG.sub(" ", body)).split())


def squeezed(text):
    return "".join(text.split())


@pytest.fixture(scope="module")
def pages():
    return {language: review_document.html(language) for language in LANGUAGES}


@pytest.fixture(scope="module")
def paper():
    """The French one, with the Dutch below each text: the first and the last part of it, for the time it takes."""
    whole = whole_method.sections()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(whole_method, "sections", lambda: (*whole[:2], whole[-1]))
        page = review_document.html("fr")
    return pdf.from_html(page, stylesheet=review_document.PAPER)


@pytest.fixture(scope="module", params=LANGUAGES)
def whole_paper(request, pages):
    """Everything, as somebody prints it to read and sign."""
    return request.param, pdf.from_html(pages[request.param], stylesheet=review_document.PAPER)


# --- the walk holds everything ---


def texts_in(value, hidden=()):
    """Every text of a table of a file, in Dutch."""
    if isinstance(value, dict):
        if value and value.keys() <= set(LANGUAGES):
            yield value["nl"] if isinstance(value["nl"], str) else ", ".join(value["nl"])
            return
        value = value.values()
    elif not isinstance(value, list):
        return
    for one in value:
        yield from texts_in(one)


def in_force():
    """The newest version of each content file."""
    newest = {}
    for path in CONTENT:
        name, version = identity(path)
        kept = newest.get((path.parent, name))
        newest[path.parent, name] = max(kept, (version, path)) if kept else (version, path)
    return [path for _version, path in newest.values()]


@pytest.mark.parametrize("path", in_force(), ids=lambda path: path.name)
def test_every_text_of_every_content_file_is_in_an_entry(path):
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    tables.pop("content", None)
    known = {piece.text.nl for entry in whole_method.entries().values() for piece in entry.texts}

    assert [text for text in texts_in(tables) if text not in known] == []


def test_a_text_that_no_entry_holds_is_seen(monkeypatch, tmp_path):
    planted = tmp_path / "planted.v1.toml"
    planted.write_text(
        'a = { nl = "Nergens te lezen.", en = "Nowhere.", fr = "Nulle part." }', encoding="utf-8"
    )

    with pytest.raises(AssertionError):
        test_every_text_of_every_content_file_is_in_an_entry(planted)


def test_texts_for_practitioners_are_known_as_such():
    entries = whole_method.entries()

    def hidden(key):
        return {piece.path[-1] for piece in entries[key].texts if piece.for_practitioner}

    assert hidden("red-flag:rf2-saddle") == {"points_to", "checks"}
    assert not any(piece.for_practitioner for piece in entries["guide:stay-active"].texts)
    assert {piece.path[0] for piece in entries["telling-apart:pain"].texts if not piece.for_practitioner} == {
        "patient"
    }


def test_numbers_and_cautions_are_told_as_well():
    numbers = {one.where: one.value for one in whole_method.entries()["numbers:BE"].settings}
    cautions = {one.where: one for one in whole_method.entries()["exercise:m7"].settings}["cautions"]

    assert (numbers["emergency"], numbers["suicide_line"]) == ("112", "1813")
    with translation.override("en"):
        assert value(cautions).startswith("Fragile bones, Pain that runs")


def test_the_help_lines_in_french_are_an_entry_of_their_own():
    inside = whole_method.entries()["numbers:BE.in_french"]

    assert "0800 32 123" in {one.value for one in inside.settings}
    assert not any(piece.path[0] == "in_french" for piece in whole_method.entries()["numbers:BE"].texts)


# --- what a text is called ---


@pytest.mark.parametrize(
    ("path", "words", "ids"),
    [
        (("ask",), "Question", ""),
        (("lines", "2"), "Line", ""),
        (("statements", "stress-3", "text"), "Sentence to recognise", "stress-3"),
        (("tips", "stress-walk", "habit", "do"), "Tip · as a habit · what to do", "stress-walk"),
        (("follow_ups", "new", "ask"), "Follow-up question · Question", "new"),
        (("label",), "Short name", ""),
        (("answers", "female", "label"), "Answer", "female"),
        (("text",), "Text", ""),
        (("never_heard_of",), "never heard of", ""),
    ],
)
def test_a_text_is_called_by_its_place(path, words, ids):
    with translation.override("en"):
        told = label(Piece(path, Text("a", "b", "c")))
    assert (told.words, told.ids) == (words, ids)


def without_a_word(path):
    """The names in a path that would be shown as they stand in the files, in English, in every language."""
    for at, name in enumerate(path):
        is_row = name.isdigit() or (at and path[at - 1] in ROWS)
        if not is_row and name not in WORDS:
            yield name


def test_nearly_every_field_of_the_content_has_a_word():
    pieces = [piece for entry in whole_method.entries().values() for piece in entry.texts]
    unknown = {name for piece in pieces for name in without_a_word(piece.path)}

    assert unknown - FEW_WITHOUT_A_WORD == set()


# Each stands in one place, and its own words say what it is.
FEW_WITHOUT_A_WORD = {
    *("neutral_title", "exit", "exit_hint", "talk", "danger", "also", "chat", "back", "more"),
    *("answers_in_dutch", "out_of_hours_name", "suicide_line_name", "suicide_line_open", "talk_line_name"),
    *("talk_line_open", "violence_line_name", "violence_line_open", "no_points", "no_diagnosis", "time"),
}


# --- on screen ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_and_every_text_is_in_the_page(pages, language):
    said = words_of(pages[language])

    for key, entry in whole_method.entries().items():
        assert key in said and entry.version in said, key
        assert " ".join(entry.source.split()) in said, key
        for piece in entry.texts:
            for code in {language, "nl"}:
                assert " ".join(getattr(piece.text, code).split()) in said, (key, piece.where, code)


def test_a_text_that_is_left_out_is_seen(pages):
    without = {language: page.replace("Stop hier en zoek nu hulp", "") for language, page in pages.items()}

    with pytest.raises(AssertionError):
        test_every_entry_and_every_text_is_in_the_page(without, "nl")


def test_what_nobody_confirmed_is_marked_and_what_somebody_did_is_not(pages, monkeypatch):
    mark = "not yet confirmed by a clinician"
    waiting = sum(not entry.confirmed for entry in whole_method.entries().values())
    assert pages["en"].count(mark) == waiting

    one = whole_method.sections()[0]
    done = replace(one, entries=tuple(replace(entry, confirmed=True) for entry in one.entries))
    monkeypatch.setattr(whole_method, "sections", lambda: (done,))

    assert mark not in review_document.html("en")


def test_every_line_of_the_contents_leads_to_its_entry(pages):
    for page in pages.values():
        leads = re.findall(r'<a href="#([^"]+)"', page)
        ids = re.findall(r' id="([^"]+)"', page)

        assert len(leads) == len(whole_method.entries()) + len(whole_method.sections())
        assert len(ids) == len(set(ids))
        assert set(leads) <= set(ids)


def test_the_page_fetches_nothing_and_runs_nothing(pages):
    for page in pages.values():
        assert not re.search(r"(?:src|href)=\"(?!#)|url\(|@import|<script|<link|<iframe", page)
        assert page.count("<style>") == 1


def test_the_dutch_is_not_there_twice_in_the_dutch_document(pages):
    assert "text__original" not in pages["nl"].partition("<body>")[2]
    assert pages["fr"].count('class="text__original" lang="nl"') == sum(
        len(entry.texts) for entry in whole_method.entries().values()
    )


def test_a_text_without_french_says_so(monkeypatch):
    section = whole_method.sections()[0]
    entry = section.entries[0]
    bare = replace(entry, texts=(Piece(("text",), Text("Enkel Nederlands", "Only English")),))
    monkeypatch.setattr(whole_method, "sections", lambda: (replace(section, entries=(bare,)),))

    said = words_of(review_document.html("fr"))

    assert "Enkel Nederlands" in said and "Only English" not in said


def test_what_somebody_wrote_in_a_text_is_no_markup(monkeypatch):
    section = whole_method.sections()[0]
    bad = Piece(("text",), Text("<script>1</script>", "<b>", "</p>"))
    entry = replace(section.entries[0], texts=(bad,), settings=(Setting(("cautions",), "<i>"),))
    monkeypatch.setattr(whole_method, "sections", lambda: (replace(section, entries=(entry,)),))

    page = review_document.html("nl")

    assert "<script>" not in page and "<i>" not in page


# --- on paper ---


@pytest.mark.usefixtures("poppler")
def test_the_paper_is_tagged_and_says_every_text(paper):
    told = reading.info(paper)

    assert told["Page size"] == reading.A4
    assert told["Tagged"] == "yes"
    assert b"/Lang (fr)" in reading.inside(paper)
    assert reading.fonts(paper) <= OURS
    whole = whole_method.sections()
    assert lost(paper, "fr", (*whole[:2], whole[-1])) == []
    assert lost(paper, "fr", whole[2:3]) != []


@pytest.mark.long
@pytest.mark.usefixtures("poppler")
def test_the_whole_of_it_is_for_every_reader_in_each_language(whole_paper, verapdf, tmp_path):  # noqa: F811
    language, paper = whole_paper
    file = tmp_path / "review.pdf"
    file.write_bytes(paper)

    assert lost(paper, language, whole_method.sections()) == []
    assert int(reading.info(paper)["Pages"]) > 50
    assert verapdf([file]) == {str(file): "PASS"}


def lost(paper, language, sections):
    """Texts of these parts that do not stand on the paper."""
    said = squeezed(reading.words(paper))
    texts = [
        (entry.key, piece.where, getattr(piece.text, language))
        for section in sections
        for entry in section.entries
        for piece in entry.texts
    ]
    return [
        (key, where)
        for key, where, text in texts
        if squeezed(pdf.drawable(text)) not in said and not _is_cut(text, said)
    ]


def _is_cut(text, said):
    """A text that runs over to the next page, with the foot of the page between its halves."""
    words = squeezed(pdf.drawable(text))
    return any(words[:at] in said and words[at:] in said for at in range(12, len(words) - 12))


@pytest.mark.usefixtures("poppler")
def test_each_page_says_which_it_is(paper):
    pages = reading.pages(paper)

    for at in (1, 2, len(pages) // 2, len(pages)):
        assert re.search(rf"\b{at}\D+{len(pages)}\b", " ".join(pages[at - 1].split()[-24:])), at


def test_each_entry_has_room_to_sign_on_paper_alone(pages):
    style = (ROOT / "static" / review_document.STYLE).read_text(encoding="utf-8")

    assert pages["nl"].count('class="sign__box"') == len(whole_method.entries())
    assert ".foot, .sign { display: none; }" in style


def test_it_is_for_every_reader(verapdf, paper, tmp_path):  # noqa: F811
    file = tmp_path / "review.pdf"
    file.write_bytes(paper)

    assert verapdf([file]) == {str(file): "PASS"}


# --- the command ---


def test_the_command_writes_two_documents_for_each_language(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(review_document.pdf, "from_html", lambda page, stylesheet: page.encode()[:9])

    call_command("catalogue", review=tmp_path / "new" / "folder")

    assert sorted(file.name for file in (tmp_path / "new" / "folder").iterdir()) == sorted(
        f"review-{language}.{kind}" for language in LANGUAGES for kind in ("html", "pdf")
    )
    told = capsys.readouterr()
    assert told.out == "" and told.err.count("bytes") == 6


def test_without_review_it_stays_one_json_document(capsys):
    call_command("catalogue")

    assert "red_flags" in json.loads(capsys.readouterr().out)


def test_what_cannot_be_written_and_a_missing_library_are_said(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("catalogue", review=tmp_path / "file")

    def missing(page, stylesheet):
        raise pdf.PdfUnavailable("PDF needs Pango")

    monkeypatch.setattr(review_document.pdf, "from_html", missing)
    with pytest.raises(CommandError, match="needs Pango"):
        call_command("catalogue", review=tmp_path)
