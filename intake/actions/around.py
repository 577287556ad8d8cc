"""The people around a patient: who fills in, on the practice's tablet, or together with the practitioner."""

import contextlib

from django.db import transaction
from django.utils import timezone

from backup_plan_site.staff import audit
from intake import tokens
from intake.models import Intake, Invitation, Respondent
from intake.models.people import IllegalMove

from .errors import NotAllowed
from .links import open_link


@transaction.atomic
def answer_as(actor, intake, *, who, way, helper_name="", relation="", patient_present=None):
    """Write down who fills in from now on, and return that row. Earlier rows stay with the answers they came with."""
    respondent = Respondent.objects.create(
        practice_id=intake.practice_id,
        intake=intake,
        who=who,
        way=way,
        helper_name=helper_name,
        relation=relation,
        patient_present=patient_present,
    )
    audit.record(actor, "respondent.named", respondent, subject=intake.patient.code, who=who, way=way)
    return respondent


@transaction.atomic
def put_on_tablet(actor, intake):
    """(invitation, code): a fresh code for the practice's tablet; the one before it ends.

    The code is returned here and nowhere again: only its keyed hash is stored.
    """
    code = _unused_code()
    invitation = _invite(actor, intake, Invitation.Channel.TABLET, tokens.code_hash(code))
    return invitation, code


def find_code(typed, now=None):
    """The invitation that a typed code opens at `now`, or None: unknown, too old, used and withdrawn alike."""
    return _on_tablet(now, token_hash__in=tokens.possible_code_hashes(tokens.plain_code(typed)))


def find_on_tablet(code, now=None):
    """The invitation whose code was typed before, while it may still be opened with the birth date; else None."""
    return _on_tablet(now, code=code)


@transaction.atomic
def open_on_tablet(invitation, birth_date):
    """As `open_link`, but once: whoever comes second with the same code gets None, also at the same moment."""
    if birth_date == invitation.intake.patient.birth_date:
        unused = Invitation.objects.filter(pk=invitation.pk, state="active", first_used_at=None)
        if not unused.update(first_used_at=timezone.now()):
            return None
    return open_link(invitation, birth_date)


@transaction.atomic
def put_down(actor, invitation):
    """The tablet was given back: its code has done its work. Ended before: that will do."""
    with contextlib.suppress(IllegalMove):
        invitation.finish()
        audit.record(actor, "tablet.put-down", invitation, subject=invitation.intake.patient.code)


@transaction.atomic
def sit_together(actor, intake):
    """(invitation, respondent) for filling in with the patient in the consult; it ends with the day.

    Raises NotAllowed for anybody but a practitioner of this practice.
    """
    if not actor.clinical or actor.practice_id != intake.practice_id:
        raise NotAllowed("only a practitioner fills in together with a patient")
    # Nobody ever holds this token: the practitioner's own session is the only way in.
    invitation = _invite(actor, intake, Invitation.Channel.CONSULT, tokens.token_hash(tokens.new_token()))
    respondent = Respondent.objects.create(
        practice_id=intake.practice_id,
        intake=intake,
        way=Respondent.Way.CONSULT,
        patient_present=True,
        staff_id=actor.user_id,
        staff_name=actor.user_name,
    )
    audit.record(actor, "consult.begun", respondent, subject=intake.patient.code)
    return invitation, respondent


def _invite(actor, intake, channel, token_hash):
    # As in `invite`: two made at the same moment take turns.
    Intake.objects.select_for_update().get(pk=intake.pk)
    for old in Invitation.objects.for_actor(actor).filter(intake=intake, channel=channel, state="active"):
        old.revoke()
    invitation = Invitation.objects.create(
        practice_id=intake.practice_id,
        intake=intake,
        channel=channel,
        token_hash=token_hash,
        created_by_id=actor.user_id,
    )
    audit.record(actor, "link.made", invitation, subject=intake.patient.code, channel=channel)
    return invitation


def _unused_code():
    """A code that no invitation has had: short codes come back sooner or later."""
    while True:
        code = tokens.new_code()
        if not Invitation.objects.filter(token_hash__in=tokens.possible_code_hashes(code)).exists():
            return code


def _on_tablet(now, **which):
    found = (
        Invitation.objects.filter(channel=Invitation.Channel.TABLET, first_used_at=None, **which)
        .select_related("intake__patient", "practice")
        .first()
    )
    return found if found and found.works_at(now or timezone.now()) else None
