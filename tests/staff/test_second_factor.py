"""Nobody works here with a password alone: signing in, the second lock, and getting back in."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail
from django.urls import reverse

from backup_plan_site.staff.mails import send_password_reset
from backup_plan_site.staff.models import User
from tests.cast import PASSWORD, TOTP_SECRET

LOGIN, WORKLIST, ENROL = "/staff/login/", "/desk/", "/staff/second-lock/"


@pytest.fixture
def newcomer(cast):
    """The front desk of A, before she has made a second lock."""
    person = cast.people["desk_a"]
    person.authenticator_set.all().delete()
    return person


def sign_in(client, email, password=PASSWORD, **extra):
    return client.post(LOGIN, {"login": email, "password": password, **extra})


def code_now(secret=TOTP_SECRET):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_a_newcomer_reaches_only_the_pages_to_make_a_second_lock(client, newcomer):
    sign_in(client, newcomer.email)

    for path in (WORKLIST, "/staff/team/", "/staff/2fa/", reverse("account_change_password")):
        assert client.get(path).headers.get("Location") == ENROL, path
        assert client.post(path).headers.get("Location") == ENROL, path
    for path in (ENROL, reverse("mfa_activate_totp"), reverse("mfa_add_webauthn"), reverse("account_logout")):
        assert client.get(path).status_code == 200, path
    assert client.get("/healthz").status_code == 200


def test_recovery_codes_alone_are_no_second_lock(client, newcomer):
    RecoveryCodes.activate(newcomer)
    client.force_login(newcomer)

    assert client.get(WORKLIST).headers["Location"] == ENROL


def test_the_second_lock_can_be_left_to_the_demo(client, newcomer, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(newcomer)

    assert client.get(reverse("staff:switch")).status_code == 200


def test_an_authenticator_app_is_set_up_and_opens_the_door_from_then_on(client, newcomer):
    sign_in(client, newcomer.email)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'id="authenticator_secret">([A-Z2-7=]+)<', page)[1]

    response = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})

    assert response.url == reverse("mfa_view_recovery_codes")
    codes = client.get(response.url).content.decode()
    assert len(re.findall(r"^[\d ]{8,9}$", re.search(r"<pre[^>]*>(.*?)</pre>", codes, re.S)[1], re.M)) == 10
    assert client.get(reverse("staff:switch")).status_code == 200
    stored = Authenticator.objects.get(user=newcomer, type="totp").data["secret"]
    assert secret not in stored, "the secret lies in the database as it is"


def test_signing_in_takes_password_and_code(client, cast):
    person = cast.people["desk_a"]

    first = sign_in(client, person.email.upper())
    assert first.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert client.get("/staff/switch/").status_code == 302

    wrong = client.post(first.url, {"code": "000000"})
    assert wrong.status_code == 200
    assert "_auth_user_id" not in client.session

    done = client.post(first.url, {"code": code_now()})
    assert done.url == WORKLIST
    assert client.get("/staff/switch/").status_code == 200


def test_a_code_works_once(client, cast):
    person, code = cast.people["desk_a"], code_now()
    sign_in(client, person.email)
    client.post(reverse("mfa_authenticate"), {"code": code})
    client.post(reverse("account_logout"))
    sign_in(client, person.email)

    client.post(reverse("mfa_authenticate"), {"code": code})

    assert "_auth_user_id" not in client.session


def test_a_recovery_code_opens_once_when_the_phone_is_lost(client, cast):
    person = cast.people["desk_a"]
    code = RecoveryCodes.activate(person).get_unused_codes()[0]

    for works in (True, False):
        sign_in(client, person.email)
        client.post(reverse("mfa_authenticate"), {"code": code})
        assert ("_auth_user_id" in client.session) is works
        client.post(reverse("account_logout"))


def test_signing_in_leads_back_to_the_page_that_was_asked_but_never_outside(client, cast):
    person = cast.people["desk_a"]
    for wanted, leads_to in (("/staff/switch/", "/staff/switch/"), ("https://example.org/", WORKLIST)):
        sign_in(client, person.email, next=wanted)
        Authenticator.objects.filter(user=person).update(last_used_at=None)
        code = RecoveryCodes.activate(person).get_unused_codes()[0]
        assert client.post(reverse("mfa_authenticate"), {"code": code}).url == leads_to
        client.post(reverse("account_logout"))


@pytest.mark.parametrize("email", ["desk_a@example.org", "nobody@example.org"])
def test_a_wrong_password_says_the_same_for_known_and_unknown(client, cast, email):
    response = sign_in(client, email, "wrong wrong wrong")

    assert response.status_code == 200
    assert len(response.context["form"].non_field_errors()) == 1


def test_somebody_whose_account_is_closed_does_not_get_in(client, cast):
    User.objects.filter(email="desk_a@example.org").update(is_active=False)

    sign_in(client, "desk_a@example.org")

    assert "_auth_user_id" not in client.session


def test_many_wrong_passwords_close_the_door_for_a_while(client, cast):
    for _ in range(5):
        sign_in(client, "desk_a@example.org", "wrong wrong wrong")

    sign_in(client, "desk_a@example.org")

    assert "_auth_user_id" not in client.session


def test_nobody_can_sign_up(client, db):
    for path in ("/staff/signup/", "/accounts/signup/", "/staff/email/", "/staff/social/signup/"):
        assert client.get(path).status_code == 404


def test_signing_out_needs_a_post_and_ends_the_session(cast):
    client = cast.client("desk_a")
    client.get(reverse("account_logout"))
    assert "_auth_user_id" in client.session
    before = client.session.session_key

    client.post(reverse("account_logout"))

    assert client.session.session_key != before
    assert client.get("/staff/switch/").status_code == 302


@pytest.mark.parametrize("email", ["desk_a@example.org", "DESK_A@example.org", "nobody@example.org"])
def test_asking_for_a_new_password_answers_the_same_for_everybody(client, cast, email, monkeypatch):
    queued = []
    monkeypatch.setattr(
        "backup_plan_site.jobs.api.enqueue", lambda kind, **about: queued.append(about["ids"])
    )

    response = client.post(reverse("account_reset_password"), {"email": email})

    assert response.url == reverse("account_reset_password_done")
    assert not mail.outbox
    assert queued == ([] if email.startswith("nobody") else [{"user": cast.people["desk_a"].pk}])


def test_a_new_password_is_chosen_by_link_once_and_the_second_lock_stays(client, cast):
    person = cast.people["desk_a"]
    send_password_reset({"user": person.pk})
    link = re.search(r"https?://[^/]+(/staff/password/reset/key/\S+)", mail.outbox[0].body)[1]

    for _scanner in range(3):
        client.head(link)
        client.get(link)
    form = client.get(link, follow=True).wsgi_request.path
    assert "-set-password" in form
    refused = client.post(form, {"password1": "too short", "password2": "too short"})
    assert refused.status_code == 200
    client.post(form, {"password1": "wilg esdoorn beuk linde", "password2": "wilg esdoorn beuk linde"})

    assert "token_fail" in client.get(link, follow=True).context
    assert "_auth_user_id" not in client.session
    assert sign_in(client, person.email, "wilg esdoorn beuk linde").url == reverse("mfa_authenticate")


def test_a_new_password_ends_the_sessions_of_the_old_one(cast):
    client = cast.client("desk_a")
    person = cast.people["desk_a"]
    person.set_password("wilg esdoorn beuk linde")
    person.save()

    assert client.get("/staff/switch/").status_code == 302


def test_the_secret_can_be_read_after_the_key_was_changed(cast, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "a-new-key-0123456789-abcdefghijklmnopqrstuvwxyz-9876543210"
    totp = Authenticator.objects.get(user=cast.people["desk_a"], type="totp")

    assert TOTP(totp).validate_code(code_now())
