"""The audit trail: explicit verbs, ids and nothing that somebody answered."""

import datetime
import ipaddress
import re
import uuid

from django.db import transaction

from .models import AuditEvent, Practice

# A fact is an id or a verb. Without spaces a name, a sentence or an address of a letter cannot slip in.
WORD = re.compile(r"[\w.:+/-]{0,64}", re.ASCII)
VERB = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_-]*)+")
MAX_FACTS = 20


def record(actor, verb, obj=None, *, request=None, subject="", **facts):
    """Write one AuditEvent in the current transaction (or in one of its own) and return it.

    `subject` is the code of the patient concerned; without it `obj.audit_subject` is asked. Raises ValueError
    for facts that are not ids or verbs, and for an object of another practice than the actor's.
    """
    if not VERB.fullmatch(verb) or len(verb) > 64:
        raise ValueError(f"Not a verb like 'intake.viewed': {verb!r}")
    event = AuditEvent(
        practice_id=_practice(actor, obj),
        actor_kind=actor.kind if actor else "anonymous",
        user_id=actor.user_id if actor else None,
        verb=verb,
        object_type=obj._meta.label_lower if obj is not None else "",
        object_code=str(getattr(obj, "code", obj.pk)) if obj is not None else "",
        subject=str(subject or getattr(obj, "audit_subject", "")),
        request_id=getattr(request, "request_id", ""),
        ip_prefix=ip_prefix(request.META.get("REMOTE_ADDR", "")) if request else "",
        facts=_facts(facts),
    )
    with transaction.atomic(savepoint=False):
        event.save(force_insert=True)
    return event


def ip_prefix(address):
    """The /24 or /48 that an address belongs to: enough to see a pattern, too little to find a person."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if ip.version == 6 and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return str(ipaddress.ip_network(f"{ip}/{24 if ip.version == 4 else 48}", strict=False))


def _practice(actor, obj):
    of_actor = actor.practice_id if actor else None
    of_object = obj.pk if isinstance(obj, Practice) else getattr(obj, "practice_id", None)
    if of_actor and of_object and of_actor != of_object:
        raise ValueError("An actor of one practice acted on a row of another.")
    return of_actor or of_object


def _facts(facts):
    if len(facts) > MAX_FACTS:
        raise ValueError(f"More than {MAX_FACTS} facts in one audit event.")
    return {key: _fact(key, value) for key, value in facts.items()}


def _fact(key, value):
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_fact(key, one) for one in (sorted(value) if isinstance(value, (set, frozenset)) else value)]
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, (uuid.UUID, datetime.date)):
        value = value.isoformat() if isinstance(value, datetime.date) else str(value)
    if isinstance(value, str) and WORD.fullmatch(value):
        return str(value)
    raise ValueError(f"The fact {key!r} is not an id or a verb of at most 64 characters without spaces.")
