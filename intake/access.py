"""The patient's door: a browser session that has opened a link with the right birth date."""

import functools
import uuid

from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from backup_plan_site.staff.access import mark
from backup_plan_site.staff.actors import Actor

from .models import Intake, Invitation

SESSION_KEY = "opened_links"


def remember(request, invitation):
    """Let this browser go on with this intake. The session's id changes, so that a planted one opens nothing."""
    opened = request.session.get(SESSION_KEY, {})
    code = str(invitation.intake.code)
    opened.pop(code, None)  # the one opened last stands last
    opened[code] = str(invitation.code)
    request.session.cycle_key()
    request.session[SESSION_KEY] = opened


def forget(request):
    """Close every intake that this browser has opened."""
    request.session.pop(SESSION_KEY, None)
    request.session.cycle_key()


def patient_link(view):
    """Only for a browser that opened this very intake by a link that still works.

    Gives the view `request.patient` (an Actor), `request.intake` (with patient and practice) and the patient's
    language. Anything else gets the same friendly page as a link that has ended.
    """

    @functools.wraps(view)
    def wrapper(request, code, *args, **kwargs):
        invitation = _opened(request, code)
        if invitation is None:
            return link_ended(request)
        actor = Actor.patient(
            practice_id=invitation.practice_id,
            intake_id=invitation.intake_id,
            practice_name=invitation.practice.name,
        )
        request.patient = actor
        request.intake = Intake.objects.for_actor(actor).select_related("patient", "practice").get(code=code)
        with translation.override(request.intake.language):
            request.LANGUAGE_CODE = translation.get_language()
            response = view(request, *args, **kwargs)
            response.headers.setdefault("Content-Language", translation.get_language())
        patch_vary_headers(response, ("Cookie",))
        return response

    return mark(wrapper, "patient")


def link_ended(request):
    """One identical page for a link that is unknown, expired, locked, revoked or finished."""
    from .contact import contact_phone

    return render(request, "intake/link_ended.html", {"phone": contact_phone()}, status=404)


def _opened(request, code):
    try:
        invitation_code = uuid.UUID(request.session.get(SESSION_KEY, {}).get(str(code), ""))
    except ValueError:
        return None
    found = (
        Invitation.objects.filter(code=invitation_code, intake__code=code)
        .select_related("intake", "practice")
        .first()
    )
    return found if found and found.works_at(timezone.now()) else None
