"""The mails: a link to the patient, a call to the one on duty; neither says a word about health."""

import datetime
import re
from unittest import mock

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone

from backup_plan_site.jobs.api import run_due
from backup_plan_site.jobs.models import Job
from intake import actions
from intake.models import Invitation
from tests.intake.people import ALL_ITEMS
from tests.patients import Phone, begin

HEALTH = (
    "rf1",
    "rf2",
    "rf3",
    "pain",
    "pijn",
    "heart",
    "hart",
    "urgent",
    "dringend",
    "112",
    "flag",
    "danger",
    "gevaar",
)


@pytest.fixture
def story(cast):
    return begin(cast.a, given="Florentijn", family="Debacquer", channel="email", language="nl")


def parts(message):
    """Everything that a mailbox shows of one mail."""
    return [message.subject, message.body, *(text for text, _kind in message.alternatives)]


def test_the_invitation_carries_the_link_and_the_practice_and_nothing_about_the_person(story, mailoutbox):
    run_due()

    (message,) = mailoutbox
    assert message.to == ["florentijn@example.org"]
    link = "http://127.0.0.1:8000" + reverse("intake:link", args=[story.token])
    assert link in message.body
    assert f'href="{link}"' in message.alternatives[0][0]
    assert "Praktijk De Linde" in message.subject
    assert "+32 15 11 22 33" in message.body
    text = " ".join(parts(message))
    assert not [
        word for word in ("Florentijn", "Debacquer", "1991", *HEALTH) if word in text.replace(link, "")
    ]
    assert "{" not in text
    assert story.token not in message.subject


def test_the_link_in_the_mail_opens_the_intake(story, mailoutbox):
    run_due()

    path = re.search(r"http://[^/]+(/l/[A-Za-z0-9_-]{43}/)", mailoutbox[0].body)[1]

    assert Phone().send(path, story.born)["Location"] == story.url("start")


@pytest.mark.parametrize(("language", "word"), [("nl", "Begin"), ("en", "Begin")])
def test_the_mail_speaks_the_language_of_the_intake(cast, mailoutbox, language, word):
    begin(cast.a, channel="email", language=language)
    run_due()

    page = mailoutbox[0].alternatives[0][0]
    assert f'lang="{language}"' in page
    assert word in page


def test_a_mail_that_went_out_is_dated_and_not_sent_again(story, mailoutbox):
    run_due()
    run_due()

    assert len(mailoutbox) == 1
    assert Invitation.objects.get().mailed_at
    assert Job.objects.get(kind="invitation-mail").state == "done"


@pytest.mark.parametrize("end", ["revoke", "renew", "close", "use", "expire"])
def test_a_link_that_ended_while_its_mail_waited_is_not_sent(cast, story, mailoutbox, end):
    desk = cast.actor("desk_a")
    if end == "revoke":
        actions.revoke(desk, story.invitation)
    elif end == "renew":
        actions.invite(desk, story.intake, "email")
    elif end == "close":
        actions.close_intake(desk, story.intake)
    elif end == "expire":
        type(story.intake).objects.update(appointment_at=timezone.now() - datetime.timedelta(days=15))
    else:
        story.phone()

    run_due()

    assert not [message for message in mailoutbox if story.token in message.body]
    assert len(mailoutbox) == (1 if end == "renew" else 0)
    assert set(Job.objects.filter(kind="invitation-mail").values_list("state", flat=True)) == {"done"}


def test_a_mail_server_that_is_down_keeps_the_mail_and_the_token_for_later(story, mailoutbox):
    with mock.patch.object(EmailMultiAlternatives, "send", side_effect=ConnectionRefusedError):
        run_due()
    job, invitation = Job.objects.get(kind="invitation-mail"), Invitation.objects.get()
    assert (job.state, job.error, invitation.mailed_at) == ("queued", "ConnectionRefusedError", None)
    assert invitation.sealed_token

    later = timezone.now() + datetime.timedelta(minutes=2)
    with mock.patch("django.utils.timezone.now", return_value=later):
        run_due()

    assert story.token in mailoutbox[0].body
    assert Invitation.objects.get().sealed_token == ""


def test_the_same_mail_sent_twice_has_the_same_id_and_the_same_link(story, mailoutbox):
    sealed = Invitation.objects.get().sealed_token
    run_due()
    # As after a worker that died between sending and writing it down.
    Invitation.objects.update(sealed_token=sealed, mailed_at=None)
    Job.objects.update(state="queued", done_at=None, attempts=0)
    run_due()

    first, second = mailoutbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert first.body == second.body


def test_a_practice_with_a_line_break_in_its_name_breaks_no_header(cast, mailoutbox):
    type(cast.a).objects.filter(pk=cast.a.pk).update(name="De Linde\r\nBcc: iedereen@example.org")
    begin(cast.a, channel="email")

    run_due()

    message = mailoutbox[0].message()
    assert "Bcc" not in message
    assert "\n" not in message["Subject"]


def test_a_name_with_markup_stands_escaped_in_the_mail(cast, mailoutbox):
    type(cast.a).objects.filter(pk=cast.a.pk).update(name="<b>De</b> Linde {{ link }}")
    begin(cast.a, channel="email")

    run_due()

    page = mailoutbox[0].alternatives[0][0]
    assert "&lt;b&gt;De&lt;/b&gt; Linde {{ link }}" in page
    assert "<b>De" not in page


def test_a_now_answer_mails_the_one_on_duty_and_says_neither_who_nor_what(cast, mailoutbox):
    story = (
        begin(cast.a, given="Florentijn", family="Debacquer").consent().tell().answer({"rf3-heart": "yes"})
    )

    run_due()

    (message,) = mailoutbox
    text = " ".join(parts(message))
    assert message.to == ["wacht@delinde-mechelen.be"]
    assert reverse("desk:worklist") in message.body
    canaries = ["Florentijn", "Debacquer", str(story.intake.code), str(story.patient.code), *ALL_ITEMS]
    assert not [word for word in canaries if word in text]
    assert not re.search(r"\b(heart|hart|112|pijn|pain)\b", text.lower())


def test_without_an_address_on_duty_nothing_is_mailed_and_nothing_fails(cast, mailoutbox):
    type(cast.a).objects.filter(pk=cast.a.pk).update(on_call_email="")
    begin(cast.a).consent().tell().answer({"rf3-heart": "yes"})

    run_due()

    assert mailoutbox == mail.outbox == []
    assert set(Job.objects.filter(kind="urgent-alert").values_list("state", flat=True)) == {"done"}
