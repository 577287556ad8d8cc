"""What a patient does: consent, page by page, reading the advice, sending."""

from django.db import transaction
from django.utils import timezone

from backup_plan_site.staff import audit
from intake.facts import Facts
from intake.models import Answer, Consent, Notice, Screening
from intake.models.people import IllegalMove
from intake.red_flags import red_flags
from intake.screening import RULES_VERSION, Urgency
from intake.standing import Decision

from .errors import Frozen, Stopped
from .flags import settle
from .notices import notify


@transaction.atomic
def give_consent(actor, intake, given, *, version, text_hash, language):
    """Write down each kind of consent with the words it was given to; begin the first screening with the care one."""
    for kind, yes in given.items():
        Consent.objects.create(
            practice_id=intake.practice_id,
            intake=intake,
            kind=kind,
            given=yes,
            text_version=version,
            text_hash=text_hash,
            language=language,
        )
    audit.record(actor, "consent.given", intake, subject=intake.patient.code)
    if given.get(Consent.Kind.CARE) and intake.screening is None:
        Screening.objects.create(
            practice_id=intake.practice_id,
            intake=intake,
            content_version=red_flags().name,
            rules_version=RULES_VERSION,
        )


@transaction.atomic
def save_page(actor, screening, page, values, *, respondent=None):
    """Add what changed to the answers, and raise at once what they raise.

    `values` maps keys to answers; `respondent` is who filled them in.
    Raises Frozen after sending, Stopped while a NOW flag stands open (a follow-up that
    is still to be answered excepted). Saving the same values again adds nothing.
    """
    # This row's lock makes two tabs take turns, and settles the race with sending.
    if not Screening.objects.filter(pk=screening.pk, sent_at=None).update(changed_at=timezone.now()):
        raise Frozen
    if must_stop(screening):
        raise Stopped
    latest = dict(screening.answers.order_by("pk").values_list("key", "value"))
    changed = {key: value for key, value in values.items() if key not in latest or latest[key] != value}
    Answer.objects.bulk_create(
        Answer(
            practice_id=screening.practice_id,
            screening=screening,
            key=key,
            value=value,
            respondent=respondent,
        )
        for key, value in changed.items()
    )
    audit.record(
        actor, "page.saved", screening, subject=screening.intake.patient.code, page=page, changed=len(changed)
    )
    settle(actor, screening, changed_keys=changed.keys())


def must_stop(screening):
    """Whether a NOW flag holds the patient back. One that waits for its follow-up question does not, yet."""
    flags = screening.flags.filter(urgency=Urgency.NOW.value).exclude(decision=Decision.CLEARED.value)
    return any(not flag.provisional for flag in flags)


@transaction.atomic
def send(actor, screening):
    """Send part A; from then on it is frozen. Raises Stopped or IllegalMove when something is still open."""
    # This row's lock comes first: what another tab saves at this moment is read below, or refused as frozen.
    unsent = Screening.objects.filter(pk=screening.pk, sent_at=None)
    if not unsent.update(sent_at=None):
        return  # Sent before: the same effect, once.
    if must_stop(screening):
        raise Stopped
    if not Facts.of(screening).complete:
        raise IllegalMove("incomplete -> sent")
    unsent.update(sent_at=timezone.now())
    screening.refresh_from_db()
    audit.record(actor, "part_a.sent", screening, subject=screening.intake.patient.code)


@transaction.atomic
def read_care(actor, screening, urgency):
    """The patient says that the advice of this urgency was read. It clears nothing."""
    screening.flags.filter(urgency=urgency.value, care_read_at=None).update(care_read_at=timezone.now())
    audit.record(actor, "care.read", screening, subject=screening.intake.patient.code, urgency=urgency.value)


@transaction.atomic
def say_misunderstood(actor, intake):
    """Tell the practice that the patient misread a question. It clears nothing."""
    notify(actor, intake, Notice.Kind.MISUNDERSTOOD)
