"""The glasses at the desk: what was sent stands beside the practitioner's mark, and neither touches the other."""

import html
import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from backup_plan_site.staff.models import AuditEvent
from intake import actions as part_a
from plans.models import Plan
from tests.cast import in_english
from tests.glasses import IZABEL, told
from tests.patients import Kept, begin, sent
from tests.plans.composing import izabel
from triggers.glasses import GLASSES, glasses
from triggers.models import OWN_WORDS, GlassAnswer, PractitionerMark


@pytest.fixture
def browser(cast):
    client = cast.client("practitioner_a")
    in_english(client)
    return client


def address(story, name="glasses"):
    return reverse(f"desk:{name}", args=[story.intake.code])


def text(answer):
    """What stands on the page, without tags and on one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def card(answer, glass):
    """The HTML of one glass's card."""
    place = GLASSES.index(glass) + 1
    return re.search(
        rf'<details class="glass[^>]* id="glass-{place}".*?</form>', answer.content.decode(), re.S
    )[0]


def mark(browser, story, glass="stress", **fields):
    fields = {f"{glass}-{name}": value for name, value in fields.items()}
    return browser.post(
        address(story, "glass-mark"), {"once_key": str(uuid.uuid4()), "glass": glass, **fields}
    )


# --- what stands there ----------------------------------------------------------------------------


def test_all_thirteen_stand_in_the_shelfs_order_and_the_chosen_ones_are_open(cast, browser):
    page = browser.get(address(izabel(cast.a))).content.decode()

    places = re.findall(r'<details class="glass glass--\w+" id="glass-(\d+)"( open)?>', page)
    assert [int(place) for place, _open in places] == list(range(1, 14))
    chosen = [GLASSES[int(place) - 1] for place, is_open in places if is_open]
    assert chosen == [key for key in GLASSES if key in IZABEL]


