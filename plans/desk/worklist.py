"""The worklist: who comes, what was flagged, what is still to be decided."""

import datetime

from django.core.paginator import Paginator
from django.db.models import Count, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from backup_plan_site.staff import audit
from backup_plan_site.staff.access import allow
from backup_plan_site.staff.actors import Actor, Role
from intake.models import Intake, Notice, Screening
from intake.models.screening import NONE_UNHANDLED
from intake.screening import Urgency
from plans.models import Plan, Release
from plans.visits_told import waits_for_a_look, with_visits
from triggers.models import GlassAnswer, GlassQuestionnaire

from .rows import grouped

DAYS_AHEAD = 7
PAGE = 50
URGENT = Urgency.TODAY.rank


def open_intakes(actor):
    """Open intakes with patient and how far they are; unhandled urgency first, then time.

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
        .open()
        .select_related("patient", "practitioner")
        .annotate(
            state=Subquery(latest.values("state")[:1]),
            sent_at=Subquery(latest.values("sent_at")[:1]),
            changed_at=Subquery(latest.values("changed_at")[:1]),
            unhandled=Coalesce(Subquery(latest.values("unhandled")[:1]), Value(NONE_UNHANDLED)),
            glasses_begun_at=Subquery(part_b.values("lesson_read_at")[:1]),
            glasses_sent_at=Subquery(part_b.values("sent_at")[:1]),
            plan_code=Subquery(plan.values("code")[:1]),
            release_code=Subquery(release.values("code")[:1]),
        )
    )
    # SQLite would put those without an appointment first, PostgreSQL last.
    return with_visits(intakes, actor).order_by("unhandled", F("appointment_at").asc(nulls_last=True), "pk")


def shelves(actor, intakes):
    """{intake: {glass: GlassAnswer}} of what was sent, for who may read it; else {}. One query."""
    found = {intake.pk: {} for intake in intakes if intake.glasses_sent_at} if actor.clinical else {}
    rows = GlassAnswer.objects.for_actor(actor).filter(questionnaire__intake__in=found)
    for intake, row in ((row.questionnaire.intake_id, row) for row in rows.select_related("questionnaire")):
        found[intake][row.glass] = row
    return found


def parts(now):
    """What each filter shows, as conditions on `open_intakes`. What waits for a decision stands in all but 'today'."""
    start = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    comes = {
        days: Q(appointment_at__gte=start, appointment_at__lt=start + datetime.timedelta(days=days))
        for days in (1, DAYS_AHEAD)
    }
    flagged = Q(unhandled__lt=NONE_UNHANDLED) | waits_for_a_look()
    return {
        "todo": flagged,
        "today": comes[1],
        "week": comes[DAYS_AHEAD] | flagged,
        "all": Q(pk__isnull=False),
    }


@allow(Role.PRACTITIONER, Role.DESK, Role.OWNER)
@require_safe
def worklist(request):
    """Today and the next week by default, and whoever has a flag that nobody decided."""
    choices = parts(timezone.now())
    chosen = request.GET.get("show") if request.GET.get("show") in choices else "week"
    everything = open_intakes(request.actor)
    counts = everything.aggregate(
        urgent=Count("pk", filter=Q(unhandled__lte=URGENT)),
        **{name: Count("pk", filter=part) for name, part in choices.items()},
    )
    page = Paginator(everything.filter(choices[chosen]), PAGE).get_page(request.GET.get("page"))
    notices = (
        Notice.objects.for_actor(request.actor).filter(handled_at=None).select_related("intake__patient")
    )
    audit.record(request.actor, "worklist.viewed", request=request, rows=len(page))
    return render(
        request,
        "plans/worklist.html",
        {
            "section": "worklist",
            "page": page,
            "days": grouped(page, request.actor, shelves(request.actor, page)),
            "filters": _filters(counts, chosen),
            "alert": _alert(counts["urgent"]),
            "notices": notices if request.actor.clinical else notices.exclude(kind=Notice.Kind.MISUNDERSTOOD),
            "may_write": request.actor.has(Role.PRACTITIONER, Role.DESK),
            "chosen": chosen,
        },
    )


def _filters(counts, chosen):
    words = {"todo": _("To decide"), "today": _("Today"), "week": _("Next 7 days"), "all": _("All open")}
    return [
        {
            "label": words[name],
            "count": counts[name],
            "url": f"{reverse('desk:worklist')}?show={name}",
            "current": name == chosen,
        }
        for name in words
    ]


def _alert(urgent):
    if not urgent:
        return None
    text = ngettext("%(number)s urgent, not decided yet", "%(number)s urgent, not decided yet", urgent)
    return {"text": text % {"number": urgent}, "url": f"{reverse('desk:worklist')}?show=todo"}
