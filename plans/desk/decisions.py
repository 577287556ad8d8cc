"""Deciding on flags: each decision is one form, one flag, one name."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backup_plan_site.staff.access import allow
from backup_plan_site.staff.actors import Role
from backup_plan_site.web.once import accepts, conflict, idempotent
from intake import actions
from intake.models import Flag, Intake, Notice
from intake.models.people import IllegalMove

from .forms import DecisionForm, NotReassuredForm, ReferralForm
from .review import review_page


def _flag(request, code):
    return get_object_or_404(
        Flag.objects.for_actor(request.actor).select_related("screening__intake__patient"), code=code
    )


def _screening(intake):
    if screening := intake.screening:
        return screening
    raise Http404


def _decide(request, flag, form, verb, done, forms_name):
    """Carry out one decision on one flag, or show the page again with what is missing beside the field."""
    intake = flag.screening.intake
    if not (accepts(request) and form.is_valid()):
        return review_page(request, intake, **{forms_name: {flag.pk: form}}, status=422)
    try:
        verb(request.actor, flag, **form.cleaned_data)
    except (actions.NotAllowed, IllegalMove):
        messages.error(
            request, _("Somebody decided on this flag in the meantime. This is how it stands now.")
        )
    else:
        messages.success(request, done)
    return redirect("desk:review", intake.code)


@allow(Role.PRACTITIONER)
@require_POST
@idempotent
def clear(request, code):
    """Clear one flag, for a reason that its class has."""
    flag = _flag(request, code)
    form = DecisionForm(request.POST, flag=flag)
    return _decide(request, flag, form, actions.clear, _("Cleared, in your name."), "clear_forms")


@allow(Role.PRACTITIONER)
@require_POST
@idempotent
def refer(request, code):
    """Refer because of one flag."""
    flag = _flag(request, code)
    form = ReferralForm(request.POST, flag=flag)
    return _decide(request, flag, form, actions.refer, _("Referred, in your name."), "refer_forms")


@allow(Role.PRACTITIONER)
@require_POST
@idempotent
def not_reassured(request, code):
    """The practitioner's own doubt blocks, without any ticked item."""
    intake = get_object_or_404(Intake.objects.for_actor(request.actor).select_related("patient"), code=code)
    form = NotReassuredForm(request.POST)
    if accepts(request) and form.is_valid():
        try:
            actions.not_reassured(request.actor, _screening(intake), form.cleaned_data["explanation"])
        except IllegalMove:
            messages.error(
                request, _("There is nothing to block here: this screening is not passed or cleared.")
            )
        else:
            messages.success(request, _("Blocked, in your name, until it is cleared."))
        return redirect("desk:review", intake.code)
    return review_page(request, intake, doubt_form=form, status=422)


@allow(Role.PRACTITIONER, Role.DESK)
@require_POST
@idempotent
def handled(request, code):
    """Take a notice off the worklist."""
    if not accepts(request):
        return conflict(request)
    notices = Notice.objects.for_actor(request.actor).select_related("intake__patient")
    if not request.actor.clinical:
        notices = notices.exclude(kind=Notice.Kind.MISUNDERSTOOD)
    actions.handle_notice(request.actor, get_object_or_404(notices, code=code))
    return redirect("desk:worklist")
