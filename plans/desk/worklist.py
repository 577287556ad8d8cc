"""The worklist: who comes, what was flagged, what is still to be decided."""

import json

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from backup_plan_site.staff import audit
from backup_plan_site.staff.access import allow
from backup_plan_site.staff.actors import Role

from .lists import MOST, all_open, lists, notices, shelves, told
from .paging import page_of
from .rows import grouped
from .unopened import mark_not_opened, not_opened

PAGE = 50
NOTICES = 20
# A page that asks again by itself says what it shows; where nothing changed the answer is empty (js/worklist.js).
SHOWN = "X-Shown"


@allow(Role.PRACTITIONER, Role.DESK, Role.OWNER)
@require_safe
def worklist(request):
    """Today and the next week by default, and above them who has a flag that nobody decided."""
    context = _gathered(request.actor, request.GET)
    context["shown"] = _fingerprint(context)
    if request.headers.get(SHOWN) == context["shown"]:
        return HttpResponse(status=204)
    audit.record(request.actor, "worklist.viewed", request=request, rows=len(context["page"].rows))
    may_write = request.actor.has(Role.PRACTITIONER, Role.DESK)
    return render(request, "plans/worklist.html", {**context, "section": "worklist", "may_write": may_write})


def _gathered(actor, query):
    """All that the page tells, for the filter and the page that the address asks for. Nine queries at most."""
    now, words = timezone.now(), _words()
    kept, unopened = lists(actor, now), not_opened(actor, now)
    chosen = query.get("show") if query.get("show") in words else "week"
    rows = {"todo": kept.todo, "today": kept.today, "week": kept.week, "unopened": unopened}

    def of_chosen(start, stop):
        return rows[chosen][start:stop] if chosen in rows else all_open(actor, kept.todo, start, stop)

    page = page_of(of_chosen, query.get("page"), PAGE)
    intakes = told(actor, page.rows)
    mark_not_opened(intakes, unopened)
    days = grouped(intakes, actor, shelves(actor, intakes))
    if chosen == "week" and page.number == 1 and days:
        days[0]["more"] = _more(len(set(kept.todo) - set(kept.week)))
    return {
        "page": page,
        "days": days,
        "chosen": chosen,
        "filters": _filters(words, {**kept.counts, "unopened": len(unopened)}, chosen),
        "alert": _alert(kept.urgent),
        "now": kept.now,
        "notices": list(notices(actor)[:NOTICES]),
    }


def _fingerprint(context):
    """What changes as soon as anything on the page does, and says nothing to who does not know our key."""
    told = {name: context[name] for name in ("days", "filters", "alert", "now")}
    told |= {"next": context["page"].has_next, "notices": [str(notice.code) for notice in context["notices"]]}
    return salted_hmac("worklist", json.dumps(told, default=str), algorithm="sha256").hexdigest()


def _words():
    return {
        "todo": _("To decide"),
        "today": _("Today"),
        "week": _("Next 7 days"),
        "unopened": _("Not opened"),
        "all": _("All open"),
    }


def _filters(words, counts, chosen):
    return [
        {
            "label": words[name],
            "count": _counted(counts[name]),
            "url": f"{reverse('desk:worklist')}?show={name}",
            "current": name == chosen,
        }
        for name in words
    ]


def _counted(number):
    """A number as far as it was counted: '999+' is enough to know."""
    return str(number) if number < MOST else f"{MOST - 1}+"


def _more(number):
    if not number:
        return None
    text = ngettext("%(number)s more to decide", "%(number)s more to decide", number)
    return {"text": text % {"number": _counted(number)}, "url": f"{reverse('desk:worklist')}?show=todo"}


def _alert(urgent):
    if not urgent:
        return None
    text = ngettext("%(number)s urgent, not decided yet", "%(number)s urgent, not decided yet", urgent)
    return {"text": text % {"number": _counted(urgent)}, "url": f"{reverse('desk:worklist')}?show=todo"}
