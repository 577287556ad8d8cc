"""Notices: what a person of the practice should act on."""

from django.db import transaction
from django.utils import timezone

from backup_plan_site.staff import audit
from intake.models import Notice


def notify(actor, intake, kind):
    Notice.objects.get_or_create(
        intake=intake, kind=kind, handled_at=None, defaults={"practice_id": intake.practice_id}
    )
    audit.record(actor, f"notice.{kind}", intake, subject=intake.patient.code)


@transaction.atomic
def handle_notice(actor, notice):
    """Take a notice off the list, with name and time."""
    Notice.objects.filter(pk=notice.pk, handled_at=None).update(
        handled_at=timezone.now(), handled_by_id=actor.user_id
    )
    audit.record(actor, "notice.handled", notice, subject=notice.intake.patient.code)
