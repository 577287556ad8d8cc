"""The reminder: two days before, by day, once, and never to somebody who has nothing to do or said no."""

import datetime
import uuid
import zoneinfo
from unittest import mock

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from backup_plan_site.jobs.api import run_due
from backup_plan_site.jobs.models import Job
from backup_plan_site.staff.models import AuditEvent
from intake import actions
from intake.actions import mailing
from intake.models import Consent, Intake, Invitation, Notice
from intake.reminders import CLOSES, OPENS, not_before, when
from tests.patients import Phone, begin
from triggers import actions as glasses

BRUSSELS = zoneinfo.ZoneInfo("Europe/Brussels")
ZONES = [zoneinfo.ZoneInfo(name) for name in ("Europe/Brussels", "Europe/Lisbon", "Asia/Tokyo", "UTC")]
MOMENTS = st.datetimes(
    datetime.datetime(2026, 1, 1),
    datetime.datetime(2036, 1, 1),
    timezones=st.sampled_from(ZONES),
)


def at(text):
    """A moment on the clock of Brussels."""
    return datetime.datetime.fromisoformat(text).replace(tzinfo=BRUSSELS)


# --- when, as a table -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("appointment", "invited", "moment"),
    [
        ("2026-12-10 10:00", "2026-12-01 09:00", "2026-12-08 10:00"),
        ("2026-12-10 10:00", "2026-12-08 09:59", "2026-12-08 10:00"),
        ("2026-12-10 10:00", "2026-12-08 10:00", None),  # the mail of this very moment is reminder enough
        ("2026-12-10 10:00", "2026-12-08 10:01", None),
        ("2026-12-10 10:00", "2026-12-09 10:00", None),
        ("2026-12-10 10:00", "2026-12-11 10:00", None),
        ("2026-12-10 07:15", "2026-12-01 09:00", "2026-12-08 08:00"),
        ("2026-12-10 07:15", "2026-12-08 07:10", "2026-12-08 08:00"),
        ("2026-12-10 19:30", "2026-12-01 09:00", "2026-12-08 19:00"),
        ("2026-12-10 19:30", "2026-12-08 19:10", None),  # its hour is over before it could be planned
        ("2026-12-10 00:00", "2026-12-01 09:00", "2026-12-08 08:00"),
        # Summer time ends on 25 October 2026 and begins on 28 March 2027: the hour on the clock stays.
        ("2026-10-26 10:00", "2026-10-20 09:00", "2026-10-24 10:00"),
        ("2026-10-26 10:00", "2026-10-24 09:30", "2026-10-24 10:00"),
        ("2027-03-29 10:00", "2027-03-20 09:00", "2027-03-27 10:00"),
        ("2027-03-29 10:00", "2027-03-27 10:30", None),
        ("2027-03-30 02:30", "2027-03-20 09:00", "2027-03-28 08:00"),
        ("2028-03-02 11:00", "2028-02-20 09:00", "2028-02-29 11:00"),
        ("2027-01-01 11:00", "2026-12-20 09:00", "2026-12-30 11:00"),
    ],
)
def test_when(appointment, invited, moment):
    assert when(at(appointment), at(invited), BRUSSELS) == (moment and at(moment))


@given(appointment=MOMENTS, ahead=st.timedeltas(datetime.timedelta(days=-2), datetime.timedelta(days=9)))
def test_a_reminder_comes_by_day_two_days_before_and_after_the_invitation(appointment, ahead):
    zone = appointment.tzinfo
    invited = (appointment.astimezone(datetime.UTC) - ahead).astimezone(zone)

    moment = when(appointment, invited, zone)

    if moment is None:
        assert ahead < datetime.timedelta(days=2, hours=13)
        return
    local = moment.astimezone(zone)
    assert local.date() == appointment.date() - datetime.timedelta(days=2)
    assert OPENS <= local.time() < CLOSES
    assert moment > invited
    assert ahead > datetime.timedelta(days=1, hours=22)
    # Whoever asks, and in which zone the moments are written: the answer is the same.
    assert moment == when(appointment.astimezone(datetime.UTC), invited.astimezone(ZONES[2]), zone)


