"""The blank intake on paper: every question of the screens with its code, in three languages, on tagged A4."""

import os
import re
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation

from intake.red_flags import red_flags
from intake.screening_items import ITEMS
from plans import paper_intake
from plans.paper_intake import codes, context, intake_pdf
from tests import one_language
from tests.cast import in_english
from tests.patients import begin
from tests.test_pdf import poppler  # noqa: F401
from tests.verapdf import reading, run
from triggers.glasses import conditions, glasses

PRACTICE = SimpleNamespace(
    name="Praktijk De Linde", phone="+32 15 11 22 33", out_of_hours="", country="BE", retention_years=30
)
LANGUAGES = ("nl", "fr", "en")
every_language = pytest.mark.parametrize("language", LANGUAGES)
MM = 10  # dots a millimetre in reading.grey


def questions(language):
    """{code: what must stand beside it}."""
    found = {codes()[key]: one.ask for key, one in red_flags().by_id.items()}
    for key, item in red_flags().by_id.items():
        found |= {codes()[f"{key}.{one.id}"]: one.ask for one in item.follow_ups}
    for one in (*conditions().values(), *glasses().values()):
        bones = one.bones.statements if getattr(one, "bones", None) else ()
        shown = [statement for statement in (*one.statements, *bones) if not statement.private]
        found |= {codes()[statement.id]: statement.text for statement in shown}
    found |= {codes()[key]: fact.ask for key, fact in red_flags().fact.items() if key in codes()}
    return {code: text.in_language(language) for code, text in found.items()}


def missing(html, language):
    """Codes that do not stand right before their question."""
    import html as entities

    plain = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", entities.unescape(html)))
    return [
        code for code, ask in questions(language).items() if f"{code} {' '.join(ask.split())}" not in plain
    ]


def page(language, intake=None):
    from django.template.loader import render_to_string

    with translation.override(language):
        return render_to_string(paper_intake.TEMPLATE, context(language, PRACTICE, intake))


@pytest.fixture(scope="module")
def made(pytestconfig):
    """The form in Dutch, made once; without --long with one safety list and one colour of glasses."""
    with pytest.MonkeyPatch.context() as patch:
        if not pytestconfig.getoption("--long"):
            whole = paper_intake.context
            patch.setattr(paper_intake, "context", lambda *given: _short(whole(*given)))
        return intake_pdf("nl", PRACTICE)


def _short(whole):
    family = {**whole["families"][0], "glasses": whole["families"][0]["glasses"][:2]}
    return {**whole, "themes": whole["themes"][:1], "families": [family], "conditions": [], "bones": []}


@every_language
def test_every_question_stands_on_it_with_its_code(language):
    assert missing(page(language), language) == []


def test_a_question_left_out_is_seen(monkeypatch):
    item = paper_intake.safety_item
    monkeypatch.setattr(
        paper_intake,
        "safety_item",
        lambda one, lang: item(one, lang) | ({"ask": ""} if one.id == "rf2-saddle" else {}),
    )

    assert missing(page("nl"), "nl") == ["V3.3"]


def test_what_the_screens_hide_says_for_whom_it_is():
    with translation.override("nl"):
        hidden = {
            key
            for key, item in ITEMS.items()
            if item.only_with or item.hidden_for or item.hidden_over is not None
        }
        told = {key for key in ITEMS if paper_intake.item_only(key, "nl")}
        assert paper_intake.item_only("rf3-pregnancy-acute", "nl") == (
            "Niet voor mannen. Alleen als je 55 jaar of jonger bent."
        )

    assert told == hidden


def test_a_private_sentence_stands_on_no_paper():
    private = [
        statement.text.nl for one in glasses().values() for statement in one.statements if statement.private
    ]

    assert private and not any(text in page("nl") for text in private)


def test_nothing_of_an_answer_is_ticked_or_added_up():
    assert "%" not in re.sub(r"<style.*?</style>|ongeveer 5%", "", page("nl")).replace("100%", "")


@pytest.mark.long
def test_french_paper_is_french():
    texts = one_language.texts_of(page("fr"))

    assert one_language.strangers([text for text in texts if text not in (PRACTICE.name,)]) == []


# --- the sheets ------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("poppler")
def test_it_is_tagged_a4_and_each_sheet_can_be_told_by_itself(made):
    told, sheets = reading.info(made), reading.pages(made)

    assert (told["Page size"], told["Tagged"], told["Title"]) == (
        reading.A4,
        "yes",
        "Vragen voor je afspraak",
    )
    assert b"/Lang (nl)" in reading.inside(made) and b"pdfuaid" in reading.inside(made)
    for number, sheet in enumerate(sheets, start=1):
        assert f"Bladzijde {number} van {len(sheets)}" in sheet
        assert PRACTICE.phone in sheet and "Geboren op" in sheet
    assert "112" in sheets[0] and "Plots erger?" in sheets[0]
    assert len(sheets) < 40


