"""Links that were opened in this browser before: who may be asked for the birth date again once the session is gone.

The cookie names invitations, and who filled in there, by codes that open nothing. What was typed meanwhile is carried
along in the page that asks, and goes on where it was sent; a wrong date counts as it does behind the link itself.
"""

import uuid

from django.conf import settings
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from backup_plan_site.web.once import first_time

from . import actions
from .forms import BirthDateForm
from .models import Invitation

SALT = "intake.known"
MANY = 3
DAYS = 60
# The form that asks: its own key, and whether the page behind it was only looked at.
KEY, LOOKED = "again_key", "again_looked"
BOXES = ("birth_date_day", "birth_date_month", "birth_date_year")


def note(request, invitation, respondent=None):
    """Let this browser be asked for the birth date of this link again, up to the last few links."""
    kept = {**_kept(request)}
    before = kept.pop(invitation.code.hex, "")
    kept[invitation.code.hex] = respondent.code.hex if respondent else before
    request.known_links = dict(list(kept.items())[-MANY:])


def forget(request):
    """Ask nobody here any more."""
    request.known_links = {}


def find(request, code):
    """(invitation, code of who filled in or '') of an intake that was opened here; (None, '') where there is none."""
    kept = _kept(request)
    links = Invitation.objects.filter(code__in=kept, intake__code=code)
    for link in links.select_related("intake__patient", "practice"):
        if link.works_at(timezone.now()):
            return link, kept[link.code.hex]
    return None, ""


def ask_again(request, invitation):
    """None when the birth date came along and is right. Else the page that asks for it (403), with what was sent.

    Whoever sends the same wrong date by the same form once more has not tried twice.
    """
    answered = KEY in request.POST
    form = BirthDateForm(request.POST if answered else None)
    with translation.override(invitation.intake.language):
        if answered and form.is_valid():
            date = form.cleaned_data["birth_date"]
            new = first_time(request, KEY)
            right = date == invitation.intake.patient.birth_date
            if (new or right) and actions.open_link(invitation, date):
                return None
            form.add_error(
                "birth_date", _("This is not the date of birth we know. Please check it, or call us.")
            )
        return _page(request, invitation, form)


def carry_on(request):
    """Make of the request what it was before the birth date was asked. True when there is something to carry out."""
    looked = LOOKED in request.POST
    sent = request.POST.copy()
    for name in (KEY, LOOKED, *BOXES):
        sent.pop(name, None)
    request.POST = sent
    return not looked


def _page(request, invitation, form):
    looked = request.method != "POST" or LOOKED in request.POST
    request.LANGUAGE_CODE = translation.get_language()
    context = {
        "form": form,
        "practice": invitation.practice,
        "looked": looked,
        "key": uuid.uuid4(),
        "carried": [] if looked else _carried(request),
    }
    return render(request, "intake/again.html", context, status=403)


def _carried(request):
    own = {"csrfmiddlewaretoken", KEY, *BOXES}
    return [(name, value) for name in request.POST if name not in own for value in request.POST.getlist(name)]


def _kept(request):
    """{code of an invitation: code of who filled in there, or ''}, the one opened last at the end."""
    if (noted := getattr(request, "known_links", None)) is not None:
        return noted
    text = request.get_signed_cookie(
        settings.KNOWN_LINKS_COOKIE_NAME, default="", salt=SALT, max_age=DAYS * 24 * 3600
    )
    return dict(one.split(":") for one in text.split("|") if one.count(":") == 1)


class KnownLinksMiddleware:
    """Writes down in a cookie what a view has noted. A script cannot read it, and no other site can send it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        noted = getattr(request, "known_links", None)
        name = settings.KNOWN_LINKS_COOKIE_NAME
        if noted:
            response.set_signed_cookie(
                name,
                "|".join(f"{link}:{who}" for link, who in noted.items()),
                salt=SALT,
                max_age=DAYS * 24 * 3600,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Strict",
            )
        elif noted is not None and name in request.COOKIES:
            response.set_cookie(
                name, max_age=0, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Strict"
            )
        return response
