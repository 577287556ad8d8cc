"""Consent in layers: each kind by itself, with the words it was given to; changed, taken back, and asked anew."""

import pytest
from django.urls import reverse

from intake import actions
from intake.actions import consenting
from intake.consents import consent_text, label_then, standing, versions
from intake.models import Answer, Consent, Notice
from tests.patients import PAGES, Kept, begin, sent

FREE = ("reminders", "statistics")


@pytest.fixture
def busy(cast):
    return begin(cast.a).consent().tell()


def said(story):
    """{kind: given} as it stands now."""
    return {kind: row.given for kind, row in standing(Consent.objects.filter(intake=story.intake)).items()}


# --- the words ---------------------------------------------------------------------------------


def test_the_words_of_every_version_stay_readable():
    assert {"consent.v1", "consent.v2"} <= versions()
    for version in versions():
        text = consent_text(version)
        assert text.label_of("care", "nl")
        assert len(text.hash) == 64
    assert [box.kind for box in consent_text().boxes] == Consent.Kind.values
    assert [box.kind for box in consent_text().free] == list(FREE)
    assert len(consent_text().briefly("fr", practice="Rugpunt", years=30)) in (3, 4)


def test_what_was_said_is_told_in_the_words_of_that_day():
    old = Consent(kind="care", given=True, text_version="consent.v1")
    gone = Consent(kind="care", given=True, text_version="consent.v0")

    assert label_then(old, "en") == consent_text("consent.v1").label_of("care", "en")
    assert label_then(gone, "en") == consent_text().label_of("care", "en")


# --- the first time ----------------------------------------------------------------------------


@pytest.mark.parametrize("ticked", [(), ("reminders",), ("statistics",), FREE])
def test_each_kind_is_a_row_of_its_own_with_its_words(cast, ticked):
    story = begin(cast.a)

    story.phone().send(story.url("consent"), {"care": "on", **dict.fromkeys(ticked, "on")})

    assert said(story) == {"care": True, **{kind: kind in ticked for kind in FREE}}
    text = consent_text()
    for row in Consent.objects.all():
        assert (row.text_version, row.text_hash, row.language) == (text.version, text.hash, "en")


def test_nothing_is_ticked_beforehand_and_the_free_ones_are_not_enough(cast):
    story = begin(cast.a)
    phone = story.phone()
    page = phone.get(story.url("consent")).content.decode()

    assert "checked" not in page
    assert page.index('class="explain"') > page.index("Only the practitioners of Praktijk De Linde read")
    answer = phone.send(story.url("consent"), reminders="on", statistics="on")
    assert answer.status_code == 200
    assert not Consent.objects.exists()
    assert phone.get(story.url("about"))["Location"] == story.url("consent")


def test_what_was_given_to_the_first_words_is_still_valid(cast):
    story = begin(cast.a)
    actions.give_consent(
        story.actor, story.intake, {"care": True}, version="consent.v1", text_hash="x", language="nl"
    )
    phone = story.phone()

    assert phone.get(story.url("about")).status_code == 200
    assert phone.get(story.url("consent"))["Location"] == story.url("about")
    page = phone.get(story.url("consents")).content.decode()
    assert "consent.v1" in page
    assert "checked" not in page  # what was not asked then is not taken for a yes


# --- afterwards --------------------------------------------------------------------------------


def test_the_free_ones_change_and_each_change_is_a_row(busy):
    phone = busy.phone()

    phone.send(busy.url("consents"), reminders="on")
    assert said(busy) == {"care": True, "reminders": True, "statistics": False}
    rows = Consent.objects.count()
    phone.send(busy.url("consents"), reminders="on")
    assert Consent.objects.count() == rows
    phone.send(busy.url("consents"))
    assert said(busy) == {"care": True, "reminders": False, "statistics": False}
    assert Consent.objects.count() == rows + 1
    assert phone.get(busy.url("about")).status_code == 200


def test_the_page_stands_in_the_foot_and_shows_what_was_said(busy):
    phone = busy.phone()
    phone.send(busy.url("consents"), statistics="on")

    assert f'href="{busy.url("consents")}"' in phone.get(busy.url("pain")).content.decode()
    page = phone.get(busy.url("consents")).content.decode()
    assert page.count(" checked") == 1
    assert consent_text().label_of("care", "en") in page


