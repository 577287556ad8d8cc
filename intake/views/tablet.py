"""The practice's tablet: a code instead of a link, then the birth date, and at the end nothing that stays behind."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from backup_plan_site.staff.access import public
from backup_plan_site.web.once import accepts, idempotent
from intake import actions, tries
from intake import tablet as at_hand
from intake.access import close, forget, remember
from intake.contact import contact_phone
from intake.forms import BirthDateForm
from intake.languages import own_names
from intake.models import Intake
from intake.people_forms import CodeForm


@public
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def tablet(request):
    """GET is ready for the next patient and names nobody. POST with a code that works leads to the birth date."""
    form = CodeForm(request.POST or None)
    with translation.override(_language(request, form) or translation.get_language()):
        if accepts(request) and not _changes_language(request) and form.is_valid():
            # Always a redirect, so that reloading the page is not another wrong code.
            return redirect(_take_up(request, form.cleaned_data["code"]))
        return _page(request, "intake/tablet.html", form=form)


@public
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def birth_date(request):
    """The same check as behind a link, and the same lock after five wrong dates. The address holds no code."""
    invitation = actions.find_on_tablet(at_hand.invitation_code(request.session))
    if invitation is None:
        return redirect("intake:tablet")
    form = BirthDateForm(request.POST or None)
    with translation.override(_language(request, form) or invitation.intake.language):
        if accepts(request) and not _changes_language(request) and form.is_valid():
            actor = actions.open_on_tablet(invitation, form.cleaned_data["birth_date"])
            if actor is not None:
                return _begin(request, invitation, actor)
            messages.error(request, _("This is not the date of birth we know. Please check it, or call us."))
            return redirect("intake:tablet-birth-date")
        return _page(request, "intake/tablet_birth_date.html", form=form, practice=invitation.practice)


@public
@require_safe
def thanks(request):
    """Thank you, give the tablet back. Nothing here says who had it."""
    with translation.override(at_hand.last_language(request.session) or translation.get_language()):
        return _page(request, "intake/tablet_thanks.html", languages=())


def give_back(request):
    """Close the intake on the tablet. Returns the way to the neutral page."""
    actions.put_down(request.patient, request.invitation)
    close(request.session, request.intake)
    at_hand.put_down(request.session, request.intake.language)
    return redirect("intake:tablet-thanks")


def _take_up(request, typed):
    """Where a typed code leads: to the birth date, or back here with one sentence, the same for every wrong code."""
    if not tries.may_try(request.session):
        messages.error(
            request, _("Too many wrong codes were typed. Wait a quarter of an hour, or ask at the desk.")
        )
        return "intake:tablet"
    invitation = actions.find_code(typed)
    if invitation is None:
        tries.count_wrong(request.session)
        messages.error(request, _("This code does not work. Check it, or ask at the desk for a new one."))
        return "intake:tablet"
    language = at_hand.chosen_language(request.session)
    forget(request)  # of whoever had the tablet before and walked away
    at_hand.pick_up(request.session, invitation, language)
    return "intake:tablet-birth-date"


def _begin(request, invitation, actor):
    """Open the intake here, in the language that was chosen on the tablet."""
    remember(request, invitation)
    if language := at_hand.chosen_language(request.session):
        Intake.objects.for_actor(actor).update(language=language)
    return redirect("intake:start", invitation.intake.code)


def _changes_language(request):
    return request.POST.get("language", "") in dict(settings.LANGUAGES)


def _language(request, form):
    """The language of whose turn it is, after its button was pressed the new one; '' where nobody chose."""
    if _changes_language(request):
        at_hand.speak(request.session, request.POST["language"])
        form.errors.clear()  # What was typed stays; nobody asked yet whether it is right.
    return at_hand.chosen_language(request.session)


def _page(request, template, **context):
    request.LANGUAGE_CODE = translation.get_language()
    phone = "" if "practice" in context else contact_phone()
    context = {"tablet": at_hand.IDLE_SECONDS, "languages": own_names(), "phone": phone, **context}
    return render(request, template, context)
