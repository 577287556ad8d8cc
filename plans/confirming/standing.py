"""How the texts stand in one practice: confirmed by whom and when, changed since, withdrawn, or waiting."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from plans import whole_method
from plans.models import TextConfirmation
from plans.text_walk import Entry


class State(StrEnum):
    """PROJECT: its file says that it is confirmed. CHANGED: other words than those that were confirmed."""

    CONFIRMED = "confirmed"
    PROJECT = "project"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Standing:
    """One entry in one practice, with the name and the moment of the decision that counts, if there is one."""

    entry: Entry
    state: State
    by_name: str = ""
    at: datetime | None = None

    @property
    def confirmed(self):
        return self.state in (State.CONFIRMED, State.PROJECT)


def standings(actor):
    """{key: Standing} of every entry. One query."""
    rows = TextConfirmation.objects.for_actor(actor).order_by("pk")
    latest = {row.key: row for row in rows.defer("practice", "by")}
    return {key: _standing(entry, latest.get(key)) for key, entry in whole_method.entries().items()}


def confirmed_keys(actor):
    """The keys of the entries that need no mark for this person's practice. One query."""
    return frozenset(key for key, one in standings(actor).items() if one.confirmed)


def history(actor, entry):
    """Every decision on one entry, newest first. One query."""
    return TextConfirmation.objects.for_actor(actor).filter(key=entry.key).order_by("-pk")


def _standing(entry, row):
    if row is None:
        return Standing(entry, State.PROJECT if entry.confirmed else State.WAITING)
    if row.kind == TextConfirmation.Kind.WITHDRAWN:
        state = State.WITHDRAWN
    else:
        state = State.CONFIRMED if row.fingerprint == entry.fingerprint else State.CHANGED
    return Standing(entry, state, row.by_name, row.at)
