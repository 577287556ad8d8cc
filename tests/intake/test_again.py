"""A session that is gone in the middle of a page: the birth date is asked again, and nothing typed is lost."""

import html
import re

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from intake import known
from intake.models import Invitation
from tests.patients import Phone, begin

WORDS = {"own_words": "Het trekt <b>tot</b>\r\nin mijn teen.", "cannot_do": 'Een "grote" stap.'}
KEY = "0b4a40cc-5ba8-4cf9-9a33-6d6a6f8d6f0a"
WRONG = {"birth_date_day": 1, "birth_date_month": 1, "birth_date_year": 1950}


@pytest.fixture
def story(cast):
    return begin(cast.a).consent().tell(own_words=None)


@pytest.fixture
def phone(story):
    """A browser that opened the link by its own pages, and whose session is gone since."""
    phone = Phone()
    phone.send(story.link, story.born)
    phone.send(story.url("whom"), who="self")
    end_sessions()
    return phone


def end_sessions():
    Session.objects.all().delete()


def fields(response):
    """The hidden fields of the page that asks, as a browser posts them again."""
    page = response.content.decode()
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    named = {name: html.unescape(value).replace("\r\n", "\n").replace("\n", "\r\n") for name, value in found}
    named.pop("csrfmiddlewaretoken", None)
    return named


def test_what_was_sent_is_carried_out_after_the_birth_date(story, phone):
    asked = phone.send(story.url("complaint"), WORDS, key=KEY)
    carried = fields(asked)

    answer = phone.post(story.url("complaint"), {**carried, **story.born})

    assert asked.status_code == 403
    assert "Once more your date of birth" in asked.content.decode()
    assert {name: carried[name] for name in WORDS} == WORDS
    assert (answer.status_code, answer["Location"]) == (302, story.url("since"))
    assert {name: story.answers()[name] for name in WORDS} == WORDS
    assert phone.get(story.url("since")).status_code == 200
    repeated = phone.send(story.url("complaint"), WORDS, key=KEY)
    assert repeated["Location"] == story.url("since")
    assert story.rows() == len(story.answers()) + 2


def test_the_test_above_sees_a_page_that_forgets_a_field(story, phone, monkeypatch):
    whole = known._carried
    monkeypatch.setattr(known, "_carried", lambda request: whole(request)[:-1])

    carried = fields(phone.send(story.url("complaint"), WORDS, key=KEY))

    assert not WORDS.keys() <= carried.keys()


def test_looking_at_a_page_asks_too_and_goes_on_there(story, phone):
    asked = phone.get(story.url("pain"))

    answer = phone.post(story.url("pain"), {**fields(asked), **story.born})

    assert asked.status_code == 403
    assert (answer.status_code, answer["Location"]) == (302, story.url("pain"))
    assert phone.get(story.url("pain")).status_code == 200


def test_who_fills_in_is_remembered(story, phone):
    phone.post(
        story.url("complaint"), {**fields(phone.send(story.url("complaint"), WORDS, key=KEY)), **story.born}
    )

    rows = story.screening.answers.filter(key="own_words").order_by("pk")
    assert rows.last().respondent.who == "self"


def test_wrong_dates_keep_the_words_and_count_to_the_lock(story, phone):
    carried = fields(phone.send(story.url("complaint"), WORDS, key=KEY))
    for left in (4, 3, 2, 1):
        asked = phone.post(story.url("complaint"), {**carried, **WRONG})
        carried = fields(asked)
        assert {name: carried[name] for name in WORDS} == WORDS
        assert Invitation.objects.get().wrong_birth_dates == 5 - left

    last = phone.post(story.url("complaint"), {**carried, **WRONG})

    assert (last.status_code, Invitation.objects.get().state) == (404, "locked")
    assert phone.post(story.url("complaint"), {**carried, **story.born}).status_code == 404
    assert story.answers()["own_words"] is None


def test_the_same_wrong_form_sent_twice_is_one_try(story, phone):
    """The script sends it, a page answers, and the browser asks for that page once more."""
    carried = {**fields(phone.send(story.url("complaint"), WORDS, key=KEY)), **WRONG}

    for headers in ({"x-next": "1"}, {}, {}):
        assert phone.post(story.url("complaint"), carried, headers=headers).status_code == 403
    assert Invitation.objects.get().wrong_birth_dates == 1

    phone.post(story.url("complaint"), {**carried, "birth_date_year": 1951})
    assert Invitation.objects.get().wrong_birth_dates == 2, "another date by the same form is another try"


def test_a_date_that_cannot_be_one_is_no_try(story, phone):
    asked = phone.send(story.url("complaint"), WORDS, key=KEY)
    asked = phone.post(story.url("complaint"), {**fields(asked), **WRONG, "birth_date_month": 13})

    assert 'class="wrong"' in asked.content.decode()
    assert Invitation.objects.get().wrong_birth_dates == 0


def test_the_cookie_opens_nothing_and_cannot_be_made(cast, story, phone):
    cookie = phone.cookies["known_links"]
    other = begin(cast.a, given="Wim")

    assert cookie["httponly"] and cookie["samesite"] == "Strict"
    assert story.token not in cookie.value
    assert phone.get(other.url("start")).status_code == 404
    assert story.patient.given_name not in phone.get(story.url("start")).content.decode()
    phone.cookies["known_links"] = f"{other.invitation.code.hex}:"
    assert phone.get(other.url("start")).status_code == 404


def test_who_closed_the_intake_is_not_asked(story):
    phone = story.phone()
    phone.send(story.url("leave"))

    assert phone.get(story.url("start")).status_code == 404


def test_closing_works_without_a_session_too(story, phone):
    assert phone.send(story.url("leave")).status_code == 302
    assert phone.get(story.url("start")).status_code == 404


def test_a_link_that_ended_asks_nobody(story, phone):
    story.invitation.refresh_from_db()
    story.invitation.revoke()

    answer = phone.send(story.url("complaint"), WORDS)

    assert (answer.status_code, answer["X-Held"]) == (404, "link-ended")


def test_the_practices_tablet_remembers_nobody(cast):
    story = begin(cast.a, channel="tablet")

    assert "known_links" not in Phone().get(story.link).cookies


def test_a_session_that_is_used_goes_on(story, monkeypatch):
    phone = story.phone()
    before = Session.objects.get(pk=phone.session.session_key).expire_date
    later = timezone.now() + timezone.timedelta(hours=30)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    monkeypatch.setattr("django.contrib.sessions.backends.base.timezone.now", lambda: later)

    assert phone.get(story.url("pain")).status_code == 200

    after = Session.objects.get(pk=phone.session.session_key).expire_date
    assert after - before >= timezone.timedelta(hours=29)
    assert after - later >= timezone.timedelta(hours=24)


def test_looking_twice_writes_no_session(story, django_assert_max_num_queries):
    phone = story.phone()
    phone.get(story.url("pain"))

    with django_assert_max_num_queries(12) as queries:
        phone.get(story.url("pain"))

    assert not [query for query in queries if query["sql"].startswith(("UPDATE", "INSERT"))]
