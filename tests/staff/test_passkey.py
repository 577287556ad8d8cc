"""A passkey in a real browser, under the real Content-Security-Policy, with a virtual authenticator."""

import pytest
from django.db import connections
from django.urls import reverse

from backup_plan_site.staff.models import User
from tests.cast import PASSWORD, build_staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture
def page(live_server, monkeypatch):
    sync_api = pytest.importorskip("playwright.sync_api")
    # Playwright runs an event loop in this thread; Django would otherwise refuse to query here.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_context(base_url=live_server.url.replace("127.0.0.1", "localhost")).new_page()
        page.set_default_timeout(10_000)
        yield page
        browser.close()
        # Queries made while the loop runs have a connection of their own, which nobody else would close.
        connections.close_all()


@pytest.fixture
def authenticator(page):
    """A phone or laptop that knows its owner's fingerprint."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    added = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return devtools, added["authenticatorId"]


@pytest.fixture
def complaints(page):
    """What the browser refused or failed at; stays empty when the policy and the scripts agree."""
    found = []
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def test_a_passkey_is_added_and_opens_the_door_without_a_password(page, authenticator, complaints):
    cast = build_staff()
    person = cast.people["owner_a"]
    person.authenticator_set.all().delete()

    page.goto(reverse("account_login"))
    page.locator("input[name=login]").fill(person.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form[action='/staff/login/'] button[type=submit]").click()
    page.wait_for_url("**/staff/second-lock/")

    page.locator(f"a[href='{reverse('mfa_add_webauthn')}']").click()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/staff/2fa/recovery-codes/")
    assert page.locator("pre.codes").inner_text().split()
    assert list(person.authenticator_set.order_by("type").values_list("type", flat=True)) == [
        "recovery_codes",
        "webauthn",
    ]

    page.context.clear_cookies()
    User.objects.filter(pk=person.pk).update(last_login=None)
    page.goto(reverse("account_login") + "?next=/staff/team/")
    page.locator("#passkey_login").click()
    page.wait_for_url(lambda url: "/staff/login" not in url)
    page.goto("/staff/team/")
    assert "Olga Verlinden" in page.content()
    assert complaints == []


def test_the_passkey_is_the_second_step_after_a_password(page, authenticator, complaints):
    cast = build_staff()
    person = cast.people["owner_a"]
    _enrol(page, person)

    page.context.clear_cookies()
    _password(page, person)
    page.wait_for_url("**/staff/2fa/authenticate/")
    page.locator("#mfa_webauthn_authenticate").click()
    page.wait_for_url(lambda url: "authenticate" not in url)

    page.goto("/staff/team/")
    assert "Olga Verlinden" in page.content()
    assert complaints == []


def test_a_refused_passkey_is_said_in_words_and_the_form_stays(page, authenticator):
    cast = build_staff()
    devtools, key = authenticator
    person = cast.people["owner_a"]
    person.authenticator_set.all().delete()
    _password(page, person)
    page.goto(reverse("mfa_add_webauthn"))
    devtools.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})

    page.locator("#mfa_webauthn_add").click()

    page.locator("[data-passkey-trouble]").wait_for(state="visible", timeout=30_000)
    assert not person.authenticator_set.exists()
    assert page.locator("#mfa_webauthn_add").is_visible()


def test_a_browser_without_passkeys_shows_the_other_way(page):
    cast = build_staff()
    person = cast.people["owner_a"]
    person.authenticator_set.all().delete()
    page.add_init_script("delete window.PublicKeyCredential")
    _password(page, person)
    page.wait_for_url("**/staff/second-lock/")

    page.goto(reverse("mfa_add_webauthn"))

    assert not page.locator("#mfa_webauthn_add").is_visible()
    assert page.locator(f"[data-no-passkeys] a[href='{reverse('mfa_activate_totp')}']").is_visible()


def _password(page, person):
    page.goto(reverse("account_login"))
    page.locator("input[name=login]").fill(person.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form[action='/staff/login/'] button[type=submit]").click()
    page.wait_for_load_state()


def _enrol(page, person):
    person.authenticator_set.all().delete()
    _password(page, person)
    page.goto(reverse("mfa_add_webauthn"))
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/staff/2fa/recovery-codes/")
