"""Nothing typed is lost: no connection, a busy or a restarted server, back, refresh, two tabs, a session that ended.

Each kind of loss is planted too, so that what looks for it is seen to find it.
"""

import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import TimeoutError as Timeout

from backup_plan_site.staff.models import AuditEvent
from intake import actions as intake_actions
from intake.models import Answer
from plans import actions as plan_actions
from tests.browser import hands
from tests.browser.conftest import DESKTOP
from tests.browser.hands import go_on
from tests.browser.looking import STORED
from tests.durability.prepare import BIRTH_DATE
from tests.durability.server import Server, Sqlite
from tests.patients import at_glasses, begin
from tests.plans.composing import izabel

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "Sinds zondag trekt het.\nTot in mijn teen."
HELD = "[data-held]:visible"
FIELD = "[name=own_words]"
GUARD = (Path(settings.BASE_DIR) / "static/js/guard.js").read_text()


@pytest.fixture
def story(cast):
    return begin(cast.a, language="nl").consent().tell(own_words=None)


@pytest.fixture
def opened(story, visit):
    """`opened()` opens the page of the complaint on a phone that came by the link itself."""

    def open_page(**options):
        phone = visit(**options)
        phone.open(story.link)
        hands.type_birth_date(phone, str(story.patient.birth_date))
        hands.for_myself(phone)
        phone.open(story.url("complaint"))
        return phone

    return open_page


def saved():
    """How often the words were written down, as they were typed, and how often the page was saved."""
    texts = [value.replace("\r\n", "\n") for value in _typed_values()]
    return texts, AuditEvent.objects.filter(verb="page.saved", facts__page="complaint").count()


def _typed_values():
    rows = Answer.objects.filter(key="own_words").order_by("pk").values_list("value", flat=True)
    return [value for value in rows if value]


ONCE = ([WORDS], 1)


# --- no connection ------------------------------------------------------------------------------


def test_without_a_connection_the_words_stay_and_sending_goes_on_by_itself(opened):
    phone = opened()
    page = phone.page
    page.fill(FIELD, "Sinds zondag")
    phone.context.set_offline(True)
    go_on(phone)
    page.wait_for_selector(HELD)
    assert page.evaluate("document.activeElement.matches('[data-held]')"), (
        "nothing leads the eye to the banner"
    )
    with page.expect_event("requestfailed"):  # it tries again, in vain
        page.fill(FIELD, WORDS)
        page.press(FIELD, "End")
    assert page.evaluate("document.activeElement.name") == "own_words", "the focus left a hand that types"
    assert page.input_value(FIELD) == WORDS
    assert saved() == ([], 0)
    assert page.evaluate(STORED) == [0, 0, 0, 0, 0, ""]
    phone.context.set_offline(False)
    page.wait_for_url("**/since/")

    assert saved() == ONCE


def fail_once(page, how):
    """Let the first POST of the page of the complaint fail: before the server has it, after it, or with 503."""
    sent = []

    def handle(route):
        if route.request.method != "POST" or sent:
            route.continue_()
            return
        sent.append(how)
        if how == "lost before":
            route.abort()
        elif how == "lost after":
            route.fetch(max_redirects=0)
            route.abort()
        else:
            route.fulfill(status=503, body="busy", headers={"Retry-After": "5"})

    page.route("**/complaint/", handle)
    return sent


def loses(phone, how, script=None):
    """Sentences about what was lost or doubled when the first sending fails in this way."""
    page, faults = phone.page, []
    if script:
        page.route("**/guard*.js", lambda route: route.fulfill(body=script, content_type="text/javascript"))
        page.reload()
    fail_once(page, how)
    page.fill(FIELD, WORDS)
    go_on(phone)
    page.wait_for_selector(HELD)
    if page.input_value(FIELD) != WORDS:
        faults.append("the words are gone from the page")
    try:
        page.wait_for_url("**/since/", timeout=8000)
    except Timeout:
        faults.append("it does not go on by itself")
    texts, times = saved()
    if texts != [WORDS]:
        faults.append(f"saved are {texts}")
    if times != 1:
        faults.append(f"saved {times} times")
    return faults


@pytest.mark.long
@pytest.mark.parametrize("how", ["lost before", "lost after", "busy"])
def test_a_sending_that_fails_is_made_up_for_once(opened, how):
    phone = opened()

    assert loses(phone, how) == []
    phone.faults[:] = [fault for fault in phone.faults if not fault.startswith("503: ")]


