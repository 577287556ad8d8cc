"""Consent, next time, something new or worse, and the statements: as axe sees them, at every width."""

import pytest
from django.urls import reverse

from intake import actions
from tests.browser.looking import Looker
from tests.cast import in_english
from tests.glasses import told
from tests.intake.test_earlier import next_time
from tests.patients import at_glasses, begin, sent

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]


def test_the_pages_around_the_questions_look_well(visit, cast):
    looker, new, known = (
        Looker(),
        begin(cast.a, language="nl"),
        at_glasses(cast.a, given="Nora", language="nl"),
    )
    back = next_time(sent(cast.a, told={"gp": "Dr. Raes, Lier", "onset_age": 23}, given="Odile"))
    glasses = {"sitting": {"recognised": [1], "fills": "bit"}}
    half = (
        next_time(told(sent(cast.a, given="Piet"), glasses)).tell().answer(rest="no").send().begin_glasses()
    )
    for story, path in (
        (new, new.url("consent")),
        *((back, back.url(name)) for name in ("about", "since", "health")),
        *((known, known.url(name)) for name in ("consents", "new-or-worse")),
        (half, half.page("glass", 1)),
        *((known, reverse(name)) for name in ("intake:privacy", "intake:accessibility")),
    ):
        visitor = visit().take_over(story.phone())
        visitor.open(path)
        visitor.page.evaluate(
            "() => document.querySelectorAll('details').forEach((one) => { one.open = true; })"
        )
        looker.look(visitor, path.rstrip("/").rpartition("/")[2])
    visitor = visit()
    visitor.open(reverse("intake:link", args=["x" * 43]))
    looker.look(visitor, "ended")

    assert looker.faults == []


def test_taking_back_the_consent_closes_the_pages_in_this_browser(visit, cast):
    looker, story = Looker(), at_glasses(cast.a, language="nl")
    visitor = visit().take_over(story.phone())
    visitor.open(story.url("consents"))
    visitor.page.click("details:has(form[action$='withdraw/']) summary")
    visitor.page.click("form[action$='withdraw/'] button")
    visitor.page.wait_for_url("**/withdrawn/")
    looker.look(visitor, "withdrawn")

    assert visitor.open(story.page("start")).status == 404
    assert looker.faults == []


def test_the_review_page_with_two_rounds_looks_well(visit, cast):
    looker, story = Looker(), sent(cast.a, {"rf3-shingles": "yes"}, given="Ria")
    actions.begin_round(story.actor, story.intake, "new-or-worse")
    story.tell()
    visitor = visit().take_over(in_english(cast.client("practitioner_a")))
    visitor.open(reverse("desk:review", args=[story.intake.code]))
    visitor.page.click(".earlier-rounds summary")
    looker.look(visitor, "review")

    assert looker.faults == []
