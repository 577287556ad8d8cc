"""The first page of typing in a paper form, and the blank form itself as a PDF."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from backup_plan_site.pdf import PdfUnavailable
from backup_plan_site.staff import audit
from backup_plan_site.staff.access import allow
from backup_plan_site.staff.actors import Role
from backup_plan_site.staff.models import Practice
from intake.contact import numbers
from intake.models import Intake
from intake.screening import Urgency
from intake.telling.labels import label_of
from intake.way import lists_let_through
from plans.desk.heads import head_of
from plans.paper_intake import codes, intake_pdf, visit_code

from .hub_forms import ConsentForm, WhoForm

NAMES = {"nl": "vragen-op-papier.pdf", "fr": "questions-sur-papier.pdf", "en": "questions-on-paper.pdf"}


def start_forms(sitting):
    """The forms of a hub that nobody has filled in yet."""
    return {"consent_form": ConsentForm(language=sitting.intake.language), "who_form": WhoForm()}


def hub_page(request, sitting, *, consent_form=None, who_form=None, status=200):
    """Consent, who filled in, the lists with their state, and what is still to be asked."""
    intake, screening = sitting.intake, sitting.screening
    fresh = start_forms(sitting)
    asked = [form for form in (consent_form, who_form) if form is not None and form.is_bound]
    context = {
        "intake": intake,
        "patient": intake.patient,
        "screening": screening,
        "sitting": sitting,
        "head": head_of(intake, screening),
        "visit_code": visit_code(intake),
        "languages": settings.LANGUAGES,
        "consent_form": consent_form or fresh["consent_form"],
        "who_form": who_form or fresh["who_form"],
        "errors": [
            (f"{field.auto_id}_0" if field.use_fieldset else field.auto_id, sentence)
            for form in asked
            for field in form
            for sentence in field.errors
        ],
        "now": sitting.needs_help_now == Urgency.NOW,
        "soon": sitting.needs_help_now == Urgency.TODAY,
        "emergency": numbers(intake.practice.country).emergency,
        "sent_a": screening is not None and screening.sent_at,
        "sent_b": sitting.questionnaire is not None and sitting.questionnaire.sent_at,
        "let_through": lists_let_through(screening),
        "to_ask": to_ask(sitting, request.actor.clinical),
    }
    return render(request, "plans/paper_entry/hub.html", context, status=status)


def to_ask(sitting, reads):
    """What part A waits for: a code each; a practitioner sees the question too.

    To the desk a follow-up question is its item's code: that it is asked at all says how the item was answered.
    """
    by_code = {code: key for key, code in codes().items()}
    found = {}
    for code in sitting.blank_a:
        key = by_code[code]
        if not reads:
            key = key.partition(".")[0]
        found[codes()[key]] = label_of(key, get_language()) if reads else ""
    return [{"code": code, "ask": ask} for code, ask in found.items()]


@allow(Role.PRACTITIONER, Role.DESK)
@require_safe
def blank(request, language):
    """The blank form for anybody of this practice."""
    practice = Practice.objects.get(pk=request.actor.practice_id)
    audit.record(request.actor, "paper.made", practice, request=request, language=_known(language))
    return _as_pdf(request, language, practice)


@allow(Role.PRACTITIONER, Role.DESK)
@require_safe
def blank_for(request, code, language):
    """The blank form for one intake: with name, year of birth and a short code on every sheet."""
    intakes = Intake.objects.for_actor(request.actor).open().select_related("patient", "practice")
    intake = get_object_or_404(intakes, code=code)
    subject = intake.patient.code
    audit.record(
        request.actor, "paper.made", intake, request=request, subject=subject, language=_known(language)
    )
    return _as_pdf(request, language, intake.practice, intake)


def _known(language):
    if language not in dict(settings.LANGUAGES):
        raise Http404
    return language


def _as_pdf(request, language, practice, intake=None):
    if request.method == "HEAD":  # It only asks whether it is there; making it takes seconds.
        return HttpResponse(content_type="application/pdf")
    try:
        pdf = intake_pdf(language, practice, intake)
    except PdfUnavailable:
        return render(request, "plans/paper_entry/no_paper.html", {"intake": intake}, status=503)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{NAMES[language]}"'
    return response
