"""The Back-Up Plan on paper: what three people take home, and one that tries everything."""

import base64
import html
import logging
import re
from dataclasses import asdict, replace
from itertools import pairwise

import pytest

from backup_plan_site import pdf
from plans import paper
from tests import paper_people
from tests.test_pdf import OURS, poppler  # noqa: F401
from tests.verapdf import reading
from triggers.glasses import glasses

pytestmark = pytest.mark.usefixtures("poppler")

EVERYONE = [(name, language) for name in paper_people.PEOPLE for language in ("nl", "fr", "en")]
# Fields that steer the drawing or name a version; a date is said in words.
UNSAID = {"key", "version", "family", "fills", "size", "language", "made_on", "label", "given_name"}
# On the page where the exercises move, and drawn instead of said.
UNSAID |= {"easier", "harder", "figure", "figure_alt"}
# A score would look like this: so many of so many, or out of a hundred.
SCORE = re.compile(r"\b\d+ ?(?:van de|van|of|/|op) ?(?:13|8)\b|\d+ ?%|\bscore\b|\bpunten\b", re.IGNORECASE)
MILLIMETRE = 10


@pytest.fixture(scope="module")
def made():
    """The PDF of a person's plan, made once."""
    kept = {}

    def one(name, language):
        if (name, language) not in kept:
            kept[name, language] = paper.plan_pdf(getattr(paper_people, name)(language))
        return kept[name, language]

    return one


@pytest.fixture
def complaints(caplog):
    pdf.from_html("<p>Words.</p>")
    logger = logging.getLogger("weasyprint")
    logger.disabled = False
    with caplog.at_level(logging.WARNING, "weasyprint"):
        yield lambda: [record.getMessage() for record in caplog.records if record.name == "weasyprint"]
    logger.disabled = True


def bodies(plan):
    return [reading.body(page) for page in reading.pages(plan)]


def squeezed(text):
    """Without a space, so that no line end hides a sentence."""
    return "".join(text.split())


