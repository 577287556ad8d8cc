"""The link's own page: whose practice, which language, and the date of birth. Looking at it changes nothing."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backup_plan_site.staff.access import public
from backup_plan_site.web.once import accepts, idempotent
from intake import actions
from intake.access import forget, link_ended, patient_link, remember
from intake.forms import BirthDateForm
from intake.languages import own_names
from intake.models import Intake, Respondent

from .tablet import give_back


@public
@require_safe
def home(request):
    """The site's address without a link: staff go to their worklist, a patient is told what to do."""
    if request.user.is_authenticated:
        return redirect("desk:worklist")
    return render(request, "intake/home.html")


@public
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def link(request, token):
    """GET shows whose link it is, never whom it is for. POST with the right birth date opens the intake."""
    invitation = actions.find_link(token)
    if invitation is None:
        return link_ended(request)
    form = BirthDateForm(request.POST or None)
    language = _chosen_language(request)
    if language:
        translation.activate(language)
        request.LANGUAGE_CODE = language
        form.errors.clear()  # What was typed stays; nobody asked yet whether it is right.
    elif accepts(request) and form.is_valid():
        if actions.open_link(invitation, form.cleaned_data["birth_date"]):
            remember(request, invitation)
            _keep_language(request, invitation.intake)
            return redirect("intake:start", invitation.intake.code)
        # A redirect, so that reloading the page is not another wrong date.
        messages.error(request, _("This is not the date of birth we know. Please check it, or call us."))
        return HttpResponseRedirect(request.path)
    context = {"form": form, "practice": invitation.practice, "languages": own_names()}
    response = render(request, "intake/link.html", context)
    return _remember_language(response, language) if language else response


@patient_link
@require_POST
@idempotent
def leave(request):
    """Close the intake in this browser: for a tablet or a phone that somebody else uses next."""
    if request.way == Respondent.Way.TABLET:
        return give_back(request)
    forget(request)
    return redirect("intake:home")


def _chosen_language(request):
    """The language whose button was pressed, or ''."""
    language = request.POST.get("language", "")
    return language if language in dict(settings.LANGUAGES) else ""


def _remember_language(response, language):
    """Keep the choice in a cookie until an intake is open, which then keeps it itself."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=30 * 24 * 3600,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _keep_language(request, intake):
    """The language that was chosen on the link's page goes along; without a choice the intake's own stays."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in dict(settings.LANGUAGES):
        Intake.objects.filter(pk=intake.pk).update(language=chosen)
