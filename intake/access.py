"""The patient's door: a browser session that has opened a link with the right birth date, and who fills in there."""

import functools
import uuid

from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from backup_plan_site.staff.access import mark
from backup_plan_site.staff.actors import Actor
from backup_plan_site.web.held import hold

from . import known, tablet
from .models import Intake, Invitation, Respondent

SESSION_KEY = "opened_links"
# What opens before there is any consent, and again after it was taken back.
BEFORE_CONSENT = ("intake:start", "intake:whom", "intake:consent", "intake:language", "intake:leave")
# {code of the intake: code of the Respondent}: who fills in, in this browser.
RESPONDENTS = "respondents"
# When somebody was here last. The session is written, and so goes on for its whole length, at most once an hour.
SEEN = "link_seen"
SEEN_EVERY_SECONDS = 3600
WAYS = {
    Invitation.Channel.TABLET: Respondent.Way.TABLET,
    Invitation.Channel.CONSULT: Respondent.Way.CONSULT,
}


def remember(request, invitation):
    """Let this browser go on with this intake. The session's id changes, so that a planted one opens nothing.

    By another link than before, who fills in is asked anew.
    """
    opened = request.session.get(SESSION_KEY, {})
    code = str(invitation.intake.code)
    if opened.pop(code, None) != str(invitation.code):  # popped: the one opened last stands last
        _drop(request.session, RESPONDENTS, code)
    opened[code] = str(invitation.code)
    # Signing in has changed the id of a login already; a second press must still find its session.
    if not request.user.is_authenticated:
        request.session.cycle_key()
    request.session[SESSION_KEY] = opened
    _stay(request.session)
    if invitation.channel not in WAYS:  # A screen of the practice remembers nobody.
        known.note(request, invitation)


def remember_respondent(request, respondent):
    """Let the answers that come from this browser name this row."""
    told = request.session.get(RESPONDENTS, {})
    request.session[RESPONDENTS] = {**told, str(respondent.intake.code): str(respondent.code)}
    if respondent.way == Respondent.Way.LINK:  # On a screen of the practice nobody is remembered.
        known.note(request, request.invitation, respondent)


def close(session, intake):
    """Close one intake in this browser. The session keeps its id: a second press of a button finds the same way."""
    for key in (SESSION_KEY, RESPONDENTS):
        _drop(session, key, str(intake.code))


def forget(request):
    """Close every intake that this browser has opened."""
    for key in (SESSION_KEY, RESPONDENTS):
        request.session.pop(key, None)
    known.forget(request)
    request.session.cycle_key()


def patient_link(view):
    """Only for a browser that opened this very intake by a link that still works.

    Gives the view `request.patient` (an Actor), `request.intake` (with patient and practice), `request.invitation`,
    `request.way` (a Respondent.Way), `request.respondent` (who fills in; None: not asked in this browser yet) and the
    patient's language. A browser that had opened it before is asked for the birth date again, and what it sent is
    carried out then. Anything else gets the same friendly page as a link that has ended.
    """

    @functools.wraps(view)
    def wrapper(request, code, *args, **kwargs):
        invitation = _opened(request, code)
        if invitation is None:
            invitation, answer = _opened_again(request, code)
            if answer is not None:
                return answer
        _stay(request.session)
        actor = Actor.patient(
            practice_id=invitation.practice_id,
            intake_id=invitation.intake_id,
            practice_name=invitation.practice.name,
        )
        request.patient, request.invitation = actor, invitation
        request.way = WAYS.get(invitation.channel, Respondent.Way.LINK)
        request.respondent = _respondent(request, actor, code)
        intakes = Intake.objects.for_actor(actor).with_standing().select_related("patient", "practice")
        request.intake = intakes.get(code=code)
        if _must_consent_anew(request):
            return redirect("intake:consent", code)
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

    page = render(request, "intake/link_ended.html", {"phone": contact_phone()}, status=404)
    return hold(page, "link-ended")


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
    if found is None or not found.works_at(timezone.now()):
        return None
    return found if _may_hold(request, found) else None


def _opened_again(request, code):
    """(invitation, None) when the birth date that was asked once more is right; else (None, what to answer)."""
    if request.method == "POST" and tablet.was_put_down(request.session):
        # The second press of the button that gave the tablet back.
        return None, redirect("intake:tablet-thanks")
    invitation, respondent = known.find(request, code)
    if invitation is None:
        return None, link_ended(request)
    if request.resolver_match and request.resolver_match.view_name == "intake:leave":
        forget(request)
        return None, redirect("intake:home")
    answer = known.ask_again(request, invitation)
    if not invitation.works_at(timezone.now()):
        return None, link_ended(request)  # It was the fifth wrong date.
    if answer is not None:
        return None, answer
    remember(request, invitation)
    if respondent:
        told = request.session.get(RESPONDENTS, {})
        request.session[RESPONDENTS] = {**told, str(code): str(uuid.UUID(respondent))}
    return (invitation, None) if known.carry_on(request) else (None, redirect(request.get_full_path()))


def _stay(session):
    """Let a session go on that somebody uses."""
    now = int(timezone.now().timestamp())
    if now - session.get(SEEN, 0) >= SEEN_EVERY_SECONDS:
        session[SEEN] = now


def _may_hold(request, invitation):
    """Whether this browser may go on: a tablet while somebody is busy on it, a consult in its practitioner's login."""
    if invitation.channel == Invitation.Channel.TABLET:
        if tablet.in_hand(request.session):
            return True
        close(request.session, invitation.intake)
        tablet.put_down(request.session, tablet.last_language(request.session))
        return False
    if invitation.channel == Invitation.Channel.CONSULT:
        actor = request.actor
        signed_in = actor is not None and actor.clinical and actor.practice_id == invitation.practice_id
        return signed_in and actor.user_id == invitation.created_by_id
    return True


def _must_consent_anew(request):
    """Whether the consent was taken back: by a new link nothing opens then but the pages that lead to a new one."""
    place = request.resolver_match.view_name if request.resolver_match else ""
    return request.intake.care_given is False and place not in BEFORE_CONSENT


def _respondent(request, actor, code):
    told = request.session.get(RESPONDENTS, {}).get(str(code))
    return Respondent.objects.for_actor(actor).filter(code=told).first() if told else None


def _drop(session, key, code):
    """Take one entry out of what a session keeps under `key`; a session without it is not written."""
    kept = session.get(key, {})
    if code in kept:
        session[key] = {name: value for name, value in kept.items() if name != code}
