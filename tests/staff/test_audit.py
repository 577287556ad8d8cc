"""The trail says who did what, holds no answer and no name, and cannot be changed: not even by SQL."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test import RequestFactory

from backup_plan_site.staff import append_only, audit
from backup_plan_site.staff.models import AuditEvent

pytestmark = pytest.mark.database

TABLE = AuditEvent._meta.db_table


@pytest.fixture
def event(cast):
    return audit.record(cast.actor("practitioner_a"), "intake.viewed", cast.membership("desk_a"), flags=3)


def test_an_event_says_who_what_and_where(cast, rf):
    request = rf.get("/", REMOTE_ADDR="192.0.2.77")
    request.request_id = "r" * 32
    patient, row = uuid.uuid4(), cast.membership("desk_a")

    event = audit.record(
        cast.actor("practitioner_a"),
        "flag.cleared",
        row,
        request=request,
        subject=patient,
        flag="both-legs",
        at_visit=2,
    )

    event.refresh_from_db()
    assert (event.practice, event.user, event.actor_kind) == (cast.a, cast.people["practitioner_a"], "staff")
    assert (event.object_type, event.object_code) == ("staff.membership", str(row.code))
    assert (event.subject, event.request_id, event.ip_prefix) == (str(patient), "r" * 32, "192.0.2.0/24")
    assert event.facts == {"flag": "both-legs", "at_visit": 2}


@pytest.mark.parametrize(
    ("address", "prefix"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1::/48"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("", ""),
        ("unix:", ""),
    ],
)
def test_of_an_address_only_the_neighbourhood_is_kept(address, prefix):
    assert audit.ip_prefix(address) == prefix


@pytest.mark.parametrize(
    "fact",
    [
        "x" * 65,
        "Jan Peeters",
        "he said: no",
        "jan@example.org",
        {"answer": "yes"},
        1.5,
        b"x",
        ["ok", "not ok"],
        "a\nb",
    ],
)
def test_what_could_be_a_name_or_an_answer_is_refused(cast, fact):
    with pytest.raises(ValueError, match="not an id or a verb"):
        audit.record(cast.actor("desk_a"), "intake.viewed", fact=fact)

    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("verb", ["viewed", "Intake.Viewed", "intake.viewed by Jan", "", "a." + "b" * 64])
def test_a_verb_looks_like_a_verb(cast, verb):
    with pytest.raises(ValueError, match="Not a verb"):
        audit.record(cast.actor("desk_a"), verb)


def test_acting_on_a_row_of_another_practice_is_a_fault(cast):
    with pytest.raises(ValueError, match="another"):
        audit.record(cast.actor("desk_a"), "intake.viewed", cast.membership("desk_b"))


def test_an_event_goes_with_the_transaction_it_belongs_to(cast):
    with pytest.raises(RuntimeError), transaction.atomic():
        audit.record(cast.actor("desk_a"), "intake.viewed")
        raise RuntimeError

    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE {TABLE} SET verb = 'nothing.happened'",
        f"DELETE FROM {TABLE}",
        f"INSERT INTO {TABLE} SELECT * FROM {TABLE} WHERE true ON CONFLICT (id) DO UPDATE SET verb = 'x.y'",
    ],
)
def test_the_database_refuses_to_change_or_remove_an_event(event, statement):
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert AuditEvent.objects.get().verb == "intake.viewed"


def test_replacing_an_event_is_refused_too(event):
    if connection.vendor != "sqlite":
        pytest.skip("SQLite only: INSERT OR REPLACE.")
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"INSERT OR REPLACE INTO {TABLE} SELECT * FROM {TABLE}")


def test_emptying_the_whole_table_is_refused_too(event):
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL only: TRUNCATE.")
    # Without this PostgreSQL would refuse for another reason: foreign keys not looked at yet.
    connection.check_constraints()
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE {TABLE} CASCADE")


def test_the_models_own_ways_are_refused_too(event):
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEvent.objects.update(verb="nothing.happened")
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEvent.objects.all().delete()
    with pytest.raises(ValidationError):
        event.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEvent.objects.filter(pk=event.pk)._raw_delete("default")


def test_protecting_twice_and_lifting_leave_the_table_protected(event):
    append_only.protect(connection, TABLE)
    with append_only.lifted(connection):
        assert append_only.missing(connection) != []
        AuditEvent.objects.update(verb="changed.in-between")

    assert append_only.missing(connection) == []
    assert append_only.protected(connection)[TABLE] == ("update", "delete")


def test_only_removal_can_be_refused(event):
    append_only.protect(connection, TABLE, update=False)

    AuditEvent.objects.update(verb="changed.rightly")

    assert append_only.protected(connection)[TABLE] == ("delete",)
    assert TABLE in append_only.missing(connection)
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEvent.objects.all().delete()


def test_a_lost_trigger_is_found_by_manage_py_check(event):
    from backup_plan_site.staff.checks import protected_tables_are_protected

    append_only.unprotect(connection, TABLE)

    assert [error.id for error in protected_tables_are_protected(None, databases=["default"])] == [
        "staff.E003"
    ]


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_can_be_cleaned_up():
    audit.record(None, "practice.created")


@pytest.mark.django_db(transaction=True)
def test_and_the_next_one_finds_the_table_empty_and_protected():
    assert not AuditEvent.objects.exists()
    assert append_only.missing(connection) == []


def test_requests_of_the_factory_need_no_request_id(cast):
    assert (
        audit.record(cast.actor("desk_a"), "intake.viewed", request=RequestFactory().get("/")).request_id
        == ""
    )
