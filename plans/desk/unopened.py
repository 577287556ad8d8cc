"""Who got a link by mail and has not opened it: the desk calls, before the appointment comes."""

from django.db.models import F

from intake.models import Intake

from .lists import MOST


def not_opened(actor, now):
    """Ids of the intakes of `Intake.objects.not_opened`, who comes first on top. One query."""
    rows = Intake.objects.for_actor(actor).not_opened(now)
    first = F("appointment_at").asc(nulls_last=True)
    return list(rows.order_by(first, "pk").values_list("pk", flat=True)[:MOST])


def mark_not_opened(intakes, ids):
    """Let the rows of these intakes say so (rows.py, `progress`). No query."""
    ids = set(ids)
    for intake in intakes:
        intake.not_opened = intake.pk in ids
