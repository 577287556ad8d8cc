"""Consent before the first question, and 'My consent' afterwards: what was said, changing it, taking it back."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from backup_plan_site.staff.access import public
from backup_plan_site.staff.models import Practice
from backup_plan_site.web.once import accepts, conflict, idempotent
from intake import actions, tablet
from intake.access import close, forget, patient_link
from intake.consent_forms import ConsentForm
from intake.consents import consent_text, label_then, standing
from intake.contact import numbers
from intake.models import Consent, Respondent
from intake.way import next_address

from .context import patient_context
from .pages import use_language

# {"practice": id, "language": code, "tablet": bool}: all that a browser keeps after consent was taken back.
WITHDRAWN_FROM = "withdrawn_from"


@patient_link
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def consent(request):
    """Consent before the first question about health, each kind by itself; a box left empty is written down too."""
    text, language = consent_text(), translation.get_language()
    if request.intake.care_given:
        return redirect(next_address(request.intake, request.intake.screening))
    if request.respondent is None:
        return redirect("intake:whom", request.intake.code)
    if use_language(request):
        return redirect("intake:consent", request.intake.code)
    form = ConsentForm(request.POST or None, boxes=text.boxes)
    if accepts(request) and form.is_valid():
        actions.give_consent(request.patient, request.intake, form.cleaned_data, **_words(text, language))
        return redirect(next_address(request.intake, request.intake.screening))
    return render(request, "intake/consent.html", _around(request, text, form=form))


@patient_link
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def consents(request):
    """What was said to which words and when. POST changes the free ones; it can be printed."""
    text, language = consent_text(), translation.get_language()
    if not request.intake.care_given:
        return redirect("intake:consent", request.intake.code)
    if use_language(request):
        return redirect("intake:consents", request.intake.code)
    rows = list(Consent.objects.for_actor(request.patient).filter(intake=request.intake))
    given = {kind: row.given for kind, row in standing(rows).items()}
    form = ConsentForm(request.POST or None, boxes=text.free, given=given)
    if accepts(request) and form.is_valid():
        actions.change_consent(request.patient, request.intake, form.cleaned_data, **_words(text, language))
        messages.success(request, _("Saved."))
        return redirect("intake:consents", request.intake.code)
    said = [{"row": row, "label": label_then(row, language)} for row in rows]
    context = _around(request, text, form=form, said=said, back_url=_back(request))
    return render(request, "intake/consents.html", context)


# Outside the link's door: the second press of the same button comes when the link has ended already.
@idempotent
@patient_link
@require_POST
def withdraw(request):
    """Take back the consent to the care record: everything of this intake closes at once, here and elsewhere."""
    if not accepts(request):
        return conflict(request)
    language = translation.get_language()
    actions.withdraw_consent(request.patient, request.intake, **_words(consent_text(), language))
    on_tablet = request.way == Respondent.Way.TABLET
    if on_tablet:
        tablet.put_down(request.session, language)
    close(request.session, request.intake)
    request.session[WITHDRAWN_FROM] = {
        "practice": request.intake.practice_id,
        "language": language,
        "tablet": on_tablet,
    }
    return redirect("intake:withdrawn")


@public
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def withdrawn(request):
    """What stays by law and whom to call; nothing says who it was. POST closes everything on this device."""
    kept = request.session.get(WITHDRAWN_FROM, {})
    practice = Practice.objects.filter(pk=kept.get("practice")).first()
    if accepts(request):
        request.session.pop(WITHDRAWN_FROM, None)
        forget(request)
    if practice is None or request.method == "POST":
        return redirect("intake:tablet" if kept.get("tablet") else "intake:home")
    with translation.override(kept["language"]):
        request.LANGUAGE_CODE = translation.get_language()
        emergency = numbers(practice.country).emergency
        context = {"practice": practice, "emergency": emergency, "years": practice.retention_years}
        return render(request, "intake/withdrawn.html", context)


def _words(text, language):
    """Which words were agreed to, as the verbs write it down."""
    return {"version": text.version, "text_hash": text.hash, "language": language}


def _around(request, text, **extra):
    """The words of consent around the boxes, in the reader's language."""
    language, practice = translation.get_language(), request.intake.practice
    filled_in = {"practice": practice.name, "years": practice.retention_years}
    context = {
        "short": text.briefly(language, **filled_in),
        "parts": text.told(language, **filled_in),
        "intended_use": text.intended_use.in_language(language),
    }
    return patient_context(request, **context, **extra)


def _back(request):
    return next_address(request.intake, request.intake.screening)
