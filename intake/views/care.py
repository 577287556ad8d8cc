"""What to do after a dangerous answer: one page per urgency, never a list of diseases."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_POST

from backup_plan_site.web.once import accepts, conflict, idempotent
from intake import actions
from intake.access import patient_link
from intake.models import Notice
from intake.screening import Urgency
from intake.telling import care_advice
from intake.way import care_to_show, next_address

from .context import patient_context
from .finish import after_sending
from .pages import use_language


@patient_link
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def care(request):
    """The advice that comes first. POST says that it was read, and leads on; a NOW leads nowhere else."""
    screening = request.intake.screening
    urgency = care_to_show(screening) if screening else None
    if urgency is None:
        return redirect(next_address(request.intake, screening))
    if use_language(request):
        return redirect("intake:care", request.intake.code)
    if accepts(request) and urgency is not Urgency.NOW and request.POST.get("urgency") == urgency.value:
        actions.read_care(request.patient, screening, urgency)
        return after_sending(request)
    advice = care_advice(
        screening,
        urgency,
        request.intake.practice,
        translation.get_language(),
        with_answers=screening.sent_at is None,  # what was sent is not shown again
    )
    told = request.intake.notices.filter(kind=Notice.Kind.MISUNDERSTOOD, handled_at=None).exists()
    context = {
        "advice": advice,
        "told": told,
        "misunderstood_url": reverse("intake:misunderstood", args=[request.intake.code]),
    }
    return render(request, "intake/care.html", patient_context(request, **context))


@patient_link
@require_POST
@idempotent
def misunderstood(request):
    """Tell the practice that a question was misread. The advice stays as it is."""
    if not accepts(request):
        return conflict(request)
    actions.say_misunderstood(request.patient, request.intake)
    return redirect("intake:care", request.intake.code)
