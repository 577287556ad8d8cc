"""Links to intakes: made, printed on a slip with a QR code, shown to be copied, withdrawn."""

import io
import zoneinfo

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
    """Make the link and lead to what comes next: the slip, the link to copy, or the patient's page."""
    invitation = actions.invite(request.actor, intake, channel)
    if channel == Invitation.Channel.SLIP:
        return redirect("desk:link-slip", invitation.code)
    if channel == Invitation.Channel.COPY:
        return redirect("desk:link-copy", invitation.code)
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
    invitation, link = _shown(request, code)
    with translation.override(invitation.intake.language):
        context = _around(invitation, link)
        return render(request, "plans/slip.html", {**context, "qr": qr_picture(link)})


@allow(Role.PRACTITIONER, Role.DESK)
@require_safe
def copy(request, code):
    """The link to copy, and a message around it in the patient's language. Readable as long as a slip."""
    invitation, link = _shown(request, code)
    with translation.override(invitation.intake.language):
        message = message_with(link, invitation)
    context = {**_around(invitation, link), "message": message, "language": invitation.intake.language}
    return render(request, "plans/link_copy.html", context)


def message_with(link, invitation):
    """What goes into a chat: whose link it is and what to do with it. No name and nothing about health."""
    practice, intake = invitation.practice, invitation.intake
    lines = [_("Hello, this is %(practice)s. Here is your link.") % {"practice": practice.name}]
    if intake.appointment_at and intake.appointment_at > timezone.now():
        at = timezone.localtime(intake.appointment_at, zoneinfo.ZoneInfo(practice.time_zone))
        when = {"day": date_format(at, "l j F"), "time": date_format(at, "TIME_FORMAT")}
        lines.append(_("Your appointment: %(day)s at %(time)s.") % when)
    lines += [_("Tap the link and fill in your date of birth."), link]
    lines.append(_("It takes about 20 minutes, and two goes are fine."))
    not_you = _("Not you? Then do nothing, and please tell us:")
    lines.append(f"{not_you} {practice.phone}" if practice.phone else _("Not you? Then do nothing."))
    return "\n".join(lines)


def _shown(request, code):
    """(invitation, its whole address) of a link that the desk may still show, or 404. The showing is written down."""
    rows = Invitation.objects.for_actor(request.actor).select_related("intake__patient", "practice")
    invitation = get_object_or_404(rows, code=code)
    token = invitation.readable_token(timezone.now())
    if not token:
        raise Http404
    subject = invitation.intake.patient.code
    audit.record(request.actor, "link.shown", invitation, request=request, subject=subject)
    return invitation, link_address(token)


def _around(invitation, link):
    """What a page with a readable link shows around it."""
    return {
        "practice": invitation.practice,
        "invitation": invitation,
        "patient": invitation.intake.patient,
        "link": link,
        "valid_until": date_format(timezone.localtime(invitation.ends_at), "j F Y"),
    }


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
