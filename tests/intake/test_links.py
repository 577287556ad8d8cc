"""The link: what opens it, what does not, what ends it, and that a closed door looks the same from whatever side."""

import copy
import datetime
import hashlib
import html
import re
import threading
import uuid
from unittest import mock

import pytest
from django.contrib.sessions.models import Session
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from backup_plan_site.jobs.api import run_due
from backup_plan_site.jobs.models import Job
from backup_plan_site.staff.models import AuditEvent
from backup_plan_site.web.models import Once
from intake import actions, tokens
from intake.models import Intake, Invitation, Notice
from tests.cast import in_english
from tests.database_state import DatabaseState
from tests.patients import BORN, Phone, begin, birth_date, sent

WRONG = birth_date(datetime.date(1971, 1, 2))


@pytest.fixture
def story(cast):
    return begin(cast.a)


@pytest.fixture
def desk(cast):
    return cast.actor("desk_a")


def fresh(story):
    return Invitation.objects.get(pk=story.invitation.pk)


def later(**by):
    """The clock of Django put forward."""
    at = timezone.now() + datetime.timedelta(**by)
    return mock.patch("django.utils.timezone.now", return_value=at)


def everything_stored():
    """Every value of every column of the tables that know links and patients, as one text."""
    tables = (Invitation, Job, Once, Session)
    return "\n".join(repr(row) for table in tables for row in table.objects.values_list())


# --- the token --------------------------------------------------------------------------------


def test_a_token_has_256_bits_and_no_two_are_alike():
    made = {tokens.new_token() for _ in range(200)}

    assert len(made) == 200
    assert {len(token) for token in made} == {43}  # 256 bits in base64 without padding
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", token) for token in made)


def test_only_a_keyed_hash_of_the_token_is_stored(story, settings):
    stored = fresh(story).token_hash

    assert re.fullmatch(r"[0-9a-f]{64}", stored)
    assert stored != hashlib.sha256(story.token.encode()).hexdigest()
    assert story.token not in everything_stored()
    settings.SECRET_KEY = "another key 0123456789 0123456789 0123456789 0123456789"
    assert tokens.token_hash(story.token) != stored