PLANTED = {
    "clears the form": GUARD
    + "document.addEventListener('submit', ({ target }) => setTimeout(() => target.reset(), 20));",
    "does not go on": GUARD.replace("at.timer = setTimeout(send", "at.timer = setTimeout(() => 0"),
    "takes another key each time": GUARD.replace(
        "if (button?.name)",
        'data.set("once_key", crypto.randomUUID()); data.delete("seen"); if (button?.name)',
    ),
}


@pytest.mark.long
@pytest.mark.parametrize("script", PLANTED.values(), ids=PLANTED.keys())
def test_a_script_that_loses_or_doubles_is_caught(opened, script):
    assert script != GUARD

    assert loses(opened(), "lost after", script=script)


@pytest.mark.long
def test_a_server_that_forgets_a_field_is_caught(opened, monkeypatch):
    whole = intake_actions.save_page

    def forgets(actor, screening, page, values, **more):
        return whole(actor, screening, page, {**values, "own_words": None}, **more)

    monkeypatch.setattr(intake_actions, "save_page", forgets)

    assert loses(opened(), "lost before")


@pytest.mark.long
def test_another_language_without_a_connection_keeps_the_words(opened):
    phone = opened()
    page = phone.page
    page.fill(FIELD, WORDS)
    phone.context.set_offline(True)
    page.click(".langs button[value=fr]")
    page.wait_for_selector(HELD)
    assert page.input_value(FIELD) == WORDS
    phone.context.set_offline(False)
    page.wait_for_selector("html[lang=fr]")

    assert page.input_value(FIELD) == WORDS
    assert not page.locator(".errors, .meanwhile").count()


# --- a server that is started anew ------------------------------------------------------------------


@pytest.mark.long
def test_a_server_that_is_killed_and_started_again_loses_nothing(chromium, tmp_path):
    server = Server(tmp_path, Sqlite(tmp_path / "main.sqlite3"))
    (link,) = server.prepare(1)
    server.start()
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="nl-BE")
    page = context.new_page()
    try:
        year, month, day = BIRTH_DATE.split("-")
        page.goto(f"http://127.0.0.1:{server.port}{link}")
        for name, value in (("day", day), ("month", month), ("year", year)):
            page.fill(f"[name=birth_date_{name}]", value)
        page.click(hands.GO_ON)
        page.wait_for_url(re.compile(r"/i/[^/]+/"))
        if "/whom/" in page.url:
            page.click("main label:has(input[value=self])")
            page.click(hands.GO_ON)
            page.wait_for_url(re.compile(r"/i/[^/]+/(?!whom)"))
        page.goto(re.match(r".*/i/[^/]+/", page.url)[0] + "complaint/")
        page.fill(FIELD, WORDS)
        server.kill()
        page.click(hands.GO_ON)
        page.wait_for_timeout(500)
        assert page.input_value(FIELD) == WORDS
        server.start()
        page.wait_for_url("**/since/", timeout=60_000)
        rows = server.database.rows("SELECT value FROM intake_answer WHERE key = 'own_words' ORDER BY id")
        texts = [server.database.plain(value) for (value,) in rows]
        assert [text.replace("\r\n", "\n") for text in texts if text] == [WORDS]
    finally:
        context.close()
        server.close()
        shutil.rmtree(tmp_path, ignore_errors=True)


# --- back, refresh, two taps ------------------------------------------------------------------------


@pytest.mark.long
def test_back_saves_on_the_way_and_refresh_asks_first(opened):
    phone = opened()
    page, asked = phone.page, []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.locator(FIELD).press_sequentially("Sinds zondag")
    page.evaluate("setTimeout(() => location.reload())")
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    assert page.input_value(FIELD) == "Sinds zondag"
    page.click("a.back")
    page.wait_for_url("**/where/")
    assert asked == ["beforeunload"], "'Back' asked although it saved"
    page.go_back()
    page.wait_for_url("**/complaint/")
    page.reload()

    assert page.input_value(FIELD) == "Sinds zondag"
    assert len(asked) == 1


