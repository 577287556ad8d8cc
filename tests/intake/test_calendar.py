"""The appointment for the patient's own calendar: valid, on the practice's clock, and without a word too many."""

import datetime
import re
import uuid
import zoneinfo

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from backup_plan_site.staff.models import Practice
from intake import calendar_file
from intake.calendar_file import appointment_file
from intake.models import Intake
from tests.intake.test_mails import HEALTH
from tests.patients import Phone, begin, sent
from triggers import actions as glasses
from triggers.here import SENT_TO, remember_practice

BRUSSELS = zoneinfo.ZoneInfo("Europe/Brussels")
MADE = datetime.datetime(2026, 11, 21, 9, tzinfo=datetime.UTC)
AT = datetime.datetime(2026, 12, 10, 10, tzinfo=BRUSSELS)
THANKS = reverse("triggers:thanks")
OF_THANKS = reverse("triggers:calendar")


def practice(**changes):
    fields = {"name": "Praktijk De Linde", "phone": "+32 15 11 22 33", "code": uuid.UUID(int=7)}
    return Practice(**fields | changes)


def event_of(content):
    """The one event of a file, read back by the library's own parser."""
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert event.errors == []
    return event


def read(answer):
    """The event that a page answered with."""
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="appointment.ics"'
    assert "no-store" in answer["Cache-Control"]
    return event_of(answer.content)


# --- the file -------------------------------------------------------------------------------------


def test_the_file_holds_what_a_calendar_needs_and_no_more():
    with translation.override("en"):
        content = appointment_file(practice(), AT, MADE)

    event = event_of(content)
    assert sorted(event) == [
        *("CLASS", "DESCRIPTION", "DTEND", "DTSTAMP", "DTSTART", "LOCATION", "SUMMARY", "UID"),
    ]
    assert event["SUMMARY"] == "Appointment at Praktijk De Linde"
    assert event["LOCATION"] == "Praktijk De Linde"
    assert "+32 15 11 22 33" in event["DESCRIPTION"]
    assert event.decoded("DTSTART") == AT
    assert event["DTSTART"].params["TZID"] == "Europe/Brussels"
    assert event.decoded("DTSTAMP") == MADE
    calendar = Calendar.from_ical(content)
    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Brussels"]
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert max(map(len, content.split(b"\r\n"))) <= 75


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_no_language_says_a_word_about_health(language):
    with translation.override(language):
        text = appointment_file(practice(), AT, MADE).decode()

    assert not [
        word for word in (*HEALTH, "rug", "dos", "back pain") if re.search(rf"\b{word}\b", text, re.I)
    ]


def test_the_id_stays_and_differs_per_appointment_and_practice():
    first = event_of(appointment_file(practice(), AT, MADE))["UID"]
    again = event_of(appointment_file(practice(), AT.astimezone(datetime.UTC), MADE + datetime.timedelta(1)))

    assert again["UID"] == first
    later = AT + datetime.timedelta(minutes=15)
    others = [
        appointment_file(practice(), later, MADE),
        appointment_file(practice(code=uuid.UUID(int=8)), AT, MADE),
    ]
    assert first not in [event_of(other)["UID"] for other in others]


@settings(max_examples=25)
@given(
    at=st.datetimes(
        datetime.datetime(2026, 1, 1), datetime.datetime(2035, 1, 1), timezones=st.just(datetime.UTC)
    ),
    zone=st.sampled_from(["Europe/Brussels", "Europe/Amsterdam", "America/New_York", "Asia/Tokyo"]),
)
def test_the_moment_is_the_same_wherever_the_practice_is(at, zone):
    content = appointment_file(practice(time_zone=zone), at, MADE)
    event = event_of(content)

    assert event.decoded("DTSTART") == at.replace(microsecond=0)
    assert event.decoded("DTEND") - event.decoded("DTSTART") == datetime.timedelta(minutes=45)
    # The zone that travels along says the same as ours does, also when it is read without a clock of one's own.
    (travels,) = Calendar.from_ical(content).walk("VTIMEZONE")
    wall = event.decoded("DTSTART").replace(tzinfo=None)
    offset = travels.to_tz(lookup_tzid=False).utcoffset(wall)
    folds = {wall.replace(tzinfo=zoneinfo.ZoneInfo(zone), fold=fold).utcoffset() for fold in (0, 1)}
    assert offset in folds


@pytest.mark.parametrize(
    "name",
    [
        "De Linde; rug, nek\\en meer",
        "Één hélé làngé naam mèt vééél klémtonen " * 3,
        "De Linde\r\nATTENDEE:mailto:x@example.org",
        "🌳" * 40,
        "END:VEVENT",
    ],
)
def test_whatever_a_practice_is_called_the_file_stays_whole(name):
    event = event_of(appointment_file(practice(name=name, phone=""), AT, MADE))

    assert event["LOCATION"] == name.replace("\r\n", "\n")
    assert "ATTENDEE" not in event
    assert "DESCRIPTION" not in event


