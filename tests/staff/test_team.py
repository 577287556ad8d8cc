"""The owner's pages: who works here, as what, and the practice's own details."""

import uuid

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from backup_plan_site.jobs import api as jobs
from backup_plan_site.staff import actions
from backup_plan_site.staff.mails import send_invitation
from backup_plan_site.staff.models import AuditEvent, Membership, User

TEAM, INVITE, PRACTICE = "/staff/team/", "/staff/team/invite/", "/staff/practice/"


@pytest.fixture
def owner(cast):
    return cast.client("owner_a")


@pytest.fixture
def queued(monkeypatch):
    """What was queued, instead of the queue."""
    found = []
    monkeypatch.setattr(jobs, "enqueue", lambda kind, **about: found.append((kind, about)))
    return found


def roles_of(user, practice):
    return set(
        Membership.objects.running().filter(user=user, practice=practice).values_list("role", flat=True)
    )


def test_the_team_shows_people_with_their_roles(owner):
    text = owner.get(TEAM).content.decode()

    assert all(name in text for name in ("Olga Verlinden", "Pieter Vanackere", "Dora Wauters"))
    assert "Rugpunt" not in text


def test_inviting_makes_a_person_a_role_and_one_mail(owner, cast, post, queued):
    response = post(owner, INVITE, name="Ilse Nys", email="Ilse@Example.ORG", language="nl", roles=["desk"])

    person = User.objects.get(email="ilse@example.org")
    assert response.url == TEAM
    assert roles_of(person, cast.a) == {"desk"}
    assert not person.has_usable_password()
    ((kind, about),) = queued
    assert (kind, about["ids"]) == ("staff-invitation", {"user": person.pk, "practice": cast.a.pk})
    assert AuditEvent.objects.get(verb="member.invited").facts == {"roles": ["desk"]}


def test_the_job_of_an_invitation_sends_it_once(owner, post):
    post(owner, INVITE, name="Ilse Nys", email="ilse@example.org", language="nl", roles=["desk"])

    assert jobs.run_due() == 1
    assert jobs.run_due() == 0
    assert [sent.to for sent in mail.outbox] == [["ilse@example.org"]]


def test_the_same_form_sent_twice_invites_once(owner, queued):
    form = {
        "once_key": uuid.uuid4(),
        "name": "Ilse Nys",
        "email": "i@x.be",
        "language": "nl",
        "roles": ["desk"],
    }

    owner.post(INVITE, form)
    owner.post(INVITE, form)

    assert len(queued) == 1


def test_somebody_with_a_login_elsewhere_keeps_name_and_password(owner, cast, post, queued):
    theirs = cast.people["desk_b"]

    post(owner, INVITE, name="Other Name", email="DESK_B@example.org", language="en", roles=["practitioner"])

    theirs.refresh_from_db()
    assert theirs.name == "Dries Xhonneux"
    assert theirs.has_usable_password()
    assert roles_of(theirs, cast.a) == {"practitioner"}
    assert roles_of(theirs, cast.b) == {"desk"}


def test_without_a_role_nobody_is_invited_and_what_was_typed_stays(owner, post, queued):
    response = post(owner, INVITE, name="Ilse Nys", email="i@x.be", language="nl")

    assert response.status_code == 200
    assert "Ilse Nys" in response.content.decode()
    assert not queued
    assert not User.objects.filter(email="i@x.be").exists()


def test_the_invitation_carries_a_link_in_the_persons_language(cast, settings):
    settings.BASE_URL = "https://plan.example.org"
    person = User.objects.create_user("ilse@example.org", "Ilse Nys", language="en")
    Membership.objects.create(practice=cast.a, user=person, role="desk")

    send_invitation({"user": person.pk, "practice": cast.a.pk})

    (sent,) = mail.outbox
    assert sent.to == ["ilse@example.org"]
    assert sent.subject == "You are invited to Praktijk De Linde"
    assert "https://plan.example.org/staff/password/reset/key/" in sent.body
    assert "https://plan.example.org/staff/password/reset/key/" in sent.alternatives[0].content


def test_an_invitation_that_was_withdrawn_in_time_is_not_sent(cast):
    person = cast.people["desk_a"]
    Membership.objects.filter(user=person).update(ended_at="2026-01-01T00:00Z")

    send_invitation({"user": person.pk, "practice": cast.a.pk})

    assert not mail.outbox


def test_a_name_with_a_line_break_makes_no_second_header(cast):
    cast.a.name = "De Linde\nBcc: everybody@example.org"
    cast.a.save()

    send_invitation({"user": cast.people["desk_a"].pk, "practice": cast.a.pk})

    assert "\n" not in mail.outbox[0].subject


