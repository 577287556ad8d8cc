"""`for_actor` is the only door to a practice's rows: who comes without a practice finds nothing behind it."""

from dataclasses import replace

import pytest

from backup_plan_site.staff import audit
from backup_plan_site.staff.actors import Actor, ActorQuerySet, PracticeRow
from backup_plan_site.staff.models import AuditEvent, Membership
from backup_plan_site.staff.roles import Role


@pytest.fixture
def homeless_event(db):
    """A row without a practice: the bait for a None that matches None."""
    return audit.record(None, "practice.created")


def nobody_sees_anything(cast):
    nobodies = [
        None,
        Actor(kind="staff", practice_id=None, roles=frozenset({"practitioner"})),
        Actor(kind="system", practice_id=None),
        Actor(kind="patient", practice_id=None, intake_id=None),
        Actor(kind="staff", practice_id=cast.a.pk),
        Actor(kind="visitor", practice_id=cast.a.pk, roles=frozenset(Role.values)),
        Actor.patient(practice_id=cast.a.pk, intake_id=1),
    ]
    for actor in nobodies:
        for model in (Membership, AuditEvent):
            assert not model.objects.for_actor(actor).exists(), (actor, model)


def test_nobody_and_somebody_without_a_practice_see_no_rows(cast, homeless_event):
    nobody_sees_anything(cast)


def test_a_none_practice_that_matches_none_would_be_seen(cast, homeless_event, monkeypatch):
    def careless(rows, actor):
        return rows.filter(practice_id=getattr(actor, "practice_id", None))

    monkeypatch.setattr(ActorQuerySet, "for_actor", careless)

    with pytest.raises(AssertionError):
        nobody_sees_anything(cast)


def test_a_none_practice_that_matches_null_rows_would_be_seen(cast, homeless_event, monkeypatch):
    def careless(rows, actor):
        return rows.filter(practice=None) if getattr(actor, "practice_id", None) is None else rows.none()

    monkeypatch.setattr(ActorQuerySet, "for_actor", careless)

    with pytest.raises(AssertionError):
        nobody_sees_anything(cast)


@pytest.mark.parametrize("name", ["owner_a", "practitioner_a", "desk_a"])
def test_staff_see_their_own_practice_and_no_other(cast, name):
    rows = Membership.objects.for_actor(cast.actor(name))

    assert {row.practice_id for row in rows} == {cast.a.pk}
    assert rows.count() == 3


def test_the_system_sees_the_practice_it_was_made_for(cast):
    rows = Membership.objects.for_actor(Actor.system(cast.b.pk))

    assert {row.practice_id for row in rows} == {cast.b.pk}


@pytest.mark.parametrize(
    ("name", "sees"),
    [("owner_a", False), ("practitioner_a", True), ("desk_a", False), ("practitioner_b", False)],
)
def test_clinical_rows_are_for_practitioners_of_the_practice(cast, monkeypatch, name, sees):
    monkeypatch.setattr(Membership, "clinical", True)

    assert Membership.objects.for_actor(cast.actor(name)).filter(practice=cast.a).exists() is sees


def test_an_owner_who_also_treats_reads_clinical_rows(cast, monkeypatch):
    monkeypatch.setattr(Membership, "clinical", True)
    both = replace(cast.actor("owner_a"), roles=frozenset({"owner", "practitioner"}))

    assert Membership.objects.for_actor(both).exists()


def test_a_patient_sees_rows_along_the_path_to_one_intake(cast, monkeypatch):
    # Any foreign key will do for the path; here it leads to a person instead of an intake.
    monkeypatch.setattr(Membership, "patient_path", "user")
    desk = cast.people["desk_a"].pk

    mine = Membership.objects.for_actor(Actor.patient(practice_id=cast.a.pk, intake_id=desk))
    elsewhere = Membership.objects.for_actor(Actor.patient(practice_id=cast.b.pk, intake_id=desk))

    assert [row.user_id for row in mine] == [desk]
    assert not elsewhere.exists()
    assert not Membership.objects.for_actor(Actor.patient(practice_id=cast.a.pk, intake_id=None)).exists()


def test_a_model_that_says_nothing_is_clinical_and_closed_to_patients():
    assert PracticeRow.clinical is True
    assert PracticeRow.patient_path is None


def test_an_actor_is_one_person_in_one_practice(cast):
    with pytest.raises(ValueError, match="one person"):
        Actor.staff(Membership.objects.select_related("user", "practice"))
