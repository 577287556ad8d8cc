"""A form sent twice has one effect; a key that comes back with something else has none."""

import copy
import re
import threading
import uuid

import pytest
from django.db import connections
from django.urls import reverse

from backup_plan_site.web.models import Once
from intake import actions
from intake.models import Intake, Invitation, Notice, Patient
from tests.database_state import DatabaseState
from tests.patients import PAGES, begin, sent

NEW = {"given_name": "Tuur", "family_name": "Maes", "birth_date": "1980-02-01", "language": "nl"}


@pytest.fixture
def desk(cast):
    return cast.client("desk_a")


@pytest.fixture
def key():
    return str(uuid.uuid4())


def make(client, key, **changes):
    return client.post(reverse("desk:patient-new"), {**NEW, "once_key": key, **changes})


def test_the_same_form_twice_makes_one_patient_and_leads_to_the_same_page(cast, desk, key):
    first, second = make(desk, key), make(desk, key)

    assert (first.status_code, second.status_code) == (302, 302)
    assert (
        first["Location"] == second["Location"] == reverse("desk:patient", args=[Patient.objects.get().code])
    )
    assert Intake.objects.count() == 1


def test_another_key_is_another_form(cast, desk):
    make(desk, str(uuid.uuid4()))
    make(desk, str(uuid.uuid4()))

    assert Patient.objects.count() == 2


def test_the_same_key_with_something_else_is_refused_and_overwrites_nothing(cast, desk, key):
    make(desk, key)
    before = DatabaseState().fingerprint()

    answer = make(desk, key, given_name="Siska")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="Siska"' in page
    assert key not in page
    assert DatabaseState().fingerprint() == before


def test_the_page_after_a_refusal_can_be_sent_with_its_fresh_key(cast, desk, key):
    make(desk, key)
    page = make(desk, key, given_name="Siska").content.decode()
    fresh = re.search(r'name="once_key" value="([^"]+)"', page)[1]

    assert make(desk, fresh, given_name="Siska").status_code == 302
    assert set(Patient.objects.values_list("given_name", flat=True)) == {"Tuur", "Siska"}


@pytest.mark.parametrize("key", ["", "1", "None", "zz", "6f1b8a52-6d8a-4c36-9f4e-0f8f5d1f0c1", "\x00", "💥"])
def test_a_form_without_a_right_key_is_refused(cast, desk, key):
    answer = make(desk, key)

    assert answer.status_code == 400
    assert not Patient.objects.exists()
    assert desk.post(reverse("desk:patient-new"), NEW).status_code == 400


def test_a_page_with_mistakes_keeps_no_key(cast, desk, key):
    assert make(desk, key, birth_date="").status_code == 200
    assert not Once.objects.exists()

    assert make(desk, key).status_code == 302
    assert Patient.objects.count() == 1


def test_a_key_of_somebody_else_is_a_key_like_any_other(cast, desk, key):
    make(desk, key)

    answer = make(cast.client("practitioner_a"), key)
    abroad = make(cast.client("desk_b"), key)

    codes = [str(code) for code in Patient.objects.order_by("pk").values_list("code", flat=True)]
    assert [answer["Location"].split("/")[3], abroad["Location"].split("/")[3]] == codes[1:]
    assert len(codes) == 3


def test_a_patient_learns_nothing_from_the_key_of_another_patient(cast, key):
    one, other = begin(cast.a), begin(cast.a)
    one.phone().send(one.url("consent"), care="on", key=key)

    answer = other.phone().send(other.url("consent"), care="on", key=key)

    assert answer["Location"] == other.url("about")
    assert other.screening is not None


def test_what_was_kept_of_a_form_is_a_hash(cast, desk, key):
    make(desk, key, given_name="Wolfram", email="wolfram@example.org")

    row = repr(Once.objects.values_list().get())
    assert not any(word in row for word in ("Wolfram", "wolfram", "Maes", "1980"))
    assert re.search(r"'[0-9a-f]{64}'", row)


# --- buttons without a page of their own ----------------------------------------------------


