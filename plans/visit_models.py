"""Visits of one intake, and what people chose to do when the fourth was not halfway."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backup_plan_site.staff.actors import PracticeRow
from intake.models import Intake

from .visits import MOST, Treatment

NOTE = 500
EXPLANATION = 2000


class Visit(PracticeRow):
    """One treatment. Its number is its place among the intake's visits by day, and is kept nowhere.

    `better` and `worse` compare with before the first treatment; neither means that it was not asked.
    """

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="visits")
    on = models.DateField()
    better = models.PositiveSmallIntegerField(null=True, blank=True)
    worse = models.BooleanField(default=False)
    note = models.TextField(max_length=NOTE, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["intake", "on"]
        constraints = [
            models.UniqueConstraint(fields=["intake", "on"], name="one_visit_a_day"),
            models.CheckConstraint(
                condition=Q(better=None) | Q(better__gte=0, better__lte=MOST), name="better_is_a_percentage"
            ),
            models.CheckConstraint(condition=Q(better=None) | Q(worse=False), name="better_or_worse"),
        ]

    def __str__(self):
        return f"visit of {self.on}"

    @property
    def treatment(self) -> Treatment:
        """What the 4/50 rule reads of it."""
        return Treatment(self.better, self.worse)

    @property
    def seen(self):
        """What a form that changes this visit says it had seen."""
        return self.changed_at.isoformat()


class VisitChoice(PracticeRow):
    """What was decided when the fourth visit was not halfway. It closes that task, once and by name."""

    append_only = ("update", "delete")

    class Step(models.TextChoices):
        LISTS = "lists", _("The safety questions were gone through again")
        EXAMINATION = "examination", _("The examination was done again")
        GLASSES = "glasses", _("The glasses were opened again")
        REFERRED = "referred", _("Referred")

    intake = models.OneToOneField(Intake, on_delete=models.PROTECT, related_name="visit_choice")
    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, related_name="choice")
    steps = models.JSONField()
    explanation = models.TextField(max_length=EXPLANATION)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(steps=[]), name="choice_names_a_step"),
            models.CheckConstraint(condition=~Q(explanation=""), name="choice_is_explained"),
        ]

    def __str__(self):
        return ", ".join(self.steps)

    @property
    def step_words(self):
        """What was done, in words and in one order."""
        return [step.label for step in self.Step if step.value in self.steps]