@given(now=MOMENTS)
def test_mails_that_were_late_wait_for_the_morning(now):
    zone = now.tzinfo
    moment = not_before(now, zone)

    assert OPENS <= moment.astimezone(zone).time() < CLOSES
    assert (moment == now) == (OPENS <= now.time() < CLOSES)
    assert moment >= now
    assert moment - now <= datetime.timedelta(hours=13)
    assert not_before(moment, zone) == moment


# --- the way through the desk and the job table -----------------------------------------------------

NOW = at("2026-12-01 09:00")
APPOINTMENT = at("2026-12-10 10:00")
DUE = at("2026-12-08 10:00")


def clock(moment):
    return mock.patch("django.utils.timezone.now", return_value=moment)


def work(moment):
    """What the worker does at this moment."""
    with clock(moment):
        return run_due()


@pytest.fixture
def story(cast, mailoutbox):
    """A patient who got the link by mail on 1 December, for an appointment on the 10th."""
    return mailed(cast, mailoutbox)


def mailed(cast, mailoutbox, **more):
    with clock(NOW):
        story = begin(cast.a, channel="email", in_days=None, **more)
        Intake.objects.filter(pk=story.intake.pk).update(appointment_at=APPOINTMENT)
        story.intake.refresh_from_db()
        with transaction.atomic():
            actions.plan_reminder(story.intake)
        run_due()
    mailoutbox.clear()
    return story


def move(story, appointment, moment=NOW):
    """The desk gives another appointment."""
    Intake.objects.filter(pk=story.intake.pk).update(appointment_at=appointment)
    with clock(moment), transaction.atomic():
        return actions.plan_reminder(story.intake)


def test_one_reminder_goes_out_with_a_link_of_its_own_and_the_first_link_stays(story, mailoutbox):
    with clock(at("2026-12-07 20:00")):
        phone = story.phone()
    assert work(DUE - datetime.timedelta(minutes=1)) == 0

    assert work(DUE) == 1

    (message,) = mailoutbox
    reminder = Invitation.objects.get(channel="reminder")
    assert message.extra_headers["Message-ID"].startswith(f"<invitation.{reminder.code}@")
    assert story.token not in message.body
    assert (reminder.mailed_at, reminder.sealed_token, reminder.created_by) == (DUE, "", None)
    assert AuditEvent.objects.filter(verb="link.made", object_code=str(reminder.code)).exists()
    with clock(DUE):
        assert Phone().get(story.link).status_code == 200
        assert phone.get(story.url("start")).status_code in (200, 302)
        link = next(line for line in message.body.splitlines() if "/l/" in line)
        assert Phone().send("/l/" + link.partition("/l/")[2], story.born)["Location"] == story.url("start")


def test_it_goes_out_once_however_often_it_is_asked(story, mailoutbox):
    work(DUE)
    Job.objects.filter(kind="reminder").update(state="queued", done_at=None, attempts=0)
    work(DUE + datetime.timedelta(hours=1))
    move(story, APPOINTMENT, DUE)
    move(story, APPOINTMENT + datetime.timedelta(days=20), DUE)
    work(DUE + datetime.timedelta(days=20))

    assert len(mailoutbox) == 1


