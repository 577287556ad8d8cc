"""The mails: a link to the patient, a call to the one on duty; neither says a word about health."""

import datetime
import html
import re
from unittest import mock

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone

from backup_plan_site.jobs.api import run_due
from backup_plan_site.jobs.models import Job
from backup_plan_site.staff.models import Practice
from intake import actions, mails
from intake.models import Invitation
from tests.intake.people import ALL_ITEMS
from tests.patients import Phone, begin

STYLE = re.compile(r"<style>.*?</style>", re.S)
HIDDEN = re.compile(r'<div style="display:none.*?</div>', re.S)

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


def words_of(page):
    """The words that a person reads in the HTML, the hidden first line left out."""
    shown = HIDDEN.sub("", STYLE.sub("", page.partition("<body")[2]))
    return squeeze(html.unescape(re.sub(r"<[^>]+>", " ", "<body" + shown)))


def squeeze(text):
    return " ".join(text.split())


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
    assert "{" not in STYLE.sub("", text)
    assert story.token not in message.subject


def test_the_link_in_the_mail_opens_the_intake(story, mailoutbox):
    run_due()

    path = re.search(r"http://[^/]+(/l/[A-Za-z0-9_-]{43}/)", mailoutbox[0].body)[1]

    assert Phone().send(path, story.born)["Location"] == story.url("start")


@pytest.mark.parametrize(("language", "word"), [("nl", "Begin"), ("en", "Begin"), ("fr", "Commencer")])
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


# --- how it looks, in every language --------------------------------------------------------------

looks = pytest.mark.parametrize("language", ["nl", "fr", "en"])
KINDS = {"invitation": "_invitation_words", "reminder": "_reminder_words"}
kinds = pytest.mark.parametrize("kind", KINDS)
AILMENTS = re.compile(
    r"\b(pijn|pain|douleur|mal|rug|back|dos|nek|neck|nuque|klacht|complaint|plainte|health|gezond\w*|santé|ziek\w*|ill"
    r"|malad\w*|patient\w*|patiënt\w*|intake|screening|vragenlijst|questionnaire|diagnos\w*|risico|risk|risque"
    r"|dringend|urgent\w*|glazen|glasses|verres|behandel\w*|treatment|traitement)\b",
    re.I,
)


def one_mail(cast, mailoutbox, language, kind, **more):
    with mock.patch("intake.mails._invitation_words", getattr(mails, KINDS[kind])):
        story = begin(
            cast.a, given="Florentijn", family="Debacquer", channel="email", language=language, **more
        )
        run_due()
    (message,) = mailoutbox
    return story, message


@looks
@kinds
def test_no_mail_says_who_it_is_for_or_anything_about_health(cast, mailoutbox, language, kind):
    story, message = one_mail(cast, mailoutbox, language, kind)

    text = " ".join([message.subject, message.body, words_of(message.alternatives[0][0])])
    text = text.replace(story.token, "")
    assert not [word for word in ("Florentijn", "Debacquer", "1991", *HEALTH) if word in text]
    assert AILMENTS.findall(text) == []
    raw = message.message().as_string()
    assert "Debacquer" not in raw
    assert str(story.intake.code) not in raw
    assert str(story.patient.code) not in raw


def test_a_word_about_health_is_seen():
    found = AILMENTS.findall("Je rugpijn? Uw dos, your back pain, votre santé.")

    assert found == ["dos", "back", "pain", "santé"]


@looks
@kinds
def test_both_parts_of_a_mail_say_the_same_words_in_the_same_order(cast, mailoutbox, language, kind):
    _story, message = one_mail(cast, mailoutbox, language, kind)

    # The practice opens the page and closes the text; what a link or a button looks like is no word.
    text = squeeze(message.body)
    page = words_of(message.alternatives[0][0])
    practice = "Praktijk De Linde"
    assert page.startswith(practice)
    assert text.endswith(practice)
    assert re.sub(r"[:\s]", "", page.removeprefix(practice)) == re.sub(
        r"[:\s]", "", text.removesuffix(practice)
    )


