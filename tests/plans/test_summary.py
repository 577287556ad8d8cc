"""The 90-second page: everything that was told in one view, each line with its source, and on exactly one A4."""

import html
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backup_plan_site import pdf
from backup_plan_site.staff.models import AuditEvent
from intake import actions as part_a
from intake.models import Answer, Flag
from intake.screening import ITEMS, WITHOUT_ITEM, Raised, Urgency
from plans import actions
from plans.clusters import GROUP_OF, GROUPS, NOT_REASSURED, RULE_OF, Cluster, clusters, group_of
from plans.desk import summary_paper, summary_parts
from plans.desk.summary_paper import summary_pdf
from plans.desk.summary_parts import differences, duration_words, group_word
from plans.desk.summary_told import Group, Line, Part, Told
from plans.models import Plan
from plans.shortening import ROOMS, Room, first_of, shortened
from tests.cast import in_english
from tests.glasses import IZABEL, told
from tests.patients import begin, sent
from tests.plans.composing import izabel
from tests.test_pdf import poppler  # noqa: F401
from tests.verapdf import reading
from triggers.glasses import glasses

LONG = ("Mijn rug doet pijn als ik de trap op ga en de was ophang. " * 175)[:10000]
ALL = {**dict.fromkeys(ITEMS), **dict.fromkeys(WITHOUT_ITEM), NOT_REASSURED: None}


def raised(item, urgency="days", *rules):
    return Raised(item, Urgency(urgency), rules)


# --- clusters: a pure function -----------------------------------------------------------------------

GROUPED = [
    ([], []),
    ([raised("rf1-weight-loss")], [("tumour", ["rf1-weight-loss"], ())]),
    # The rule decides, not the question alone.
    ([raised("rf1-cancer-history", "now", "R1", "R5")], [("tumour", ["rf1-cancer-history"], ("R5",))]),
    (
        [raised("rf3-kidney-stone", "now", "R1", "R14")],
        [("heart-and-vessels", ["rf3-kidney-stone"], ("R14",))],
    ),
    ([raised("rf3-kidney-stone", "today", "R2")], [("organs", ["rf3-kidney-stone"], ())]),
    # One cluster, the most urgent first, whatever came first.
    (
        [raised("rf2-foot-drop", "today"), raised("rf2-saddle", "now", "R1")],
        [("cauda-equina", ["rf2-saddle", "rf2-foot-drop"], ())],
    ),
    # The cluster of the most urgent flag first.
    (
        [raised("rf1-weight-loss"), raised("rf3-heart", "now"), raised("rf1-steroid-use", "talk")],
        [
            ("heart-and-vessels", ["rf3-heart"], ()),
            ("tumour", ["rf1-weight-loss"], ()),
            ("fracture", ["rf1-steroid-use"], ()),
        ],
    ),
    # A flag of a rule beside those of its questions.
    (
        [raised("R4", "today", "R2", "R4"), raised("rf1-fragile-bones", "talk")],
        [("fracture", ["R4", "rf1-fragile-bones"], ("R4",))],
    ),
    ([raised("rf9-of-later")], [("other", ["rf9-of-later"], ())]),
    ([raised(NOT_REASSURED, "talk")], [("practitioner", [NOT_REASSURED], ())]),
]


@pytest.mark.parametrize(("flags", "expected"), GROUPED)
def test_flags_stand_in_the_cluster_of_the_guideline(flags, expected):
    found = [(one.group, [flag.item for flag in one.flags], one.rules) for one in clusters(flags)]
    assert found == expected


def test_every_item_and_every_rule_has_a_group_and_every_group_a_word():
    assert ALL.keys() == GROUP_OF.keys()
    assert set(RULE_OF.values()) <= set(GROUPS)
    assert all(group_word(group) for group in GROUPS)


some_flags = st.lists(
    st.builds(
        Raised,
        item=st.sampled_from(sorted(ALL)),
        urgency=st.sampled_from(Urgency),
        rules=st.lists(st.sampled_from(["R1", "R2", *RULE_OF]), max_size=3, unique=True).map(tuple),
    ),
    unique_by=lambda one: one.item,
    max_size=12,
)


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(some_flags, st.randoms(use_true_random=False))
def test_no_flag_is_lost_or_doubled_and_their_order_does_not_matter(flags, chance):
    made = clusters(flags)
    shuffled = list(flags)
    chance.shuffle(shuffled)

    inside = [flag for one in made for flag in one.flags]
    assert sorted(inside, key=str) == sorted(flags, key=str)
    assert clusters(shuffled) == made
    ranks = [one.urgency.rank for one in made]
    assert ranks == sorted(ranks)
    assert all(group_of(flag) == one.group for one in made for flag in one.flags)


