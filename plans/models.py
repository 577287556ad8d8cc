"""The Back-Up Plan: one working copy per intake, and the numbered copies that were released from it.

The working copy names content by id and may change; a Release holds every word as it was given to the patient and never
changes. A correction is a new Release that names the one before it.
"""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backup_plan_site.staff.actors import PracticeRow
from intake.models import Intake, Screening
from intake.standing import GATE_OPEN
from triggers.glasses import CONDITIONS, GLASSES
from triggers.models import Fills, Size

from .plan_copy import PlanCopy, from_json

LINE = 200  # characters of one line on paper
NOTE = 500


class Stage(models.TextChoices):
    """Where the patient is with exercising (exercises.filters.STAGES); the next one when this one feels fine."""

    RELIEVE = "relieve", _("Relieve")
    STRONG = "strong", _("Regain strength and mobility")
    MAINTAIN = "maintain", _("Maintain and prevent")


class Plan(PracticeRow):
    """The working copy of one intake's plan. `changed_by_name` tells a second practitioner who was here last."""

    patient_path = None

    intake = models.OneToOneField(Intake, on_delete=models.PROTECT, related_name="plan")
    cautions = models.JSONField(default=list, blank=True)
    stage = models.CharField(max_length=8, choices=Stage, default=Stage.RELIEVE)
    ladder_closed_by = models.JSONField(default=list, blank=True)  # of plans.ladder.REASONS
    worksheets = models.JSONField(default=list, blank=True)  # ids of plans.guides
    note = models.TextField(max_length=NOTE, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by_name = models.CharField(max_length=200, blank=True)

    def __str__(self):
        return f"plan of {self.intake_id}"

    @property
    def latest_release(self):
        """The release that counts, or None. One query."""
        return self.releases.order_by("-number").first()


class PlanRow(PracticeRow):
    """A row of a working copy, in an order that people choose."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="%(class)ss")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]


class PlanGlass(PlanRow):
    """A glass on the plan, with the tips that were chosen. `doing` is what the patient does about it already."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="glasses")
    glass = models.CharField(max_length=20, choices=[(key, key) for key in GLASSES])
    fills = models.CharField(max_length=3, choices=Fills, default=Fills.YES)
    size = models.CharField(max_length=6, choices=Size, default=Size.MEDIUM)
    compensated = models.BooleanField(default=False)
    doing = models.CharField(max_length=NOTE, blank=True)
    tips = models.JSONField(default=list, blank=True)
    own_tip = models.CharField(max_length=LINE, blank=True)
    helpers = models.JSONField(default=list, blank=True)  # keys of the practice's own helpers nearby
    who_helps = models.BooleanField(default=False)  # the glass's own words about who can help go on paper

    class Meta(PlanRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["plan", "glass"], name="plan_glass_once"),
            models.CheckConstraint(condition=~Q(fills=Fills.NO), name="plan_glass_is_chosen"),
        ]

    def __str__(self):
        return self.glass


class PlanCondition(PlanRow):
    """Hernia or arthrosis, which may play a part."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="conditions")
    condition = models.CharField(max_length=20, choices=[(key, key) for key in CONDITIONS])
    tips = models.JSONField(default=list, blank=True)

    class Meta(PlanRow.Meta):
        constraints = [models.UniqueConstraint(fields=["plan", "condition"], name="plan_condition_once")]

    def __str__(self):
        return self.condition


class Strength(PlanRow):
    """What already goes well, as one sentence in the patient's language. `glass` says where it came from, or ''."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="strengths")
    text = models.CharField(max_length=NOTE)
    glass = models.CharField(max_length=20, blank=True)

    def __str__(self):
        return str(self.code)


class Hanging(PlanRow):
    """Something that hangs on a glass, a condition, a strength or step 3 (keep moving); on nothing it may not stand.

    `hangs_key` is the glass, the condition or the strength's code; '' for step 3.
    """

    class On(models.TextChoices):
        GLASS = "glass", _("a glass")
        CONDITION = "condition", _("a condition")
        STRENGTH = "strength", _("what goes well")
        MOVING = "moving", _("keep moving")

    hangs_on = models.CharField(max_length=9, choices=On)
    hangs_key = models.CharField(max_length=40, blank=True)

    class Meta(PlanRow.Meta):
        abstract = True


