"""For whom: who fills in, in this browser. Asked before the first question, and again when somebody else goes on."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from backup_plan_site.web.once import accepts, idempotent
from intake import actions
from intake.access import patient_link, remember_respondent
from intake.models import Respondent
from intake.people_forms import WhomForm
from intake.way import care_is_due, lists_let_through, next_address

from .context import patient_context
from .pages import use_language


@patient_link
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def whom(request):
    """Myself, together with somebody, or for somebody else. Each answer is a row of its own; nothing is pre-ticked."""
    screening = request.intake.screening
    if request.way == Respondent.Way.CONSULT:
        return redirect("intake:start", request.intake.code)  # The practitioner said so at the desk.
    if _asks_nothing(screening):
        return redirect(next_address(request.intake, screening))
    form = WhomForm(request.POST or None)
    if use_language(request):
        form = WhomForm(request.POST)
        form.forgive_empty()
    elif accepts(request) and form.is_valid():
        respondent = actions.answer_as(request.patient, request.intake, way=request.way, **form.values())
        remember_respondent(request, respondent)
        return redirect("intake:start", request.intake.code)
    context = {"form": form, "asked_before": request.respondent is not None}
    return render(request, "intake/whom.html", patient_context(request, **context))


def _asks_nothing(screening):
    """Whether nothing is left to answer now: advice comes first, or what was sent waits for the practice."""
    if screening is None:
        return False
    return care_is_due(screening) or bool(screening.sent_at and not lists_let_through(screening))
