"""The jobs of intake: its mails, and forgetting. None of them says anything about health."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from backup_plan_site.jobs.api import handler
from backup_plan_site.staff.models import Practice

from . import tokens
from .models import Invitation


@handler("invitation-mail")
def send_invitation(ids):
    """The mail with the link. A link that ended while it waited is not sent any more.

    The sealed token goes once the mail is out. A worker that dies in between sends the same link again, never
    another one; the message id is the same, so that a mailbox can show the two as one.
    """
    invitation = Invitation.objects.select_related("intake__patient", "practice").get(pk=ids["invitation"])
    if not invitation.works_at(timezone.now()) or not invitation.sealed_token:
        return
    if not invitation.intake.patient.email:
        return  # The address was taken away meanwhile; the desk sees a link that was never mailed.
    token = tokens.unseal(invitation.sealed_token)
    patient, practice = invitation.intake.patient, invitation.practice
    with translation.override(invitation.intake.language), timezone.override(practice.time_zone):
        context = {
            "practice": practice,
            "intake": invitation.intake,
            "link": settings.BASE_URL + reverse("intake:link", args=[token]),
            "language": invitation.intake.language,
        }
        _send(
            "invitation",
            _("Before your appointment at %(practice)s") % {"practice": practice.name},
            patient.email,
            context,
            message_id=f"<invitation.{invitation.code}@{_domain()}>",
        )
    Invitation.objects.filter(pk=invitation.pk).update(sealed_token="", mailed_at=timezone.now())


@handler("forget-slip")
def forget_slip(ids):
    """Wipe the sealed token of a slip that may no longer be shown; the link itself goes on."""
    Invitation.objects.filter(pk=ids["invitation"]).update(sealed_token="")


@handler("urgent-alert")
def send_urgent_alert(ids):
    """Tell the on-call address to look at the worklist: no name, no answer, no link to a person."""
    practice = Practice.objects.get(pk=ids["practice"])
    if not practice.on_call_email:
        return
    with translation.override(practice.default_language):
        context = {"practice": practice, "link": settings.BASE_URL + reverse("desk:worklist")}
        _send("urgent_alert", _("Please look at the worklist"), practice.on_call_email, context)


def _send(template, subject, to, context, message_id=""):
    mail = EmailMultiAlternatives(
        " ".join(subject.split()),  # a line break in a practice's name would end the header
        render_to_string(f"intake/mail_{template}.txt", context),
        settings.DEFAULT_FROM_EMAIL,
        [to],
        headers={"Message-ID": message_id} if message_id else None,
    )
    mail.attach_alternative(render_to_string(f"intake/mail_{template}.html", context), "text/html")
    mail.send()


def _domain():
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
