"""Words of Django and allauth that we say differently, or that have no Dutch there. Nobody imports this.

makemessages finds them here and puts them into our own catalogue, which wins over theirs.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

WORDS = (
    # Signing in
    _("The email address and/or password you specified are not correct."),
    _("Too many failed login attempts. Try again later."),
    _("Successfully signed in as %(name)s."),
    _("Enter your password:"),
    _("Confirm"),
    _("Please type your current password."),
    _("Incorrect password."),
    _("Incorrect code."),
    _("Be patient, you are sending too many requests."),
    # Passwords
    _("Your password can’t be too similar to your other personal information."),
    _("Your password can’t be a commonly used password."),
    _("The password is too similar to the %(verbose_name)s."),
    _("This password is too common."),
    _("You must type the same password each time."),
    _("New Password (again)"),
    _("Password successfully changed."),
    _("Password successfully set."),
    ngettext_lazy(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
    ),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
    # The second lock
    _("Authenticator code"),
    _("Enter an authenticator code:"),
    _("Use authenticator app or code"),
    _("Use a security key"),
    _("Authenticator app activated."),
    _("Authenticator app deactivated."),
    _("A new set of recovery codes has been generated."),
    _("Security key added."),
    _("Security key removed."),
    _("You cannot generate recovery codes without having two-factor authentication enabled."),
    _("Master key"),
    _("Backup key"),
    _("Key nr. {number}"),
)
