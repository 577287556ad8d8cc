"""Check and send part B, and the thanks after it. The link ends with sending, so the thanks ask for no link."""

from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods, require_safe

from backup_plan_site.staff.access import public
from backup_plan_site.web.once import accepts, idempotent
from intake.access import close, forget, patient_link
from intake.calendar_file import calendar_response
from intake.journey import BACK_TO_THE_DESK
from intake.models import Respondent
from intake.views.pages import use_language
from intake.views.tablet import give_back
from triggers import actions
from triggers.here import SENT_TO, appointment_ahead, emergency_of, leave_behind, sent_to
from triggers.telling import conditions_told, glasses_told

from .steps import backward, page_context, progress_of


# Outside the link's door: the second press of the same button comes when the link has ended already.
@idempotent
@patient_link
@require_http_methods(["GET", "HEAD", "POST"])
def check(request):
    """Everything that was recognised, to check, change and print. POST sends it; after that it is frozen."""
    progress, elsewhere = progress_of(request)
    if elsewhere:
        return elsewhere
    if use_language(request):
        return redirect("triggers:check", request.intake.code)
    if accepts(request):
        try:
            actions.send_glasses(request.patient, progress.questionnaire)
        except actions.NotOpen:
            return redirect("triggers:start", request.intake.code)
        return _after_sending(request)
    language, code = translation.get_language(), request.intake.code
    told = glasses_told(progress, language, code=code, then="check")
    context = {
        "conditions": conditions_told(progress, language, code=code, then="check"),
        "glasses": told,
        "open_ones": [one for one in told if one.missing],
        "missing": progress.questionnaire.missing,
        "back_url": backward(request, "check"),
    }
    return render(request, "triggers/check.html", page_context(request, **context))


def _after_sending(request):
    """Where sending leads: to the thanks, back to the desk, or the tablet is given back."""
    if request.way == Respondent.Way.TABLET:
        return give_back(request)
    if request.way == Respondent.Way.CONSULT:
        close(request.session, request.intake)
        return redirect(BACK_TO_THE_DESK, request.intake.code)
    leave_behind(request.session, request.intake)
    return redirect("triggers:thanks")


@public
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def thanks(request):
    """Thanks, and what happens next; nothing says whose answers they were. POST closes everything on this device."""
    practice, language = sent_to(request.session)
    if accepts(request):
        request.session.pop(SENT_TO, None)
        forget(request)
    if practice is None or request.method == "POST":
        return redirect("intake:home")
    with translation.override(language), timezone.override(practice.time_zone):
        request.LANGUAGE_CODE = translation.get_language()
        context = {
            "practice": practice,
            "emergency": emergency_of(practice),
            "appointment": appointment_ahead(request.session),
        }
        return render(request, "triggers/thanks.html", context)


@public
@require_safe
def calendar(request):
    """The appointment for the patient's own calendar, from what the thanks know; else back to the thanks."""
    practice, language = sent_to(request.session)
    appointment_at = appointment_ahead(request.session)
    if practice is None or appointment_at is None:
        return redirect("triggers:thanks")
    with translation.override(language):
        return calendar_response(practice, appointment_at)
