"""What the other apps use: `enqueue` in the transaction of the cause, `@handler` for the work itself.

A handler runs at least once: a worker may be killed after the effect and before the row says done.
So it looks first whether its work is already there, and it opens its own short transactions.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from . import broker
from .models import GRACE, IllegalMove, Job

logger = logging.getLogger("backup_plan_site.jobs")

Handler = Callable[[dict], None]
_handlers: dict[str, Handler] = {}

LONGEST_ID = 64
SWEEP_BATCH = 500
RESEND_AFTER = 6 * GRACE


class NotInTransaction(RuntimeError):
    """A job outside the transaction of its cause could be lost, or done for something that never happened."""


class UnknownKind(LookupError):
    """No handler is registered under this name."""


def handler(kind: str) -> Callable[[Handler], Handler]:
    """Registers `fn(ids) -> None` for one kind. The app that owns it imports the module in AppConfig.ready."""

    def register(fn: Handler) -> Handler:
        known = _handlers.setdefault(kind, fn)
        if (known.__module__, known.__qualname__) != (fn.__module__, fn.__qualname__):
            raise ValueError(f"two handlers for {kind!r}")
        return fn

    return register


def enqueue(
    kind: str,
    *,
    practice_id: int | None,
    ids: dict,
    unique_key: str,
    run_after: datetime | None = None,
) -> Job:
    """The job with this `unique_key`, written now and sent on commit; one that exists is left as it is.

    Raises NotInTransaction outside an atomic block, UnknownKind, and ValueError for anything in `ids` that is
    not an identifier.
    """
    if not _in_transaction():
        raise NotInTransaction(kind)
    if kind not in _handlers:
        raise UnknownKind(kind)
    now = timezone.now()
    due = max(run_after or now, now)
    job, created = Job.objects.get_or_create(
        unique_key=unique_key,
        defaults={
            "kind": kind,
            "practice_id": practice_id,
            "ids": _only_ids(ids),
            "run_after": due,
            # What is sent on commit needs the sweep only when that message was lost.
            "wake_at": due if due > now else now + GRACE,
            "created_at": now,
        },
    )
    if created and due <= now:
        transaction.on_commit(partial(broker.wake, job.pk), robust=True)
    return job


def run(job_id: int) -> bool:
    """Takes the job if it is due and free, and does it; True when it is now done.

    Losing the race for it, or an exception in the handler, is False and no exception.
    """
    if _in_transaction():
        raise RuntimeError("a handler must not run inside somebody's transaction")
    job = _taken(job_id)
    if job is None:
        return False
    try:
        _handler_of(job)(dict(job.ids))
    except Exception as error:
        # The class name only: messages of exceptions quote what people typed.
        name = type(error).__name__
        logger.warning("job %s (%s), attempt %s: %s", job.pk, job.kind, job.attempts, name)
        return _settled(lambda: job.put_off(name, timezone.now())) and False
    return _settled(lambda: job.finish(timezone.now()))


def sweep(now: datetime | None = None) -> int:
    """Sends again what is due and was not sent, or lost its worker; the number of messages sent.

    Raises what the broker raises; rows that were not sent stay as they are for the next sweep.
    """
    now = now or timezone.now()
    pending = list(Job.objects.to_wake(now).values_list("pk", "attempts")[:SWEEP_BATCH])
    if not pending:
        return 0
    broker.send([pk for pk, _ in pending])
    for pk, attempts in pending:
        # A job that was taken meanwhile has its own, later wake_at.
        Job.objects.filter(pk=pk, attempts=attempts).update(wake_at=now + RESEND_AFTER)
    return len(pending)


def run_due(now: datetime | None = None) -> int:
    """Does everything that is due in this process, without broker or worker; the number of jobs done."""
    due = Job.objects.takable(now or timezone.now()).values_list("pk", flat=True)
    return sum(run(pk) for pk in list(due))


def _taken(job_id):
    now = timezone.now()
    job = Job.objects.takable(now).filter(pk=job_id).first()
    if job is None:
        return None
    if job.worn_out:
        # Every taker died on it. It is not tried until it takes down a ninth one.
        _settled(lambda: job.put_off("WorkerLost", now))
        return None
    return job if _settled(lambda: job.take(now)) else None


def _settled(move):
    try:
        move()
    except IllegalMove:
        return False
    return True


def _handler_of(job):
    if job.kind not in _handlers:
        raise UnknownKind(job.kind)
    return _handlers[job.kind]


def _in_transaction():
    # The transaction that a test case wraps around everything is not one of the code's own.
    return any(not getattr(block, "_from_testcase", False) for block in connection.atomic_blocks)


def _only_ids(ids):
    return {_checked(key): _checked(value) for key, value in ids.items()}


def _checked(value):
    if isinstance(value, UUID):
        return str(value)
    if value is None or isinstance(value, int) or (isinstance(value, str) and len(value) <= LONGEST_ID):
        return value
    raise ValueError("a job carries identifiers only: numbers, UUIDs or short keys")
