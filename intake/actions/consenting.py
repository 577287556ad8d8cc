"""Consent after the first time: the free ones may change, and the care record may be taken back."""

import contextlib

from django.db import transaction

from backup_plan_site.staff import audit
from intake.consents import standing
from intake.models import Consent, Intake, Invitation, Notice
from intake.models.people import IllegalMove

from .notices import notify


@transaction.atomic
def change_consent(actor, intake, given, *, version, text_hash, language):
    """Write down what changed of the free kinds; `given` is {kind: yes or no}. What stays as it was adds no row.

    Raises ValueError for the care record, which is taken back and not changed.
    """
    if Consent.Kind.CARE in given:
        raise ValueError("the care record is taken back by its own verb")
    _take_turns(intake)
    now = standing(Consent.objects.for_actor(actor).filter(intake=intake))
    changed = {kind: yes for kind, yes in given.items() if kind not in now or now[kind].given != yes}
    for kind, yes in changed.items():
        _write(intake, kind, yes, version, text_hash, language)
    if changed:
        audit.record(actor, "consent.changed", intake, subject=intake.patient.code, kinds=sorted(changed))


@transaction.atomic
def withdraw_consent(actor, intake, *, version, text_hash, language):
    """Take back the consent to the care record: every link of this intake ends, and the practice is told.

    What was sent and what the law makes the practice keep stays. A second time changes nothing.
    """
    _take_turns(intake)
    now = standing(Consent.objects.for_actor(actor).filter(intake=intake))
    if Consent.Kind.CARE not in now or not now[Consent.Kind.CARE].given:
        return
    for kind in (Consent.Kind.CARE, *(kind for kind in now if kind != Consent.Kind.CARE and now[kind].given)):
        _write(intake, kind, False, version, text_hash, language)
    for link in Invitation.objects.for_actor(actor).filter(
        intake=intake, state__in=(Invitation.State.ACTIVE, Invitation.State.LOCKED)
    ):
        with contextlib.suppress(IllegalMove):  # The desk ended it at this very moment: that will do.
            link.finish()
    notify(actor, intake, Notice.Kind.WITHDRAWN)
    audit.record(actor, "consent.withdrawn", intake, subject=intake.patient.code)


def _take_turns(intake):
    """Until the transaction ends nobody else changes consent here: two tabs take turns."""
    Intake.objects.select_for_update().get(pk=intake.pk)


def _write(intake, kind, yes, version, text_hash, language):
    Consent.objects.create(
        practice_id=intake.practice_id,
        intake=intake,
        kind=kind,
        given=yes,
        text_version=version,
        text_hash=text_hash,
        language=language,
    )
