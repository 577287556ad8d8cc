"""How long a staff session lasts, for which practice it acts, and that it has a second lock."""

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from .access import PATIENT, PUBLIC
from .actors import Actor
from .models import Membership

BEGAN, SEEN, PRACTICE = "staff_began", "staff_seen", "staff_practice"
# Writing the session at every click would be a database write for nothing.
SEEN_EVERY_SECONDS = 30
# A page that asks again by itself says so: a screen that nobody looks at must not keep the session alive.
QUIET = "X-Quiet"

# What somebody without a second lock must be able to reach: making one, proving the password again, leaving.
WITHOUT_SECOND_FACTOR = frozenset(
    {
        "staff:second_factor",
        "staff:language",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "account_inactive",
    }
)


class StaffSessionMiddleware:
    """Ends a staff session that was idle, or lasted, for too long. Sessions of patients are not touched."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        quiet = request.method == "GET" and QUIET in request.headers
        if request.user.is_authenticated and not self.keep(request.session, quiet=quiet):
            logout(request)
            messages.info(request, _("Your session has ended. Please sign in again."))
        return self.get_response(request)

    def keep(self, session, *, quiet=False):
        """True while the session may go on; notes that somebody was here, unless the page asked by itself."""
        now = int(timezone.now().timestamp())
        began, seen = session.setdefault(BEGAN, now), session.setdefault(SEEN, now)
        if now - seen > settings.STAFF_IDLE_MINUTES * 60 or now - began > settings.STAFF_SESSION_HOURS * 3600:
            return False
        if now - seen >= SEEN_EVERY_SECONDS and not quiet:
            session[SEEN] = now
        return True


class ActorMiddleware:
    """Sets `request.actor`: who is logged in, in the practice they chose; None for everybody else.

    `request.practices` lists where they could choose to work. Times are those of the chosen practice.
    The memberships are read at every request, so that ending one, or closing an account, works at once.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.actor, request.practices = self.find(request)
        zones = {practice.pk: practice.time_zone for practice in request.practices}
        with timezone.override(zones[request.actor.practice_id] if request.actor else None):
            return self.get_response(request)

    def find(self, request):
        if not request.user.is_authenticated:
            return None, []
        rows = list(
            Membership.objects.running()
            .filter(user=request.user)
            .select_related("practice", "user")
            .order_by("practice__name", "practice_id", "role")
        )
        practices = list({row.practice_id: row.practice for row in rows}.values())
        if not practices:
            return None, []
        chosen = request.session.get(PRACTICE)
        if chosen not in {practice.pk for practice in practices}:
            chosen = practices[0].pk
        return Actor.staff(row for row in rows if row.practice_id == chosen), practices


class StaffLanguageMiddleware:
    """Whoever is signed in reads in their own language, on every device. Pages of patients choose their own."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.user.is_authenticated:
            return self.get_response(request)
        request.LANGUAGE_CODE = request.user.language
        with translation.override(request.user.language):
            return self.get_response(request)


class SecondFactorMiddleware:
    """Somebody without a passkey or an authenticator app reaches only the pages to make one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not settings.SECOND_FACTOR_REQUIRED or not request.user.is_authenticated:
            return None
        if getattr(view, "access", None) in (PUBLIC, PATIENT):
            return None
        if request.resolver_match.view_name in WITHOUT_SECOND_FACTOR:
            return None
        # Recovery codes are a spare key: they alone are no second lock.
        if is_mfa_enabled(request.user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]):
            return None
        return redirect("staff:second_factor")
