"""Part B of an intake: what the patient recognised and circled, and the practitioner's mark beside it.

Nothing here is counted. A missing answer is never a no: a glass that was never opened has no row.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from backup_plan_site.staff.actors import PracticeRow
from intake.models import Intake, Respondent

from .glasses import CONDITIONS, GLASSES

OWN_WORDS = 500


class Fills(models.TextChoices):
    """Whether this glass fills my bucket. '' is 'did not say', and is not a no."""

    YES = "yes", _("Yes")
    BIT = "bit", _("A bit")
    NO = "no", _("No")


class Size(models.TextChoices):
    """The patient's feeling about a chosen glass (clinical-brief A7)."""

    SMALL = "small", pgettext_lazy("glass", "small")
    MEDIUM = "medium", pgettext_lazy("glass", "ordinary")
    GIANT = "giant", pgettext_lazy("glass", "giant")


class GlassQuestionnaire(PracticeRow):
    """Part B of one intake. Begun, then sent; a sent one never changes."""

    patient_path = "intake"

    intake = models.OneToOneField(Intake, on_delete=models.PROTECT, related_name="glass_questionnaire")
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    lesson_read_at = models.DateTimeField(null=True)
    missing = models.TextField(max_length=OWN_WORDS, blank=True)  # 'What do I miss?'
    shelf_seen_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    def __str__(self):
        return f"{self.intake_id} {'sent' if self.sent_at else 'begun'}"


class Recognised(PracticeRow):
    """What a condition and a glass have in common: the statements that were recognised, in one content version.

    `recognised` holds statement ids in the order of the file. `nothing_fits` is an outspoken 'none of these fits me'.
    """

    recognised = models.JSONField(default=list, blank=True)
    nothing_fits = models.BooleanField(default=False)
    skipped = models.BooleanField(default=False)
    content_version = models.CharField(max_length=40)
    answered_at = models.DateTimeField(default=timezone.now)
    # Who filled this in; null only for answers from before this was asked.
    respondent = models.ForeignKey(Respondent, on_delete=models.PROTECT, null=True, related_name="+")
    # The practitioner who asked what a paper form or a patient had left blank; null: the patient's own answer.
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True


class ConditionAnswer(Recognised):
    """Hernia or arthrosis: may play a part beside the glasses. Not a diagnosis."""

    patient_path = "questionnaire__intake"

    questionnaire = models.ForeignKey(
        GlassQuestionnaire, on_delete=models.PROTECT, related_name="condition_answers"
    )
    condition = models.CharField(max_length=20, choices=[(key, key) for key in CONDITIONS])
    # Ids of the sentences about the bones that stand below arthrosis, in the order of the file.
    bones = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "condition"], name="condition_answered_once")
        ]

    def __str__(self):
        return self.condition


class GlassAnswer(Recognised):
    """One of the 13 glasses as the patient sees it."""

    patient_path = "questionnaire__intake"

    questionnaire = models.ForeignKey(
        GlassQuestionnaire, on_delete=models.PROTECT, related_name="glass_answers"
    )
    glass = models.CharField(max_length=20, choices=[(key, key) for key in GLASSES])
    filter_answer = models.CharField(
        max_length=3, blank=True
    )  # 'yes' or 'no' where the glass has a filter question
    fills = models.CharField(max_length=3, choices=Fills, blank=True)
    size = models.CharField(max_length=6, choices=Size, default=Size.MEDIUM)
    compensated = models.BooleanField(default=False)
    own_words = models.TextField(max_length=OWN_WORDS, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "glass"], name="glass_answered_once"),
            models.CheckConstraint(
                condition=~Q(skipped=True) | Q(fills=""), name="skipped_glass_says_nothing"
            ),
        ]

    def __str__(self):
        return self.glass

    @property
    def chosen(self):
        """Whether the patient circled this glass."""
        return self.fills in (Fills.YES, Fills.BIT)


class PractitionerMark(PracticeRow):
    """What a practitioner thinks of one glass, beside the patient's answer and never over it. The latest one counts."""

    append_only = ("update", "delete")

    class Opinion(models.TextChoices):
        PLAYS = "plays", _("Plays a part")
        NOT_NOW = "not-now", _("Plays no part now")
        ASK = "ask", _("Come back to this")

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="glass_marks")
    glass = models.CharField(max_length=20, choices=[(key, key) for key in GLASSES])
    opinion = models.CharField(max_length=8, choices=Opinion)
    note = models.TextField(max_length=OWN_WORDS, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["intake", "glass", "id"], name="mark_latest")]

    def __str__(self):
        return f"{self.glass}: {self.opinion}"