def test_the_owner_changes_roles_and_both_are_kept_as_history(owner, cast, post):
    person = cast.people["desk_a"]

    post(owner, reverse("staff:member", args=[cast.membership("desk_a").code]), roles=["practitioner"])

    assert roles_of(person, cast.a) == {"practitioner"}
    assert Membership.objects.filter(user=person, role="desk").exclude(ended_at=None).exists()


def test_ending_access_keeps_the_person_and_the_history(owner, cast, post):
    post(owner, reverse("staff:end", args=[cast.membership("desk_a").code]))

    assert roles_of(cast.people["desk_a"], cast.a) == set()
    assert User.objects.filter(pk=cast.people["desk_a"].pk, is_active=True).exists()
    assert AuditEvent.objects.filter(verb="member.ended").exists()


def test_somebody_who_left_can_be_invited_again(owner, cast, post, queued):
    post(owner, reverse("staff:end", args=[cast.membership("desk_a").code]))
    post(owner, INVITE, name="x", email="desk_a@example.org", language="nl", roles=["desk"])

    assert roles_of(cast.people["desk_a"], cast.a) == {"desk"}


@pytest.mark.parametrize("way", ["member", "end"])
def test_the_last_owner_stays_owner(owner, cast, post, way):
    person = cast.people["owner_a"]

    response = post(owner, reverse(f"staff:{way}", args=[cast.membership("owner_a").code]), roles=["desk"])

    assert response.status_code == 200
    assert roles_of(person, cast.a) == {"owner"}


def test_an_owner_whose_account_is_closed_does_not_count(owner, cast, post):
    other = cast.people["desk_b"]
    Membership.objects.create(practice=cast.a, user=other, role="owner")
    User.objects.filter(pk=other.pk).update(is_active=False)

    post(owner, reverse("staff:end", args=[cast.membership("owner_a").code]))

    assert roles_of(cast.people["owner_a"], cast.a) == {"owner"}


def test_an_owner_may_go_when_another_one_is_there(cast):
    Membership.objects.create(practice=cast.a, user=cast.people["desk_a"], role="owner")

    actions.change_roles(cast.actor("owner_a"), cast.people["owner_a"], [])

    assert roles_of(cast.people["owner_a"], cast.a) == set()


def test_somebody_of_another_practice_is_not_found(owner, cast, post):
    path = reverse("staff:member", args=[cast.membership("desk_b").code])

    assert owner.get(path).status_code == 404
    assert post(owner, path, roles=["owner"]).status_code == 404
    assert roles_of(cast.people["desk_b"], cast.b) == {"desk"}


def test_the_owner_changes_what_patients_read(owner, cast, post):
    fields = {
        "name": "De Linde",
        "phone": "+32 15 99 88 77",
        "email": "",
        "on_call_email": "wacht@delinde-mechelen.be",
        "out_of_hours": "Bel 1733.",
        "default_language": "nl",
        "time_zone": "Europe/Brussels",
    }

    response = post(owner, PRACTICE, retention_years=1, country="NL", **fields)

    cast.a.refresh_from_db()
    assert response.url == PRACTICE
    assert (cast.a.phone, cast.a.out_of_hours) == ("+32 15 99 88 77", "Bel 1733.")
    assert (cast.a.country, cast.a.retention_years) == ("BE", 30)
    assert AuditEvent.objects.get(verb="practice.changed").facts == {
        "fields": ["name", "phone", "out_of_hours"]
    }


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("phone", ""),
        ("on_call_email", "nobody"),
        ("out_of_hours", "x" * 301),
        ("time_zone", "Europe/Mechelen"),
    ],
)
def test_a_mistake_in_the_details_is_shown_beside_its_field(owner, cast, post, field, value):
    fields = {"name": "De Linde", "phone": "1", "default_language": "nl", "time_zone": "Europe/Brussels"}

    response = post(owner, PRACTICE, **{**fields, field: value})

    cast.a.refresh_from_db()
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {field}
    assert cast.a.name == "Praktijk De Linde"


def test_the_database_keeps_one_person_per_address(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email="Desk_A@Example.org", name="x")])


def test_the_trail_is_paged_and_filtered_and_shows_one_practice(cast):
    from backup_plan_site.staff import audit

    for _ in range(60):
        audit.record(cast.actor("desk_a"), "intake.viewed")
    audit.record(cast.actor("practitioner_a"), "flag.cleared")
    audit.record(cast.actor("desk_b"), "secret.of-b")
    client = cast.client("practitioner_a")

    first = client.get("/staff/audit/").content.decode()
    filtered = client.get(
        "/staff/audit/", {"verb": "flag.cleared", "person": cast.people["practitioner_a"].pk}
    )

    assert "secret.of-b" not in first
    assert "page=2" in first
    assert [event.verb for event in filtered.context["page"]] == ["flag.cleared"]
    assert client.get("/staff/audit/", {"verb": "no such", "person": "x", "page": "x"}).status_code == 200
