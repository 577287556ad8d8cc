import pytest
from plans import actions
from tests.browser.conftest import DESKTOP, PHONE
from tests.plans.composing import izabel, add_habit
from tests.plans.test_building import everything, save, RUNGS
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
def test_shot(cast, visit):
    p = cast.actor("practitioner_a"); plan = actions.open_plan(p, izabel(cast.a).intake)
    everything(p, plan)
    staff = visit(viewport=DESKTOP).take_over(cast.client("practitioner_a"))
    staff.open(f"/desk/plans/{plan.code}/")
    staff.page.locator("#building").screenshot(path="/tmp/h/compose-desk.png")
    staff.page.evaluate("document.querySelectorAll('#building details').forEach((part) => { part.open = true })")
    staff.page.locator("#building").screenshot(path="/tmp/h/compose-desk-open.png")
    staff.page.set_viewport_size(PHONE)
    staff.page.locator("#building").screenshot(path="/tmp/h/compose-phone.png")