def test_a_cluster_that_forgets_a_flag_is_seen(monkeypatch):
    honest = clusters
    monkeypatch.setitem(
        globals(),
        "clusters",
        lambda flags: tuple(Cluster(one.group, one.flags[:1], one.rules) for one in honest(flags)),
    )
    with pytest.raises(AssertionError):
        test_flags_stand_in_the_cluster_of_the_guideline(*GROUPED[5])


# --- shortening, durations, differences --------------------------------------------------------------


@given(st.text(max_size=400), st.integers(8, 120))
def test_a_shortened_text_fits_and_begins_as_it_was(text, letters):
    short, whole = shortened(text, letters), " ".join(text.split())
    assert len(short) <= letters
    assert short == whole or (short.endswith("…") and whole.startswith(short[:-1]))


def test_each_room_is_tighter_than_the_one_before():
    for roomy, tight in pairwise(ROOMS):
        assert all(getattr(roomy, name) >= getattr(tight, name) for name in Room.__slots__)
    assert first_of([1, 2], 2) == ((1, 2), False)
    assert first_of([1, 2], 1) == ((1,), True)


DURATIONS = [
    ("under-6-weeks", False, "acute: less than 6 weeks"),
    ("6-to-12-weeks", False, "subacute: 6 to 12 weeks"),
    ("over-3-months", False, "chronic: more than 3 months"),
    ("over-3-months", True, "chronic: more than 3 months"),
    (None, True, "not filled in"),
]


@pytest.mark.parametrize(("duration", "hernia", "words"), DURATIONS)
def test_the_duration_has_its_class(duration, hernia, words):
    with translation.override("en"):
        assert duration_words(duration, hernia=hernia) == words


def test_a_hernia_keeps_its_own_phases_beside_the_class():
    with translation.override("en"):
        words = duration_words("6-to-12-weeks", hernia=True)
    assert words.startswith("subacute: 6 to 12 weeks") and "first 8 weeks" in words


def test_only_what_was_answered_otherwise_is_a_change():
    then = {"duration": "under-6-weeks", "pain_now": 3, "rf1-pmr": "no"}
    now = {"pain_now": 7, "duration": "under-6-weeks", "rf1-pmr": "yes", "smoker": True}
    assert differences(then, now) == ("pain_now", "rf1-pmr")


# --- the page ---------------------------------------------------------------------------------------


@pytest.fixture
def browser(cast):
    client = cast.client("practitioner_a")
    in_english(client)
    return client


def address(story, name="summary"):
    return reverse(f"desk:{name}", args=[story.intake.code])


def text(answer):
    page = answer.content.decode().partition("<main")[2].partition('id="as-text"')[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def flagged(practice, **more):
    """A patient with glasses and with flags of several clusters, among them some that close the gate."""
    words = {"own_words": "Steken <b>links</b>", "cannot_do": "In de tuin werken", **more}
    story = sent(practice, {"rf1-steroid-use": "yes"}, told=words, language="nl")
    told(story, IZABEL, {"hernia": [1]})
    for item in ("rf1-weight-loss", "rf3-shingles"):
        flag(story, item)
    return story


def flag(story, item, urgency="days"):
    """A flag as a row: glasses are told before it, which no patient with such a flag could do."""
    own = {"practice_id": story.intake.practice_id, "screening": story.screening}
    Answer.objects.create(**own, key=item, value="yes")
    return Flag.objects.create(**own, item=item, urgency=urgency, rules=["R2"])


def test_the_page_tells_all_parts_and_each_line_leads_to_its_source(cast, browser):
    story = flagged(cast.a)
    raised_flag = story.flag("rf1-weight-loss")

    answer = browser.get(address(story))

    page, said = answer.content.decode(), text(answer)
    for words in (
        "Steken <b>links</b>",
        "chronic: more than 3 months",
        "Pain now : 3 out of 10",
        "To rule out: a tumour",
        "lost weight in the past 6 months",
        "To rule out: belly, kidneys and skin",
        "In de tuin werken",
        "Ik sport drie avonden per week.",
        glasses()["stress"].statements[0].text.nl,
        "This is the first time.",
    ):
        assert words in said, words
    links = set(re.findall(r'<li class="brief__line">.*?<a href="([^"]+)"', page, re.S))
    review, on_glasses = address(story, "review"), address(story, "glasses")
    assert f"{review}#flag-{raised_flag.code}" in links
    assert {f"{review}#told-{panel}" for panel in (1, 2, 3, 4)} <= links
    sources = {url: browser.get(url).content.decode() for url in (review, on_glasses)}
    for link in links:
        url, _hash, place = link.partition("#")
        assert url in (review, on_glasses)
        assert f'id="{place}"' in sources[url], link
    assert page.count('<li class="brief__line">') == len(
        re.findall(r'<li class="brief__line">.*?<a href', page, re.S)
    )


def test_the_text_to_copy_says_the_same_without_markup(cast, browser):
    page = browser.get(address(flagged(cast.a))).content.decode()

    copied = html.unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.S)[1])

    for words in (
        "Milo Stevens",
        "Steken <b>links</b>",
        "[DAYS]",
        "To rule out: a tumour",
        "In de tuin werken",
    ):
        assert words in copied, words
    assert "readonly" in page


