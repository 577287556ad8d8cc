"""Rows of a plan that build up: an activity week by week, a ladder rung by rung, a task in pieces, hours at work."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from . import build_up, return_to_work
from .models import LINE, NOTE, Plan, PlanRow


class BuildUp(PlanRow):
    """Graded activity as it was agreed: three measurements, where to begin, the goal and the weeks to it.

    `percent` is how far below the baseline the start lies; `starts_on` is the first day of the first week.
    """

    class Unit(models.TextChoices):
        MINUTES = "minutes", _("Minutes")
        METRES = "metres", _("Metres")
        STEPS = "steps", _("Steps")
        TIMES = "times", _("Times")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="build_ups")
    activity = models.CharField(max_length=LINE)
    unit = models.CharField(max_length=8, choices=Unit, default=Unit.MINUTES)
    first = models.FloatField()
    second = models.FloatField()
    third = models.FloatField()
    percent = models.PositiveSmallIntegerField(default=20)
    goal = models.PositiveIntegerField()
    weeks = models.PositiveSmallIntegerField()
    sessions = models.PositiveSmallIntegerField(default=build_up.FEWEST_SESSIONS)
    starts_on = models.DateField()

    class Meta(PlanRow.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__gte=20, percent__lte=30), name="build_up_starts_below"
            ),
            models.CheckConstraint(
                condition=Q(weeks__gte=1, weeks__lte=build_up.LONGEST), name="build_up_has_weeks"
            ),
            models.CheckConstraint(
                condition=Q(sessions__gte=build_up.FEWEST_SESSIONS, sessions__lte=build_up.MOST_SESSIONS),
                name="build_up_has_sessions",
            ),
        ]

    def __str__(self):
        return str(self.code)

    @property
    def schedule(self):
        """The build_up.Schedule of these numbers. Raises build_up.NotPossible."""
        return build_up.schedule(
            (self.first, self.second, self.third),
            self.goal,
            self.weeks,
            lower=self.percent / 100,
            sessions=self.sessions,
        )


class Rung(PlanRow):
    """One rung of the exposure ladder, the least frightening first. `not_now` is the practitioner's veto.

    `expects` is what the patient expects beforehand, `happened` what came of it. `calmer` None: not tried yet.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="rungs")
    text = models.CharField(max_length=LINE)
    expects = models.CharField(max_length=LINE, blank=True)
    happened = models.CharField(max_length=LINE, blank=True)
    done_on = models.DateField(null=True, blank=True)
    calmer = models.BooleanField(null=True, blank=True)
    not_now = models.BooleanField(default=False)

    def __str__(self):
        return str(self.code)


class ReturnToWork(PlanRow):
    """A proposal for going back to work in three steps; one on a plan. `replaced` are tasks that somebody else does."""

    class Shape(models.TextChoices):
        SHORTER_DAYS = return_to_work.Shape.SHORTER_DAYS.value, _("Shorter days")
        FEWER_DAYS = return_to_work.Shape.FEWER_DAYS.value, _("Fewer days")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="works")
    starts_on = models.DateField()
    hours = models.FloatField()  # of a usual week
    days = models.PositiveSmallIntegerField(default=5)
    weeks_per_step = models.PositiveSmallIntegerField(default=2)
    shape = models.CharField(max_length=12, choices=Shape, default=Shape.SHORTER_DAYS)
    replaced = models.CharField(max_length=NOTE, blank=True)

    class Meta(PlanRow.Meta):
        constraints = [models.UniqueConstraint(fields=["plan"], name="one_return_to_work")]

    def __str__(self):
        return str(self.code)

    @property
    def steps(self):
        """The steps of plans.return_to_work. Raises build_up.NotPossible."""
        return return_to_work.proposal(
            self.starts_on, self.hours, self.days, self.weeks_per_step, shape=self.shape
        )


class PacedTask(PlanRow):
    """A task in pieces: `minutes` in all, in blocks of `work` with `rest` between two, filled with `other`."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="paced_tasks")
    task = models.CharField(max_length=LINE)
    minutes = models.PositiveSmallIntegerField()
    work = models.PositiveSmallIntegerField(default=20)
    rest = models.PositiveSmallIntegerField(default=15)
    other = models.CharField(max_length=LINE, blank=True)

    def __str__(self):
        return str(self.code)

    @property
    def pacing(self):
        """The build_up.Pacing of these minutes. Raises build_up.NotPossible."""
        return build_up.pacing(self.minutes, self.work, self.rest)
