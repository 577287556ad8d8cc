"""Help now: who listens, for anybody who opens this page. Nothing is asked and nothing is kept."""

from django.conf import settings
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from backup_plan_site.staff.access import public
from intake.here import opened_intake, practice_here
from intake.languages import own_names
from triggers.here import emergency_of, lines_of
from triggers.progress import back_to
from triggers.support import support


@public
@require_safe
def help_now(request):
    """The lines of the practice's country. An open link gives country, language and the way back."""
    intake = opened_intake(request.session)
    practice = practice_here(intake)
    with translation.override(_language(request, intake)):
        request.LANGUAGE_CODE = translation.get_language()
        context = {
            "support": support(),
            "intake": intake,
            "lines": lines_of(practice, request.LANGUAGE_CODE),
            "emergency": emergency_of(practice),
            "practice": practice,
            "languages": own_names(),
            "back_url": back_to(intake, request.GET.get("from", "")) if intake else "",
        }
        return render(request, "triggers/help_now.html", context)


def _language(request, intake):
    """The language asked for in the address, else that of the open intake, else the browser's."""
    asked = request.GET.get("language", "")
    if asked in dict(settings.LANGUAGES):
        return asked
    return intake.language if intake else translation.get_language()
