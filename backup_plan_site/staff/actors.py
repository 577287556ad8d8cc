"""Who asks, and which rows that person may see: the only door to rows that belong to a practice."""

import uuid
from dataclasses import dataclass
from typing import ClassVar

from django.db import models

from .roles import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody, or something, that acts inside one practice. Made by the server, never from a request."""

    kind: str  # "staff", "patient" or "system"
    practice_id: int | None
    user_id: int | None = None
    roles: frozenset[str] = frozenset()
    intake_id: int | None = None
    user_name: str = ""
    practice_name: str = ""

    @property
    def clinical(self):
        """True when answers, flags and plans may be read: a practitioner of this practice."""
        return self.kind == "staff" and Role.PRACTITIONER.value in self.roles

    def has(self, *roles):
        """True when this actor holds at least one of `roles`."""
        return not self.roles.isdisjoint(Role(role).value for role in roles)

    @classmethod
    def staff(cls, memberships):
        """The actor for one person's running memberships of one practice. `memberships` is never empty."""
        memberships = list(memberships)
        first = memberships[0]
        if len({(row.user_id, row.practice_id) for row in memberships}) != 1:
            raise ValueError("An actor is one person in one practice.")
        return cls(
            kind="staff",
            practice_id=first.practice_id,
            user_id=first.user_id,
            roles=frozenset(str(row.role) for row in memberships),
            user_name=first.user.get_full_name(),
            practice_name=first.practice.name,
        )

    @classmethod
    def patient(cls, *, practice_id, intake_id, practice_name=""):
        """The actor for who holds a link: one intake of one practice."""
        return cls(kind="patient", practice_id=practice_id, intake_id=intake_id, practice_name=practice_name)

    @classmethod
    def system(cls, practice_id=None):
        """The application itself, as in a job. Without a practice it records, but sees no row."""
        return cls(kind="system", practice_id=practice_id)


class ActorQuerySet(models.QuerySet):
    """Rows of a practice, to be reached by `for_actor` and by nothing else."""

    def for_actor(self, actor):
        """The rows this actor may see. Nobody, or somebody without a practice, sees none.

        Staff: every row of the practice, of a clinical model only when the actor is clinical. Patient: the
        rows of one's own intake, along the model's `patient_path`. System: every row of its practice.
        """
        if actor is None or actor.practice_id is None:
            return self.none()
        rows = self.filter(practice_id=actor.practice_id)
        if actor.kind == "system":
            return rows
        if actor.kind == "staff":
            return rows if actor.roles and (actor.clinical or not self.model.clinical) else self.none()
        if actor.kind == "patient" and self.model.patient_path and actor.intake_id is not None:
            return rows.filter(**{self.model.patient_path: actor.intake_id})
        return self.none()


class PracticeRow(models.Model):
    """A row that belongs to one practice. `code` is its name in addresses; the primary key stays inside.

    `clinical` and `patient_path` decide who reaches it; left alone they are the safest choice.
    """

    clinical: ClassVar[bool] = True
    patient_path: ClassVar[str | None] = None

    practice = models.ForeignKey("staff.Practice", on_delete=models.PROTECT, related_name="+")
    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = ActorQuerySet.as_manager()

    class Meta:
        abstract = True