def test_a_worker_that_dies_after_sending_sends_the_same_link_again(story, mailoutbox):
    with mock.patch("intake.mails._is_out", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        work(DUE)
    # The lease runs out, and somebody else takes over.
    work(DUE + datetime.timedelta(minutes=2))

    first, second = mailoutbox
    assert first.body == second.body
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert Invitation.objects.filter(channel="reminder").count() == 1


def test_a_mail_server_that_is_down_keeps_the_reminder_for_later_and_never_for_the_night(story, mailoutbox):
    evening = at("2026-12-08 19:00")
    Job.objects.filter(kind="reminder").update(run_after=evening, wake_at=evening)
    with mock.patch.object(EmailMultiAlternatives, "send", side_effect=ConnectionRefusedError):
        for minutes in (0, 2, 10, 45):
            work(evening + datetime.timedelta(minutes=minutes))
    for night in ("2026-12-08 22:30", "2026-12-09 03:00", "2026-12-09 07:59"):
        work(at(night))
        assert mailoutbox == []

    work(at("2026-12-09 08:00"))

    assert len(mailoutbox) == 1
    assert Invitation.objects.filter(channel="reminder").count() == 1


def test_a_mail_by_night_is_seen(story, mailoutbox, monkeypatch):
    """A planted fault: a worker that does not look at the clock."""
    monkeypatch.setattr("intake.reminders.not_before", lambda now, zone: now)

    work(at("2026-12-09 03:00"))

    assert len(mailoutbox) == 1


@pytest.mark.parametrize("days", [-3, 5, 30])
def test_another_appointment_moves_the_reminder(story, mailoutbox, days):
    moved = APPOINTMENT + datetime.timedelta(days=days)
    move(story, moved)

    if moved > APPOINTMENT:
        work(DUE)
        assert mailoutbox == []
    work(moved - datetime.timedelta(days=2))

    assert len(mailoutbox) == 1
    assert mailoutbox[0].body.count(str(moved.day)) >= 1
    work(DUE)
    assert len(mailoutbox) == 1


def test_an_appointment_that_moved_away_and_back_reminds_once(story, mailoutbox):
    move(story, APPOINTMENT + datetime.timedelta(days=7))
    assert (
        move(story, APPOINTMENT).unique_key == f"reminder:{story.intake.code}:{int(APPOINTMENT.timestamp())}"
    )

    for days in range(10):
        work(DUE + datetime.timedelta(days=days))

    assert len(mailoutbox) == 1


@pytest.mark.parametrize("channel", ["slip", "copy"])
def test_who_got_no_mail_gets_no_reminder(cast, channel):
    begin(cast.a, channel=channel, in_days=9)

    assert not Job.objects.filter(kind="reminder").exists()


def test_an_appointment_within_two_days_plans_nothing(cast):
    begin(cast.a, channel="email", in_days=1)

    assert not Job.objects.filter(kind="reminder").exists()


def test_the_desk_moves_the_reminder_with_the_appointment(cast, story):
    with clock(NOW):
        answer = cast.client("desk_a").post(
            reverse("desk:intake-edit", args=[story.intake.code]),
            {"once_key": str(uuid.uuid4()), "appointment_at": "2026-12-21T15:30"},
        )

    assert answer.status_code == 302
    assert Job.objects.filter(kind="reminder", run_after=at("2026-12-19 15:30")).count() == 1


# --- who is not reminded: asked at the moment of sending ------------------------------------------------


def say(story, *given):
    for yes in given:
        Consent.objects.create(
            practice=story.intake.practice,
            intake=story.intake,
            kind="reminders",
            given=yes,
            text_version="consent.v1",
            text_hash="0" * 64,
            language="nl",
        )


def earlier_complaint(story):
    return Intake.objects.create(practice=story.intake.practice, patient=story.patient)


def send_part_a(story, answers=None):
    story.consent().tell().answer(answers, rest="no").read().send().read()


def send_part_b(story, *, new_link=False):
    send_part_a(story)
    story.begin_glasses()
    glasses.send_glasses(story.actor, story.questionnaire)
    if new_link:
        link = actions.invite(mailing.Actor.system(story.intake.practice_id), story.intake, "email")
        Invitation.objects.filter(pk=link.pk).update(mailed_at=timezone.now(), sealed_token="")


def change(story, **fields):
    Invitation.objects.filter(pk=story.invitation.pk).update(**fields)


# Each: what happened between invitation and reminder, and whether the reminder still goes out.
CASES = {
    "nothing": (lambda story: None, True),
    "opened": (lambda story: story.phone(), True),
    "half filled in": (lambda story: story.consent().tell(), True),
    "part A sent, glasses open": (lambda story: send_part_a(story), True),
    "part A sent, a talk first": (lambda story: send_part_a(story, {"rf1-steroid-use": "yes"}), True),
    "part A sent, a doctor first": (lambda story: send_part_a(story, {"rf1-weight-loss": "yes"}), False),
    "help now": (lambda story: story.consent().tell().answer({"rf3-heart": "yes"}), False),
    "part B sent": (send_part_b, False),
    "part B sent, and mailed anew": (lambda story: send_part_b(story, new_link=True), False),
    "closed": (lambda story: actions.close_intake(mailing.Actor.system(story.intake.practice_id), story.intake), False),
    "no appointment": (lambda story: Intake.objects.update(appointment_at=None), False),
    "appointment past": (lambda story: move(story, DUE - datetime.timedelta(hours=1)), False),
    "withdrawn": (lambda story: story.invitation.revoke(), False),
    "locked": (lambda story: story.invitation.lock(), False),
    "came back": (lambda story: actions.mail_returned(story.invitation), False),
    "never mailed": (lambda story: change(story, mailed_at=None), False),
    "address taken away": (lambda story: type(story.patient).objects.update(email=""), False),
    "yes to reminders": (lambda story: say(story, True), True),
    "no to reminders": (lambda story: say(story, False), False),
    "no, then yes": (lambda story: say(story, False, True), True),
    "yes, then no": (lambda story: say(story, True, False), False),
}  # fmt: skip


def settle(story, happen):
    """What the reminder's job finds after `happen`: True when a mail would leave."""
    with clock(NOW + datetime.timedelta(hours=1)):
        happen(story)
    with clock(DUE):
        return mailing.reminder_link(story.intake, int(APPOINTMENT.timestamp())) is not None


@pytest.mark.parametrize("name", CASES)
def test_who_is_reminded_is_settled_when_it_goes_out(story, name):
    happen, goes = CASES[name]

    assert settle(story, happen) is goes


def test_a_no_at_an_earlier_complaint_still_counts(story):
    earlier = earlier_complaint(story)
    Consent.objects.create(
        practice=story.intake.practice, intake=earlier, kind="reminders", given=False,
        text_version="consent.v1", text_hash="0" * 64, language="nl",
    )  # fmt: skip

    assert not settle(story, lambda story: None)


@pytest.mark.parametrize(
    ("part", "gives", "name"),
    [
        ("_refused", False, "no to reminders"),
        ("_nothing_to_do", False, "part B sent, and mailed anew"),
        ("_nothing_to_do", False, "help now"),
        ("_was_reminded", False, None),
    ],
)
def test_each_question_is_needed(story, part, gives, name):
    """A planted fault: without the question, somebody is mailed who should not be."""
    happen = CASES[name][0] if name else lambda story: Invitation.objects.get(channel="reminder").revoke()
    if name is None:
        work(DUE)

    assert not settle(story, happen)
    with mock.patch.object(mailing, part, return_value=gives):
        assert settle(story, lambda story: None)


def test_a_new_mailed_link_ends_that_of_the_reminder_and_no_other_does(cast, story):
    work(DUE)
    reminder, desk = Invitation.objects.get(channel="reminder"), cast.actor("desk_a")

    with clock(DUE):
        for channel in ("slip", "copy"):
            actions.invite(desk, story.intake, channel)
        reminder.refresh_from_db()
        assert reminder.state == "active"
        actions.invite(desk, story.intake, "email")

    reminder.refresh_from_db()
    assert reminder.state == "revoked"
    assert Notice.objects.count() == 0