@pytest.mark.usefixtures("poppler")
def test_no_question_is_cut_between_two_sheets(made):
    """The answer boxes stand on the sheet of their question: no sheet begins with an answer."""
    for sheet in reading.pages(made)[3:]:
        first = next(line.strip() for line in sheet.splitlines() if line.strip())
        assert not re.match(r"(Ja|Nee|Weet ik niet|•|Alleen als|Niets hiervan)", first), first


@pytest.mark.usefixtures("poppler")
def test_boxes_are_drawn_5_mm_and_more_and_stand_out_in_grey(made):
    """The first column of boxes on the sheet with 'Jij en je klacht': dark edges 5 mm apart, white inside."""
    pages = reading.pages(made)
    at = next(number for number, sheet in enumerate(pages, start=1) if "Jij en je klacht" in sheet)
    rows = reading.grey(made, at)
    widths = [len(edge) for row in rows for edge in re.findall(rb"[\x00-\x60]{45,80}", row[150:300])]

    assert widths and max(widths) >= 5 * MM


def test_for_one_intake_each_sheet_says_whose_it_is(db, cast):
    story = begin(cast.a, given="Georgette", family="Peeters")
    html = page("nl", story.intake)

    assert "Georgette Peeters" in html and paper_intake.visit_code(story.intake) in html
    assert re.fullmatch(r"[0-9A-F]{4}-[0-9A-F]{4}", paper_intake.visit_code(story.intake))
    assert "blank--name" not in html and str(story.intake.code) not in html


def test_pregnancy_is_not_asked_above_the_age_it_is_asked(cast):
    import datetime

    story = begin(cast.a, born=datetime.date(1950, 1, 1))

    assert "pregnant" not in paper_intake.asked_context(story.intake)
    assert "pregnant" in paper_intake.asked_context()


# --- how one gets it -------------------------------------------------------------------------------------


def test_the_desk_makes_it_and_its_name_says_nothing(cast, monkeypatch):
    asked = []
    monkeypatch.setattr("plans.paper_entry.hub.intake_pdf", lambda *given: asked.append(given) or b"%PDF-1.7")
    story, desk = begin(cast.a, given="Georgette"), in_english(cast.client("desk_a"))

    answers = [
        desk.get(reverse("desk:paper-blank", args=["fr"])),
        desk.get(reverse("desk:paper-form", args=[story.intake.code, "nl"])),
    ]

    assert [(given[0], given[2]) for given in asked] == [("fr", None), ("nl", story.intake)]
    for answer in answers:
        assert answer["Content-Type"] == "application/pdf" and "no-store" in answer["Cache-Control"]
        assert "Georgette" not in answer["Content-Disposition"]
    assert desk.get(reverse("desk:paper-blank", args=["de"])).status_code == 404


def test_both_pages_offer_it_in_every_language(cast):
    story, desk = begin(cast.a), in_english(cast.client("desk_a"))

    one, all_of_them = (
        desk.get(reverse("desk:patient", args=[story.patient.code])),
        desk.get(reverse("desk:patients")),
    )

    for language in LANGUAGES:
        assert reverse("desk:paper-form", args=[story.intake.code, language]) in one.content.decode()
        assert reverse("desk:paper-blank", args=[language]) in all_of_them.content.decode()
    assert reverse("desk:paper", args=[story.intake.code]) in one.content.decode()


def test_the_command_writes_a_file(db, tmp_path, monkeypatch, capsys):
    module = __import__("importlib").import_module("plans.management.commands.paper-form")
    monkeypatch.setattr(module, "intake_pdf", lambda language, practice: f"%PDF {language}".encode())
    file = tmp_path / "form.pdf"

    call_command("paper-form", "--language", "fr", "--output", str(file))

    assert file.read_bytes() == b"%PDF fr"
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("paper-form", "--language", "fr", "--output", str(tmp_path / "no" / "form.pdf"))


def test_with_several_practices_the_command_asks_which(cast, tmp_path):
    with pytest.raises(CommandError, match="--practice"):
        call_command("paper-form", "--language", "nl", "--output", str(tmp_path / "form.pdf"))


@pytest.mark.long
def test_every_language_is_for_every_reader(tmp_path):
    try:
        run.classpath()
    except run.NotInstalled as absent:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"No veraPDF here: {absent}")
    files = [tmp_path / f"{language}.pdf" for language in LANGUAGES]
    for file, language in zip(files, LANGUAGES, strict=True):
        file.write_bytes(intake_pdf(language, PRACTICE))

    assert run.check(files) == {str(file): "PASS" for file in files}
