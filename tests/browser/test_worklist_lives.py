"""The worklist keeps itself up to date without getting in anybody's way, and finds a patient while one types."""

import pytest
from django.urls import reverse

from tests.browser.conftest import DESKTOP
from tests.browser.looking import STORED
from tests.cast import in_english
from tests.patients import begin, sent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MINUTE = 61_000
SAID = "[data-say]"


@pytest.fixture
def staff(cast, visit):
    """A practitioner with the worklist open, whose clock we wind."""
    client = cast.client("practitioner_a")
    in_english(client)
    staff = visit(viewport=DESKTOP).take_over(client)
    staff.page.clock.install()
    return staff


def a_minute_later(page):
    """What the server answers to the page that asks by itself."""
    with page.expect_response(lambda answer: "x-quiet" in answer.request.headers) as answer:
        page.clock.fast_forward(MINUTE)
    return answer.value.status


def test_it_keeps_itself_up_to_date_and_finds_while_typing(cast, staff):
    page = staff.page
    story = begin(cast.a, given="Vera", family="Van den Broeck")
    begin(cast.a, given="Vera", family="Maes")
    staff.open(reverse("desk:worklist"))

    # Nothing changed: nothing is touched.
    page.evaluate("window.before = document.querySelector('[data-row]')")
    assert a_minute_later(page) == 204
    assert page.evaluate("window.before.isConnected")

    # Somebody needs help now: it stands first and is said once; what had the focus has it still.
    page.focus(".work__name a:has-text('Maes')")
    story.consent().tell().answer({"rf3-heart": "yes"})
    assert a_minute_later(page) == 200
    page.wait_for_selector(".work__unseen")
    assert page.locator("[data-row]").first.locator("a").first.inner_text() == "Vera Van den Broeck"
    assert page.evaluate("document.activeElement.textContent") == "Vera Maes"
    page.clock.run_for(200)
    assert "needs help now" in page.locator(SAID).inner_text()
    assert "1 urgent" in page.locator(".strip").inner_text()

    # Another one comes who needs nothing: nobody is called.
    page.evaluate(f"document.querySelector('{SAID}').textContent = ''")
    sent(cast.a, {"rf1-weight-loss": "yes"}, given="Dagen")
    assert a_minute_later(page) == 200
    page.clock.run_for(200)
    assert page.locator(SAID).inner_text() == ""

    # Typing finds; the arrows walk; Enter opens.
    page.locator("#id_q").press_sequentially("vandenb")
    page.clock.run_for(300)
    page.wait_for_selector("#found a")
    assert page.locator("#found [role=status]").inner_text() == "1 patient found"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "Van den Broeck, Vera"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "id_q"
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith(reverse("desk:patient", args=[story.patient.code]))
    assert "vandenb" not in " ".join(staff.urls).lower()
    assert page.evaluate(STORED)[:5] == [0, 0, 0, 0, 0]

    # Signed out meanwhile: the names leave the screen.
    staff.open(reverse("desk:worklist"))
    staff.context.clear_cookies()
    with page.expect_navigation():
        page.clock.fast_forward(MINUTE)
    assert "login" in page.url
    assert "Vera" not in page.content()
