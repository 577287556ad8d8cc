"""Mails with a link: the one reminder before an appointment, and mails that came back."""

import zoneinfo

from django.db import transaction
from django.utils import timezone

from backup_plan_site.jobs.api import enqueue
from backup_plan_site.staff import audit
from backup_plan_site.staff.actors import Actor
from intake import reminders, tokens
from intake.journey import part_b_is_sent
from intake.models import Consent, Intake, Invitation, Notice
from intake.standing import LET_THROUGH, Standing

from .answering import must_stop
from .notices import notify

EMAIL, REMINDER = Invitation.Channel.EMAIL, Invitation.Channel.REMINDER
OPEN = (Invitation.State.ACTIVE, Invitation.State.LOCKED)


@transaction.atomic
def plan_reminder(intake):
    """Queue the reminder of the appointment as it stands now; the job, or None when there is nothing to remind of.

    The job of an earlier appointment stays where it is: when it runs it finds that the appointment has moved.
    """
    intake = Intake.objects.select_related("practice").get(pk=intake.pk)
    if intake.appointment_at is None or _mailed_link(intake) is None:
        return None
    due = reminders.when(intake.appointment_at, timezone.now(), zone_of(intake))
    return queue_reminder(intake, _stamp(intake.appointment_at), due) if due else None


def queue_reminder(intake, appointment, due, *, again=False):
    """One job per appointment; with `again` one more, for a mail that may not go out at this hour."""
    key = f"reminder:{intake.code}:{appointment}"
    return enqueue(
        "reminder",
        practice_id=intake.practice_id,
        ids={"intake": intake.pk, "appointment": appointment},
        unique_key=f"{key}:{_stamp(due)}" if again else key,
        run_after=due,
    )


@transaction.atomic
def reminder_link(intake, appointment):
    """The link that the reminder of this appointment carries, or None when nobody is to be reminded any more.

    A try that failed has left its link behind: the next one sends that one, so that nobody ever gets two.
    """
    # This row's lock comes first: a link that is made or withdrawn at this moment is seen, or waits.
    intake = Intake.objects.select_for_update().get(pk=intake.pk)
    if not _is_due(intake, appointment, timezone.now()):
        return None
    links = intake.invitations.filter(channel=REMINDER, state=Invitation.State.ACTIVE)
    return links.exclude(sealed_token="").first() or _fresh(intake)


@transaction.atomic
def mail_returned(invitation):
    """Nobody gets mail at this address: the desk is told, once. False when that was known already.

    A link that was opened meanwhile, or that has ended, gives nobody anything to do.
    """
    rows = Invitation.objects.filter(pk=invitation.pk, returned_at=None)
    if not rows.update(returned_at=timezone.now(), sealed_token=""):
        return False
    if invitation.state in OPEN and invitation.first_used_at is None:
        notify(Actor.system(invitation.practice_id), invitation.intake, Notice.Kind.MAIL_RETURNED)
    return True


def zone_of(intake):
    """The time zone of the practice."""
    return zoneinfo.ZoneInfo(intake.practice.time_zone)


def _fresh(intake):
    token = tokens.new_token()
    link = Invitation.objects.create(
        practice_id=intake.practice_id,
        intake=intake,
        channel=REMINDER,
        token_hash=tokens.token_hash(token),
        sealed_token=tokens.seal(token),
    )
    system = Actor.system(intake.practice_id)
    audit.record(system, "link.made", link, subject=intake.patient.code, channel=REMINDER)
    return link


def _is_due(intake, appointment, now):
    """Whether this reminder may go out: all that can have happened since it was planned is asked here."""
    comes = intake.appointment_at is not None and _stamp(intake.appointment_at) == appointment
    if not comes or intake.appointment_at <= now or intake.closed_at or not intake.patient.email:
        return False
    first = _mailed_link(intake)
    if first is None or first.mailed_at is None or first.returned_at or _was_reminded(intake):
        return False
    return not _refused(intake) and not _nothing_to_do(intake)


def _mailed_link(intake):
    """The e-mailed link that is open, or None: withdrawn, locked, or ended because everything was sent."""
    return intake.invitations.filter(channel=EMAIL, state=Invitation.State.ACTIVE).first()


def _was_reminded(intake):
    """Whether a reminder left for this intake. One that was withdrawn while it waited did not."""
    sent = intake.invitations.filter(channel=REMINDER)
    return any(link.mailed_at or link.returned_at or link.first_used_at for link in sent)


def _refused(intake):
    """Whether the patient said no to reminders, here or at an earlier complaint. Who was not asked yet did not."""
    said = Consent.objects.filter(intake__patient=intake.patient_id, kind=Consent.Kind.REMINDERS).last()
    return said is not None and not said.given


def _nothing_to_do(intake):
    """Whether all there is to send was sent, or the patient was told to seek help: no mail says 'go on' then."""
    screening = intake.screening
    if screening is None:
        return False
    if not screening.sent_at:
        return must_stop(screening)
    return Standing(screening.state) not in LET_THROUGH or part_b_is_sent(intake)


def _stamp(moment):
    """An appointment as a job's ids hold it."""
    return int(moment.timestamp())
