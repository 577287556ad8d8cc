"""Typing in a paper form looks right, works by the keyboard alone, and leaves nothing in the browser."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.browser.conftest import DESKTOP
from tests.browser.looking import STORED, Looker
from tests.cast import in_english
from tests.patients import begin, sent

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(cast, visit):
    return visit(viewport=DESKTOP).take_over(in_english(cast.client("desk_a")))


@pytest.fixture
def look(desk):
    looker = Looker()
    yield lambda name: looker.look(desk, name)
    assert not looker.faults, "\n".join(looker.faults)


def press(desk, name):
    with desk.page.expect_navigation():
        desk.page.get_by_role("button", name=name).click()


def test_a_whole_paper_form_is_typed_in(cast, desk, look):
    story, page = (
        begin(cast.a, family="van den Broecke-Vanderstraeten", born=timezone.datetime(1950, 3, 1)),
        desk.page,
    )

    def hub(*address):
        desk.open(reverse(f"desk:{address[0]}", args=[story.intake.code, *address[1:]]))

    hub("paper")
    look("hub, no consent")
    press(desk, "Save the consent")
    look("hub, not signed")
    page.get_by_label("The paper is signed").check()
    page.get_by_label("Signed on").fill(timezone.localdate().isoformat())
    press(desk, "Save the consent")
    page.get_by_label("The patient", exact=True).check()
    press(desk, "Save who filled it in")
    look("hub, nothing typed")
    page.get_by_role("link", name="The person and the complaint").click()
    look("context")
    page.get_by_label("Male", exact=True).check()
    page.get_by_label("Low back").first.check()
    press(desk, "Read it back")
    look("context, read back")
    press(desk, "This is right")
    hub("paper-safety", "toilet-legs")
    look("safety list")
    page.get_by_label("Yes (n when").fill("9")
    press(desk, "Read it back")
    look("safety list, wrong")
    page.get_by_label("Yes (n when").fill("3")
    page.get_by_label("Left blank").fill("2")
    page.get_by_label("V3.3a").fill("y")
    press(desk, "Read it back")
    look("safety list, read back")
    press(desk, "Change")
    assert page.get_by_label("Yes (n when").input_value() == "3"
    press(desk, "Read it back")
    press(desk, "This is right")
    assert page.get_by_role("alert").is_visible() and "Tell the practitioner now" in page.inner_text("main")
    look("hub, tell the practitioner")
    assert page.evaluate(STORED)[:5] == [0, 0, 0, 0, 0]


def test_glasses_are_typed_by_the_keyboard_alone(cast, desk, look):
    story, page = sent(cast.a), desk.page
    desk.open(reverse("desk:paper", args=[story.intake.code]))
    page.get_by_label("The patient", exact=True).check()
    press(desk, "Save who filled it in")
    desk.open(reverse("desk:paper-glasses", args=[story.intake.code, "green"]))
    look("glasses")
    page.locator("[name=hydration-ticked]").focus()
    for keys in ("1 3", "b"):
        page.keyboard.type(keys)
        page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter") if page.evaluate(
            "document.activeElement.tagName"
        ) != "SELECT" else page.locator("[name=hydration-fills]").press("Enter")
    look("glasses, read back")
    press(desk, "This is right")
    look("hub, part B")

    assert (story.glass("hydration").fills, len(story.glass("hydration").recognised)) == ("bit", 2)
