"""A staff session ends when nobody is there, and in any case after a day's work."""

import pytest
from django.urls import reverse

from backup_plan_site.staff.middleware import BEGAN, SEEN
from backup_plan_site.staff.models import Membership

TEAM = "/staff/team/"
MINUTE, HOUR = 60, 3600


def let_pass(client, *, began=0, seen=0):
    """Move the session's clock back, as if that many seconds had gone by."""
    client.get(TEAM)
    session = client.session
    session[BEGAN] -= began
    session[SEEN] -= seen
    session.save()


@pytest.fixture
def owner(cast):
    return cast.client("owner_a")


@pytest.mark.parametrize(
    ("began", "seen", "goes_on"),
    [
        (14 * MINUTE, 14 * MINUTE, True),
        (16 * MINUTE, 16 * MINUTE, False),
        (11 * HOUR, 10, True),
        (13 * HOUR, 10, False),
    ],
)
def test_the_session_ends_after_idle_minutes_and_after_working_hours(owner, began, seen, goes_on):
    let_pass(owner, began=began, seen=seen)

    response = owner.get(TEAM)

    assert (response.status_code == 200) is goes_on
    assert ("_auth_user_id" in owner.session) is goes_on


def test_who_reads_comes_back_to_the_same_page_after_signing_in(owner):
    let_pass(owner, began=HOUR, seen=HOUR)

    response = owner.get(TEAM, follow=True)

    assert response.redirect_chain == [(f"/staff/login/?next={TEAM}", 302)]
    assert "Your session has ended" in response.content.decode() or "sessie" in response.content.decode()


def test_who_sends_is_told_that_it_was_not_saved_and_gets_nothing_back(owner, cast):
    let_pass(owner, began=HOUR, seen=HOUR)

    response = owner.post("/staff/practice/", {"name": "Written in vain", "phone": "1"})

    cast.a.refresh_from_db()
    assert response.status_code == 403
    assert "Written in vain" not in response.content.decode()
    assert reverse("account_login") in response.content.decode()
    assert cast.a.name == "Praktijk De Linde"


def test_being_there_keeps_the_session_alive(owner):
    let_pass(owner, seen=10 * MINUTE)
    owner.get(TEAM)
    let_pass(owner, seen=10 * MINUTE)

    assert owner.get(TEAM).status_code == 200


def test_a_public_page_still_opens_when_the_session_has_ended(owner):
    let_pass(owner, began=HOUR, seen=HOUR)

    assert owner.get("/healthz").status_code == 200


def test_a_closed_account_is_out_at_the_next_click(owner, cast):
    person = cast.people["owner_a"]
    person.is_active = False
    person.save()

    assert owner.get(TEAM).status_code == 302


def test_an_ended_membership_is_out_at_the_next_click(owner, cast):
    Membership.objects.filter(user=cast.people["owner_a"]).update(ended_at="2026-01-01T00:00Z")

    response = owner.get(TEAM)

    assert response.status_code == 403
    assert "staff/no_practice.html" in [template.name for template in response.templates]


def test_a_session_that_existed_before_signing_in_is_not_the_one_after(cast, client):
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = True
    session.save()
    before = client.session.session_key

    client.force_login(cast.people["desk_a"])

    assert client.session.session_key != before
