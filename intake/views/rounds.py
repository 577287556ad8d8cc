"""Something new or worse: what to do now, and a new round of the questions for who was here before."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from backup_plan_site.web.once import accepts, idempotent
from intake import actions
from intake.access import patient_link
from intake.contact import numbers
from intake.models.people import IllegalMove
from intake.models.screening import Because
from intake.way import next_address

from .context import patient_context
from .pages import use_language


@patient_link
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def new_or_worse(request):
    """Whom to call, and the way to the questions. POST begins a new round; while one is open it is gone on with."""
    screening = request.intake.screening
    go_on = next_address(request.intake, screening)
    if not request.intake.known:
        return redirect("intake:start", request.intake.code)
    if use_language(request):
        return redirect("intake:new-or-worse", request.intake.code)
    if accepts(request):
        try:
            begun = actions.begin_round(request.patient, request.intake, Because.NEW_OR_WORSE)
        except IllegalMove:
            return redirect(go_on)  # Begun already, in another tab or by the practice.
        return redirect(next_address(request.intake, begun))
    may_begin = screening is not None and screening.sent_at is not None
    calls = _calls(request.intake.practice)
    context = {"may_begin": may_begin, "go_on_url": go_on, "back_url": go_on, "calls": calls}
    return render(request, "intake/new_or_worse.html", patient_context(request, **context))


def _calls(practice):
    """Whom to call: help first, then the practice."""
    emergency = numbers(practice.country).emergency
    calls = [{"what": _("Call %(number)s") % {"number": emergency}, "number": emergency}]
    if practice.phone:
        what = _("Call %(name)s") % {"name": practice.name}
        calls.append({"what": what, "number": practice.phone, "note": practice.phone})
    return calls
