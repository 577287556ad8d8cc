"""The appointment for the patient's own calendar, as long as it is ahead."""

from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from intake.access import patient_link
from intake.calendar_file import calendar_response, is_ahead


@patient_link
@require_safe
def calendar(request):
    """The file; without an appointment ahead the way leads back to the start."""
    appointment_at = request.intake.appointment_at
    if not is_ahead(appointment_at):
        return redirect("intake:start", request.intake.code)
    return calendar_response(request.intake.practice, appointment_at)