@pytest.mark.long
def test_two_taps_have_one_effect(opened, monkeypatch):
    hands.take_your_time(monkeypatch, intake_actions, "save_page")
    phone = opened()
    phone.page.fill(FIELD, WORDS)
    hands.tap_twice(phone, hands.GO_ON)
    phone.page.wait_for_url("**/since/")

    assert saved() == ONCE


# --- two tabs, two phones -----------------------------------------------------------------------------


@pytest.mark.long
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_two_tabs_show_both_and_the_patient_chooses(opened, story, scripts):
    phone = opened(java_script_enabled=scripts)
    page, tab = phone.page, phone.context.new_page()
    tab.goto(page.url)
    tab.fill(FIELD, "In het andere tabblad.")
    tab.click(hands.GO_ON)
    tab.wait_for_url("**/since/")
    page.fill(FIELD, WORDS)
    go_on(phone)
    page.wait_for_selector(".meanwhile")
    assert "In het andere tabblad." in page.inner_text(".meanwhile")
    assert page.input_value(FIELD) == WORDS
    assert story.answers()["own_words"] == "In het andere tabblad."
    if scripts:
        assert page.evaluate("document.activeElement.className") == "meanwhile"
    go_on(phone)
    page.wait_for_url("**/since/")

    assert story.answers()["own_words"].replace("\r\n", "\n") == WORDS


@pytest.mark.long
def test_two_phones_on_one_glass_show_both(cast, visit):
    story = at_glasses(cast.a, language="nl")
    one, two = (visit().take_over(story.phone()) for _phone in range(2))
    for phone in (one, two):
        phone.open(story.page("glass", 1))
    for phone, value in ((one, "sitting-1"), (two, "sitting-2")):
        hands.choose(phone, "recognised", value)
        hands.choose(phone, "fills", "yes")
        go_on(phone)
    two.page.wait_for_selector(".meanwhile")
    assert two.page.is_checked("[value=sitting-2]")
    assert story.glass("sitting").recognised == ["sitting-1"]
    two.page.click(".meanwhile a")
    two.page.wait_for_selector("[value=sitting-1]:checked")

    assert story.glass("sitting").recognised == ["sitting-1"]


# --- a session that ended -------------------------------------------------------------------------------


@pytest.mark.long
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_patients_session_that_ended_asks_the_birth_date_and_goes_on(opened, story, scripts):
    phone = opened(java_script_enabled=scripts)
    page = phone.page
    page.fill(FIELD, WORDS)
    Session.objects.all().delete()
    go_on(phone)
    page.wait_for_selector("[name=birth_date_day]")
    hands.type_birth_date(phone, "1950-01-01")
    page.wait_for_selector(".errors")
    hands.type_birth_date(phone, str(story.patient.birth_date))
    page.wait_for_url("**/since/")

    assert saved() == ONCE
    story.invitation.refresh_from_db()
    assert story.invitation.wrong_birth_dates == 1


@pytest.mark.long
def test_a_link_that_ended_meanwhile_leaves_the_words_on_the_page(opened, story):
    phone = opened()
    phone.page.fill(FIELD, WORDS)
    story.invitation.refresh_from_db()
    story.invitation.revoke()
    go_on(phone)
    phone.page.wait_for_selector("[data-why=link-ended]:visible")

    assert phone.page.input_value(FIELD) == WORDS
    assert not phone.page.locator("form[aria-busy]").count()


@pytest.mark.long
def test_staff_who_were_signed_out_sign_in_in_another_tab_and_lose_nothing(cast, visit):
    plan = plan_actions.open_plan(cast.actor("practitioner_a"), izabel(cast.a).intake)
    staff = visit(viewport=DESKTOP).take_over(cast.client("practitioner_a"))
    page = staff.page
    staff.open(reverse("desk:plan", args=[plan.code]))
    page.fill("[name=note-text]", "Rustig aan.")
    Session.objects.all().delete()
    page.click("form[action$='/note/'] .btn-primary")
    page.wait_for_selector("[data-why=signed-out]:visible")
    assert page.input_value("[name=note-text]") == "Rustig aan."
    with staff.context.expect_page() as new:
        page.click("[data-why=signed-out] a")
    staff.page = new.value
    staff.page.set_default_timeout(20_000)
    hands.log_in(staff, cast.people["practitioner_a"])
    page.click("form[action$='/note/'] .btn-primary")
    page.wait_for_selector("#note .saved-here")

    plan.refresh_from_db()
    assert plan.note == "Rustig aan."
