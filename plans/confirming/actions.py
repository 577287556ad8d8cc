"""What a practitioner does with a text after reading it: confirm it, or take that back. Atomic and audited.

Rows are added and never changed. Confirming what stands confirmed adds nothing, and neither does withdrawing what does
not: a second click is no second decision.
"""

from django.db import transaction

from backup_plan_site.staff import audit
from backup_plan_site.staff.models import Practice
from intake.actions import NotAllowed
from plans import whole_method
from plans.models import TextConfirmation

from .standing import State, standings

KIND = TextConfirmation.Kind


class OtherWords(Exception):
    """A text is not the one that was read: its words have changed since the page was opened, or it is gone."""


@transaction.atomic
def confirm(actor, seen):
    """Confirm the texts in `seen`, {key: fingerprint as read}: all of them, or none.

    Returns the rows that were added, in the order of `seen`. Raises NotAllowed for who is no practitioner, and
    OtherWords.
    """
    _practitioner(actor)
    entries = whole_method.entries()
    if any(key not in entries or entries[key].fingerprint != read for key, read in seen.items()):
        raise OtherWords
    _take_turns(actor)
    now = standings(actor)
    waiting = [entries[key] for key in seen if now[key].state is not State.CONFIRMED]
    return [_decide(actor, entry, KIND.CONFIRMED, "text.confirmed") for entry in waiting]


@transaction.atomic
def withdraw(actor, key):
    """Take back what the practice confirmed of one text. Returns the row that was added, or None.

    Raises NotAllowed for who is no practitioner, and OtherWords for a text that is gone.
    """
    _practitioner(actor)
    if key not in whole_method.entries():
        raise OtherWords
    _take_turns(actor)
    standing = standings(actor)[key]
    if standing.state not in (State.CONFIRMED, State.CHANGED):
        return None
    return _decide(actor, standing.entry, KIND.WITHDRAWN, "text.withdrawn")


def _practitioner(actor):
    if not actor.clinical:
        raise NotAllowed("only a practitioner confirms texts")


def _take_turns(actor):
    """Until the transaction ends nobody else of this practice decides on texts."""
    list(Practice.objects.select_for_update(no_key=True).filter(pk=actor.practice_id).values_list("pk"))


def _decide(actor, entry, kind, verb):
    row = TextConfirmation.objects.create(
        practice_id=actor.practice_id,
        key=entry.key,
        fingerprint=entry.fingerprint,
        version=entry.version,
        kind=kind,
        by_id=actor.user_id,
        by_name=actor.user_name,
    )
    audit.record(actor, verb, row, text=entry.key, version=entry.version)
    return row
