"""The 90-second page: one intake on one screen and one A4, each line with the way to where it was told."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from backup_plan_site.pdf import PdfUnavailable
from backup_plan_site.staff import audit
from backup_plan_site.staff.access import allow
from backup_plan_site.staff.actors import Role
from intake.models import Intake
from plans.models import Plan

from .heads import head_of
from .releases import as_pdf
from .summary_paper import as_text, head_of_paper, round_words, summary_pdf
from .summary_parts import parts
from .summary_told import Told


def _told(request, code):
    """Everything about one intake that the summary reads."""
    intakes = Intake.objects.for_actor(request.actor).select_related("patient", "practice")
    intake = get_object_or_404(intakes, code=code)
    plan = Plan.objects.for_actor(request.actor).filter(intake=intake).first()
    return Told.of(request.actor, intake, plan)


@allow(Role.PRACTITIONER)
@require_safe
def summary(request, code):
    """The page, with the same in plain text to copy. Reading it is audited."""
    told = _told(request, code)
    intake, made = told.intake, parts(told)
    audit.record(request.actor, "summary.viewed", intake, request=request, subject=intake.patient.code)
    return render(
        request,
        "plans/summary.html",
        {
            "intake": intake,
            "patient": intake.patient,
            "screening": told.screening,
            "plan": told.plan,
            "head": head_of(intake, told.screening),
            "round": round_words(told),
            "parts": made,
            "text": as_text(head_of_paper(intake, told), made),
        },
    )


@allow(Role.PRACTITIONER)
@require_safe
def paper(request, code):
    """The same as a PDF of one A4 that is kept nowhere. Reading it is audited."""
    told = _told(request, code)
    intake = told.intake
    try:
        pdf = summary_pdf(head_of_paper(intake, told), parts(told))
    except PdfUnavailable:
        return render(request, "plans/no_summary.html", {"intake": intake}, status=503)
    audit.record(request.actor, "summary.printed", intake, request=request, subject=intake.patient.code)
    return as_pdf(pdf, "summary.pdf")