def test_the_care_record_is_not_changed_by_the_verb_of_the_free_ones(busy):
    with pytest.raises(ValueError, match="care"):
        actions.change_consent(
            busy.actor, busy.intake, {"care": False}, version="x", text_hash="x", language="en"
        )


# --- taken back --------------------------------------------------------------------------------


def test_taking_back_closes_everything_at_once_and_keeps_what_was_answered(busy):
    phone, other = busy.phone(), busy.phone()
    answers = Answer.objects.count()
    assert busy.url("withdraw") in phone.get(busy.url("consents")).content.decode()

    answer = phone.send(busy.url("withdraw"), key="7f1b8a52-6d8a-4c36-9f4e-0f8f5d1f0c31")
    assert answer["Location"] == reverse("intake:withdrawn")
    page = phone.get(reverse("intake:withdrawn")).content.decode()
    assert "for 30 years, because the law asks for it" in page
    assert busy.intake.practice.phone in page
    assert 'href="tel:112"' in page
    assert busy.patient.given_name not in page

    assert said(busy)["care"] is False
    assert Answer.objects.count() == answers
    assert Notice.objects.get().kind == Notice.Kind.WITHDRAWN
    for browser in (phone, other):
        assert browser.get(busy.url("about")).status_code == 404
        assert browser.send(busy.url("where"), PAGES["where"]).status_code == 404
        assert browser.get(busy.link).status_code == 404
    assert Answer.objects.count() == answers
    # The second press of the same button.
    again = phone.send(busy.url("withdraw"), key="7f1b8a52-6d8a-4c36-9f4e-0f8f5d1f0c31")
    assert again["Location"] == reverse("intake:withdrawn")
    assert phone.send(reverse("intake:withdrawn"))["Location"] == reverse("intake:home")
    assert phone.get(reverse("intake:withdrawn"))["Location"] == reverse("intake:home")


def new_link(cast, story):
    link = actions.invite(cast.actor("desk_a"), story.intake, "slip")
    story.invitation, story.token = link, actions.links.tokens.unseal(link.sealed_token)
    return story.phone()


def test_a_new_link_opens_nothing_but_the_way_to_a_new_consent(cast, busy):
    busy.phone().send(busy.url("withdraw"))
    phone = new_link(cast, busy)

    before = Answer.objects.count()
    for name in ("about", "check", "consents", "sent", "care", "safety-start", "new-or-worse"):
        assert phone.get(busy.url(name))["Location"] == busy.url("consent"), name
    assert phone.get(busy.page("start"))["Location"] == busy.url("consent")
    assert phone.send(busy.url("where"), PAGES["where"])["Location"] == busy.url("consent")
    assert Answer.objects.count() == before

    assert phone.send(busy.url("consent"), care="on")["Location"] == busy.url("safety-start")
    assert phone.get(busy.url("about")).status_code == 200
    assert busy.screening.number == 1


def test_the_planted_fault_is_seen(cast, busy, monkeypatch):
    """A gate that lets everybody through."""
    from intake import access

    monkeypatch.setattr(access, "_must_consent_anew", lambda request: False)
    busy.phone().send(busy.url("withdraw"))

    assert new_link(cast, busy).get(busy.url("about")).status_code == 200


def test_taking_back_twice_is_once(busy):
    words = {"version": "consent.v2", "text_hash": "x", "language": "nl"}
    actions.withdraw_consent(busy.actor, busy.intake, **words)
    before = Kept().fingerprint()
    consenting.withdraw_consent(busy.actor, busy.intake, **words)

    assert Kept().fingerprint() == before


def test_the_practice_reads_it_on_the_worklist(cast):
    story = sent(cast.a)
    story.phone().send(story.url("withdraw"))
    page = cast.client("desk_a").get(reverse("desk:worklist")).content.decode()

    assert reverse("desk:notice-handled", args=[Notice.objects.get().code]) in page
    assert story.screening.state == "passed"