def test_a_file_without_its_zone_is_seen(monkeypatch):
    """A planted fault: a calendar that does not know the zone would guess the hour."""
    monkeypatch.setattr(Calendar, "add_missing_timezones", lambda *args, **kwargs: None)

    assert Calendar.from_ical(appointment_file(practice(), AT, MADE)).walk("VTIMEZONE") == []


# --- the pages ------------------------------------------------------------------------------------


def test_the_page_after_part_a_gives_the_file_in_the_patients_language(cast):
    story = sent(cast.a, in_days=9)
    phone = story.phone()
    Intake.objects.filter(pk=story.intake.pk).update(language="en")

    page = phone.get(story.url("sent")).content.decode()
    answer = phone.get(story.url("calendar"))

    assert f'href="{story.url("calendar")}"' in page
    event = read(answer)
    assert event["SUMMARY"] == "Appointment at Praktijk De Linde"
    assert answer["Content-Language"] == "en"
    said = answer.content.decode()
    codes = [str(code) for code in (story.intake.code, story.patient.code, story.invitation.code)]
    assert not [word for word in ("Milo", "Stevens", "milo@", story.token, *codes) if word in said]


@pytest.mark.parametrize("days", [None, -1])
def test_without_an_appointment_ahead_there_is_no_file(cast, days):
    story = sent(cast.a, in_days=days)
    phone = story.phone()

    assert story.url("calendar") not in phone.get(story.url("sent")).content.decode()
    assert phone.get(story.url("calendar"))["Location"] == story.url("start")


def test_the_file_asks_for_the_link(cast):
    story, other = sent(cast.a), begin(cast.a)

    assert Phone().get(story.url("calendar")).status_code == 404
    assert other.phone().get(story.url("calendar")).status_code == 404


def test_the_thanks_give_the_same_file_when_the_link_has_ended(cast):
    story = sent(cast.a, in_days=9).begin_glasses()
    phone = story.phone()
    before = read(phone.get(story.url("calendar")))
    glasses.send_glasses(story.actor, story.questionnaire)
    session = phone.session
    seconds = int(story.intake.appointment_at.timestamp())
    session[SENT_TO] = {"practice": cast.a.pk, "language": "en", "appointment": seconds}
    session.save()

    page = phone.get(THANKS).content.decode()
    answer = phone.get(OF_THANKS)

    assert phone.get(story.url("calendar")).status_code == 404
    assert f'href="{OF_THANKS}"' in page
    assert "See you on" in page
    assert "Milo" not in page
    after = read(answer)
    assert (after["UID"], after.decoded("DTSTART")) == (before["UID"], before.decoded("DTSTART"))


def test_sending_leaves_practice_language_and_moment_in_the_session_and_nothing_else(cast):
    story, session = begin(cast.a, in_days=9), {}

    remember_practice(session, story.intake)

    kept = session[SENT_TO]
    assert set(kept) == {"practice", "language", "appointment"}
    assert kept["appointment"] == int(story.intake.appointment_at.timestamp())


@pytest.mark.parametrize("appointment", [None, 1_000_000_000])
def test_the_thanks_without_an_appointment_ahead_give_no_file(cast, appointment):
    phone = Phone()
    session = phone.session
    session[SENT_TO] = {"practice": cast.a.pk, "language": "nl", "appointment": appointment}
    session.save()

    assert OF_THANKS not in phone.get(THANKS).content.decode()
    assert phone.get(OF_THANKS)["Location"] == THANKS


def test_who_sent_nothing_gets_no_file(cast):
    assert Phone().get(OF_THANKS)["Location"] == THANKS
    assert Phone().get(THANKS)["Location"] == reverse("intake:home")


def test_the_thanks_say_what_to_bring_and_how_to_ask_for_erasing(cast):
    phone = Phone()
    Practice.objects.filter(pk=cast.a.pk).update(email="hallo@delinde-mechelen.be")
    session = phone.session
    session[SENT_TO] = {"practice": cast.a.pk, "language": "en"}
    session.save()

    page = phone.get(THANKS).content.decode()

    assert "Bring letters or pictures" in page
    assert "answers erased" in page
    assert "mailto:hallo@delinde-mechelen.be" in page


def test_an_appointment_of_this_moment_is_no_longer_ahead():
    assert not calendar_file.is_ahead(timezone.now())
    assert calendar_file.is_ahead(timezone.now() + datetime.timedelta(minutes=1))
    assert not calendar_file.is_ahead(None)