@looks
def test_a_mail_is_one_button_and_loads_nothing_from_anywhere(cast, mailoutbox, language):
    story, message = one_mail(cast, mailoutbox, language, "invitation")
    page = message.alternatives[0][0]

    assert re.findall(r'<a href="([^"]+)"', page) == [f"http://127.0.0.1:8000{story.link}"]
    assert not re.search(
        r"<(img|link|script|iframe|form|input|video|base|object)\b|url\(|@import|\bsrc=", page
    )
    assert page.count("<table") == page.count('role="presentation"')
    assert "prefers-color-scheme: dark" in page
    assert f'<html lang="{language}"' in page
    assert f"<title>{message.subject}</title>" in page
    # What a mailbox shows beside the subject: how long it takes.
    first_line = HIDDEN.search(page)[0]
    assert "20" in first_line
    assert squeeze(html.unescape(re.sub(r"<[^>]+>", "", first_line))) in squeeze(message.body)


@looks
def test_no_line_is_too_long_for_a_mail_server_or_for_a_reader(cast, mailoutbox, language):
    Practice.objects.filter(pk=cast.a.pk).update(name="Groepspraktijk voor bewegen " * 4)
    _story, message = one_mail(cast, mailoutbox, language, "reminder")

    assert max(len(line) for line in message.message().as_bytes().splitlines()) <= 998
    assert [line for line in message.body.splitlines() if len(line) > 78 and "/l/" not in line] == []


def test_a_mail_says_that_a_machine_sent_it_and_whose_it_is(cast, mailoutbox):
    Practice.objects.filter(pk=cast.a.pk).update(
        email="hallo@delinde-mechelen.be", name='De "Linde", Rug & Co'
    )
    begin(cast.a, channel="email")
    begin(cast.a).consent().tell().answer({"rf3-heart": "yes"})
    run_due()

    invitation, alert = (message.message() for message in mailoutbox)
    assert invitation["Auto-Submitted"] == alert["Auto-Submitted"] == "auto-generated"
    sender = invitation["From"].addresses[0]
    assert (sender.display_name, sender.addr_spec) == ('De "Linde", Rug & Co', "backup-plan@localhost")
    assert invitation["Reply-To"] == "hallo@delinde-mechelen.be"
    assert "List-Unsubscribe" not in invitation


def test_the_mail_says_when_the_appointment_is_on_the_practices_clock_and_only_while_it_is_ahead(
    cast, mailoutbox
):
    Practice.objects.filter(pk=cast.a.pk).update(time_zone="Asia/Tokyo")
    story = begin(cast.a, channel="email", language="en")
    at = datetime.datetime(2031, 5, 6, 1, 30, tzinfo=datetime.UTC)
    type(story.intake).objects.update(appointment_at=at)
    run_due()
    assert "Your appointment: Tuesday 6 May at 10.30." in mailoutbox[0].body

    late = begin(cast.a, channel="email", language="en")
    type(late.intake).objects.update(appointment_at=timezone.now() - datetime.timedelta(hours=1))
    run_due()
    assert "appointment:" not in mailoutbox[1].body


@pytest.mark.parametrize(
    ("phone", "email", "said", "unsaid"),
    [
        ("+32 15 11 22 33", "", ["tell us: +32 15 11 22 33", "Call us: +32 15 11 22 33"], []),
        ("", "hallo@example.org", ["tell us: hallo@example.org"], ["Call us"]),
        ("", "", ["Then do nothing."], ["tell us", "Call us"]),
    ],
)
def test_a_practice_without_a_phone_promises_none(cast, mailoutbox, phone, email, said, unsaid):
    Practice.objects.filter(pk=cast.a.pk).update(phone=phone, email=email)
    begin(cast.a, channel="email", language="en")
    run_due()

    for text in (squeeze(mailoutbox[0].body), words_of(mailoutbox[0].alternatives[0][0])):
        assert [one for one in said if one not in text] == []
        assert [one for one in unsaid if one in text] == []


@pytest.mark.parametrize(
    "name",
    [
        "De Linde\r\nBcc: x@example.org",
        "De Linde\x00\x0bBcc: x@example.org",
        "=?utf-8?q?x=0d=0aBcc:_x?=",
        "\u2028Bcc: x",
    ],
)
def test_no_name_of_a_practice_makes_a_header(cast, mailoutbox, name):
    Practice.objects.filter(pk=cast.a.pk).update(name=name)
    begin(cast.a, channel="email")
    run_due()

    head = mailoutbox[0].message().as_bytes().partition(b"\n\n")[0]
    assert not re.search(rb"(?mi)^bcc:", head)
    assert mailoutbox[0].recipients() == ["milo@example.org"]


# --- the one on duty --------------------------------------------------------------------------------


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
