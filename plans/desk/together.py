"""The practice's own screens: the tablet in the waiting room, and part B together with the practitioner."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from backup_plan_site.staff.access import allow
from backup_plan_site.staff.actors import Role
from backup_plan_site.web.once import accepts, conflict, idempotent
from intake import actions
from intake.access import remember, remember_respondent
from intake.models import Intake
from intake.way import lists_let_through, part_b_address
from triggers.progress import is_sent

from .links import qr_picture


@allow(Role.PRACTITIONER, Role.DESK)
@require_POST
@idempotent
def tablet(request, code):
    """A fresh code for the tablet, shown on this page and nowhere again; loading it once more makes a new one."""
    if not accepts(request):
        return conflict(request)
    intake = _the_intake(request, code)
    _invitation, shown = actions.put_on_tablet(request.actor, intake)
    address = settings.BASE_URL + reverse("intake:tablet")
    context = {
        "patient": intake.patient,
        # In two halves: six signs at once are hard to keep in mind on the way to the tablet.
        "code": f"{shown[:3]} {shown[3:]}",
        "address": address,
        "qr": qr_picture(address),
    }
    return render(request, "plans/tablet.html", context)


@allow(Role.PRACTITIONER)
@require_POST
@idempotent
def together(request, code):
    """Open part B in this very login, to fill it in with the patient beside the screen."""
    if not accepts(request):
        return conflict(request)
    intake = _the_intake(request, code)
    if not may_sit_together(intake, intake.screening, sent=is_sent(intake)):
        messages.error(
            request, _("Nothing was opened: the glasses are sent already, or the safety questions wait.")
        )
        return redirect("desk:glasses", intake.code)
    invitation, respondent = actions.sit_together(request.actor, intake)
    remember(request, invitation)
    remember_respondent(request, respondent)
    return redirect(part_b_address(intake))


def may_sit_together(intake, screening, *, sent):
    """Whether part B may be filled in together now: step 1 lets through, and it was not sent yet."""
    return intake.closed_at is None and not sent and lists_let_through(screening)


def _the_intake(request, code):
    intakes = Intake.objects.for_actor(request.actor).open().select_related("patient", "practice")
    return get_object_or_404(intakes, code=code)
