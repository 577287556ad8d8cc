"""Check and send, and the page after it."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_safe

from backup_plan_site.web.once import accepts, idempotent
from intake import actions
from intake.access import patient_link
from intake.calendar_file import is_ahead
from intake.facts import Facts
from intake.models import Respondent
from intake.models.people import IllegalMove
from intake.practice_words import said
from intake.telling import care_advice, summary
from intake.way import care_is_due, lists_let_through, next_address, part_b_address

from .context import patient_context
from .pages import use_language
from .tablet import give_back


def after_sending(request):
    """Where a sent part A leads: to advice, to what comes next, and on the practice's tablet back to the desk."""
    screening = request.intake.screening
    if request.way == Respondent.Way.TABLET and screening.sent_at and not care_is_due(screening):
        return give_back(request)
    return redirect(next_address(request.intake, screening))


@patient_link
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def check(request):
    """Everything that was answered, to check, change and print. POST sends it; after that it is frozen."""
    screening = request.intake.screening
    if screening is None or screening.sent_at or care_is_due(screening):
        return redirect(next_address(request.intake, screening))
    facts = Facts.of(screening)
    if not facts.complete:
        return redirect(next_address(request.intake, screening))
    if request.respondent is None:
        return redirect("intake:whom", request.intake.code)
    if use_language(request):
        return redirect("intake:check", request.intake.code)
    if accepts(request):
        try:
            actions.send(request.patient, screening)
        except (actions.Stopped, IllegalMove):
            return redirect(next_address(request.intake, screening))
        return after_sending(request)
    context = {"sections": summary(request.intake, facts, translation.get_language())}
    return render(request, "intake/check.html", patient_context(request, **context))


@patient_link
@require_safe
def sent(request):
    """Thank you, what happens next, and once more what to do where something was raised. No answer stands here."""
    screening = request.intake.screening
    if screening is None or not screening.sent_at or care_is_due(screening):
        return redirect(next_address(request.intake, screening))
    language = translation.get_language()
    advices = [
        care_advice(screening, urgency, request.intake.practice, language, with_answers=False)
        for urgency in actions.open_urgencies(screening)
    ]
    # Advice is due no more here, so the lists alone say whether the glasses are open.
    go_on_url = part_b_address(request.intake) if lists_let_through(screening) else ""
    calendar_url = ""
    if is_ahead(request.intake.appointment_at):
        calendar_url = reverse("intake:calendar", args=[request.intake.code])
    context = {"advices": advices, "go_on_url": go_on_url, "calendar_url": calendar_url}
    context["own_words"] = said(request.intake.practice, language)
    return render(request, "intake/sent.html", patient_context(request, **context))
