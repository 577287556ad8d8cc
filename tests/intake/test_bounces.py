"""Mails that come back: refused at once or reported later; the desk is told, and nothing else is read in them."""

import contextlib
import datetime
import io
import smtplib
import socket
import threading
from unittest import mock

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone
from hypothesis import example, given, settings
from hypothesis import strategies as st

from backup_plan_site.jobs.api import run_due
from backup_plan_site.jobs.models import Job
from backup_plan_site.settings.mail import mailers_from_url
from intake import actions, bounces
from intake.models import Invitation, Notice
from tests.cast import in_english
from tests.patients import Phone, begin

CODE = "3534913c-b1ef-476d-abf9-f78beb77d0c2"
SECRET = "Florentijn heeft rugpijn"


def report(code=CODE, *, action="failed", status="5.1.1", kind="delivery-status", original="message/rfc822"):
    """A delivery status message as Postfix writes one."""
    return f"""\
Return-Path: <>
From: MAILER-DAEMON@mail.example.net (Mail Delivery System)
To: praktijk@example.org
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type={kind};
\tboundary="A1B2.1764/mail.example.net"

This is a MIME-encapsulated message.

--A1B2.1764/mail.example.net
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

<nobody@example.net>: host mx.example.net said: {status} {SECRET}

--A1B2.1764/mail.example.net
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.net
X-Postfix-Queue-ID: A1B2
Arrival-Date: Sat, 21 Nov 2026 10:00:00 +0100 (CET)

Final-Recipient: rfc822; nobody@example.net
Original-Recipient: rfc822;nobody@example.net
Action: {action}
Status: {status}
Remote-MTA: dns; mx.example.net
Diagnostic-Code: smtp; 550 {status} <nobody@example.net>: user unknown

--A1B2.1764/mail.example.net
Content-Description: Undelivered Message
Content-Type: {original}

Subject: Voor je afspraak bij Praktijk De Linde
From: Praktijk De Linde <praktijk@example.org>
To: nobody@example.net
Message-ID: <invitation.{code}@example.org>

{SECRET}

--A1B2.1764/mail.example.net--
""".encode()


FOLDED = report().replace(b"Message-ID: <", b"Message-Id:\n <")
CRLF = report().replace(b"\n", b"\r\n")
OTHER_MAIL = (
    b"From: a@example.org\nSubject: Hello\n\nMessage-ID: <invitation.%s@example.org>\n" % CODE.encode()
)


@pytest.mark.parametrize(
    "message",
    [
        report(),
        report(status="5.2.2"),
        report(status="5.7.1"),
        report(action="Failed", status="5.1.10 (bad address)"),
        report(original="text/rfc822-headers"),
        FOLDED,
        CRLF,
        CRLF.replace(b"message/rfc822", b"text/rfc822-headers"),
    ],
    ids=["unknown", "full", "refused", "exchange", "headers only", "folded", "crlf", "crlf headers"],
)
def test_a_final_report_about_our_mail_is_understood(message):
    assert str(bounces.returned(message)) == CODE


@pytest.mark.parametrize(
    "message",
    [
        report(action="delayed", status="4.4.1"),
        report(action="failed", status="4.4.7"),
        report(action="delayed", status="5.1.1"),
        report(action="delivered", status="2.0.0"),
        report(action="relayed", status="2.0.0"),
        report(status="5.1"),
        report().replace(b"message/delivery-status", b"message/disposition-notification"),
        report("not-a-code"),
        report("-" * 36),
        report().replace(b"<invitation.", b"<staff."),
        report().replace(b"Message-ID: ", b"X-Message-ID: "),
        report().replace(b"multipart/report", b"multipart/mixed"),
        report().partition(b"Content-Description: Undelivered")[0],
        OTHER_MAIL,
        b"",
        b"\x00\xff\xfe" * 50,
        b"Content-Type: multipart/report; boundary=x\n\n--x--",
        b"Content-Type: multipart/report\n\nno boundary at all",
        b"Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\n\n--x--",
        b"Content-Type: multipart/report; boundary=x\nContent-Transfer-Encoding: base64\n\n!!!!",
    ],
)  # fmt: skip
def test_everything_else_is_passed_over(message):
    assert bounces.returned(message) is None


