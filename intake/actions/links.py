"""Links: made, opened with a birth date, withdrawn, ended."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from backup_plan_site.jobs.api import enqueue
from backup_plan_site.staff import audit
from backup_plan_site.staff.actors import Actor
from intake import tokens
from intake.models import Intake, Invitation, Notice
from intake.models.people import MAX_WRONG_BIRTH_DATES, SLIP_READABLE_FOR, IllegalMove

from .mailing import plan_reminder
from .notices import notify

# What a new link of a kind ends, where that is more than its own kind: both went to the same mailbox.
ENDS = {Invitation.Channel.EMAIL: (Invitation.Channel.EMAIL, Invitation.Channel.REMINDER)}


@transaction.atomic
def invite(actor, intake, channel):
    """A fresh link for `intake`; an open one of the same kind is withdrawn, with a mailed one that of its reminder.

    E-mails go out by the outbox, and so does the reminder where there is time for one.
    """
    # Two links made at the same moment take turns, so that the later one ends the earlier one.
    Intake.objects.select_for_update().get(pk=intake.pk)
    ends = ENDS.get(channel, (channel,))
    for old in Invitation.objects.for_actor(actor).filter(intake=intake, channel__in=ends, state="active"):
        old.revoke()
    token = tokens.new_token()
    invitation = Invitation.objects.create(
        practice_id=intake.practice_id,
        intake=intake,
        channel=channel,
        token_hash=tokens.token_hash(token),
        sealed_token=tokens.seal(token),
        created_by_id=actor.user_id,
    )
    if channel == Invitation.Channel.EMAIL:
        enqueue(
            "invitation-mail",
            practice_id=intake.practice_id,
            ids={"invitation": invitation.pk},
            unique_key=f"invitation-mail:{invitation.code}",
        )
        plan_reminder(intake)
    else:
        enqueue(
            "forget-slip",
            practice_id=intake.practice_id,
            ids={"invitation": invitation.pk},
            unique_key=f"forget-slip:{invitation.code}",
            run_after=timezone.now() + SLIP_READABLE_FOR,
        )
    audit.record(actor, "link.made", invitation, subject=intake.patient.code, channel=channel)
    return invitation


@transaction.atomic
def revoke(actor, invitation):
    """Withdraw a link at once. Raises IllegalMove when it has ended already."""
    invitation.revoke()
    audit.record(actor, "link.revoked", invitation, subject=invitation.intake.patient.code)


def find_link(token, now=None):
    """The invitation that this token opens at `now`, or None: unknown, expired, locked, revoked or finished alike."""
    found = (
        Invitation.objects.filter(token_hash__in=tokens.possible_hashes(token))
        .select_related("intake__patient", "practice")
        .first()
    )
    return found if found and found.works_at(now or timezone.now()) else None


@transaction.atomic
def open_link(invitation, birth_date):
    """The patient's Actor when the birth date is right, else None. The fifth wrong one locks and tells the desk."""
    rows = Invitation.objects.filter(pk=invitation.pk, state=Invitation.State.ACTIVE)
    actor = Actor.patient(practice_id=invitation.practice_id, intake_id=invitation.intake_id)
    intake = invitation.intake
    if birth_date == intake.patient.birth_date:
        if not rows.update(sealed_token="", first_used_at=invitation.first_used_at or timezone.now()):
            return None
        Intake.objects.filter(pk=intake.pk, opened_at=None).update(opened_at=timezone.now())
        audit.record(actor, "link.opened", invitation, subject=intake.patient.code)
        return actor
    # The counting is one statement, so that many guesses at the same moment are all counted.
    rows.update(wrong_birth_dates=F("wrong_birth_dates") + 1)
    invitation.refresh_from_db()
    audit.record(actor, "link.wrong-birth-date", invitation, subject=intake.patient.code)
    if invitation.state == Invitation.State.ACTIVE and invitation.wrong_birth_dates >= MAX_WRONG_BIRTH_DATES:
        invitation.lock()
        notify(actor, intake, Notice.Kind.LINK_LOCKED)
    return None


@transaction.atomic
def close_intake(actor, intake):
    """End an intake; its links end with it. Raises IllegalMove when it has ended already."""
    if not Intake.objects.filter(pk=intake.pk, closed_at=None).update(closed_at=timezone.now()):
        raise IllegalMove("closed -> closed")
    for invitation in intake.invitations.filter(state__in=("active", "locked")):
        invitation.finish()
    audit.record(actor, "intake.closed", intake, subject=intake.patient.code)
