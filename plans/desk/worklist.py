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
from backup_plan_site.staff.actors import Role
from intake.models import Intake, Notice, Screening
from intake.models.screening import NONE_UNHANDLED
from intake.screening import Urgency

from .rows import grouped

DAYS_AHEAD = 7
PAGE = 50
URGENT = Urgency.TODAY.rank


def open_intakes(actor):
    """Open intakes with patient and the latest screening's state beside them; unhandled urgency first, then time."""
    latest = Screening.objects.for_actor(actor).filter(intake=OuterRef("pk")).order_by("-number")
    return (
        Intake.objects.for_actor(actor)
        .open()
        .select_related("patient", "practitioner")
        .annotate(
            state=Subquery(latest.values("state")[:1]),
            sent_at=Subquery(latest.values("sent_at")[:1]),
            changed_at=Subquery(latest.values("changed_at")[:1]),
            unhandled=Coalesce(Subquery(latest.values("unhandled")[:1]), Value(NONE_UNHANDLED)),
        )
        # SQLite would put those without an appointment first, PostgreSQL last.
        .order_by("unhandled", F("appointment_at").asc(nulls_last=True), "pk")
    )


def parts(now):
    """What each filter shows, as conditions on `open_intakes`. An unhandled flag stands in all of them but 'today'."""
    start = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    comes = {
        days: Q(appointment_at__gte=start, appointment_at__lt=start + datetime.timedelta(days=days))
        for days in (1, DAYS_AHEAD)
    }
    flagged = Q(unhandled__lt=NONE_UNHANDLED)
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
            "days": grouped(page, request.actor),
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
