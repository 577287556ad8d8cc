"""The Bucketlist: habits added, changed, moved and removed, one form each."""

import uuid

from django.contrib import messages
from django.http import Http404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backup_plan_site.staff.access import allow
from backup_plan_site.staff.actors import Role
from backup_plan_site.web.once import accepts, conflict, idempotent
from plans import actions
from plans.composition import MOST_TO_START
from plans.models import BucketlistItem

from .composer import closed, the_plan, to_section
from .habit_forms import empty_form, form_of, forms_of_tips
from .plan_page import Conflict, plan_page, stands_now, too_many, who_saved
from .sheet import Sheet


def _item(request, code):
    """One habit with its plan, or None when it is not there (any more)."""
    return (
        BucketlistItem.objects.for_actor(request.actor)
        .select_related("plan__intake__patient", "plan__intake__practice")
        .filter(code=code)
        .first()
    )


def _plan_posted(request):
    """The plan that the form stood on. Raises Http404."""
    code = request.POST.get("plan", "")
    if not _is_code(code):
        raise Http404
    return the_plan(request, code)


def _saved(request, plan, sentence):
    messages.success(request, sentence, extra_tags="habits")
    return to_section(plan, "habits")


def _shown_again(request, sheet, form, *, status=422, conflict=None):
    return plan_page(request, sheet, habit={form.key: form}, status=status, conflict=conflict)


def _too_many(form, refusal):
    """Say a limit where it can be mended: beside 'when' for a fourth that begins, else beside the first field."""
    if refusal.limit == MOST_TO_START:
        form.add_error("begins", _("At most three to begin with. Put one on later first."))
    else:
        form.add_error("after", too_many("habits", refusal.limit))


@allow(Role.PRACTITIONER)
@require_POST
@idempotent
def add(request, code):
    """A new habit: from a tip or one's own."""
    sheet = Sheet(the_plan(request, code))
    if not sheet.gate_is_open:
        return closed(request, sheet.plan)
    tip = request.POST.get("tip", "")
    if accepts(request) and tip and any(one.tip == tip for one in sheet.habits):
        return _saved(request, sheet.plan, _("This tip stands on the Bucketlist already."))
    of_tips = forms_of_tips(sheet, request.POST)
    form = of_tips.get(tip) or empty_form(sheet, request.POST)
    if not (accepts(request) and form.is_valid()):
        return _shown_again(request, sheet, form)
    try:
        actions.add_habit(request.actor, sheet.plan, {**form.values(), "tip": form.tip})
    except actions.GateClosed:
        return closed(request, sheet.plan)
    except actions.TooMany as refusal:
        _too_many(form, refusal)
        return _shown_again(request, sheet, form)
    return _saved(request, sheet.plan, _("Saved: the habit stands on the Bucketlist."))


@allow(Role.PRACTITIONER)
@require_POST
@idempotent
def change(request, code):
    """Change one habit. When a colleague changed or removed it meanwhile, what was typed stays in a form."""
    item = _item(request, code)
    if item is None:
        return _gone(request)
    sheet = Sheet(item.plan)
    if not sheet.gate_is_open:
        return closed(request, sheet.plan)
    form = form_of(item, sheet, request.POST)
    if not (accepts(request) and form.is_valid()):
        return _shown_again(request, sheet, form)
    try:
        actions.change_habit(request.actor, item, form.values(), seen=request.POST.get("seen", ""))
    except actions.GateClosed:
        return closed(request, sheet.plan)
    except actions.Changed:
        form.fresh = True
        return _shown_again(request, sheet, form, status=409, conflict=_conflict(request, sheet, "changed"))
    except actions.TooMany as refusal:
        _too_many(form, refusal)
        return _shown_again(request, sheet, form)
    return _saved(request, sheet.plan, _("Saved: the habit is changed."))


def _gone(request):
    """A habit that somebody removed while it was being changed: what was typed stands in the form for a new one."""
    sheet = Sheet(_plan_posted(request))
    if not sheet.gate_is_open:
        return closed(request, sheet.plan)
    form = empty_form(sheet, request.POST)
    return _shown_again(request, sheet, form, status=409, conflict=_conflict(request, sheet, "removed"))


@allow(Role.PRACTITIONER)
@require_POST
@idempotent
def remove(request, code):
    """Take one habit off the list."""
    if not accepts(request):
        return conflict(request)
    item = _item(request, code)
    if item is None:
        return _was_removed(request)
    try:
        actions.remove_habit(request.actor, item)
    except actions.GateClosed:
        return closed(request, item.plan)
    return _saved(request, item.plan, _("Removed from the Bucketlist."))


@allow(Role.PRACTITIONER)
@require_POST
@idempotent
def move(request, code):
    """Let one habit change places with its neighbour."""
    if not accepts(request):
        return conflict(request)
    item = _item(request, code)
    if item is None:
        return _was_removed(request)
    try:
        actions.move_habit(request.actor, item, up=request.POST.get("way") == "up")
    except actions.GateClosed:
        return closed(request, item.plan)
    return _saved(request, item.plan, _("Saved: the new order."))


def _was_removed(request):
    """Somebody was faster: the list as it stands now."""
    return _saved(request, _plan_posted(request), _("Somebody removed this habit in the meantime."))


def _conflict(request, sheet, what):
    by, at = who_saved(request.actor, sheet.plan, f"plan.habit-{what}")
    return Conflict("habits", by, at, stands_now(sheet, "habits"))


def _is_code(text):
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
