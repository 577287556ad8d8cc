"""Sending part B: once, with one effect; the link ends with it, and nothing changes or shows afterwards."""

import html
import threading

import pytest
from django.db import connections
from django.urls import reverse

from backup_plan_site.staff.actors import Actor
from backup_plan_site.staff.models import AuditEvent
from intake import actions as intake_actions
from intake import tokens
from tests.patients import Kept, at_glasses
from triggers import actions
from triggers.glasses import CONDITIONS, GLASSES, glasses

KEY = "6f1b8a52-6d8a-4c36-9f4e-0f8f5d1f0c33"
WRITING = [("lesson",), ("condition", 1), ("glass", 1), ("shelf",), ("check",)]


@pytest.fixture
def story(cast):
    return at_glasses(cast.a)


def text(response):
    return html.unescape(response.content.decode())


def fill(story):
    """Chosen, private, nothing, skipped; the rest was never opened."""
    for key, told in {
        "sitting": {"recognised": ["sitting-1"], "fills": "yes"},
        "heavy-work": {"nothing_fits": True},
        "poor-sleep": {"skipped": True},
        "social-net": {"recognised": ["social-net-1", "social-net-8"], "fills": "bit"},
    }.items():
        actions.save_glass(story.actor, story.questionnaire, key, **told)
    shelf = {"sitting": {"size": "giant", "compensated": True, "own_words": "Elk uur een rondje"}}
    actions.save_shelf(story.actor, story.questionnaire, glasses=shelf, missing="De auto")
    return story


def test_the_check_page_shows_every_answer_in_words_with_a_way_to_change_it(story):
    page = text(fill(story).phone().get(story.page("check")))

    for words in (
        glasses()["sitting"].statements[0].text.en,
        "Chosen: yes",
        "Chosen: a bit",
        "How big: giant",
        "I already do something about this",
        "“Elk uur een rondje”",
        "De auto",
        "Nothing fitted",
        "Passed over",
        "Not opened",
    ):
        assert words in page, words
    for name, keys in (("condition", CONDITIONS), ("glass", GLASSES)):
        for place in range(1, len(keys) + 1):
            assert f'href="{story.page(name, place)}?then=check"' in page


def test_a_private_sentence_stays_on_the_screen_and_off_the_paper(story):
    page = text(fill(story).phone().get(story.page("check")))

    assert '<p class="summary__sentence no-print">With someone close I do not feel safe.</p>' in page
    assert '<p class="summary__sentence">Some weeks I speak to hardly anyone' in page


def test_sending_freezes_part_b_and_ends_every_link(story):
    by_mail = intake_actions.invite(Actor.system(story.intake.practice_id), story.intake, "email")
    mail_token = tokens.unseal(by_mail.sealed_token)
    phone = fill(story).phone()

    answer = phone.send(story.page("check"))

    assert answer["Location"] == reverse("triggers:thanks")
    assert story.questionnaire.sent_at
    assert {link.state for link in story.intake.invitations.all()} == {"finished"}
    assert intake_actions.find_link(story.token) is None
    assert intake_actions.find_link(mail_token) is None
    assert AuditEvent.objects.filter(verb="part_b.sent").count() == 1


def test_a_double_tap_leads_to_the_same_thanks_although_the_link_is_dead(story):
    phone = fill(story).phone()

    first = phone.send(story.page("check"), key=KEY)
    before = Kept().fingerprint()
    second = phone.send(story.page("check"), key=KEY)

    assert first["Location"] == second["Location"] == reverse("triggers:thanks")
    assert phone.get(second["Location"]).status_code == 200
    assert Kept().fingerprint() == before
    assert AuditEvent.objects.filter(verb="part_b.sent").count() == 1


@pytest.mark.parametrize("page", WRITING)
def test_a_request_made_by_hand_after_sending_changes_nothing(story, page):
    other_tab = fill(story).phone()
    story.phone().send(story.page("check"))
    before = Kept().fingerprint()

    answer = other_tab.send(story.page(*page), {"recognised": ["none"], "missing": "nog iets"})

    assert answer.status_code == 404
    assert Kept().fingerprint() == before


@pytest.mark.parametrize("page", WRITING)
def test_a_new_link_leads_to_the_thanks_and_never_shows_what_was_sent(story, page):
    fill(story).phone().send(story.page("check"))
    again = intake_actions.invite(Actor.system(story.intake.practice_id), story.intake, "slip")
    story.token = tokens.unseal(again.sealed_token)
    phone, before = story.phone(), Kept().fingerprint()

    for answer in (phone.get(story.page(*page)), phone.send(story.page(*page), {"recognised": ["none"]})):
        assert answer["Location"] == reverse("triggers:thanks")
        assert "Elk uur een rondje" not in text(phone.get(answer["Location"]))

    assert Kept().fingerprint() == before


def test_the_thanks_know_whose_practice_it_was_and_nobody_s_name(story):
    phone = fill(story).phone()
    phone.send(story.page("check"))

    page = text(phone.get(reverse("triggers:thanks")))

    assert "Everything is sent" in page
    assert story.intake.practice.phone in page
    for word in (story.patient.given_name, story.patient.family_name, "Elk uur", str(story.intake.code)):
        assert word not in page
    kept = {key: value for key, value in phone.session.items() if not key.startswith("_")}
    seconds = int(story.intake.appointment_at.timestamp())
    of_practice = {"practice": story.intake.practice_id, "language": "en", "appointment": seconds}
    assert kept.pop("glasses_sent_to") == of_practice
    assert kept == {"opened_links": {}, "respondents": {}}


def test_closing_on_this_device_forgets_the_thanks_too(story):
    phone = fill(story).phone()
    phone.send(story.page("check"))

    assert phone.send(reverse("triggers:thanks"))["Location"] == "/"

    assert "glasses_sent_to" not in phone.session
    assert phone.get(reverse("triggers:thanks"))["Location"] == "/"


def test_glasses_without_an_answer_are_named_and_may_be_sent_so(story):
    phone = fill(story).phone()
    assert "These glasses have no answer yet." in text(phone.get(story.page("check")))

    phone.send(story.page("check"))

    assert story.glass("hydration") is None
    assert story.questionnaire.sent_at


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_two_taps_at_the_same_moment_send_once(cast):
    story = fill(at_glasses(cast.a))
    phones = [story.phone() for _tap in range(2)]
    together, found = threading.Barrier(2), []

    def tap(phone):
        try:
            together.wait()
            found.append(phone.send(story.page("check")).status_code)
        finally:
            connections.close_all()

    taps = [threading.Thread(target=tap, args=[phone]) for phone in phones]
    for one in taps:
        one.start()
    for one in taps:
        one.join()

    assert sorted(found) in ([302, 302], [302, 404])
    assert AuditEvent.objects.filter(verb="part_b.sent").count() == 1
