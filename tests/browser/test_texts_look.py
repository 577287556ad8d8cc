"""The texts to confirm look right at every width, and the document to read opens from disk as a page of its own."""

import pytest
from django.urls import reverse

from plans import review_document, whole_method
from plans.confirming import actions
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.looking import AXE, TOO_WIDE, VIOLATIONS, Looker
from tests.cast import in_english

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = ("glass:weight-food", "red-flag:rf1-inflammatory", "numbers:BE", "telling-apart:pain")
UNFOLD = "document.querySelectorAll('main details').forEach((part) => { part.open = true })"


@pytest.fixture
def staff(cast, visit):
    return visit(viewport=DESKTOP).take_over(in_english(cast.client("practitioner_a")))


@pytest.fixture
def looker(staff):
    class TextLooker(Looker):
        def page(self, name, *arguments):
            path = reverse(f"desk:{name}", args=arguments)
            assert staff.open(path).status == 200, path
            staff.page.evaluate(UNFOLD)
            self.look(staff, path)

    looker = TextLooker()
    yield looker
    assert not looker.faults, "\n".join(looker.faults)


@pytest.mark.long
def test_sections_and_texts_look_right(cast, looker):
    keys = list(whole_method.entries())
    pieter = cast.actor("practitioner_a")
    actions.confirm(pieter, {key: whole_method.entries()[key].fingerprint for key in keys[:3]})
    actions.withdraw(pieter, keys[1])
    looker.page("texts")
    for section in ("red-flags", "glasses", "numbers"):
        looker.page("texts-section", section)
    for key in (*keys[:3], *LONG):
        looker.page("text", key)


def test_a_text_is_confirmed_by_one_press_and_the_next_one_comes(staff):
    first, second = [entry.key for entry in whole_method.sections()[1].entries][:2]
    staff.open(reverse("desk:text", args=[first]))

    with staff.page.expect_navigation():
        staff.page.get_by_role("button", name="I confirm this text").click()

    assert staff.page.url.endswith(reverse("desk:text", args=[second]))
    assert "Confirmed, in your name" in staff.page.inner_text("[role=status]")


@pytest.mark.long
def test_the_document_opens_from_disk(chromium, tmp_path):
    """A page beside the application, without its style sheets and fonts."""
    file = tmp_path / "review-fr.html"
    file.write_text(review_document.html("fr"), encoding="utf-8")
    page = chromium.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())

    assert asked == [file.as_uri()]
    page.evaluate(AXE)
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        assert page.evaluate(TOO_WIDE) == ""
    assert page.evaluate(VIOLATIONS) == []
    assert not page.locator(".sign").first.is_visible()
    page.close()