def buttons(cast):
    """Every button that writes at once: who presses it, its address and its fields."""
    invited, told = begin(cast.a), sent(cast.a, {"rf1-weight-loss": "yes"})
    actions.say_misunderstood(told.actor, told.intake)
    desk, pieter = cast.client("desk_a"), cast.client("practitioner_a")
    flag, doubt = told.flag("rf1-weight-loss"), sent(cast.a)
    ready = begin(cast.a).consent().tell().answer(rest="no")
    return {
        "withdraw a link": (desk, reverse("desk:link-revoke", args=[invited.invitation.code]), {}),
        "make a link": (desk, reverse("desk:link-new", args=[invited.intake.code]), {"channel": "slip"}),
        "close an intake": (desk, reverse("desk:intake-close", args=[invited.intake.code]), {}),
        "handle a notice": (pieter, reverse("desk:notice-handled", args=[Notice.objects.get().code]), {}),
        "take a note": (pieter, reverse("desk:note", args=[told.intake.code]), {"text": "Belt terug."}),
        "clear a flag": (
            pieter,
            reverse("desk:flag-clear", args=[flag.code]),
            {
                f"clear-{flag.code}-reason": "misunderstood",
                f"clear-{flag.code}-explanation": "Ging over de hond.",
            },
        ),
        "refer": (
            pieter,
            reverse("desk:flag-refer", args=[flag.code]),
            {f"refer-{flag.code}-to": "gp", f"refer-{flag.code}-explanation": "Gebeld."},
        ),
        "not reassured": (
            pieter,
            reverse("desk:not-reassured", args=[doubt.intake.code]),
            {"explanation": "Ziet grauw."},
        ),
        "misunderstood": (invited.phone(), invited.url("misunderstood"), {}),
        "consent": (invited.phone(), invited.url("consent"), {"care": "on"}),
        "send": (ready.phone(), ready.url("check"), {}),
    }


BUTTONS = (
    *("withdraw a link", "make a link", "close an intake", "handle a notice", "take a note", "clear a flag"),
    *("refer", "not reassured", "misunderstood", "consent", "send"),
)


@pytest.mark.parametrize("name", BUTTONS)
def test_a_button_pressed_twice_works_once(cast, key, name):
    client, url, fields = buttons(cast)[name]
    state = DatabaseState()
    untouched = state.fingerprint()

    first = client.post(url, {**fields, "once_key": key})
    after_one = state.fingerprint()
    second = client.post(url, {**fields, "once_key": key})

    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert untouched != after_one == state.fingerprint()


@pytest.mark.parametrize("name", BUTTONS)
def test_a_button_with_a_key_that_did_something_else_does_nothing(cast, key, name):
    client, url, fields = buttons(cast)[name]
    busy = begin(cast.a).consent()
    if url.startswith("/desk/"):
        assert make(client, key).status_code == 302
    else:
        # The same browser, on its other intake.
        client.send(busy.link, busy.born)
        assert client.send(busy.url("about"), PAGES["about"], key=key).status_code == 302
    before = DatabaseState().fingerprint()

    answer = client.post(url, {**fields, "once_key": key})

    assert answer.status_code == 409
    assert DatabaseState().fingerprint() == before


@pytest.mark.parametrize("name", BUTTONS)
def test_a_button_without_a_key_does_nothing(cast, name):
    client, url, fields = buttons(cast)[name]
    before = DatabaseState().fingerprint()

    assert client.post(url, fields).status_code == 400
    assert DatabaseState().fingerprint() == before


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_two_sent_at_the_same_moment_make_one_patient(cast, key):
    desk, together, answers = cast.client("desk_a"), threading.Barrier(2), []
    cookies = desk.cookies

    def press():
        browser = cast.client("anonymous")
        browser.cookies = copy.deepcopy(cookies)
        together.wait()
        answers.append(make(browser, key, channel="slip"))
        connections.close_all()

    presses = [threading.Thread(target=press) for _ in range(2)]
    for one in presses:
        one.start()
    for one in presses:
        one.join()

    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert (Patient.objects.count(), Invitation.objects.count()) == (1, 1)
