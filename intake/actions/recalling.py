"""Looking up what the same patient told before."""

from django.utils import timezone

from backup_plan_site.staff import audit
from backup_plan_site.staff.actors import Actor
from intake.earlier import LASTING, Earlier
from intake.models import Answer, Screening

from .errors import NotAllowed


def earlier(actor, intake, screening):
    """The Earlier of this patient: the lasting facts of the round sent last before `screening`; None without one.

    A link opens one intake and no other, so `for_actor` cannot answer this. Who holds the link and knows the date of
    birth of this very patient is shown these named facts and nothing else of what was sent; each time is written in
    the trail. Raises NotAllowed for anybody but who holds the link of this intake.
    """
    if actor.kind != "patient" or actor.intake_id != intake.pk:
        raise NotAllowed("only who holds the link of this intake is told what was said before")
    looking = Actor.system(actor.practice_id)
    before = (
        Screening.objects.for_actor(looking)
        .filter(intake__patient=intake.patient_id, sent_at__isnull=False)
        .exclude(pk=screening.pk)
        .order_by("-sent_at")
        .first()
    )
    if before is None:
        return None
    rows = Answer.objects.for_actor(looking).filter(screening=before, key__in=LASTING).order_by("pk")
    facts = {key: value for key, value in rows.values_list("key", "value") if value is not None}
    audit.record(actor, "earlier.shown", screening, subject=intake.patient.code, keys=list(facts))
    return Earlier(timezone.localdate(before.sent_at), facts)
