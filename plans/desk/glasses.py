"""The glasses, gone through together with the patient: what was sent, and the practitioner's own mark beside it."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_POST, require_safe

from backup_plan_site.staff import audit
from backup_plan_site.staff.access import allow
from backup_plan_site.staff.actors import Role
from backup_plan_site.web.once import accepts, conflict, idempotent
from intake.models import Intake
from plans import actions
from triggers.actions import mark_glass
from triggers.glasses import GLASSES
from triggers.models import OWN_WORDS, PractitionerMark

from .fields import Row, Words, choice
from .glass_cards import glasses_page


class MarkForm(Row):
    """What the practitioner thinks of one glass, beside the patient's answer."""

    opinion = choice(
        label=_l("Your mark"),
        choices=PractitionerMark.Opinion,
        error_messages={"required": _l("Choose one of the three first.")},
    )
    note = Words(
        limit=OWN_WORDS,
        rows=2,
        label=_l("Note beside it"),
        help_text=_l("For the practitioners here; it goes on no paper. At most 500 characters."),
    )

    def __init__(self, key, data=None, mark=None):
        initial = {"opinion": mark.opinion, "note": mark.note} if mark else {}
        super().__init__(key, data, initial=initial)


def _the_intake(request, code):
    intakes = Intake.objects.for_actor(request.actor).select_related("patient", "practice")
    return get_object_or_404(intakes, code=code)


@allow(Role.PRACTITIONER)
@require_safe
def glasses(request, code):
    """All thirteen, as far as the patient sent them. Reading is audited."""
    intake = _the_intake(request, code)
    audit.record(request.actor, "glasses.viewed", intake, request=request, subject=intake.patient.code)
    return _page(request, intake)


@allow(Role.PRACTITIONER)
@require_POST
@idempotent
def mark(request, code):
    """Keep one mark. It stands beside what the patient said and changes nothing of that."""
    intake = _the_intake(request, code)
    key = request.POST.get("glass", "")
    if key not in GLASSES:
        return conflict(request)
    form = MarkForm(key, request.POST)
    if not (accepts(request) and form.is_valid()):
        return _page(request, intake, typed={key: form}, status=422)
    mark_glass(request.actor, intake, key, **form.cleaned_data)
    messages.success(request, _("Your mark is saved."), extra_tags=key)
    place = GLASSES.index(key) + 1
    return HttpResponseRedirect(f"{reverse('desk:glasses', args=[intake.code])}#glass-{place}")


@allow(Role.PRACTITIONER)
@require_POST
@idempotent
def make_plan(request, code):
    """Begin the plan with its first draft, or lead to the one that there is."""
    if not accepts(request):
        return conflict(request)
    intake = _the_intake(request, code)
    try:
        plan = actions.open_plan(request.actor, intake)
    except actions.GateClosed:
        messages.error(request, _("Nothing was made: the safety questions do not allow a plan now."))
        return redirect("desk:glasses", intake.code)
    return redirect("desk:plan", plan.code)


def _page(request, intake, *, typed=None, status=200):
    """The page, with a mark as it was typed where something is missing."""

    def form(key, mark):
        return (typed or {}).get(key) or MarkForm(key, mark=mark)

    context = glasses_page(request.actor, intake, form)
    context["said"] = list(messages.get_messages(request))
    context["errors"] = [
        (f"{field.auto_id}_0" if field.use_fieldset else field.auto_id, sentence)
        for wrong in (typed or {}).values()
        for field in wrong
        for sentence in field.errors
    ]
    return render(request, "plans/glasses.html", context, status=status)
