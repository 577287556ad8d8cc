"""The jobs of intake: its mails, and forgetting. None of them says anything about health."""

import smtplib
from email.headerregistry import Address
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from backup_plan_site.jobs.api import handler
from backup_plan_site.staff.models import Practice

from . import bounces, reminders, tokens
from .actions import mailing
from .models import Intake, Invitation

# No machine answers a mail that says this (RFC 3834): no 'out of office' comes back to the practice.
AUTOMATIC = {"Auto-Submitted": "auto-generated"}


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
    _mail_link(invitation, _invitation_words)


@handler("reminder")
def send_reminder(ids):
    """The reminder of one appointment, if it is still due; by night a job for the next morning instead."""
    intake = Intake.objects.select_related("patient", "practice").get(pk=ids["intake"])
    now = timezone.now()
    opens = reminders.not_before(now, mailing.zone_of(intake))
    if opens > now:
        with transaction.atomic():
            mailing.queue_reminder(intake, ids["appointment"], opens, again=True)
        return
    invitation = mailing.reminder_link(intake, ids["appointment"])
    if invitation is not None:
        _mail_link(invitation, _reminder_words)


@handler("forget-slip")
def forget_slip(ids):
    """Wipe the sealed token of a link that may no longer be shown at the desk; the link itself goes on."""
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


def _mail_link(invitation, words):
    """Mail one link in the words of `words(practice)`, and write down that it left or that nobody takes it."""
    intake, practice = invitation.intake, invitation.practice
    link = settings.BASE_URL + reverse("intake:link", args=[tokens.unseal(invitation.sealed_token)])
    with translation.override(intake.language), timezone.override(practice.time_zone):
        subject, words = words(practice)
        context = {
            "practice": practice,
            "language": intake.language,
            "subject": subject,
            "link": link,
            "appointment": _appointment(intake),
            "duration": _("It takes about 20 minutes. In two goes is fine: the same link opens it again."),
            "contact": practice.phone or practice.email,
            **words,
        }
        try:
            _send(
                "link",
                subject,
                intake.patient.email,
                context,
                sender=_sender(practice),
                reply_to=[practice.email] if practice.email else None,
                message_id=f"<invitation.{invitation.code}@{_domain()}>",
            )
        except smtplib.SMTPRecipientsRefused as error:
            if not bounces.is_final(error):
                raise
            mailing.mail_returned(invitation)
            return
    _is_out(invitation)


def _is_out(invitation):
    """Write down that the mail left; nobody needs the token any more."""
    Invitation.objects.filter(pk=invitation.pk).update(sealed_token="", mailed_at=timezone.now())


def _invitation_words(practice):
    name = {"practice": practice.name}
    lead = _("%(name)s would like to know a few things before you come.") % {"name": practice.name}
    return _("Before your appointment at %(practice)s") % name, {"lead": [lead], "button": _("Begin")}


def _reminder_words(practice):
    name = {"practice": practice.name}
    lead = [
        _("Soon we see you at %(practice)s. We would like to know a few things before you come.") % name,
        _("Did you begin already? Then you go on where you stopped."),
    ]
    return _("Soon: your appointment at %(practice)s") % name, {"lead": lead, "button": _("Begin or go on")}


def _appointment(intake):
    """When the patient comes, in words of the reader's language; '' when that is over or not known."""
    if intake.appointment_at is None or intake.appointment_at <= timezone.now():
        return ""
    at = timezone.localtime(intake.appointment_at)
    when = {"day": date_format(at, "l j F"), "time": date_format(at, "TIME_FORMAT")}
    return _("Your appointment: %(day)s at %(time)s.") % when


def _send(template, subject, to, context, *, sender=None, reply_to=None, message_id=""):
    mail = EmailMultiAlternatives(
        _one_line(subject),
        render_to_string(f"intake/mail_{template}.txt", context).strip() + "\n",
        sender or settings.DEFAULT_FROM_EMAIL,
        [to],
        headers={**AUTOMATIC, "Message-ID": message_id} if message_id else AUTOMATIC,
        reply_to=reply_to,
    )
    mail.attach_alternative(render_to_string(f"intake/mail_{template}.html", context), "text/html")
    mail.send()


def _sender(practice):
    """Our own address under the practice's name: a patient knows the practice, and not who runs its server."""
    return str(Address(_one_line(practice.name), addr_spec=parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


def _one_line(text):
    """Without line breaks and other signs that are not seen: one in a practice's name would end the header.

    Nor with the beginning of an encoded word, in which a mail program would find such signs again.
    """
    seen = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(seen.replace("=?", "= ?").split())


def _domain():
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
