"""The table alone decides: what may be written, who may take, and what happens after a failure."""

from datetime import timedelta
from itertools import product
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from backup_plan_site.jobs import api, broker
from backup_plan_site.jobs.models import BACKOFF, LEASE, MAX_ATTEMPTS, IllegalMove, Job

pytestmark = [pytest.mark.django_db, pytest.mark.database]
State = Job.State
NOW = timezone.now()


@pytest.fixture(autouse=True)
def woken(monkeypatch):
    """The ids for which a message would go out."""
    ids = []
    monkeypatch.setattr(broker, "wake", ids.append)
    return ids


@pytest.fixture
def work(monkeypatch):
    """A kind of job named 'work'; what it was asked to do, in order."""
    asked = []
    monkeypatch.setitem(api._handlers, "work", asked.append)
    return asked


@pytest.fixture
def broken(monkeypatch):
    def fail(ids):
        raise ValueError("said the patient")

    monkeypatch.setitem(api._handlers, "work", fail)


def queue(key="k", **options):
    with transaction.atomic():
        return api.enqueue("work", practice_id=None, ids=options.pop("ids", {}), unique_key=key, **options)


def let_pass(job, wait):
    """Puts every date of the job `wait` back, as if that time had gone by."""
    job.refresh_from_db()
    for name in ("run_after", "wake_at", "lease_until"):
        if value := getattr(job, name):
            Job.objects.filter(pk=job.pk).update(**{name: value - wait})


LEGAL = {
    (State.QUEUED, State.RUNNING),
    (State.RUNNING, State.RUNNING),
    (State.RUNNING, State.QUEUED),
    (State.RUNNING, State.DONE),
    (State.RUNNING, State.FAILED),
    (State.FAILED, State.QUEUED),
}


@pytest.mark.parametrize(("start", "target"), list(product(State, State)))
def test_only_the_legal_moves_are_made(work, start, target):
    job = queue()
    dates = {
        "lease_until": NOW if start == State.RUNNING else None,
        "done_at": NOW if start in (State.DONE, State.FAILED) else None,
    }
    Job.objects.filter(pk=job.pk).update(state=start, **dates)
    job.refresh_from_db()
    changes = {
        "lease_until": NOW if target == State.RUNNING else None,
        "done_at": NOW if target in (State.DONE, State.FAILED) else None,
    }

    if (start, target) in LEGAL:
        job._move_to(target, **changes)
        assert job.state == target
    else:
        with pytest.raises(IllegalMove):
            job._move_to(target, **changes)
        job.refresh_from_db()
        assert job.state == start


@pytest.mark.parametrize(
    "wrong", [{"state": "running"}, {"state": "done"}, {"lease_until": NOW}, {"done_at": NOW}]
)
def test_the_database_refuses_a_state_without_its_date(work, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=queue().pk).update(**wrong)


def test_a_job_outside_a_transaction_is_refused(work):
    with pytest.raises(api.NotInTransaction):
        api.enqueue("work", practice_id=1, ids={}, unique_key="k")


def test_a_kind_that_nobody_handles_is_refused():
    with pytest.raises(api.UnknownKind), transaction.atomic():
        api.enqueue("nobody", practice_id=1, ids={}, unique_key="k")


def test_two_handlers_of_one_kind_are_refused(work):
    with pytest.raises(ValueError):
        api.handler("work")(lambda ids: None)


@pytest.mark.parametrize("value", ["x" * 65, 1.5, {"deep": 1}, [1], b"x"])
def test_what_is_no_identifier_is_refused(work, value):
    with pytest.raises(ValueError):
        queue(ids={"patient": value})
    assert not Job.objects.exists()


def test_identifiers_arrive_as_they_were(work):
    uuid = uuid4()
    job = queue(ids={"patient": 7, "link": uuid, "part": "A", "none": None})

    assert api.run(job.pk)

    assert work == [{"patient": 7, "link": str(uuid), "part": "A", "none": None}]


