"""The job table: the queue of record. A broker only wakes it up and may lose every message."""

from datetime import timedelta

from django.db import models
from django.db.models import Q

LEASE = timedelta(seconds=60)
# How long a message may be under way before the sweep sends another one.
GRACE = timedelta(seconds=10)
# The wait after the first, second … failure; after the last one the job is tried once more and then failed.
# Together almost two days, so that a mail server that is down over a weekend evening loses nothing.
BACKOFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
)
MAX_ATTEMPTS = len(BACKOFF) + 1


class IllegalMove(Exception):
    """The job is not, or no longer, in the state that the move starts from."""


class JobQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state__in=(Job.State.QUEUED, Job.State.RUNNING))

    def takable(self, now):
        """Queued and due, or held by a taker whose lease ran out."""
        queued = Q(state=Job.State.QUEUED, run_after__lte=now)
        return self.filter(queued | Q(state=Job.State.RUNNING, lease_until__lte=now)).order_by(
            "wake_at", "pk"
        )

    def to_wake(self, now):
        """Takable, and nobody sent a message about it lately."""
        return self.takable(now).filter(wake_at__lte=now)


class Job(models.Model):
    """One piece of work, written in the transaction of its cause and done at least once after it.

    `ids` holds identifiers only; `attempts` counts the times it was taken and tells one taker from the next.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    NEXT = {
        State.QUEUED: {State.RUNNING},
        # running → running: a lease ran out and somebody else takes over.
        State.RUNNING: {State.RUNNING, State.QUEUED, State.DONE, State.FAILED},
        State.DONE: set(),
        # Only by a person who mended the cause.
        State.FAILED: {State.QUEUED},
    }

    kind = models.CharField(max_length=64)
    # A plain number: this table knows no practice, and outlives one only until it is swept up.
    practice_id = models.BigIntegerField(null=True, blank=True)
    ids = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    run_after = models.DateTimeField()
    wake_at = models.DateTimeField()
    unique_key = models.CharField(max_length=200, unique=True)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=100, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "wake_at"], name="job_to_wake")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="running", lease_until__isnull=False)
                | (~Q(state="running") & Q(lease_until__isnull=True)),
                name="job_running_means_leased",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("done", "failed"), done_at__isnull=False)
                | (~Q(state__in=("done", "failed")) & Q(done_at__isnull=True)),
                name="job_ended_means_dated",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.pk} ({self.state})"

    @property
    def worn_out(self):
        """Taken as often as a job may be; one more try is not made."""
        return self.attempts >= MAX_ATTEMPTS

    def take(self, now):
        """Hold the job until the lease ends. IllegalMove when another taker was faster."""
        until = now + LEASE
        self._move_to(self.State.RUNNING, attempts=self.attempts + 1, lease_until=until, wake_at=until)

    def finish(self, now):
        self._move_to(self.State.DONE, lease_until=None, done_at=now, error="")

    def put_off(self, error, now):
        """The try failed: queue it again with a growing wait, or give up after the last one."""
        if self.worn_out:
            self._move_to(self.State.FAILED, lease_until=None, done_at=now, error=error[:100])
            return
        due = now + BACKOFF[self.attempts - 1]
        self._move_to(self.State.QUEUED, lease_until=None, run_after=due, wake_at=due, error=error[:100])

    def revive(self, now):
        """A person mended the cause: a failed job starts again from its first attempt."""
        self._move_to(self.State.QUEUED, attempts=0, run_after=now, wake_at=now, done_at=None)

    def _move_to(self, target, **changes):
        # The WHERE on state and attempts settles races: whoever read an older row updates none.
        legal = target in self.NEXT[self.State(self.state)]
        row = Job.objects.filter(pk=self.pk, state=self.state, attempts=self.attempts)
        if not legal or not row.update(state=target, **changes):
            raise IllegalMove(f"{self.state} -> {target}")
        self.refresh_from_db()