def test_private_sentences_and_unsent_glasses_are_not_told(cast, browser):
    net = glasses()["social-net"]
    private = next(one for one in net.statements if one.private)
    number = int(private.id.rpartition("-")[2])
    story = told(sent(cast.a), {"social-net": {"recognised": [1, number], "fills": "yes"}})
    page = browser.get(address(story)).content.decode()
    assert html.escape(net.statements[0].text.en) in page
    assert html.escape(private.text.en) not in page

    unsent = told(sent(cast.a, given="Ona"), IZABEL, missing="Mijn geheim", send=False)
    page = browser.get(address(unsent)).content.decode()
    assert "The glasses were not sent yet." in page
    assert "drie avonden" not in page and "geheim" not in page


def test_a_private_sentence_that_slips_through_is_seen(cast, browser, monkeypatch):
    honest = summary_parts.recognised
    monkeypatch.setattr(
        summary_parts, "recognised", lambda *given: [replace(one, private=False) for one in honest(*given)]
    )
    with pytest.raises(AssertionError):
        test_private_sentences_and_unsent_glasses_are_not_told(cast, browser)


@pytest.mark.parametrize("begun", [True, False])
def test_an_intake_without_answers_has_a_page_too(cast, browser, begun):
    story = begin(cast.a)
    if begun:
        story.consent()

    answer = browser.get(address(story))

    assert answer.status_code == 200
    assert "The glasses were not sent yet." in text(answer)


def test_reading_is_audited_and_nothing_is_kept_outside(cast, browser):
    story = flagged(cast.a)
    answers = [browser.get(address(story)), browser.get(address(story, "summary-pdf"))]

    verbs = (
        AuditEvent.objects.filter(verb__startswith="summary.").order_by("pk").values_list("verb", flat=True)
    )
    assert list(verbs) == ["summary.viewed", "summary.printed"]
    for answer in answers:
        assert "no-store" in answer["Cache-Control"]
    assert answers[1]["Content-Disposition"] == 'inline; filename="summary.pdf"'


def test_nobody_else_reads_it(cast, browser):
    story = flagged(cast.a)
    for who in ("practitioner_b", "desk_a", "owner_a", "owner_b"):
        for name in ("summary", "summary-pdf"):
            assert cast.client(who).get(address(story, name)).status_code in (403, 404), who
    for name in ("summary", "summary-pdf"):
        assert browser.post(address(story, name)).status_code == 405


def test_what_changed_since_the_round_before_stands_there(cast, browser):
    story = sent(cast.a)
    part_a.begin_round(cast.actor("practitioner_a"), story.intake, because="practitioner")
    story.tell(pain_now=8).answer({"rf1-pmr": "yes"}, rest="no").read().send().read()

    said = text(browser.get(address(story)))

    assert "Pain now : then: 3 out of 10 · now: 8 out of 10" in said
    assert "then: No · now: Yes" in said


