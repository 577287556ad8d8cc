"""Raising flags and settling the state of a screening, after every change of an answer or a decision."""

from django.db import transaction
from django.utils import timezone

from backup_plan_site.jobs.api import enqueue
from backup_plan_site.staff import audit
from intake.facts import Facts
from intake.models import Flag, Respondent
from intake.models.screening import NONE_UNHANDLED
from intake.screening import Urgency, screen
from intake.standing import Decision, Raised, standing


@transaction.atomic
def settle(actor, screening, *, changed_keys=()):
    """Bring flags and state in step with the answers.

    Nothing is raised before every page with context is finished: until then a missing fact would count as the value
    that raises, although its question has not been asked. On paper all was asked, so a dangerous answer raises at
    once; what a fact that was left blank adds is not certain until somebody has asked it.
    """
    facts = Facts.of(screening)
    if facts.context_is_told or _on_paper(screening):
        result = screen(facts.context, facts.answers)
        certain = facts.context_is_told and not facts.open_follow_ups
        _raise_flags(actor, screening, result, certain=certain, changed_keys=changed_keys)
    settle_state(screening, facts)


def _on_paper(screening):
    return screening.answers.filter(respondent__way=Respondent.Way.PAPER.value).exists()


def _raise_flags(actor, screening, result, *, certain, changed_keys):
    found = {raised.item: raised for raised in result.raised}
    flags = {flag.item: flag for flag in screening.flags.all()}
    for item, raised in found.items():
        if item not in flags:
            _new_flag(actor, screening, raised, certain)
        else:
            _raise_again(actor, flags[item], raised, certain, changed_keys)
    if certain:
        for item, flag in flags.items():
            if item not in found and flag.provisional:
                _fall_back(flag)


def _new_flag(actor, screening, raised, certain):
    flag = Flag.objects.create(
        practice_id=screening.practice_id,
        screening=screening,
        item=raised.item,
        urgency=raised.urgency.value,
        settled_urgency=raised.urgency.value if certain else "",
        rules=list(raised.rules),
    )
    _tell_of_flag(actor, flag)


def _raise_again(actor, flag, raised, certain, changed_keys):
    """The item stands raised already: keep the higher class, and open it again when that is new."""
    urgency = max(Urgency(flag.settled_urgency or raised.urgency), raised.urgency)
    settled = urgency.value if certain else flag.settled_urgency
    answered_anew = any(key.partition(".")[0] == flag.item for key in changed_keys)
    rises = urgency > Urgency(flag.urgency)
    reopens = flag.decision != Decision.OPEN.value and (rises or answered_anew)
    if (urgency.value, settled) == (flag.urgency, flag.settled_urgency) and not reopens:
        return
    changes = {"urgency": urgency.value, "settled_urgency": settled}
    if urgency is raised.urgency:
        changes["rules"] = list(raised.rules)
    if rises or reopens:
        changes |= {"raised_at": timezone.now(), "care_read_at": None}
    if reopens:
        flag.move_to(Decision.OPEN, **changes)
    else:
        Flag.objects.filter(pk=flag.pk).update(**changes)
        flag.refresh_from_db()
    if rises or reopens:
        _tell_of_flag(actor, flag)


def _fall_back(flag):
    """The follow-up's answer took away what was only possible; what was certain before stays."""
    if flag.settled_urgency:
        Flag.objects.filter(pk=flag.pk).update(urgency=flag.settled_urgency)
    elif not flag.clearances.exists():
        flag.delete()
    else:
        Flag.objects.filter(pk=flag.pk).update(settled_urgency=flag.urgency)


def _tell_of_flag(actor, flag):
    subject = flag.screening.intake.patient.code
    audit.record(actor, "flag.raised", flag, subject=subject, urgency=flag.urgency)
    if flag.urgency == Urgency.NOW.value:
        enqueue(
            "urgent-alert",
            practice_id=flag.practice_id,
            ids={"practice": flag.practice_id},
            unique_key=f"urgent-alert:{flag.screening.code}:{flag.raised_at.isoformat()}"[:200],
        )


def settle_state(screening, facts=None):
    flags = list(screening.flags.all())
    standing_flags = [Raised(Urgency(flag.urgency), Decision(flag.decision)) for flag in flags]
    complete = screening.sent_at is not None or (facts or Facts.of(screening)).complete
    target = standing(standing_flags, complete=complete)
    open_ranks = [flag.urgency.rank for flag in standing_flags if flag.decision is Decision.OPEN]
    screening.refresh_from_db()
    screening.move_to(target, unhandled=min(open_ranks, default=NONE_UNHANDLED))


def open_urgencies(screening):
    """The urgencies of flags that nobody decided yet, the most urgent first."""
    urgencies = {Urgency(flag.urgency) for flag in screening.flags.filter(decision=Decision.OPEN.value)}
    return sorted(urgencies, reverse=True)
