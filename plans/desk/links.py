"""Links to intakes: made, printed on a slip with a QR code, withdrawn."""

import io

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from backup_plan_site.staff import audit
from backup_plan_site.staff.access import allow
from backup_plan_site.staff.actors import Role
from backup_plan_site.web.once import accepts, conflict, idempotent
from intake import actions
from intake.models import Intake, Invitation
from intake.models.people import IllegalMove

from .forms import LinkForm


def link_address(token):
    """The whole address of a link, as it stands in a mail and on a slip."""
    return settings.BASE_URL + reverse("intake:link", args=[token])


@allow(Role.PRACTITIONER, Role.DESK)
@require_POST
@idempotent
def invite(request, code):
    """Make a link, or renew it: an open one of the same kind ends at that moment."""
    intake = get_object_or_404(
        Intake.objects.for_actor(request.actor).open().select_related("patient"), code=code
    )
    form = LinkForm(request.POST, email=intake.patient.email)
    if accepts(request) and form.is_valid():
        return give(request, intake, form.cleaned_data["channel"])
    if request.once_conflict:
        return conflict(request)
    messages.error(request, " ".join(form.errors.get("channel", [])))
    return redirect("desk:patient", intake.patient.code)


def give(request, intake, channel):
    """Make the link and lead to what comes next: the slip, or the patient's page."""
    invitation = actions.invite(request.actor, intake, channel)
    if channel == Invitation.Channel.SLIP:
        return redirect("desk:link-slip", invitation.code)
    messages.success(request, _("The link is on its way by e-mail."))
    return redirect("desk:patient", intake.patient.code)


@allow(Role.PRACTITIONER, Role.DESK)
@require_POST
@idempotent
def revoke(request, code):
    """Withdraw a link at once."""
    if not accepts(request):
        return conflict(request)
    invitation = get_object_or_404(
        Invitation.objects.for_actor(request.actor).select_related("intake__patient"), code=code
    )
    try:
        actions.revoke(request.actor, invitation)
    except IllegalMove:
        messages.info(request, _("This link had ended already."))
    else:
        messages.success(request, _("The link is withdrawn. It opens nothing any more."))
    return redirect("desk:patient", invitation.intake.patient.code)


@allow(Role.PRACTITIONER, Role.DESK)
@require_safe
def slip(request, code):
    """The slip with the QR code, readable until the link is used, for one day at most."""
    invitation = get_object_or_404(
        Invitation.objects.for_actor(request.actor).select_related("intake__patient", "practice"), code=code
    )
    token = invitation.readable_token(timezone.now())
    if not token:
        raise Http404
    audit.record(
        request.actor, "link.shown", invitation, request=request, subject=invitation.intake.patient.code
    )
    with translation.override(invitation.intake.language):
        return render(
            request,
            "plans/slip.html",
            {
                "practice": invitation.practice,
                "invitation": invitation,
                "patient": invitation.intake.patient,
                "link": link_address(token),
                "valid_until": date_format(timezone.localtime(invitation.ends_at), "j F Y"),
                "qr": qr_picture(link_address(token)),
            },
        )


def qr_picture(text):
    """A QR code as inline SVG with its quiet zone: level Q, so that a fold or a coffee stain does no harm."""
    out = io.BytesIO()
    segno.make(text, error="q", micro=False).save(
        out,
        kind="svg",
        border=4,
        xmldecl=False,
        svgns=True,
        omitsize=True,
        svgclass="qr",
        lineclass="qr__ink",
    )
    return mark_safe(out.getvalue().decode())
