"""A new round of the three lists (clinical-brief B7): something is new or worse, or the practice asks again."""

from django.db import transaction

from backup_plan_site.staff import audit
from intake.models import Flag, Intake, Notice, Screening
from intake.models.people import IllegalMove
from intake.models.screening import Because
from intake.red_flags import red_flags
from intake.screening import RULES_VERSION
from intake.standing import Decision

from .errors import NotAllowed
from .flags import settle_state
from .notices import notify


@transaction.atomic
def begin_round(actor, intake, because):
    """The next round of `intake`, empty but for the flags that nobody cleared yet. Until it is sent, no plan moves on.

    A patient begins one for their own intake because something is new or worse, and the practice is told. A
    practitioner begins one for every reason but the first. Raises NotAllowed for anybody else, and IllegalMove unless
    the latest round was sent and the intake is open.
    """
    because = Because(because)
    if not _may(actor, intake, because):
        raise NotAllowed(f"{actor.kind} begins no round because of {because}")
    # This row's lock makes two that begin at the same moment take turns; the number is unique besides.
    intake = Intake.objects.for_actor(actor).select_for_update().select_related("patient").get(pk=intake.pk)
    latest = Screening.objects.select_for_update().filter(intake=intake).order_by("-number").first()
    if intake.closed_at or latest is None or latest.sent_at is None:
        raise IllegalMove("a round begins only after one that was sent")
    begun = Screening.objects.create(
        practice_id=intake.practice_id,
        intake=intake,
        number=latest.number + 1,
        because=because,
        began_by_id=actor.user_id,
        content_version=red_flags().name,
        rules_version=RULES_VERSION,
    )
    _carry(latest, begun)
    if actor.kind == "patient":
        notify(actor, intake, Notice.Kind.NEW_OR_WORSE)
    audit.record(
        actor, "round.begun", begun, subject=intake.patient.code, number=begun.number, because=because.value
    )
    return begun


def _may(actor, intake, because):
    if actor.practice_id != intake.practice_id or because is Because.FIRST:
        return False
    if actor.kind == "patient":
        return actor.intake_id == intake.pk and because is Because.NEW_OR_WORSE
    return actor.clinical


def _carry(latest, begun):
    """What nobody cleared goes along: else a patient would clear it by answering no the second time."""
    Flag.objects.bulk_create(
        Flag(
            practice_id=begun.practice_id,
            screening=begun,
            item=flag.item,
            urgency=flag.urgency,
            settled_urgency=flag.urgency,
            rules=flag.rules,
            decision=flag.decision,
            raised_at=flag.raised_at,
            raised_by_id=flag.raised_by_id,
            explanation=flag.explanation,
            care_read_at=flag.care_read_at,
        )
        for flag in latest.flags.exclude(decision=Decision.CLEARED.value).order_by("pk")
    )
    settle_state(begun)
