"""The style page: axe on every component in every state, as narrow, spaced, large, dark and forced as the pages are."""

import pytest

from tests.browser.looking import Looker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.long]


@pytest.mark.urls("backup_plan_site.urls_dev")
def test_every_component_looks_right(visit):
    looker, visitor = Looker(), visit()
    visitor.open("/style/")
    looker.look_hard(visitor, "the patient's")
    visitor.open("/style/desk/")
    looker.look(visitor, "the desk's")

    assert looker.faults == []


@pytest.mark.urls("backup_plan_site.urls_dev")
def test_hovered_and_focused_are_what_a_hand_makes(visit):
    """The classes of the style page and the real states paint the same."""
    visitor = visit(reduced_motion="reduce")
    visitor.open("/style/")
    first = visitor.page.locator(".btn-primary").first
    plain = first.evaluate(PAINTED)
    first.hover()
    hovered = first.evaluate(PAINTED)
    visitor.page.mouse.move(0, 0)
    visitor.page.keyboard.press("Tab")
    first.focus()
    focused = first.evaluate(PAINTED)

    assert plain not in (hovered, focused)
    assert visitor.page.locator(".btn-primary.is-hovered").evaluate(PAINTED) == hovered
    assert visitor.page.locator(".btn-primary.is-focused").evaluate(PAINTED) == focused


PAINTED = """one => ['backgroundColor', 'outlineStyle', 'outlineColor', 'boxShadow'].map(
    (what) => getComputedStyle(one)[what])"""