def test_a_doubled_key_returns_the_first_job_and_sends_nothing(
    work, woken, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        first = queue("same", ids={"n": 1})
        second = queue("same", ids={"n": 2})

    assert (second.pk, second.ids) == (first.pk, {"n": 1})
    assert woken == [first.pk]


def test_a_job_for_later_is_sent_by_the_sweep_alone(work, woken, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = queue(run_after=timezone.now() + timedelta(hours=1))

    assert woken == []
    assert not api.run(job.pk)
    let_pass(job, timedelta(hours=1))
    assert api.run(job.pk)


@pytest.mark.django_db(transaction=True)
def test_a_rollback_leaves_no_job_and_no_message(work, woken):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        api.enqueue("work", practice_id=1, ids={}, unique_key="k")
        raise ZeroDivisionError

    assert not Job.objects.exists()
    assert woken == []


@pytest.mark.django_db(transaction=True)
def test_the_handler_runs_outside_every_transaction(monkeypatch):
    inside = []
    monkeypatch.setitem(api._handlers, "work", lambda ids: inside.append(connection.in_atomic_block))

    assert api.run(queue().pk)

    assert inside == [False]


def test_run_inside_somebodys_transaction_is_refused(work):
    job = queue()
    with pytest.raises(RuntimeError), transaction.atomic():
        api.run(job.pk)


def test_a_done_job_is_not_done_again(work):
    job = queue()

    assert [api.run(job.pk), api.run(job.pk)] == [True, False]

    job.refresh_from_db()
    assert (job.state, job.attempts, len(work)) == (State.DONE, 1, 1)
    assert job.done_at


def test_of_two_takers_who_read_the_same_row_one_gets_it(work):
    pk = queue().pk
    first, second = Job.objects.get(pk=pk), Job.objects.get(pk=pk)
    first.take(NOW)
    with pytest.raises(IllegalMove):
        second.take(NOW)


@pytest.mark.django_db(transaction=True)
def test_eight_takers_at_once_do_the_job_once(work):
    pk = queue().pk
    start, gained = Barrier(8), []

    def take():
        start.wait()
        try:
            gained.append(api.run(pk))
        finally:
            connection.close()

    takers = [Thread(target=take) for _ in range(8)]
    for taker in takers:
        taker.start()
    for taker in takers:
        taker.join()

    assert sorted(gained) == [False] * 7 + [True]
    assert len(work) == 1


def test_a_held_job_is_free_again_when_the_lease_ends(work):
    job = queue()
    job.take(timezone.now())
    assert not api.run(job.pk)

    let_pass(job, LEASE)

    assert api.run(job.pk)
    job.refresh_from_db()
    assert job.attempts == 2


def test_a_taker_whose_lease_ended_cannot_settle_the_job_of_the_next_one(work):
    late = queue()
    late.take(timezone.now())
    let_pass(late, LEASE)
    held = Job.objects.get(pk=late.pk)
    held.take(timezone.now())

    late.refresh_from_db(fields=["state"])
    with pytest.raises(IllegalMove):
        late.finish(NOW)
    with pytest.raises(IllegalMove):
        late.put_off("ValueError", NOW)


def test_a_job_is_settled_once(work):
    job = queue()
    job.take(timezone.now())
    also = Job.objects.get(pk=job.pk)
    job.finish(NOW)
    with pytest.raises(IllegalMove):
        also.put_off("ValueError", NOW)


def test_a_failing_job_waits_longer_each_time_and_is_given_up_after_the_eighth(broken):
    job = queue()
    waits = []
    for _ in range(MAX_ATTEMPTS):
        began = timezone.now()
        assert not api.run(job.pk)
        job.refresh_from_db()
        waits.append(job.run_after - began)
        let_pass(job, timedelta(days=2))

    assert [round(wait / timedelta(minutes=1)) for wait in waits[:4]] == [1, 5, 30, 120]
    assert MAX_ATTEMPTS == len(BACKOFF) + 1 == 8
    assert (job.state, job.attempts) == (State.FAILED, 8)
    assert not api.run(job.pk)


def test_of_an_exception_only_the_class_is_kept(broken, caplog):
    job = queue()
    api.run(job.pk)

    job.refresh_from_db()
    assert job.error == "ValueError"
    assert "ValueError" in caplog.text
    assert "patient" not in caplog.text


def test_a_job_that_kills_every_taker_is_given_up(work):
    job = queue()
    for _ in range(MAX_ATTEMPTS):
        let_pass(job, LEASE)
        Job.objects.get(pk=job.pk).take(timezone.now())
    let_pass(job, LEASE)

    assert not api.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.error, work) == (State.FAILED, "WorkerLost", [])


def test_a_job_of_a_kind_that_this_version_does_not_know_waits(work, monkeypatch):
    job = queue()
    monkeypatch.delitem(api._handlers, "work")

    assert not api.run(job.pk)

    job.refresh_from_db()
    assert (job.state, job.error) == (State.QUEUED, "UnknownKind")


def test_the_sweep_sends_what_nobody_took(work, monkeypatch):
    sent = []
    monkeypatch.setattr(broker, "send", sent.extend)
    fresh, stale, lost, done = (queue(str(n)) for n in range(4))
    lost.take(timezone.now())
    for job in (stale, lost):
        let_pass(job, LEASE)
    api.run(done.pk)

    assert api.sweep() == 2
    # Again at once: those messages are still under way.
    assert api.sweep() == 0

    assert sorted(sent) == sorted([stale.pk, lost.pk])
    assert fresh.pk not in sent


def test_a_sweep_that_meets_a_dead_broker_loses_nothing(work, monkeypatch):
    job = queue()
    let_pass(job, LEASE)

    def dead(ids):
        raise ConnectionRefusedError

    monkeypatch.setattr(broker, "send", dead)
    with pytest.raises(ConnectionRefusedError):
        api.sweep()
    sent = []
    monkeypatch.setattr(broker, "send", sent.extend)

    assert api.sweep() == 1
    assert sent == [job.pk]


def test_a_failed_job_starts_anew_when_somebody_mended_the_cause(work):
    job = queue()
    Job.objects.filter(pk=job.pk).update(state=State.FAILED, done_at=NOW, attempts=8, error="ValueError")
    job.refresh_from_db()

    job.revive(timezone.now())

    assert api.run_due() == 1
    job.refresh_from_db()
    assert (job.state, job.attempts, job.error) == (State.DONE, 1, "")
