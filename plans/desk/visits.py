"""The visits of one intake: how it goes since the first treatment, and the look again that the fourth may ask for."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backup_plan_site.staff import audit
from backup_plan_site.staff.access import allow
from backup_plan_site.staff.actors import Role
from backup_plan_site.web.once import accepts, conflict, idempotent
from intake.models import Intake
from plans import actions
from plans.models import Plan, Visit
from plans.visits_told import Visits

from .heads import head_of
from .visit_forms import LookAgainForm, VisitForm


def _the_intake(request, code):
    return get_object_or_404(Intake.objects.for_actor(request.actor).select_related("patient"), code=code)


def _the_visit(request, code):
    return get_object_or_404(
        Visit.objects.for_actor(request.actor).select_related("intake__patient"), code=code
    )


@allow(Role.PRACTITIONER)
@require_safe
def visits(request, code):
    """The timeline with a form for the next visit, and the task where it is due. Reading is audited."""
    return visits_page(request, _the_intake(request, code))


@allow(Role.PRACTITIONER)
@require_POST
@idempotent
def record(request, code):
    """Write one visit down."""
    intake = _the_intake(request, code)
    form = VisitForm(request.POST, began_on=intake.began_on)
    if not (accepts(request) and form.is_valid()):
        return visits_page(request, intake, new=form, status=422)
    try:
        actions.record_visit(request.actor, intake, form.cleaned_data)
    except actions.GateClosed:
        messages.error(request, _("Nothing was saved: treatment waits until the safety questions allow it."))
        return visits_page(request, intake, new=form, status=409)
    except actions.SameDay:
        form.refuse_day()
        return visits_page(request, intake, new=form, status=422)
    messages.success(request, _("The visit is saved."))
    return redirect("desk:visits", intake.code)


@allow(Role.PRACTITIONER)
@require_POST
@idempotent
def change(request, code):
    """Correct the latest visit."""
    visit = _the_visit(request, code)
    form = VisitForm(request.POST, began_on=visit.intake.began_on, visit=visit, prefix="change")
    if not (accepts(request) and form.is_valid()):
        return visits_page(request, visit.intake, changed=form, status=422)
    try:
        actions.change_visit(request.actor, visit, form.cleaned_data, seen=request.POST.get("seen", ""))
    except actions.SameDay:
        form.refuse_day()
        return visits_page(request, visit.intake, changed=form, status=422)
    except (actions.Changed, actions.NotLatest):
        messages.error(request, _not_any_more())
        return visits_page(request, visit.intake, changed=form, status=409)
    messages.success(request, _("The visit is changed."))
    return redirect("desk:visits", visit.intake.code)


@allow(Role.PRACTITIONER)
@require_POST
@idempotent
def remove(request, code):
    """Take the latest visit off."""
    if not accepts(request):
        return conflict(request)
    visit = _the_visit(request, code)
    try:
        actions.remove_visit(request.actor, visit, seen=request.POST.get("seen", ""))
    except (actions.Changed, actions.NotLatest):
        messages.error(request, _not_any_more())
    else:
        messages.success(request, _("The visit is taken off."))
    return redirect("desk:visits", visit.intake.code)


@allow(Role.PRACTITIONER)
@require_POST
@idempotent
def look_again(request, code):
    """Record what was done because the fourth visit was not halfway."""
    intake = _the_intake(request, code)
    form = LookAgainForm(request.POST)
    if not (accepts(request) and form.is_valid()):
        return visits_page(request, intake, again=form, status=422)
    try:
        actions.look_again(request.actor, intake, **form.cleaned_data)
    except actions.NotDue:
        messages.info(request, _("There was nothing left to decide. This is how it stands now."))
    else:
        messages.success(request, _("Your choice is saved, in your name."))
    return redirect("desk:visits", intake.code)


def visits_page(request, intake, *, new=None, changed=None, again=None, status=200):
    """The page itself; each form as it was typed where something is missing."""
    told, screening = Visits(request.actor, intake), intake.screening
    audit.record(request.actor, "visits.viewed", intake, request=request, subject=intake.patient.code)
    # What was typed for a visit that is not the latest any more would land on another one.
    latest = told.latest
    changed = changed if changed and latest and changed.visit.pk == latest.pk else None
    return render(
        request,
        "plans/visits.html",
        {
            "intake": intake,
            "patient": intake.patient,
            "head": head_of(intake, screening),
            "screening": screening,
            "plan": Plan.objects.for_actor(request.actor).filter(intake=intake).first(),
            "gate_is_open": screening is not None and screening.gate_is_open,
            "told": told,
            "new_form": new or VisitForm(began_on=intake.began_on),
            "change_form": changed
            or (latest and VisitForm(began_on=intake.began_on, visit=latest, prefix="change")),
            "again_form": again or LookAgainForm(),
            "errors": _errors(new, changed, again),
        },
        status=status,
    )


def _not_any_more():
    return _("Nothing was changed: somebody else was here in the meantime. This is how it stands now.")


def _errors(*forms):
    """(id of the field, sentence) of everything that is wrong, for the summary above the page."""
    return [
        (f"{field.auto_id}_0" if field.use_fieldset else field.auto_id, sentence)
        for form in forms
        if form is not None
        for field in form
        for sentence in field.errors
    ]