@settings(max_examples=30)
@given(st.binary(max_size=300))
@example(report()[:900])
@example(report().replace(b"us-ascii", b"no-such-charset"))
def test_no_bytes_make_it_fail(noise):
    bounces.returned(noise)
    cut = report()
    bounces.returned(cut[: len(noise) * 6] + noise)
    bounces.returned(cut.replace(b"dns; mx.example.net", noise))


@pytest.mark.parametrize(
    ("code", "words", "final"),
    [
        (550, b"5.1.1 user unknown", True),
        (550, b"no such user", True),
        (552, b"5.2.2 mailbox full for years", True),
        (553, "mailbox name not allowed", True),
        (450, b"4.2.1 try again later", False),
        (421, b"too busy", False),
        (554, b"5.7.1 Relay access denied", False),
        (530, b"Authentication required", False),
    ],
)
def test_only_what_is_wrong_with_the_address_is_final(code, words, final):
    assert bounces.is_final(smtplib.SMTPRecipientsRefused({"x@example.org": (code, words)})) is final


# --- refused at once ------------------------------------------------------------------------------


@contextlib.contextmanager
def mail_server(answer):
    """A mail server that says `answer` to every recipient; the address for EMAIL_URL, and who was asked for."""
    asked = []

    def talk(connection):
        with connection, connection.makefile("rwb", buffering=0) as line:
            line.write(b"220 here\r\n")
            while words := line.readline():
                verb = words[:4].upper()
                asked.extend([words] if verb == b"RCPT" else [])
                said = {b"RCPT": answer, b"QUIT": b"221 bye"}.get(verb, b"250 yes")
                line.write(said + b"\r\n")

    def serve():
        with contextlib.suppress(OSError):
            while True:
                talk(listener.accept()[0])

    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(20)
        threading.Thread(target=serve, daemon=True).start()
        yield f"smtp://127.0.0.1:{listener.getsockname()[1]}", asked


def test_an_address_that_is_refused_for_good_is_tried_once_and_shown_at_the_desk(cast, settings):
    story = begin(cast.a, channel="email")
    with mail_server(b"550 5.1.1 <milo@example.org>: nobody here") as (address, asked):
        settings.MAILERS = mailers_from_url(address)
        run_due()
        with mock.patch(
            "django.utils.timezone.now", return_value=timezone.now() + datetime.timedelta(days=1)
        ):
            run_due()

    assert len(asked) == 1
    assert Job.objects.get(kind="invitation-mail").state == "done"
    link = Invitation.objects.get()
    assert (bool(link.returned_at), link.mailed_at, link.sealed_token) == (True, None, "")
    assert Notice.objects.get().kind == "mail-returned"
    page = in_english(cast.client("desk_a")).get(reverse("desk:patient", args=[story.patient.code]))
    assert "The mail came back. Check the address." in page.content.decode()
    assert "on its way" not in page.content.decode()


@pytest.mark.parametrize("answer", [b"451 4.3.0 later please", b"554 5.7.1 Relay access denied"])
def test_what_may_pass_is_tried_again(cast, settings, answer):
    begin(cast.a, channel="email")
    with mail_server(answer) as (address, _asked):
        settings.MAILERS = mailers_from_url(address)
        run_due()

    job = Job.objects.get(kind="invitation-mail")
    assert (job.state, job.attempts, job.error) == ("queued", 1, "SMTPRecipientsRefused")
    assert (Invitation.objects.get().returned_at, Notice.objects.count()) == (None, 0)
    assert Invitation.objects.get().sealed_token


# --- reported later -------------------------------------------------------------------------------


def bounce(message=b"", **options):
    """What the command says to one message on its standard input."""
    out = io.StringIO()
    stdin = mock.Mock(buffer=io.BytesIO(message))
    with mock.patch("sys.stdin", stdin):
        call_command("bounces", stdout=out, stderr=out, **options)
    return out.getvalue()


