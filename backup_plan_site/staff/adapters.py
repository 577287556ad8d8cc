"""What this site asks of django-allauth: no sign-up, links on our own address, sealed second factors."""

import base64
import hashlib
import time

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.forms import ResetPasswordForm
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import transaction

from backup_plan_site.jobs import api as jobs


class StaffAccountAdapter(DefaultAccountAdapter):
    """People come in by invitation only."""

    def is_open_for_signup(self, request):
        return False

    def is_reauthentication_required(self, *, app, **kwargs):
        """Who signed in within the last minutes has just proved it: the second lock is made without asking again."""
        if not super().is_reauthentication_required(app=app, **kwargs):
            return False
        proofs = [record["at"] for record in get_authentication_records(self.request, self.request.user)]
        return not proofs or time.time() - max(proofs) > settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def format_email_subject(self, subject):
        return str(subject)


class StaffResetPasswordForm(ResetPasswordForm):
    """Asks a job to send the link, so that a known and an unknown address take the same time to answer."""

    def save(self, request, **kwargs):
        with transaction.atomic():
            for user in self.users:
                jobs.enqueue(
                    "staff-password-reset",
                    practice_id=None,
                    ids={"user": user.pk},
                    unique_key=f"staff-password-reset:{user.pk}:{request.request_id}",
                )
        return self.cleaned_data["email"]


class StaffMFAAdapter(DefaultMFAAdapter):
    """Keeps the secrets of authenticator apps sealed: a copy of the database alone makes no codes."""

    def encrypt(self, text):
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        return _box().decrypt(encrypted_text.encode()).decode()

    def _get_site_name(self):
        return settings.MFA_TOTP_ISSUER


def _box():
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    derived = (hashlib.sha256(f"staff.second-factor:{key}".encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in derived])