ANSWERS = {
    "yes": ({"recognised": [1], "fills": "yes"}, "yes"),
    "a bit": ({"recognised": [1], "fills": "bit"}, "a bit"),
    "no": ({"recognised": [1], "fills": "no"}, "no"),
    "nothing fitted": ({"fills": ""}, "nothing fitted"),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_the_choice_stands_there_in_words(cast, browser, case):
    answer, word = ANSWERS[case]
    story = told(sent(cast.a), {"stress": answer})

    assert f"Fills my bucket: <strong>{word}</strong>" in card(browser.get(address(story)), "stress")


def test_what_was_passed_over_or_never_opened_is_no_no(cast, browser):
    story = told(sent(cast.a), {"stress": {"recognised": [1], "fills": "yes"}})
    GlassAnswer.objects.filter(glass="hydration").update(skipped=True, fills="", nothing_fits=False)
    GlassAnswer.objects.filter(glass="smoking").delete()

    page = browser.get(address(story))

    assert "<strong>rather not say</strong>" in card(page, "hydration")
    assert "<strong>not answered</strong>" in card(page, "smoking")


def test_sentences_stand_in_the_patients_language_with_the_readers_below(cast, browser):
    sentence = glasses()["stress"].statements[0].text

    page = card(browser.get(address(izabel(cast.a))), "stress")

    assert f'<span lang="nl">{html.escape(sentence.nl)}</span>' in page
    assert f'<span class="translation">{html.escape(sentence.en)}</span>' in page


def test_one_language_needs_no_translation(cast, browser):
    story = told(sent(cast.a, language="en"), IZABEL)

    assert "translation" not in card(browser.get(address(story)), "stress")


def test_private_sentences_and_hints_stay_folded_away(cast, browser):
    net = glasses()["social-net"]
    private = next(one for one in net.statements if one.private)
    number = int(private.id.rpartition("-")[2])
    story = told(sent(cast.a), {"social-net": {"recognised": [1, number], "fills": "yes"}})

    page = card(browser.get(address(story)), "social-net")

    before, _summary, inside = page.partition('<details class="private">')
    assert html.escape(net.statements[0].text.en) in before
    assert html.escape(private.text.en) not in before
    assert html.escape(private.text.en) in inside
    for hint in (one.ask.en for one in net.statements if one.ask and one.id in (private.id, "social-net-1")):
        assert html.escape(hint) in inside
        assert html.escape(hint) not in before


@pytest.mark.parametrize("begun", [True, False])
def test_what_was_not_sent_is_the_patients_own(cast, browser, begun):
    story = sent(cast.a)
    if begun:
        told(story, IZABEL, missing="Mijn geheim", send=False)

    page = text(browser.get(address(story)))

    state = "still filling in the glasses" if begun else "has not begun with the glasses"
    assert state in page
    assert "not sent yet" in page
    words = ["Mijn geheim", "Ik sport drie avonden", glasses()["stress"].statements[0].text.en]
    assert not [word for word in words if word in page]


def test_the_words_of_what_is_missing_stand_there_as_typed(cast, browser):
    words = "<b>Mijn</b> {{ moestuin }} 🌱 שלום"
    story = told(sent(cast.a), IZABEL, missing=words)

    assert html.escape(words) in browser.get(address(story)).content.decode()


# --- marks ----------------------------------------------------------------------------------------


def test_a_mark_stands_beside_the_answer_and_never_over_it(cast, browser):
    story = izabel(cast.a)
    before = GlassAnswer.objects.order_by("pk").values_list(
        "glass", "fills", "size", "recognised", "own_words"
    )
    before = list(before)

    answer = mark(browser, story, opinion="not-now", note="Was in de verhuis.")

    assert answer.status_code == 302
    now = GlassAnswer.objects.order_by("pk").values_list("glass", "fills", "size", "recognised", "own_words")
    assert list(now) == before
    page = card(browser.get(address(story)), "stress")
    assert "<strong>yes</strong>" in page
    assert "Plays no part now" in page
    assert "Was in de verhuis." in page
    assert "Marked by Pieter Vanackere" in page


def test_the_latest_mark_counts_and_the_one_before_stays(cast, browser):
    story = izabel(cast.a)
    mark(browser, story, opinion="plays", note="eerst")
    mark(browser, story, opinion="ask", note="later")

    assert list(PractitionerMark.objects.values_list("opinion", flat=True)) == ["plays", "ask"]
    assert "later" in card(browser.get(address(story)), "stress")


REFUSED = {
    "no opinion": {"note": "Bewaar mij"},
    "an unknown opinion": {"opinion": "cured", "note": "Bewaar mij"},
    "too long a note": {"opinion": "plays", "note": "Bewaar mij" + "x" * OWN_WORDS},
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_wrong_mark_is_said_beside_the_field_and_stays_as_typed(cast, browser, case):
    story = izabel(cast.a)

    answer = mark(browser, story, **REFUSED[case])

    assert answer.status_code == 422
    page = card(answer, "stress")
    assert "errorlist" in page
    assert html.escape(REFUSED[case]["note"]) in page
    assert not PractitionerMark.objects.exists()
    if "long" in case:
        assert "At most 500 characters fit here; you typed 510." in html.unescape(page)


def test_a_glass_that_does_not_exist_gets_no_mark(cast, browser):
    story = izabel(cast.a)

    assert mark(browser, story, "bones", opinion="plays").status_code == 409
    assert not PractitionerMark.objects.exists()


# --- on to the plan -------------------------------------------------------------------------------


def make_plan(browser, story):
    return browser.post(address(story, "plan-new"), {"once_key": str(uuid.uuid4())})


def test_the_plan_is_made_once_and_opened_after_that(cast, browser):
    story = izabel(cast.a)
    assert "Make the plan" in text(browser.get(address(story)))

    first, second = make_plan(browser, story), make_plan(browser, story)

    assert first["Location"] == second["Location"] == reverse("desk:plan", args=[Plan.objects.get().code])
    assert "Open the plan" in text(browser.get(address(story)))


CLOSED = {
    "not begun": (lambda practice: begin(practice), "not begun yet"),
    "half-way": (
        lambda practice: begin(practice).consent().tell().answer(rest="no"),
        "still being filled in",
    ),
    "flagged": (lambda practice: sent(practice, {"rf1-weight-loss": "yes"}), "flags to decide first"),
    "on hold": (lambda practice: sent(practice, {"rf1-steroid-use": "yes"}), "flags to decide first"),
}


@pytest.mark.parametrize("case", CLOSED)
def test_a_closed_gate_says_why_and_no_hand_made_request_opens_it(cast, browser, case):
    make, why = CLOSED[case]
    story = make(cast.a)
    page = text(browser.get(address(story)))
    assert why in page
    assert "Make the plan" not in page
    before = Kept().fingerprint()

    answer = make_plan(browser, story)

    assert answer["Location"] == address(story)
    assert Kept().fingerprint() == before
    assert "Nothing was made" in text(browser.get(address(story)))


def test_a_referral_says_that_a_doctor_comes_first(cast, browser):
    story = sent(cast.a, {"rf1-weight-loss": "yes"})
    part_a.refer(
        cast.actor("practitioner_a"), story.flag("rf1-weight-loss"), "gp", explanation="Naar de huisarts."
    )

    assert "waits until a doctor found it safe" in text(browser.get(address(story)))


# --- who --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "status"), [("desk_a", 403), ("owner_a", 403), ("practitioner_b", 404)])
def test_only_the_practices_own_practitioners_get_there(cast, who, status):
    story = izabel(cast.a)
    client = cast.client(who)
    before = Kept().fingerprint()

    answers = [
        client.get(address(story)),
        mark(client, story, opinion="plays"),
        make_plan(client, story),
    ]

    assert [answer.status_code for answer in answers] == [status] * 3
    assert Kept().fingerprint() == before
    assert not [answer for answer in answers if "Tournesol" in answer.content.decode()]


def test_reading_leaves_a_line_with_who_and_whom(cast, browser):
    story = izabel(cast.a)

    browser.get(address(story))

    event = AuditEvent.objects.get(verb="glasses.viewed")
    assert (event.user_id, event.subject) == (cast.people["practitioner_a"].pk, str(story.patient.code))


def test_the_page_costs_the_same_however_much_was_told_and_marked(cast, browser):
    few, many = told(sent(cast.a), {}), told(sent(cast.a), {key: IZABEL["stress"] for key in GLASSES})
    for glass in GLASSES:
        mark(browser, many, glass, opinion="plays")

    def queries(story):
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(address(story)).status_code == 200
        return len([q for q in asked.captured_queries if "SAVEPOINT" not in q["sql"]])

    queries(few)
    assert queries(few) == queries(many)
    assert queries(many) - 4 <= 12