def test_the_last_visit_stands_there_as_it_was_told(cast, browser):
    story, pieter = sent(cast.a), cast.actor("practitioner_a")
    today = timezone.localdate()
    actions.record_visit(
        pieter, story.intake, {"on": today, "better": 40, "worse": False, "note": "Sliep beter"}
    )

    page = browser.get(address(story)).content.decode()

    assert "40 % better" in page and "Sliep beter" in page
    assert 'id="visit-1"' in browser.get(address(story, "visits")).content.decode()


def test_however_much_was_told_no_query_more(cast):
    pieter = cast.actor("practitioner_a")
    few, many = izabel(cast.a, given="Ona"), izabel(cast.a, given="Izabel")
    for story in (few, many):
        actions.open_plan(pieter, story.intake)
    for item in set(ITEMS) - {"rf1-steroid-use"}:
        flag(many, item)

    def queries(story):
        plan = Plan.objects.filter(intake=story.intake).first()
        with CaptureQueriesContext(connection) as asked:
            summary_parts.parts(Told.of(pieter, story.intake, plan))
        return len(asked.captured_queries)

    assert queries(few) == queries(many) <= 12


# --- one A4 -----------------------------------------------------------------------------------------

HEAD = {
    "name": "Milo " + "Stevens-Van den Bergh " * 6,
    **{"born": "1 January 1950", "age": "76 years", "state": "Waits for a doctor"},
    **{
        "round": "Round 2, sent on 3 March 2026: few results",
        "made_on": "4 March 2026",
        "practice": "P" * 200,
    },
}


def crowded(words=LONG):
    """More of everything than one patient can tell."""
    line = Line(words, "/", label=words[:300], answer=words, reason=words, sentences=())
    flags = tuple(replace(line, urgency="now", state="To be decided", label="") for _one in range(49))
    saying = tuple(type("Said", (), {"text": words, "translation": ""})() for _one in range(8))
    glass = replace(line, answer="", reason="", sentences=saying)
    many = (Group("", (replace(line, answer="", reason=""),) * 80),)
    return (
        Part("complaint", "Complaint", (Group("", (line,)),)),
        Part("pain", "Pain", many),
        Part(
            "flags", "Flags", tuple(Group("To rule out: a tumour", (flag,), "Rule R5, R6") for flag in flags)
        ),
        Part("context", "Context", many),
        Part("glasses", "Glasses", tuple(Group("Orange", (glass,) * 5) for _one in range(3))),
        Part("cannot-do", "Cannot do", many),
        Part("goes-well", "Goes well", many),
        Part("changed", "Changed", many),
    )


CROWDS = [
    pytest.param("W" * 10000, id="one-word"),
    pytest.param(LONG, id="words", marks=pytest.mark.long),
    pytest.param("ש" * 10000, id="hebrew", marks=pytest.mark.long),
]


@pytest.mark.parametrize("words", CROWDS)
@pytest.mark.usefixtures("poppler")
def test_the_most_crowded_page_is_one_a4_and_says_so(words):
    with translation.override("en"):
        made = summary_pdf(HEAD, crowded(words))

    told_of = reading.info(made)
    assert told_of["Pages"] == "1"
    assert told_of["Page size"] == reading.A4
    assert told_of["Tagged"] == "yes"
    assert "Moreonscreen." in reading.words(made)


def test_a_sheet_that_spills_over_is_seen():
    spilling = "<html lang='en'><title>x</title><h1>x</h1>" + "<p>x</p>" * 130
    assert pdf.from_html(spilling, stylesheet=summary_paper.STYLESHEET)
    with pytest.raises(pdf.TooLong):
        pdf.from_html(spilling, stylesheet=summary_paper.STYLESHEET, most=1)


@pytest.mark.usefixtures("poppler")
def test_a_patient_who_writes_ten_thousand_characters_still_has_one_a4(cast, browser):
    story = flagged(cast.a, own_words=LONG, cannot_do=LONG)
    made = browser.get(address(story, "summary-pdf")).content

    assert reading.info(made)["Pages"] == "1"
    words = reading.words(made)
    assert "Toruleout:atumour" in words
    assert "lostweightinthepast6months" in words


def test_without_pango_a_page_says_that_nothing_is_lost(cast, browser, monkeypatch):
    def missing(*given, **more):
        raise pdf.PdfUnavailable("PDF needs Pango")

    monkeypatch.setattr(pdf, "from_html", missing)
    answer = browser.get(address(flagged(cast.a), "summary-pdf"))

    assert answer.status_code == 503
    assert "Nothing is lost." in answer.content.decode()
