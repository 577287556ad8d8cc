"""Which words of the method a practice has read and confirmed: who, when, and exactly which words."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from backup_plan_site.staff.actors import PracticeRow


class TextConfirmation(PracticeRow):
    """One decision of a practitioner on one entry of `plans.whole_method`. The latest row of a key counts.

    `fingerprint` is that of the words as they were read: when the words change, the confirmation no longer holds.
    """

    clinical = False
    append_only = ("update", "delete")

    class Kind(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        WITHDRAWN = "withdrawn", _("Confirmation withdrawn")

    key = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    version = models.CharField(max_length=64)
    kind = models.CharField(max_length=9, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["practice", "key"], name="confirmations_of_a_text")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["confirmed", "withdrawn"]), name="confirmed_or_withdrawn"
            ),
        ]

    def __str__(self):
        return f"{self.key} {self.kind}"
