"""What people of the practice decide about flags (clinical-brief B7), and what they note down."""

from django.db import transaction
from django.utils import timezone

from backup_plan_site.staff import audit
from intake import clearing
from intake.models import Clearance, Flag, PrivateNote, Screening
from intake.models.people import IllegalMove
from intake.screening import Urgency
from intake.standing import Decision, Standing

from .errors import NotAllowed
from .flags import settle_state


@transaction.atomic
def clear(actor, flag, reason, **details):
    """Clear one flag for one of the reasons that B7 gives it, by name and time.

    `details`: explanation, done_by, done_on, tests, talked_with_patient. Raises NotAllowed for anybody but a
    practitioner, for a reason that the class does not have, and for a detail that is missing; then nothing changes.
    """
    _practitioner_only(actor)
    flag = _fresh(actor, flag)
    reason = clearing.Reason(reason)
    if reason not in flag.reasons:
        raise NotAllowed(f"{reason} does not clear {flag.urgency}")
    if missing := clearing.missing_details(reason, Urgency(flag.urgency), details):
        raise NotAllowed("something must still be written down", fields=missing)
    flag.move_to(Decision.CLEARED)
    _decide(actor, flag, Clearance.Kind.CLEARED, reason.value, details)


@transaction.atomic
def refer(actor, flag, to, **details):
    """Send the patient on because of this flag. Raises NotAllowed as `clear` does."""
    _practitioner_only(actor)
    flag = _fresh(actor, flag)
    if not details.get("explanation", "").strip():
        raise NotAllowed("something must still be written down", fields=("explanation",))
    flag.move_to(Decision.REFERRED)
    _decide(actor, flag, Clearance.Kind.REFERRED, clearing.Referral(to).value, details)


@transaction.atomic
def not_reassured(actor, screening, explanation):
    """A practitioner's own doubt blocks a screening that was passed or cleared. It is cleared like a DAYS flag."""
    _practitioner_only(actor)
    if not explanation.strip():
        raise NotAllowed("something must still be written down", fields=("explanation",))
    _take_turns(screening.pk)
    screening.refresh_from_db()
    if screening.state not in (Standing.PASSED.value, Standing.CLEARED.value) or screening.sent_at is None:
        raise IllegalMove(f"{screening.state} -> not reassured")
    flag, made = Flag.objects.get_or_create(
        screening=screening,
        item=Flag.NOT_REASSURED,
        defaults={
            "practice_id": screening.practice_id,
            "urgency": Urgency.DAYS.value,
            "settled_urgency": Urgency.DAYS.value,
            "raised_by_id": actor.user_id,
            "explanation": explanation,
        },
    )
    if not made:
        flag.move_to(
            Decision.OPEN, raised_at=timezone.now(), raised_by_id=actor.user_id, explanation=explanation
        )
    audit.record(actor, "flag.not-reassured", flag, subject=screening.intake.patient.code)
    settle_state(screening)


@transaction.atomic
def add_note(actor, intake, text):
    """A note that only its author reads."""
    _practitioner_only(actor)
    note = PrivateNote.objects.create(
        practice_id=intake.practice_id, intake=intake, author_id=actor.user_id, text=text
    )
    audit.record(actor, "note.added", note, subject=intake.patient.code)


def _practitioner_only(actor):
    if not actor.clinical:
        raise NotAllowed("only a practitioner decides on a flag")


def _take_turns(screening_id):
    """Until the transaction ends nobody else answers or decides here: the state follows from all flags together."""
    Screening.objects.select_for_update().get(pk=screening_id)


def _fresh(actor, flag):
    """The flag as it is now; only of the actor's own practice."""
    _take_turns(flag.screening_id)
    found = (
        Flag.objects.for_actor(actor).select_related("screening__intake__patient").filter(pk=flag.pk).first()
    )
    if found is None:
        raise NotAllowed("not a flag of this practice")
    return found


def _decide(actor, flag, kind, reason, details):
    Clearance.objects.create(
        practice_id=flag.practice_id,
        flag=flag,
        kind=kind,
        urgency=flag.urgency,
        reason=reason,
        explanation=details.get("explanation", ""),
        done_by=details.get("done_by") or "",
        done_on=details.get("done_on"),
        tests=details.get("tests") or "",
        talked_with_patient=bool(details.get("talked_with_patient")),
        by_id=actor.user_id,
        by_name=actor.user_name,
    )
    audit.record(actor, f"flag.{kind}", flag, subject=flag.screening.intake.patient.code, reason=reason)
    settle_state(flag.screening)