def test_a_link_made_before_the_key_was_rotated_still_opens(story, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key 0123456789 0123456789 0123456789 0123456789"

    assert actions.find_link(story.token).pk == story.invitation.pk


def test_the_sealed_token_goes_at_the_first_opening(story):
    assert fresh(story).sealed_token

    story.phone()

    assert fresh(story).sealed_token == ""


def test_the_sealed_token_goes_with_the_mail(cast, mailoutbox):
    story = begin(cast.a, channel="email")
    assert fresh(story).sealed_token

    run_due()

    assert fresh(story).sealed_token == ""
    assert story.token in mailoutbox[0].body


def test_a_slip_shows_its_code_until_it_is_used_and_for_one_day(cast, story):
    desk, slip = cast.client("desk_a"), reverse("desk:link-slip", args=[story.invitation.code])
    assert story.token in desk.get(slip).content.decode()

    with later(hours=23, minutes=59):
        assert fresh(story).readable_token(timezone.now()) == story.token
    with later(hours=24, minutes=1):
        assert fresh(story).readable_token(timezone.now()) == ""
        assert run_due() == 1
    assert fresh(story).sealed_token == ""
    assert desk.get(slip).status_code == 404


def test_a_used_slip_is_not_shown_again(cast, story):
    story.phone()

    assert (
        cast.client("desk_a").get(reverse("desk:link-slip", args=[story.invitation.code])).status_code == 404
    )


# --- looking changes nothing ------------------------------------------------------------------


def test_looking_at_a_link_changes_nothing_and_names_nobody(story):
    before, sessions = DatabaseState().fingerprint(), Session.objects.count()

    for _scanner in range(3):
        scanner = Phone(headers={"user-agent": "MailGuard/3.1"})
        pages = [scanner.get(story.link), scanner.head(story.link), scanner.get(story.link)]
        assert [page.status_code for page in pages] == [200, 200, 200]
        assert "sessionid" not in scanner.cookies

    text = pages[0].content.decode()
    assert "Praktijk De Linde" in text
    assert not any(word in text for word in ("Milo", "Stevens", "1991", str(story.intake.code)))
    assert DatabaseState().fingerprint() == before
    assert Session.objects.count() == sessions
    assert fresh(story).first_used_at is None


def test_a_blind_post_of_the_form_opens_nothing_and_counts_for_nothing(story):
    before = DatabaseState().fingerprint()

    for _scanner in range(6):
        scanner = Phone()
        form = scanner.get(story.link).content.decode()
        key = re.search(r'name="once_key" value="([^"]+)"', form)[1]
        page = scanner.post(
            story.link, {"once_key": key, "birth_date_day": "", "birth_date_month": "", "birth_date_year": ""}
        )
        assert page.status_code == 200
        assert scanner.get(story.url("start")).status_code == 404
        assert scanner.post(story.link).status_code == 400

    assert DatabaseState().fingerprint() == before
    assert story.phone().get(story.url("start")).status_code == 200


@pytest.mark.parametrize(
    "typed",
    [
        {"birth_date_day": "31", "birth_date_month": "2", "birth_date_year": "1991"},
        {"birth_date_day": "12", "birth_date_month": "4", "birth_date_year": "91"},
        {"birth_date_day": "twaalf", "birth_date_month": "april", "birth_date_year": "1991"},
        {"birth_date_day": "12", "birth_date_month": "4", "birth_date_year": "9999"},
    ],
    ids=["31 February", "two figures", "words", "future"],
)
def test_a_date_that_cannot_be_is_no_wrong_birth_date(story, typed):
    page = Phone().send(story.link, typed)

    assert page.status_code == 200
    assert 'class="wrong"' in page.content.decode()
    assert f'value="{typed["birth_date_day"]}"' in page.content.decode()
    assert fresh(story).wrong_birth_dates == 0


# --- opening ------------------------------------------------------------------------------------


def test_the_right_birth_date_opens_the_intake_and_changes_the_session(story):
    phone = Phone()
    phone.send(story.link, WRONG)
    planted = phone.cookies["sessionid"].value

    phone.send(story.link, story.born)

    assert phone.get(story.url("whom")).status_code == 200
    assert phone.cookies["sessionid"].value != planted
    thief = Phone()
    thief.cookies["sessionid"] = planted
    assert thief.get(story.url("start")).status_code == 404
    assert fresh(story).first_used_at
    story.intake.refresh_from_db()
    assert story.intake.opened_at


def test_an_open_link_opens_no_other_intake(cast, story):
    other, elsewhere = begin(cast.a), begin(cast.b)

    phone = story.phone()

    assert phone.get(other.url("start")).status_code == 404
    assert phone.get(elsewhere.url("start")).status_code == 404
    assert phone.post(other.url("leave")).status_code == 404


def test_leaving_closes_the_intake_in_this_browser_only(story):
    shared, own = story.phone(), story.phone()

    assert shared.send(story.url("leave")).status_code == 302

    assert shared.get(story.url("start")).status_code == 404
    assert own.get(story.url("start")).status_code == 200


def test_coming_back_with_the_same_link_goes_on(story):
    story.phone().send(story.url("consent"), care="on")

    assert story.phone().get(story.url("about")).status_code == 200
    assert fresh(story).wrong_birth_dates == 0


# --- wrong birth dates --------------------------------------------------------------------------


def test_five_wrong_birth_dates_lock_the_link_and_tell_the_desk(cast, story):
    for _try in range(4):
        assert Phone().send(story.link, WRONG).status_code == 302
    assert (fresh(story).state, Notice.objects.count()) == ("active", 0)

    Phone().send(story.link, WRONG)

    assert fresh(story).state == "locked"
    assert Phone().get(story.link).status_code == 404
    assert Phone().send(story.link, story.born).status_code == 404
    notice = Notice.objects.get()
    assert (notice.intake, notice.kind) == (story.intake, "link-locked")
    worklist = cast.client("desk_a").get(reverse("desk:worklist")).content.decode()
    assert reverse("desk:notice-handled", args=[notice.code]) in worklist
    assert "Milo Stevens" in worklist


def test_a_right_birth_date_after_four_wrong_ones_opens(story):
    for _try in range(4):
        Phone().send(story.link, WRONG)

    assert story.phone().get(story.url("start")).status_code == 200


def test_a_wrong_birth_date_sent_twice_counts_once(story):
    phone, key = Phone(), uuid.uuid4()
    phone.get(story.link)

    answers = [phone.send(story.link, WRONG, key=key) for _ in range(2)]

    assert [answer["Location"] for answer in answers] == [story.link] * 2
    assert fresh(story).wrong_birth_dates == 1


def test_a_double_tap_in_a_browser_that_was_never_here_counts_once_too(story):
    phone, key = Phone(), uuid.uuid4()
    phone.get(story.link)
    before_any_answer = copy.deepcopy(phone.cookies)

    phone.send(story.link, WRONG, key=key)
    phone.cookies = before_any_answer
    phone.send(story.link, WRONG, key=key)

    assert fresh(story).wrong_birth_dates == 1


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_five_wrong_birth_dates_at_the_same_moment_lock_too(cast):
    story, together = begin(cast.a), threading.Barrier(5)

    def guess():
        together.wait()
        Phone().send(story.link, WRONG)
        connections.close_all()

    guesses = [threading.Thread(target=guess) for _ in range(5)]
    for one in guesses:
        one.start()
    for one in guesses:
        one.join()

    assert (fresh(story).wrong_birth_dates, fresh(story).state) == (5, "locked")
    assert Notice.objects.count() == 1


def test_handling_the_notice_takes_it_off_the_worklist_with_a_name(cast, desk, story):
    for _try in range(5):
        Phone().send(story.link, WRONG)
    notice = Notice.objects.get()

    answer = cast.client("desk_a").post(
        reverse("desk:notice-handled", args=[notice.code]), {"once_key": str(uuid.uuid4())}
    )

    notice.refresh_from_db()
    assert answer.status_code == 302
    assert notice.handled_by == cast.people["desk_a"]
    assert notice.handled_at


# --- the end --------------------------------------------------------------------------------------


def test_a_link_lives_until_fourteen_days_after_the_appointment(cast):
    story = begin(cast.a, in_days=3)

    with later(days=16, hours=23, minutes=59):
        assert Phone().get(story.link).status_code == 200
    with later(days=17, minutes=1):
        assert Phone().get(story.link).status_code == 404


def test_a_link_without_an_appointment_lives_thirty_days(cast):
    story = begin(cast.a, in_days=None)

    with later(days=29, hours=23, minutes=59):
        assert Phone().get(story.link).status_code == 200
    with later(days=30, minutes=1):
        assert Phone().get(story.link).status_code == 404


def test_another_appointment_gives_the_link_another_life(cast):
    story = begin(cast.a, in_days=3)
    moved = timezone.now() + datetime.timedelta(days=20)
    type(story.intake).objects.filter(pk=story.intake.pk).update(appointment_at=moved)

    with later(days=33):
        assert Phone().get(story.link).status_code == 200


def test_a_browser_that_was_let_in_is_out_when_the_link_ends(cast, desk, story):
    phone = story.phone()

    actions.revoke(desk, fresh(story))

    assert phone.get(story.url("start")).status_code == 404
    assert phone.send(story.url("consent"), care="on").status_code == 404
    assert story.screening is None


def test_a_new_link_ends_the_one_before_it_and_lets_its_browser_out(cast, desk, story):
    phone = story.phone()

    renewed = actions.invite(desk, story.intake, "slip")

    assert fresh(story).state == "revoked"
    assert phone.get(story.url("start")).status_code == 404
    assert actions.find_link(story.token) is None
    assert actions.find_link(tokens.unseal(renewed.sealed_token)) == renewed


def test_a_new_slip_leaves_a_mailed_link_alone(cast, desk):
    story = begin(cast.a, channel="email")

    actions.invite(desk, story.intake, "slip")

    assert fresh(story).state == "active"


# --- a link to copy -------------------------------------------------------------------------------


@pytest.fixture
def copied(cast):
    return begin(cast.a, channel="copy", language="fr")


def copy_page(cast, story, who="desk_a"):
    return in_english(cast.client(who)).get(reverse("desk:link-copy", args=[story.invitation.code]))


@pytest.mark.parametrize("who", ["desk_a", "practitioner_a"])
def test_the_desk_reads_a_link_to_copy_with_a_message_in_the_patients_language(cast, copied, who):
    page = copy_page(cast, copied, who)

    text, link = page.content.decode(), f"http://127.0.0.1:8000{copied.link}"
    assert f'value="{link}" readonly' in text
    message = html.unescape(re.search(r"<textarea[^>]*>([^<]*)</textarea>", text)[1])
    assert link in message.splitlines()
    assert "Praktijk De Linde" in message
    assert "+32 15 11 22 33" in message
    assert not [word for word in ("Milo", "Stevens", "1991") if word in message]
    assert '<textarea class="form-control" id="copy-message"' in text
    assert re.search(r'<textarea[^>]* lang="fr"', text)
    assert "Link to copy" in text
    assert "no-store" in page["Cache-Control"]
    assert AuditEvent.objects.filter(verb="link.shown", object_code=str(copied.invitation.code)).count() == 1


def test_a_link_to_copy_is_shown_until_it_is_used_and_for_one_day(cast, copied):
    assert copy_page(cast, copied).status_code == 200
    with later(hours=24, minutes=1):
        assert fresh(copied).readable_token(timezone.now()) == ""
        run_due()
    assert fresh(copied).sealed_token == ""
    assert copy_page(cast, copied).status_code == 404
    assert Phone().get(copied.link).status_code == 200  # the link itself goes on

    used = begin(cast.a, channel="copy")
    used.phone()
    assert copy_page(cast, used).status_code == 404


def test_neither_a_mailed_link_nor_one_of_another_practice_is_ever_shown(cast, copied):
    assert copy_page(cast, begin(cast.a, channel="email")).status_code == 404
    assert copy_page(cast, copied, "desk_b").status_code == 404


def test_the_buttons_of_the_desk_give_the_three_kinds_and_no_other(cast, story):
    desk = cast.client("desk_a")
    made = {}
    for channel in Invitation.Channel.values:
        key = {"once_key": str(uuid.uuid4()), "channel": channel}
        desk.post(reverse("desk:link-new", args=[story.intake.code]), key)
        made[channel] = Invitation.objects.exclude(pk=story.invitation.pk).filter(channel=channel).count()

    assert [channel for channel, count in made.items() if count] == ["email", "slip", "copy"]
    answer = desk.post(
        reverse("desk:link-new", args=[story.intake.code]), {"once_key": str(uuid.uuid4()), "channel": "copy"}
    )
    newest = Invitation.objects.filter(channel="copy", state="active").get()
    assert answer["Location"] == reverse("desk:link-copy", args=[newest.code])


@pytest.mark.parametrize("channel", ["email", "slip", "copy"])
def test_renewing_ends_the_older_of_its_kind_alone(cast, desk, channel):
    story = begin(cast.a)
    links = {kind: actions.invite(desk, story.intake, kind) for kind in ("email", "slip", "copy")}

    actions.invite(desk, story.intake, channel)

    states = {kind: Invitation.objects.get(pk=link.pk).state for kind, link in links.items()}
    assert states == dict.fromkeys(links, "active") | {channel: "revoked"}


# --- who did not open it --------------------------------------------------------------------------

# Days since the mail went out, days until the appointment (None: none), and whether somebody had better call.
WAITING = [
    *((0, 2, True), (0, 4, False), (4, 20, True), (2, 20, False)),
    *((4, None, True), (2, None, False), (4, -1, False), (1, 2.9, True)),
]


@pytest.mark.parametrize(("mailed", "comes", "call"), WAITING)
def test_who_did_not_open_a_mailed_link_is_found(cast, mailed, comes, call):
    now = timezone.now()
    story = begin(cast.a, channel="email", in_days=comes)
    Invitation.objects.update(mailed_at=now - datetime.timedelta(days=mailed))

    assert Intake.objects.not_opened(now).filter(pk=story.intake.pk).exists() is call


@pytest.mark.parametrize(
    "what", ["opened", "not mailed", "a slip", "withdrawn", "came back", "closed", "paper"]
)
def test_who_needs_no_call_is_not_among_them(cast, desk, what):
    story = begin(cast.a, channel="slip" if what == "a slip" else "email")
    now, rows = timezone.now(), Invitation.objects.filter(pk=story.invitation.pk)
    rows.update(mailed_at=None if what == "not mailed" else now)
    expected = Intake.objects.not_opened(now).exists()
    assert expected is (what != "not mailed" and what != "a slip")

    if what == "opened":
        story.phone()
    elif what == "withdrawn":
        actions.revoke(desk, fresh(story))
    elif what == "came back":
        actions.mail_returned(fresh(story))
    elif what == "closed":
        actions.close_intake(desk, story.intake)
    elif what == "paper":
        story.consent()

    assert not Intake.objects.not_opened(now).exists()


def test_the_worklist_names_who_did_not_open_the_link(cast):
    mailed = begin(cast.a, given="Never", family="Opened", channel="email")
    begin(cast.a, given="Has", family="Slip")
    Invitation.objects.filter(pk=mailed.invitation.pk).update(mailed_at=timezone.now())
    desk = in_english(cast.client("desk_a"))

    page = desk.get(reverse("desk:worklist") + "?show=unopened").content.decode()

    assert "Never Opened" in page
    assert "Has Slip" not in page
    assert "mailed, not opened" in page
    assert re.search(r'show=unopened" aria-current="true">Not opened <span class="filters__count">1<', page)


# --- what the desk reads about each link -----------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "says", "never"),
    [
        ({}, "the mail is on its way", "opened"),
        ({"mailed_at": "now"}, "not opened yet", "came back"),
        ({"mailed_at": "now", "first_used_at": "now"}, "opened 2", "not opened"),
        ({"mailed_at": "now", "returned_at": "now"}, "The mail came back. Check the address.", "not opened"),
        ({"mailed_at": "now", "state": "revoked", "ended_at": "now"}, "never opened", "not opened yet"),
    ],
)
def test_the_desk_reads_how_each_link_is_doing(cast, fields, says, never):
    story = begin(cast.a, channel="email")
    now = timezone.now()
    Invitation.objects.update(**{name: now if one == "now" else one for name, one in fields.items()})

    page = in_english(cast.client("desk_a")).get(reverse("desk:patient", args=[story.patient.code]))

    row = re.search(r'<li class="link-row">.*?</li>', page.content.decode(), re.S)[0]
    assert says in row
    assert never not in row


