"""Notices: what happened to an intake and waits until somebody of the practice has looked after it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from backup_plan_site.staff.actors import PracticeRow

from .people import Intake


class Notice(PracticeRow):
    """Something that happened to an intake and that a person of the practice should act on."""

    clinical = False

    class Kind(models.TextChoices):
        MISUNDERSTOOD = "misunderstood", _("Says that a question was misunderstood")
        LINK_LOCKED = "link-locked", _("Link locked after five wrong birth dates")
        MAIL_RETURNED = "mail-returned", _("The mail came back")
        NEW_OR_WORSE = "new-or-worse", _("Says that something is new or worse")
        WITHDRAWN = "withdrawn", _("Took back the consent to the care record")

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=15, choices=Kind)
    at = models.DateTimeField(auto_now_add=True)
    handled_at = models.DateTimeField(null=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["intake", "kind"], condition=Q(handled_at=None), name="one_open_notice_per_kind"
            )
        ]
        indexes = [models.Index(fields=["practice"], condition=Q(handled_at=None), name="notice_open")]

    def __str__(self):
        return self.kind