@pytest.fixture
def story(cast, mailoutbox):
    story = begin(cast.a, channel="email")
    run_due()
    return story


def state(story):
    """(came back, how many notices)."""
    return Invitation.objects.get(pk=story.invitation.pk).returned_at is not None, Notice.objects.count()


def test_a_report_marks_the_link_and_tells_the_desk_once(cast, story):
    message = report(story.invitation.code)

    said = [bounce(message), bounce(message)]

    assert said == ["1 came back\n", "0 came back\n"]
    assert state(story) == (True, 1)
    # The link itself goes on: nobody who is filling in is thrown out.
    assert Phone().get(story.link).status_code == 200
    worklist = in_english(cast.client("desk_a")).get(reverse("desk:worklist")).content.decode()
    assert "The mail came back" in worklist


def test_the_message_id_that_left_is_the_one_that_is_looked_for(story, mailoutbox):
    sent = mailoutbox[0].message()["Message-ID"]
    message = report().replace(f"<invitation.{CODE}@example.org>".encode(), sent.encode())

    assert bounces.returned(message) == story.invitation.code


@pytest.mark.parametrize(
    "message",
    [b"", OTHER_MAIL, report(), report(action="delayed", status="4.4.1"), b"x" * 1_100_000, report() * 900],
    ids=["nothing", "a mail", "unknown code", "a delay", "noise", "too long"],
)
def test_nothing_else_leaves_a_trace_or_a_word(story, message, capfd):
    said = bounce(
        message.replace(CODE.encode(), str(story.invitation.code).encode())
        if b"4.4.1" in message
        else message
    )

    assert said == "0 came back\n"
    assert state(story) == (False, 0)
    assert SECRET not in "".join(capfd.readouterr())


def test_a_link_that_was_opened_or_replaced_gives_the_desk_nothing_to_do(cast, story):
    story.phone()
    bounce(report(story.invitation.code))
    assert state(story) == (True, 0)

    other = begin(cast.a, given="Noor", channel="email")
    run_due()
    actions.invite(cast.actor("desk_a"), other.intake, "email")
    bounce(report(other.invitation.code))
    assert state(other) == (True, 0)


def test_a_folder_is_read_once(story, tmp_path):
    for name in ("new", "tmp"):
        (tmp_path / name).mkdir()
    for number, message in enumerate([b"\x00", OTHER_MAIL, report(story.invitation.code), report()]):
        (tmp_path / "new" / f"1764.{number}.mail").write_bytes(message)

    said = [bounce(maildir=tmp_path), bounce(maildir=tmp_path)]

    assert said == ["1 came back\n", "0 came back\n"]
    assert state(story) == (True, 1)
    assert sorted(file.name for file in (tmp_path / "cur").iterdir()) == [
        f"1764.{n}.mail:2,S" for n in range(4)
    ]
    assert list((tmp_path / "new").iterdir()) == []


def test_a_folder_that_is_none_is_told(tmp_path):
    with pytest.raises(CommandError, match="no folder 'new'"):
        bounce(maildir=tmp_path)


def test_a_database_that_does_not_answer_lets_the_mail_server_try_again(story):
    with (
        mock.patch.object(Invitation.objects, "select_related", side_effect=OperationalError),
        pytest.raises(CommandError) as told,
    ):
        bounce(report(story.invitation.code))

    assert told.value.returncode == 75


@pytest.mark.parametrize("fault", ["every report", "every number", "no code"])
def test_planted_faults_are_seen(monkeypatch, fault):
    """Without one of its questions a report about something else would count."""
    wrong = {
        "every report": ("_gave_up", lambda mail: True, report(action="delayed", status="4.4.1")),
        "every number": ("FINAL", bounces.re.compile(r"^\d"), report(status="4.4.7")),
        "no code": ("OUR_ID", bounces.re.compile(r"<\w+\.([0-9a-f-]{36})@"), report().replace(b"<inv", b"<")),
    }[fault]  # fmt: skip
    name, value, message = wrong
    assert bounces.returned(message) is None

    monkeypatch.setattr(bounces, name, value)

    assert str(bounces.returned(message)) == CODE