class BucketlistItem(Hanging):
    """One small, concrete habit. `after` and `do` read as one sentence; `begins` is False for 'later'.

    `nudge` is what the patient sees that reminds them, `small` the version of it for a bad day.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="habits")
    after = models.CharField(max_length=LINE)
    do = models.CharField(max_length=LINE)
    where = models.CharField(max_length=LINE, blank=True)
    how_often = models.CharField(max_length=LINE)
    small = models.CharField(max_length=LINE, blank=True)
    nudge = models.CharField(max_length=LINE, blank=True)
    with_whom = models.CharField(max_length=LINE, blank=True)
    reward = models.CharField(max_length=LINE, blank=True)
    begins = models.BooleanField(default=False)
    tip = models.CharField(max_length=60, blank=True)

    class Meta(Hanging.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(hangs_on="moving") | ~Q(hangs_key=""), name="habit_hangs_on_something"
            ),
            models.UniqueConstraint(
                fields=["plan", "tip"], condition=~Q(tip=""), name="tip_is_one_habit_at_most"
            ),
        ]

    def __str__(self):
        return str(self.code)


class PlanExercise(Hanging):
    """An exercise of the library, with the dose that was agreed."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="exercises")
    exercise = models.CharField(max_length=40)
    dose = models.CharField(max_length=LINE)

    class Meta(Hanging.Meta):
        constraints = [
            models.UniqueConstraint(fields=["plan", "exercise"], name="plan_exercise_once"),
            models.CheckConstraint(
                condition=Q(hangs_on="moving") | ~Q(hangs_key=""), name="exercise_hangs_on_something"
            ),
        ]

    def __str__(self):
        return self.exercise


def new_token():
    """32 letters that nobody guesses."""
    return secrets.token_urlsafe(24)


class Release(PracticeRow):
    """A numbered copy that was given to the patient. `screening_state` is what the gate said at that moment."""

    append_only = ("update", "delete")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveSmallIntegerField()
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    copy = models.JSONField()
    copy_hash = models.CharField(max_length=64)
    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="+")
    screening_state = models.CharField(max_length=12)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["plan", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="release_number_once"),
            models.CheckConstraint(
                condition=Q(number=1, corrects=None) | Q(number__gt=1, corrects__isnull=False),
                name="correction_names_what_it_corrects",
            ),
            models.CheckConstraint(
                condition=Q(screening_state__in=sorted(state.value for state in GATE_OPEN)),
                name="release_only_with_the_gate_open",
            ),
        ]

    def __str__(self):
        return f"{self.plan_id} version {self.number}"

    @property
    def token(self):
        """What opens the exercises of this release, or '' for one that was given without such a page."""
        link = ExerciseLink.objects.filter(release=self).first()
        return link.token if link else ""

    @property
    def plan_copy(self) -> PlanCopy:
        """What was released, word for word."""
        return from_json(self.copy)


class ExerciseLink(PracticeRow):
    """The address, on paper, at which the exercises of one release move. It says nothing of whose they are."""

    append_only = ("update", "delete")

    release = models.OneToOneField(Release, on_delete=models.PROTECT, related_name="exercise_link")
    token = models.CharField(max_length=43, unique=True, default=new_token)

    def __str__(self):
        return str(self.code)


class Document(PracticeRow):
    """The PDF of one release: where it lies under the data folder, and what it must hash to."""

    append_only = ("update",)

    release = models.OneToOneField(Release, on_delete=models.PROTECT, related_name="document")
    name = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()  # bytes
    at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return str(self.code)


from .building_models import BuildUp, PacedTask, ReturnToWork, Rung  # noqa: E402,F401
from .confirming_models import TextConfirmation  # noqa: E402,F401
from .own_models import GivenPhoto, OwnItem, OwnPhoto, OwnVersion  # noqa: E402,F401
from .visit_models import Visit, VisitChoice  # noqa: E402,F401
