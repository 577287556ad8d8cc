"""Mails to people who work in a practice. They carry a link to choose a password and nothing about a patient."""

from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from backup_plan_site.jobs import api as jobs

from .models import Membership, User


def set_password_url(user):
    """A link with which this person chooses a password, for PASSWORD_RESET_TIMEOUT seconds.

    It ends when the password changes or the person logs in.
    """
    key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return settings.BASE_URL + reverse("account_reset_password_from_key", kwargs=key)


@jobs.handler("staff-invitation")
def send_invitation(ids):
    """Invite somebody to a practice. Sends nothing when the membership ended while the job waited."""
    rows = Membership.objects.running().select_related("user", "practice")
    membership = rows.filter(user=ids["user"], practice=ids["practice"]).first()
    if membership is not None:
        _send("staff/mail_invitation", membership.user, practice=membership.practice)


@jobs.handler("staff-password-reset")
def send_password_reset(ids):
    """Send a link for a new password to somebody who may still log in."""
    user = User.objects.filter(pk=ids["user"], is_active=True).first()
    if user is not None:
        _send("staff/mail_password_reset", user)


def _send(template, user, **context):
    with translation.override(user.language):
        context |= {
            "person": user,
            "new": not user.has_usable_password(),
            "url": set_password_url(user),
            "login_url": settings.BASE_URL + reverse("account_login"),
            "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
        }
        subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
        mail = EmailMultiAlternatives(subject, render_to_string(f"{template}.txt", context), to=[user.email])
        mail.attach_alternative(render_to_string(f"{template}.html", context), "text/html")
    mail.send()