def ended(cast, desk):
    """A link of each kind that opens nothing: its address, by what ended it."""
    revoked, locked, finished, expired = (begin(cast.a) for _ in range(4))
    actions.revoke(desk, revoked.invitation)
    for _try in range(5):
        Phone().send(locked.link, WRONG)
    actions.close_intake(desk, finished.intake)
    long_ago = timezone.now() - datetime.timedelta(days=15)
    type(expired.intake).objects.filter(pk=expired.intake.pk).update(appointment_at=long_ago)
    return {
        "unknown": reverse("intake:link", args=[tokens.new_token()]),
        "shortened": revoked.link[:-5] + "/",
        "odd": "/l/%00%ff…%22%3Cb%3E/",
        "revoked": revoked.link,
        "locked": locked.link,
        "finished": finished.link,
        "expired": expired.link,
        "never opened here": begin(cast.a).url("start"),
        "of another practice": begin(cast.b).url("about"),
        "no such intake": reverse("intake:start", args=[uuid.uuid4()]),
    }


@pytest.mark.parametrize("method", ["get", "head", "send"])
def test_every_closed_door_looks_exactly_the_same(cast, desk, method):
    doors, phone = ended(cast, desk), begin(cast.a).phone()
    before = DatabaseState().fingerprint()

    pages = {}
    for name, door in doors.items():
        fields = {"fields": birth_date(BORN)} if method == "send" else {}
        answer = getattr(phone, method)(door, **fields)
        headers = {
            key: value for key, value in answer.headers.items() if key not in ("X-Request-Id", "Expires")
        }
        pages[name] = (answer.status_code, answer.content, sorted(headers.items()))

    assert pages == dict.fromkeys(doors, pages["unknown"])
    assert pages["unknown"][0] == 404
    assert DatabaseState().fingerprint() == before


def test_the_closed_door_gives_a_phone_number(cast, settings):
    page = Phone().get(reverse("intake:link", args=[tokens.new_token()])).content.decode()
    assert "tel:+3215112233" in page  # the first practice's own
    settings.CONTACT_PHONE = "015 55 01 23"
    assert "tel:015550123" in Phone().get(reverse("intake:start", args=[uuid.uuid4()])).content.decode()


def test_closing_an_intake_ends_its_links_and_keeps_what_was_sent(cast, desk):
    story = sent(cast.a, {"rf1-weight-loss": "yes"})
    phone = story.phone()

    actions.close_intake(desk, story.intake)

    assert fresh(story).state == "finished"
    assert phone.get(story.url("sent")).status_code == 404
    assert story.flags() == {"rf1-weight-loss": "days"}
