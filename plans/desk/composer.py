"""Composing the plan: one page, section by section, with nothing lost when two people write at once."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backup_plan_site.staff import audit
from backup_plan_site.staff.access import allow
from backup_plan_site.staff.actors import Role
from backup_plan_site.web.once import accepts, idempotent
from plans import actions
from plans.models import Plan

from .plan_page import NEXT, SECTIONS, TITLES, conflict_in, plan_page, too_many
from .sheet import Sheet, in_words

# Every list of a plan, read once: page, fingerprints and the comparison with the last paper all look at them.
LISTS = (
    *("strengths", "glasses", "conditions", "habits", "exercises"),
    *("build_ups", "rungs", "paced_tasks", "works"),
)


def the_plan(request, code):
    """One plan of this practice, with its intake, patient and practice. Raises Http404."""
    plans = Plan.objects.for_actor(request.actor).select_related("intake__patient", "intake__practice")
    return get_object_or_404(plans.prefetch_related(*LISTS), code=code)


def to_section(plan, section):
    """A redirect to one section of the composer."""
    return HttpResponseRedirect(f"{reverse('desk:plan', args=[plan.code])}#{section}")


def closed(request, plan):
    """What every write answers while step 1 does not allow a plan: a sentence on the page, which is read only."""
    messages.error(request, _("Nothing was saved: the safety questions do not allow a plan now."))
    return to_section(plan, "main")


@allow(Role.PRACTITIONER)
@require_safe
def plan(request, code):
    """The composer. Reading it is audited."""
    sheet = Sheet(the_plan(request, code))
    audit.record(request.actor, "plan.viewed", sheet.plan, request=request, subject=sheet.intake.patient.code)
    return plan_page(request, sheet)


@allow(Role.PRACTITIONER)
@require_POST
@idempotent
def save(request, code, section):
    """Save one section and lead to the next one; show it again when something is wrong or has changed meanwhile."""
    sheet = Sheet(the_plan(request, code))
    if not sheet.gate_is_open:
        return closed(request, sheet.plan)
    typed = SECTIONS[section](sheet, request.POST)
    if not (accepts(request) and typed.is_valid()):
        return plan_page(request, sheet, section=section, typed=typed, status=422)
    try:
        typed.save(request.actor, request.POST.get("seen", ""))
    except actions.GateClosed:
        return closed(request, sheet.plan)
    except actions.Changed:
        conflict = conflict_in(request.actor, sheet, section)
        return plan_page(request, sheet, section=section, typed=typed, conflict=conflict, status=409)
    except (actions.TooMany, actions.StillHangs) as refusal:
        _refuse(typed, refusal)
        return plan_page(request, sheet, section=section, typed=typed, status=422)
    # Who puts a row in another place stays where the rows are; who saves goes on to the next section.
    here = section if "move" in request.POST else NEXT[section]
    messages.success(request, _("Saved: %(section)s.") % {"section": _title(section)}, extra_tags=here)
    return to_section(sheet.plan, here)


def _refuse(typed, refusal):
    if isinstance(refusal, actions.TooMany):
        typed.refuse(too_many(typed.name, refusal.limit))
    else:
        typed.refuse(
            _("This cannot go yet: something on the plan hangs on it. Change or remove that first."),
            [in_words(item, typed.sheet) for item in refusal.items],
        )


def _title(section):
    words = {
        "cautions": _("what to be careful with"),
        "note": _("a word for the patient"),
        "build-up": _("the build-up"),
        "ladder": _("the ladder"),
        "pacing": _("the tasks in pieces"),
        "work": _("the way back to work"),
        "worksheets": _("the worksheets"),
    }
    return words.get(section) or str(TITLES[section])
