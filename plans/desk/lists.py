"""Which intakes stand on which list of the worklist: their ids, in order, at a cost that does not grow with a practice.

Each list is read by an index of its own and holds MOST at the most; of these only the rows of one page are looked at.
"""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from backup_plan_site.staff.actors import Actor
from intake.models import Intake, Notice, Screening
from intake.models.screening import NONE_UNHANDLED
from intake.screening import Urgency
from plans.models import Plan, Release
from plans.visits_told import with_visits
from triggers.models import GlassAnswer, GlassQuestionnaire

from .who_answered import with_helper

DAYS_AHEAD = 7
MOST = 1000
# So many of those who wait for a decision stand above the coming week: five hundred would hide who comes today.
FIRST = 10
NEVER = datetime.datetime.max.replace(tzinfo=datetime.UTC)
BY_TIME = (F("appointment_at").asc(nulls_last=True), "pk")


@dataclass(frozen=True)
class Lists:
    """Ids of open intakes: the most urgent flag that nobody decided first, then time; never what was ticked.

    `counts` says how many a filter tells of; `urgent` how many wait for a decision that is due now or today, and `now`
    has the codes of those who need help now.
    """

    todo: list
    today: list
    week: list
    counts: dict
    urgent: int
    now: list


def lists(actor, now):
    """What is read at every visit: who waits for a decision, who comes today and this week. Three queries at most."""
    start = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    flagged, again = _flagged(actor), _to_look_at_again(actor)
    coming = _coming(actor, start, start + datetime.timedelta(days=DAYS_AHEAD))
    ranks = {pk: rank for pk, rank, _at, _code in flagged}
    times = {pk: at or NEVER for pk, _rank, at, _code in flagged} | again | coming

    def in_order(ids):
        return sorted(ids, key=lambda pk: (ranks.get(pk, NONE_UNHANDLED), times[pk], pk))

    todo = in_order(ranks.keys() | again.keys())
    today = [pk for pk, at in coming.items() if at < start + datetime.timedelta(days=1)]
    return Lists(
        todo=todo,
        today=in_order(today),
        week=in_order(coming.keys() | set(todo[:FIRST])),
        counts={"todo": len(todo), "today": len(today), "week": len(coming), "all": _open(actor)},
        urgent=sum(rank <= Urgency.TODAY.rank for rank in ranks.values()),
        now=[str(code) for _pk, rank, _at, code in flagged if rank == Urgency.NOW.rank],
    )


def all_open(actor, todo, start, stop):
    """Ids of open intakes from place `start` to `stop`: those of `todo` first, then by time. One query at most."""
    rest = Intake.objects.for_actor(actor).open().exclude(pk__in=todo).order_by(*BY_TIME)
    places = max(start - len(todo), 0), max(stop - len(todo), 0)
    return [*todo[start:stop], *(rest.values_list("pk", flat=True)[slice(*places)] if places[1] else ())]


def told(actor, ids):
    """These intakes in this order, with patient and how far they are, as rows.py tells them. One query.

    Beside each stand the latest screening's state, and whether glasses and plan are begun, sent or given.
    """
    latest = Screening.objects.for_actor(actor).filter(intake=OuterRef("pk")).order_by("-number")
    # States, never contents: the desk sees these too (design.md), so they are not read as its own actor.
    states = Actor.system(actor.practice_id)
    part_b = GlassQuestionnaire.objects.for_actor(states).filter(intake=OuterRef("pk"))
    plan = Plan.objects.for_actor(states).filter(intake=OuterRef("pk"))
    release = Release.objects.for_actor(states).filter(plan__intake=OuterRef("pk")).order_by("-number")
    intakes = (
        Intake.objects.for_actor(actor)
        .filter(pk__in=ids)
        .select_related("patient", "practitioner")
        .annotate(
            state=Subquery(latest.values("state")[:1]),
            sent_at=Subquery(latest.values("sent_at")[:1]),
            unhandled=Coalesce(Subquery(latest.values("unhandled")[:1]), Value(NONE_UNHANDLED)),
            glasses_begun_at=Subquery(part_b.values("lesson_read_at")[:1]),
            glasses_sent_at=Subquery(part_b.values("sent_at")[:1]),
            plan_code=Subquery(plan.values("code")[:1]),
            release_code=Subquery(release.values("code")[:1]),
        )
    )
    by_id = {intake.pk: intake for intake in with_visits(with_helper(intakes, actor), actor)}
    return [by_id[pk] for pk in ids if pk in by_id]


def shelves(actor, intakes):
    """{intake: {glass: GlassAnswer}} of what was sent, for who may read it; else {}. One query."""
    found = {intake.pk: {} for intake in intakes if intake.glasses_sent_at} if actor.clinical else {}
    rows = GlassAnswer.objects.for_actor(actor).filter(questionnaire__intake__in=found)
    # Only what is drawn: hundreds of answers are read for one page.
    drawn = rows.only("glass", "fills", "size", "compensated", "skipped", "nothing_fits")
    for row in drawn.annotate(intake_id=F("questionnaire__intake")):
        found[row.intake_id][row.glass] = row
    return found


def notices(actor):
    """What should be looked after, the latest first; who reads no answers is not told of a misunderstanding."""
    rows = Notice.objects.for_actor(actor).filter(handled_at=None).select_related("intake__patient")
    return rows if actor.clinical else rows.exclude(kind=Notice.Kind.MISUNDERSTOOD)


def _flagged(actor):
    """[(id, rank, appointment, code)] of open intakes whose latest round has a flag that nobody decided. One query."""
    rounds = Screening.objects.for_actor(actor)
    later = rounds.filter(intake=OuterRef("intake"), number__gt=OuterRef("number"))
    return list(
        rounds.filter(~Exists(later), unhandled__lt=NONE_UNHANDLED, intake__closed_at=None)
        .order_by("unhandled", F("intake__appointment_at").asc(nulls_last=True), "intake")
        .values_list("intake", "unhandled", "intake__appointment_at", "intake__code")[:MOST]
    )


def _to_look_at_again(actor):
    """{id: appointment} of open intakes whose fourth visit was not halfway, for who may read visits. One query."""
    if not actor.clinical:
        return {}
    rows = Intake.objects.for_actor(actor).open().filter(look_again_since__isnull=False)
    rows = rows.order_by("look_again_since").values_list("pk", "appointment_at")[:MOST]
    return {pk: at or NEVER for pk, at in rows}


def _coming(actor, start, end):
    """{id: appointment} of open intakes with an appointment from `start` to `end`. One query."""
    rows = Intake.objects.for_actor(actor).open().filter(appointment_at__gte=start, appointment_at__lt=end)
    return dict(rows.order_by("appointment_at").values_list("pk", "appointment_at")[:MOST])


def _open(actor):
    """How many intakes are open, counted up to MOST. One query."""
    return Intake.objects.for_actor(actor).open().order_by()[:MOST].count()
