"""`request.actor`: one person, in the practice they chose, with the roles they have today."""

from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from backup_plan_site.staff import audit
from backup_plan_site.staff.models import Membership


@pytest.fixture
def both(cast):
    """The practitioner of A also works at the desk of B."""
    Membership.objects.create(practice=cast.b, user=cast.people["practitioner_a"], role="desk")
    return cast.client("practitioner_a")


def actor_of(client):
    return client.get(reverse("staff:switch")).wsgi_request.actor


def test_several_roles_are_one_actor(cast):
    Membership.objects.create(practice=cast.a, user=cast.people["desk_a"], role="practitioner")

    actor = actor_of(cast.client("desk_a"))

    assert actor.roles == {"desk", "practitioner"}
    assert actor.clinical
    assert (actor.user_name, actor.practice_name) == ("Dora Wauters", "Praktijk De Linde")


def test_who_works_in_two_practices_acts_in_one_at_a_time(cast, both, post):
    assert actor_of(both).practice_id == cast.a.pk

    post(both, reverse("staff:switch"), practice=cast.b.code)

    actor = actor_of(both)
    assert actor.practice_id == cast.b.pk
    assert actor.roles == {"desk"}


def test_a_practice_that_is_not_yours_cannot_be_chosen(cast, post):
    client = cast.client("practitioner_a")

    response = post(client, reverse("staff:switch"), practice=cast.b.code)

    assert response.status_code == 200
    assert actor_of(client).practice_id == cast.a.pk


def test_a_chosen_practice_that_was_left_falls_back_to_the_other(cast, both, post):
    post(both, reverse("staff:switch"), practice=cast.b.code)
    Membership.objects.filter(practice=cast.b, user=cast.people["practitioner_a"]).update(
        ended_at="2026-01-01T00:00Z"
    )

    assert actor_of(both).practice_id == cast.a.pk


def test_somebody_without_a_practice_gets_a_friendly_page(cast):
    response = cast.client("stranger").get(reverse("staff:team"))

    assert response.status_code == 403
    assert response.wsgi_request.actor is None
    assert "Stan Ypersiel" in response.content.decode()


def test_times_are_those_of_the_practice(cast):
    cast.a.time_zone = "America/Curacao"
    cast.a.save()
    event = audit.record(cast.actor("owner_a"), "intake.viewed")

    text = cast.client("owner_a").get("/staff/audit/").content.decode()

    assert event.at.astimezone(ZoneInfo("America/Curacao")).isoformat(timespec="seconds")[:19] in text
    assert timezone.get_current_timezone_name() == "Europe/Brussels"


def test_nobody_is_no_actor(client, db):
    assert client.get(reverse("account_login")).wsgi_request.actor is None
