"""What changes several rows of a team at once. Each verb is one transaction and leaves an audit event."""

from django.db import transaction
from django.utils import timezone

from backup_plan_site.jobs import api as jobs

from . import audit
from .models import Membership, Practice, User
from .roles import Role


class LastOwner(Exception):
    """The practice would be left without an owner, and then nobody could invite anybody."""


@transaction.atomic
def invite(actor, *, email, name, language, roles, request=None):
    """Give somebody these roles in the actor's practice and queue the mail about it. Returns the person.

    Whoever already has a login keeps it. Inviting twice sends the mail twice and changes nothing else.
    """
    user = User.objects.filter(email__iexact=User.objects.normalize_email(email)).first()
    if user is None:
        user = User.objects.create_user(email, name, language=language)
    _give(actor.practice_id, user, roles)
    event = audit.record(actor, "member.invited", user, request=request, roles=sorted(roles))
    jobs.enqueue(
        "staff-invitation",
        practice_id=actor.practice_id,
        ids={"user": user.pk, "practice": actor.practice_id},
        unique_key=f"staff-invitation:{event.pk}",
    )
    return user


@transaction.atomic
def change_roles(actor, user, roles, *, request=None):
    """Make `roles` the roles of `user` in the actor's practice; no roles ends the membership.

    Raises LastOwner, and changes nothing, when no owner would be left.
    """
    practice = Practice.objects.select_for_update().get(pk=actor.practice_id)
    running = Membership.objects.running().filter(practice=practice)
    others_own = running.filter(role=Role.OWNER).exclude(user=user).exists()
    if Role.OWNER not in roles and not others_own:
        raise LastOwner
    running.filter(user=user).exclude(role__in=roles).update(ended_at=timezone.now())
    _give(practice.pk, user, roles)
    verb = "member.roles-changed" if roles else "member.ended"
    audit.record(actor, verb, user, request=request, roles=sorted(roles))


@transaction.atomic
def create_practice(*, name, country, language, owner_email, owner_name):
    """A practice with its first person, who is owner and practitioner. Returns (practice, person)."""
    practice = Practice(
        name=name,
        country=country,
        default_language=language,
        retention_years=Practice.KEPT_FOR_YEARS[country],
    )
    practice.full_clean()
    practice.save()
    owner = User.objects.filter(email__iexact=User.objects.normalize_email(owner_email)).first()
    if owner is None:
        owner = User.objects.create_user(owner_email, owner_name, language=language)
    _give(practice.pk, owner, [Role.OWNER, Role.PRACTITIONER])
    audit.record(None, "practice.created", practice)
    return practice, owner


def _give(practice_id, user, roles):
    for role in roles:
        row, made = Membership.objects.get_or_create(practice_id=practice_id, user=user, role=role)
        if not made and row.ended_at is not None:
            Membership.objects.filter(pk=row.pk).update(ended_at=None, began_at=timezone.now())
