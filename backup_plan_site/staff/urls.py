"""Addresses under /staff/: our own pages, and of django-allauth only what people here need.

Signing up, changing e-mail addresses and logging in with other sites have no address. A library's view answers
only the methods that a browser sends it: its classes would take PUT and DELETE as well.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import include, path, re_path
from django.views.decorators.http import require_http_methods, require_safe

from . import views

form = require_http_methods(["GET", "HEAD", "POST"])

own = [
    path("team/", views.team, name="team"),
    path("team/invite/", views.invite, name="invite"),
    path("team/<uuid:code>/", views.member, name="member"),
    path("team/<uuid:code>/end/", views.end, name="end"),
    path("practice/", views.practice, name="practice"),
    path("switch/", views.switch, name="switch"),
    path("language/", views.language, name="language"),
    path("audit/", views.audit, name="audit"),
    path("second-lock/", views.second_factor, name="second_factor"),
]

login = [
    path("login/", form(account.login), name="account_login"),
    path("logout/", form(account.logout), name="account_logout"),
    path("inactive/", require_safe(account.account_inactive), name="account_inactive"),
    path("reauthenticate/", form(account.reauthenticate), name="account_reauthenticate"),
    path("password/change/", form(account.password_change), name="account_change_password"),
    path("password/set/", form(account.password_set), name="account_set_password"),
    path("password/reset/", form(account.password_reset), name="account_reset_password"),
    path(
        "password/reset/done/", require_safe(account.password_reset_done), name="account_reset_password_done"
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        form(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        require_safe(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
]

second_factor = [
    path("", require_safe(mfa.index), name="mfa_index"),
    path("authenticate/", form(mfa.authenticate), name="mfa_authenticate"),
    path("reauthenticate/", form(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("totp/activate/", form(totp.activate_totp), name="mfa_activate_totp"),
    path("totp/deactivate/", form(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("recovery-codes/", require_safe(recovery_codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "recovery-codes/generate/",
        form(recovery_codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "recovery-codes/download/",
        require_safe(recovery_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("passkeys/", require_safe(webauthn.list_webauthn), name="mfa_list_webauthn"),
    path("passkeys/add/", form(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("passkeys/login/", form(webauthn.login_webauthn), name="mfa_login_webauthn"),
    path(
        "passkeys/reauthenticate/", form(webauthn.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"
    ),
    path("passkeys/<int:pk>/remove/", form(webauthn.remove_webauthn), name="mfa_remove_webauthn"),
    path("passkeys/<int:pk>/edit/", form(webauthn.edit_webauthn), name="mfa_edit_webauthn"),
]

urlpatterns = [
    path("", include((own, "staff"))),
    path("", include(login)),
    path("2fa/", include(second_factor)),
]
