"""Pages that anybody may read: what happens with one's data, and who can use these pages."""

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from backup_plan_site.staff.access import public
from intake.contact import contact_phone
from intake.here import opened_intake
from intake.languages import own_names
from intake.statements import accessibility, privacy


@public
@require_safe
def privacy_notice(request):
    """The privacy notice: of the practice whose link this browser opened, else for every practice."""
    intake = opened_intake(request.session)
    with _in_language(request, intake) as language:
        practice = intake.practice if intake else None
        known = (
            {
                "practice": practice.name,
                "years": practice.retention_years,
                "ground": practice.legal_basis,
            }
            if practice
            else {}
        )
        told = privacy().told(language, **known)
        authorities = [
            {
                "name": one.name.in_language(language),
                "address": one.address.in_language(language),
                "phone": one.phone,
                "site": one.site,
            }
            for one in privacy().authorities_of(practice.country if practice else "")
        ]
        return _page(request, intake, privacy(), told, authorities=authorities)


@public
@require_safe
def accessibility_statement(request):
    """The accessibility statement."""
    intake = opened_intake(request.session)
    with _in_language(request, intake) as language:
        statement = accessibility()
        return _page(request, intake, statement, statement.told(language), tested_on=statement.tested_on)


class _in_language(translation.override):
    """The language asked for in the address, else that of the open intake, else the browser's; gives its code."""

    def __init__(self, request, intake):
        asked = request.GET.get("language", "")
        own = intake.language if intake else translation.get_language()
        super().__init__(asked if asked in dict(settings.LANGUAGES) else own)
        self.request = request

    def __enter__(self):
        super().__enter__()
        self.request.LANGUAGE_CODE = translation.get_language()
        return self.request.LANGUAGE_CODE


def _page(request, intake, statement, told, **extra):
    language = translation.get_language()
    context = {
        "title": statement.title.in_language(language),
        "lead": statement.lead.in_language(language),
        "told": told,
        "version": statement.version,
        "practice": intake.practice if intake else None,
        "phone": "" if intake else contact_phone(),
        "languages_by_address": own_names(),
        "back_url": reverse("intake:start", args=[intake.code]) if intake else "",
        **extra,
    }
    return render(request, "intake/statement.html", context)
