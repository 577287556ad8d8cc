"""The body on the page 'where' and the cards below it are one: whoever taps either sees both."""

import pytest

from intake import body
from tests.browser.hands import go_on
from tests.patients import begin

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Points of the sheet that lie on what is drawn: on the front, on the back.
NECK, CHEST, BUTTOCK, HAND = (132, 36), (44, 65), (140, 104), (6, 105)
LIT = "region => getComputedStyle(document.querySelector(`.body__tap--${region} .body__hatch`)).visibility"


@pytest.fixture
def where(cast, visit):
    """`where(**options)` opens the page on a phone; returns the story and the phone."""

    def open_page(**options):
        story = begin(cast.a, language="nl").consent()
        phone = visit(has_touch=True, **options).take_over(story.phone())
        phone.open(story.url("where"))
        return story, phone

    return open_page


def tap(phone, point):
    phone.page.locator(".body__map").scroll_into_view_if_needed()
    box = phone.page.locator(".body__map").bounding_box()
    scale = box["width"] / body.WIDTH
    phone.page.touchscreen.tap(box["x"] + point[0] * scale, box["y"] + point[1] * scale)


def body_in_sight(phone):
    """Whether the middle of the body is where a tap found it: in the middle of the screen."""
    box = phone.page.locator(".body__map").bounding_box()
    return 0 < box["y"] + box["height"] / 2 < phone.page.viewport_size["height"]


def ticked(phone):
    return phone.page.eval_on_selector_all("main :checked", "all => all.map((one) => one.value)")


def lit(phone):
    return [region for region in body.places() if phone.page.evaluate(LIT, region) == "visible"]


def test_a_tap_on_the_body_ticks_the_card_and_a_card_lights_the_body(where):
    story, phone = where()
    names = phone.page.get_by_role("checkbox").all_text_contents()
    for point in (NECK, CHEST, BUTTOCK):
        tap(phone, point)
        assert body_in_sight(phone), "the page moved away under the finger"
    assert ticked(phone) == lit(phone) == ["neck", "low-back"]
    phone.page.click("main label.choice:has([value=arm])")
    phone.page.click("main label.choice:has([value=neck])")
    assert ticked(phone) == lit(phone) == ["low-back", "arm"]
    phone.page.keyboard.press("Tab")
    phone.page.keyboard.press("Space")
    assert ticked(phone) == lit(phone)
    assert phone.page.get_by_role("checkbox", name="Nek", exact=True).count() == 1
    assert len(names) == len(body.places())
    go_on(phone)
    phone.page.wait_for_url("**/complaint/")

    assert set(story.answers()["regions"]) >= {"low-back"}


@pytest.mark.long
def test_the_body_works_without_javascript(where):
    _story, phone = where(java_script_enabled=False)
    for point in (NECK, CHEST, HAND):
        tap(phone, point)

    assert ticked(phone) == ["neck", "arm"]