def said(value):
    """Every text of a plan that a person should read on paper."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, one in value.items():
            if key not in UNSAID:
                yield from said(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from said(one)


def text_of(source):
    """The words of HTML with its alternative texts and the words in its drawings."""
    drawings = [base64.b64decode(found) for found in re.findall(r"svg\+xml;base64,([^\"]+)", source)]
    alts = re.findall(r'alt="([^"]*)"', source)
    inside = " ".join(re.sub(r"<[^>]*>", " ", one.decode()) for one in drawings)
    return " ".join([html.unescape(re.sub(r"<[^>]*>", " ", source)), *map(html.unescape, alts), inside])


# --- every plan ---


@pytest.mark.parametrize(("name", "language"), EVERYONE)
def test_a_plan_is_tagged_a4_in_the_patients_language(made, name, language):
    plan = made(name, language)
    told = reading.info(plan)

    assert told["Page size"] == reading.A4
    assert told["Tagged"] == "yes"
    assert told["Title"] == paper.context(getattr(paper_people, name)(language))["title"]
    assert f"/Lang ({language})".encode() in reading.inside(plan)


@pytest.mark.parametrize(("name", "language"), [*EVERYONE, ("hostile", "nl"), ("bare", "nl")])
def test_no_page_is_empty(made, name, language):
    for at, body in enumerate(bodies(made(name, language)), start=1):
        assert len(squeezed(body)) > 60, f"page {at}"


@pytest.mark.parametrize(("name", "language"), EVERYONE)
def test_every_word_of_the_plan_stands_on_paper(made, name, language):
    copy = getattr(paper_people, name)(language)
    feet = "".join(page[len(reading.body(page)) :] for page in reading.pages(made(name, language)))
    paper_says = squeezed("".join(raw_bodies(made(name, language)))) + squeezed(feet)

    missing = [text for text in said(asdict(copy)) if text and squeezed(text) not in paper_says]

    assert missing == []


def raw_bodies(plan):
    """The bodies in reading order, so that what stands side by side is not mixed."""
    for page in reading.poppler("pdftotext", "-raw", pdf=plan).decode().split("\f")[:-1]:
        yield reading.body(page)


def test_a_word_that_is_left_out_is_seen(made, monkeypatch):
    made("jan", "nl")
    monkeypatch.setattr(paper_people, "jan", paper_people.izabel)

    with pytest.raises(AssertionError):
        test_every_word_of_the_plan_stands_on_paper(made, "jan", "nl")


@pytest.mark.parametrize(("name", "language"), EVERYONE)
def test_a_glass_that_was_not_chosen_is_not_named(name, language):
    copy = getattr(paper_people, name)(language)
    chosen = {glass.key for glass in copy.glasses}
    page = text_of(paper.plan_html(copy))

    for key, glass in glasses().items():
        assert (glass.name.in_language(language) in page) == (key in chosen), key
        assert bool(re.search(rf"> *{re.escape(glass.label.in_language(language))} *<", drawings(copy))) == (
            key in chosen
        ) or " " in glass.label.in_language(language)


def drawings(copy):
    page = paper.plan_html(copy)
    return " ".join(
        base64.b64decode(found).decode() for found in re.findall(r"svg\+xml;base64,([^\"]+)", page)
    )


# What the limit of 90 words leaves out: the boxes with their days and weeks, and the small labels.
LABELS = re.compile(
    r'<div class="weeks">.*?</div>|<p class="top__label">.*?</p>|<h2>.*?</h2>|<b>.*?</b>|·', re.DOTALL
)


def fridge_words(copy):
    page = paper.plan_html(copy).partition('<section class="fridge')[2].partition("</section>")[0]
    return html.unescape(re.sub(r"<[^>]*>", " ", LABELS.sub(" ", f"<{page}"))).split()


@pytest.mark.parametrize(("name", "language"), EVERYONE)
def test_the_fridge_page_is_one_page_of_ninety_words(made, name, language):
    first, second = bodies(made(name, language))[:2]
    words = fridge_words(getattr(paper_people, name)(language))

    assert 25 < len(words) <= 90
    assert {"nl": "Gaat het slechter?", "fr": "Ça va moins bien", "en": "Getting worse?"}[language] in first
    assert {"nl": "Wat al goed gaat", "fr": "Ce qui va déjà bien", "en": "What already goes well"}[
        language
    ] in second


def test_long_habits_say_less_on_the_fridge_and_all_in_the_bucketlist():
    copy = paper_people.georgette()
    long = tuple(replace(habit, small="heel " * 30, how_often="vaak " * 20) for habit in copy.habits)
    page = paper.plan_html(replace(copy, habits=long))
    fridge, _, rest = page.partition("</section>")

    assert "heel heel" not in fridge and "vaak vaak" not in fridge
    assert rest.count("heel heel " * 15) == 3 and rest.count("vaak vaak " * 10) == 3


@pytest.mark.parametrize("length", range(4, 40, 3))
def test_no_length_of_habit_brings_more_than_ninety_words_to_the_fridge(length):
    copy = paper_people.georgette()
    longer = tuple(
        replace(habit, do="stap " * min(length, 17), small="heel " * length, where="thuis " * length)
        for habit in copy.habits
    )

    assert len(fridge_words(replace(copy, habits=longer))) <= 90


@pytest.mark.parametrize("name", ["izabel", "jan", "georgette"])
def test_there_are_four_weeks_of_boxes_large_enough_for_a_pen(made, name):
    habits = len(getattr(paper_people, name)().first_habits)
    rows = boxes(reading.grey(made(name, "nl"), 1))

    assert len(rows) == 4 * habits
    for top, height, widths in rows:
        assert len(widths) == 7
        assert min(*widths, height) >= 5 * MILLIMETRE, top
    pitches = [below[0] - above[0] for above, below in pairwise(rows)]
    assert min(pitches) >= 9 * MILLIMETRE


@pytest.mark.parametrize("length", [24, 27, 30, 33])
def test_no_box_is_left_behind_at_the_end_of_a_page(length):
    copy = paper_people.georgette()
    long = tuple(replace(habit, do="woord " * length, small="") for habit in copy.habits)
    plan = paper.plan_pdf(replace(copy, habits=long, strengths=(), conditions=(), note=""))
    first, second = (len(boxes(reading.grey(plan, page))) for page in (1, 2))

    assert first % 4 == 0 and first + second == 12


def boxes(rows):
    """(top, height, widths) of each row of seven white boxes with dark sides that are about equally wide."""
    found, before = [], -2
    for y, row in enumerate(rows):
        widths = seven_alike(row)
        if not widths:
            continue
        if y - before > 1:
            found.append([y, 1, widths])
        else:
            found[-1][1] += 1
        before = y
    return [(top, height, widths) for top, height, widths in found if height > 20]


def seven_alike(row):
    """The widths of seven white runs on one line of dots that lie between dark ones, or nothing."""
    marks = "".join("." if dot > 200 else "#" for dot in row)
    runs = [len(run) for run in re.findall(r"(?<=#)\.+(?=#)", marks)]
    for at in range(len(runs) - 12):
        seven = runs[at : at + 13 : 2]
        gaps = runs[at + 1 : at + 12 : 2]
        if max(seven) - min(seven) <= 3 and max(gaps) - min(gaps) <= 3 and min(seven) > 20 and max(gaps) < 60:
            return seven
    return []


def test_smaller_boxes_are_seen():
    line = bytes([255] * 9 + ([0] * 4 + [255] * 40 + [0] * 4 + [255] * 30) * 7 + [0])
    rows = [line] * 44 + [bytes([255] * len(line))] * 9

    assert boxes(rows) == [(0, 44, [40] * 7)]


def test_the_same_plan_gives_the_same_bytes(made):
    assert paper.plan_pdf(paper_people.izabel()) == made("izabel", "nl")
    assert paper.plan_pdf(replace(paper_people.izabel(), note="Anders.")) != made("izabel", "nl")


@pytest.mark.parametrize(("name", "language"), EVERYONE)
def test_our_own_fonts_and_a_glyph_for_every_letter(complaints, name, language):
    plan = paper.plan_pdf(getattr(paper_people, name)(language))

    assert complaints() == []
    assert reading.fonts(plan) <= OURS


# --- what is told, and what is not ---


@pytest.mark.parametrize(("name", "language"), EVERYONE)
def test_nothing_is_scored(made, name, language):
    assert [found[0] for body in bodies(made(name, language)) for found in SCORE.finditer(body)] == []


def test_one_sentence_more_adds_that_sentence_and_nothing_else():
    copy = paper_people.jan()
    glass = copy.glasses[0]
    more = replace(glass, recognised=(*glass.recognised, "Nog een zin."))
    page = paper.plan_html(replace(copy, glasses=(more, *copy.glasses[1:])))

    assert page.replace("<li>Nog een zin.</li>", "") == paper.plan_html(copy)


def test_every_foot_says_whose_plan_this_is(made):
    pages = reading.pages(made("izabel", "nl"))
    for at, page in enumerate(pages, start=1):
        foot = " ".join(page[len(reading.body(page)) :].split())
        for words in (
            "Izabel Claes, geboren in 1987 · Versie 2, vervangt 1",
            f"Bladzijde {at} van {len(pages)}",
            "21 november 2026 · Gemaakt door Lieve Peeters · Rugpraktijk De Linde · 03 555 12 34",
        ):
            assert words in foot


def test_a_plan_that_was_not_given_says_so(made):
    assert "Ontwerp, nog niet meegegeven" in reading.pages(made("bare", "nl"))[0]
    assert "Ontwerp" not in "".join(reading.pages(made("jan", "nl")))


def test_a_condition_may_play_a_part_and_nobody_says_that_it_does(made):
    line = squeezed(
        "Dit speelt misschien mee Deze zinnen zeggen niet wat je hebt. Praat erover met je arts. Artrose"
    )

    assert line in squeezed("".join(bodies(made("georgette", "nl"))))
    assert "misschien" not in "".join(bodies(made("jan", "nl")))


@pytest.mark.parametrize(("name", "language"), EVERYONE)
def test_the_stop_rules_stand_there_once(made, name, language):
    copy = getattr(paper_people, name)(language)
    words = squeezed("".join(raw_bodies(made(name, language))))

    assert [words.count(squeezed(rule)) for rule in (*copy.stop_rules, copy.pain_rule)] == [1] * 6


def test_a_part_without_words_is_left_out_with_its_heading():
    page = paper.plan_html(paper_people.bare("en"))
    headings = re.findall(r"<h[1-4][^>]*>(.*?)</h", page)

    assert headings == [
        'Jan&#x27;s <span class="together">Back-Up Plan</span>',
        "I begin with this",
        "My Bucketlist",
        "My own ideas",
        "When do you stop?",
        "Whom do I call?",
    ]
    assert page.count("<img") == 0


@pytest.mark.parametrize(("name", "language"), EVERYONE)
def test_no_heading_stands_alone_at_the_end_of_a_page(made, name, language):
    page = paper.plan_html(getattr(paper_people, name)(language))
    headings = {html.unescape(one).strip() for one in re.findall(r"<h[2-4][^>]*>([^<]*)", page)}
    # Lines to write on follow this one, which are no words.
    headings -= {"Mijn eigen ideeën", "My own ideas"}

    for body in bodies(made(name, language)):
        assert body.strip().splitlines()[-1].strip() not in headings


# --- whoever types, types everything ---


@pytest.fixture(scope="module")
def hostile(made):
    return made("hostile", "nl")


def test_what_was_typed_stands_there_as_it_was_typed(hostile):
    words = squeezed("".join(raw_bodies(hostile)))

    # A habit stands on the fridge page and in the Bucketlist.
    assert words.count("<b>vet</b>&{{plan.phone}}{%now%}") == 2
    assert words.count(paper_people.LONG) == 3
    assert words.count("{{7|add:7}}") == words.count("<b>Nietvet</b>") == 1
    assert "(nr.39)" in words


def test_every_sign_has_a_glyph_of_ours(complaints, hostile):
    assert paper.plan_pdf(paper_people.hostile()) == hostile

    assert complaints() == []
    assert reading.fonts(hostile) <= OURS


def test_names_run_the_way_they_are_read(hostile):
    first, last = paper_people.HEBREW.split()
    told = reading.poppler("pdftotext", "-f", "1", "-l", "1", "-bbox", pdf=hostile).decode()
    found = re.findall(r'<word xMin="([\d.]+)"[^>]*>([^<]*)</word>', told)
    # The first place of each, which is the title; poppler may give the letters in either order.
    seen = {"".join(sorted(word)): float(x) for x, word in reversed(found)}

    assert seen["".join(sorted(first))] > seen["".join(sorted(last))]


def test_a_line_that_begins_in_arabic_begins_at_the_right(hostile):
    told = reading.poppler("pdftotext", "-f", "3", "-l", "3", "-bbox", pdf=hostile).decode()
    strength = [
        float(x) for x, word in re.findall(r'xMax="([\d.]+)"[^>]*>([^<]*)</word>', told) if arabic(word)
    ]

    assert max(strength[:2]) > 450


def arabic(word):
    return any("\u0600" <= letter <= "\u06ff" for letter in word)


@pytest.mark.parametrize("name", [*paper_people.PEOPLE, "hostile"])
def test_no_letter_comes_nearer_than_14_millimetres_to_the_sides(made, name):
    told = reading.poppler("pdftotext", "-bbox", pdf=made(name, "nl")).decode()
    left, right = (
        [float(x) * 25.4 / 72 for x in re.findall(rf'{side}="([\d.]+)"', told)] for side in ("xMin", "xMax")
    )

    assert len(right) > 300
    assert min(left) >= 14 and max(right) <= 210 - 14


@pytest.mark.parametrize("last", ["heavy-work", "weight-food", "social-net"])
def test_the_picture_with_the_most_and_largest_glasses_keeps_its_labels_on_the_page(last):
    copy = paper_people.georgette()
    keys = [key for key in glasses() if key != last][:4]
    giants = tuple(replace(paper_people.izabel().glasses[1], **told(key)) for key in (*keys, last))
    plan = paper.plan_pdf(replace(copy, glasses=giants))
    right = re.findall(r'xMax="([\d.]+)"', reading.poppler("pdftotext", "-bbox", pdf=plan).decode())

    assert max(map(float, right)) * 25.4 / 72 <= 210 - 14


@pytest.mark.parametrize("first", ["heavy-work", "thoughts-emotions", "weight-food"])
def test_the_labels_of_the_picture_stay_clear_of_the_title(first):
    copy = paper_people.jan()
    two = tuple(replace(paper_people.izabel().glasses[1], **told(key)) for key in (first, "smoking"))
    page = reading.poppler(
        "pdftotext", "-l", "1", "-bbox", pdf=paper.plan_pdf(replace(copy, glasses=two))
    ).decode()
    places = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)<', page)
    title = max(float(right) for _, _, right, _, word in places if word in ("Plan", "Jan"))
    labels = [
        float(left)
        for left, top, _, bottom, _ in places
        if float(bottom) - float(top) < 18 and float(top) < 260
    ]

    assert len(labels) >= 2
    assert min(labels) > title + 6


def told(key):
    glass = glasses()[key]
    return {"key": key, "family": glass.family, "label": glass.label.nl, "name": glass.name.nl}


@pytest.mark.parametrize("name", paper_people.PEOPLE)
def test_no_letter_comes_nearer_than_14_millimetres_to_top_and_bottom(made, name):
    told = reading.poppler("pdftotext", "-bbox", pdf=made(name, "nl")).decode()
    top, bottom = (
        [float(y) * 25.4 / 72 for y in re.findall(rf'{side}="([\d.]+)"', told)] for side in ("yMin", "yMax")
    )

    assert min(top) >= 13 and max(bottom) <= 297 - 13


# --- in grey ---

RULES = re.compile(r"(?<![-\w])(color|background): (#[0-9a-f]{3,6})\b")


def brightness(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(2 * one for one in colour[1:])
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_text_is_dark_and_what_lies_behind_it_is_light():
    css = (pdf._static() / pdf.PAPER).read_text()
    badge = re.search(r"\.steps li::before \{[^}]*\}", css)[0]
    found = RULES.findall(css.replace(badge, ""))

    assert len(found) >= 8
    for what, colour in found:
        if what == "color":
            assert 1.05 / (brightness(colour) + 0.05) >= 4.5 * 1.15, colour
        else:
            assert brightness(colour) >= 0.85, colour
    assert "font-style" not in css
    assert min(float(size) for size in re.findall(r"font(?:-size)?: ([\d.]+)pt", css)) >= 12
