"""Pages about the practice itself: its people, its details, and who did what."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from backup_plan_site.web.once import accepts, idempotent

from . import actions
from . import audit as trail
from .access import allow, signed_in
from .forms import AuditFilterForm, InviteForm, PracticeForm, RolesForm, SwitchForm
from .middleware import PRACTICE
from .models import AuditEvent, Membership, Practice
from .roles import Role

EVENTS_PER_PAGE = 50


@allow(Role.OWNER)
@require_safe
def team(request):
    """Everybody who works here, with their roles."""
    rows = Membership.objects.for_actor(request.actor).running().select_related("user")
    people = {}
    for row in rows:
        people.setdefault(row.user, []).append(row)
    return render(request, "staff/team.html", {"people": people.items(), "section": "team"})


@allow(Role.OWNER)
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def invite(request):
    """Give somebody a role here and send them the link to choose a password."""
    form = InviteForm(request.POST or None, initial={"language": request.user.language})
    if accepts(request) and form.is_valid():
        user = actions.invite(request.actor, request=request, **form.cleaned_data)
        messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": user.email})
        return redirect("staff:team")
    return render(request, "staff/invite.html", {"form": form, "section": "team"})


@allow(Role.OWNER)
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def member(request, code):
    """Change what one person may do here."""
    person, roles = _person(request, code)
    form = RolesForm(request.POST or None, initial={"roles": roles})
    if accepts(request) and form.is_valid() and _change(request, form, person, form.cleaned_data["roles"]):
        messages.success(request, _("Saved."))
        return redirect("staff:team")
    return render(request, "staff/member.html", _page(form, person, code))


@allow(Role.OWNER)
@require_http_methods(["POST"])
@idempotent
def end(request, code):
    """Somebody does not work here any more. It takes effect at their next click."""
    person, roles = _person(request, code)
    form = RolesForm(initial={"roles": roles})
    form.cleaned_data = {}
    if accepts(request) and _change(request, form, person, []):
        messages.success(request, _("%(name)s no longer has access to this practice.") % {"name": person})
        return redirect("staff:team")
    return render(request, "staff/member.html", _page(form, person, code))


@allow(Role.OWNER)
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def practice(request):
    """The practice's own details, which patients read."""
    mine = Practice.objects.get(pk=request.actor.practice_id)
    form = PracticeForm(request.POST or None, instance=mine)
    if accepts(request) and form.is_valid():
        with transaction.atomic():
            form.save()
            trail.record(request.actor, "practice.changed", mine, request=request, fields=form.changed_data)
        messages.success(request, _("Saved."))
        return redirect("staff:practice")
    return render(request, "staff/practice.html", {"form": form, "section": "practice"})


@allow(*Role)
@require_http_methods(["GET", "HEAD", "POST"])
@idempotent
def switch(request):
    """Choose for which practice one works now, for who works in several."""
    form = SwitchForm(request.POST or None, practices=request.practices)
    if accepts(request) and form.is_valid():
        request.session[PRACTICE] = form.cleaned_data["practice"].pk
        return redirect("desk:worklist")
    return render(request, "staff/switch.html", {"form": form})


@signed_in
@require_POST
@idempotent
def language(request):
    """The language in which somebody who is signed in reads and gets mails. Leads back to the page they were on."""
    chosen, to = request.POST.get("language", ""), request.POST.get("next", "")
    if accepts(request) and chosen in dict(settings.LANGUAGES):
        request.user.language = chosen
        request.user.save(update_fields=["language"])
    here = url_has_allowed_host_and_scheme(to, allowed_hosts={request.get_host()})
    return redirect(to if here else "desk:worklist")


@allow(Role.OWNER, Role.PRACTITIONER)
@require_safe
def audit(request):
    """Who did what in this practice, newest first. Patients appear by code, never by name."""
    events = AuditEvent.objects.for_actor(request.actor)
    form = AuditFilterForm(request.GET, events=events)
    if form.is_valid():
        chosen = {"verb": form.cleaned_data["verb"], "user": form.cleaned_data["person"]}
        events = events.filter(**{key: value for key, value in chosen.items() if value})
    page = Paginator(events.select_related("user"), EVENTS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "staff/audit.html", {"form": form, "page": page, "section": "audit"})


@signed_in
@require_safe
def second_factor(request):
    """'Your second lock first': a passkey or an authenticator app."""
    return render(request, "staff/second_factor.html")


def _person(request, code):
    """The person behind the code of one of their memberships here, and their roles; 404 for others."""
    here = Membership.objects.for_actor(request.actor).running().select_related("user")
    row = here.filter(code=code).first()
    if row is None:
        raise Http404
    return row.user, list(here.filter(user=row.user).values_list("role", flat=True))


def _page(form, person, code):
    return {"form": form, "person": person, "code": code, "section": "team"}


def _change(request, form, person, roles):
    try:
        actions.change_roles(request.actor, person, roles, request=request)
    except actions.LastOwner:
        form.add_error(None, _("This is the last owner. Make somebody else an owner first."))
        return False
    return True
