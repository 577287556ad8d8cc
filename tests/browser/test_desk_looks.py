"""The desk's second half looks right: glasses, composer, paper and visits, also when something is wrong or closed."""

import pytest
from django.urls import reverse
from django.utils import timezone

from backup_plan_site.jobs import api as jobs
from backup_plan_site.jobs.models import Job
from intake import actions as part_a
from intake.models import Intake
from plans import actions, documents
from plans.models import Release
from tests.browser.conftest import DESKTOP
from tests.browser.looking import Looker
from tests.patients import begin, sent
from tests.plans.composing import Desk, add_habit, izabel, released_plan
from tests.plans.test_visits import days_ago, recorded

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LONG = "Voorovergebogenhoudingsoefeningen aan de keukentafel, elke avond opnieuw, tot het went. "
# Everything that is folded away, so that it is looked at too.
UNFOLD = "document.querySelectorAll('main details').forEach((part) => { part.open = true })"


@pytest.fixture
def pieter(cast):
    return cast.actor("practitioner_a")


@pytest.fixture
def staff(cast, visit):
    return visit(viewport=DESKTOP).take_over(cast.client("practitioner_a"))


@pytest.fixture
def looker(staff):
    """A Looker of the practitioner's pages: `look(name, path)` opens, unfolds and looks; afterwards no fault stands."""

    class DeskLooker(Looker):
        def page(self, name, path="", status=200):
            if path:
                assert staff.open(path).status == status, path
            staff.page.evaluate(UNFOLD)
            self.look(staff, name)

        def press(self, name, form):
            """Press the last button of a form, look at what it brings, and return the status."""
            with staff.page.expect_navigation() as leads:
                staff.page.locator(f"form[action$='{form}'] button[type=submit]:visible").last.click()
            self.page(name)
            return leads.value.status

    looker = DeskLooker()
    yield looker
    assert not looker.faults, "\n".join(looker.faults)


def desk(name, row):
    return reverse(f"desk:{name}", args=[row.code])


def full_plan(cast, pieter):
    """A plan with a sentence, tips, exercises, habits of every kind and a note, that was released and changed."""
    plan = actions.open_plan(pieter, izabel(cast.a).intake)
    browser = Desk(cast.client("practitioner_a"), plan).open()
    browser.post("plan-strengths", **{"new-0-text": LONG})
    browser.open().post("plan-exercises", **{"m5-on": "on", "m7-on": "on"})
    browser.open().post("plan-note", **{"note-text": LONG * 2})
    for place in range(4):
        add_habit(pieter, plan, do=LONG[:100], where="in de keuken", begins=place < 3)
    plan.refresh_from_db()
    actions.release(pieter, plan, seen=actions.seen(plan, "all"))
    return plan


def test_worklist_glasses_and_patient_look_right(cast, pieter, looker):
    story = izabel(cast.a)
    begin(cast.a, given="Nora", family="Nachtegaal").consent().tell().answer({"rf3-heart": "yes"})
    late = sent(cast.a, given="Vera", family="Vierdekeer")
    Intake.objects.filter(pk=late.intake.pk).update(began_on=days_ago(30))
    recorded(pieter, Intake.objects.get(pk=late.intake.pk), 10, 20, 30, 40)
    looker.page("worklist", reverse("desk:worklist") + "?show=all")
    looker.page("glasses", desk("glasses", story.intake))
    assert looker.press("glasses, no mark chosen", "/glasses/mark/") == 422
    looker.page("glasses, not sent", desk("glasses", late.intake))
    looker.page("patient", desk("patient", story.patient))


def test_the_composer_looks_right_empty_and_full(cast, pieter, looker):
    empty = actions.open_plan(pieter, sent(cast.a, given="Leeg", family="Begin").intake)
    looker.page("composer, empty", desk("plan", empty))
    assert looker.press("composer, refused to release", "/release/") == 422
    full = full_plan(cast, pieter)
    looker.page("composer, full", desk("plan", full))
    part_a.not_reassured(pieter, full.intake.screening, "Hij ziet grauw.")
    looker.page("composer, gate closed", desk("plan", full))


@pytest.mark.long
def test_the_composer_looks_right_when_something_is_wrong(cast, pieter, staff, looker):
    plan = full_plan(cast, pieter)
    staff.open(desk("plan", plan))
    staff.page.evaluate("document.querySelector('[name=note-text]').removeAttribute('maxlength')")
    staff.page.fill("[name=note-text]", LONG * 20)
    assert looker.press("composer, 422", "/note/") == 422
    assert staff.page.locator("[data-error-summary]").evaluate("it => it === document.activeElement")
    staff.page.fill("[name=note-text]", "Van Pieter")
    actions.save_note(pieter, plan, "Van Stien", seen=actions.seen(plan, "note"))
    assert looker.press("composer, 409", "/note/") == 409
    assert "Van Stien" in staff.page.inner_text(".conflict")
    assert staff.page.input_value("[name=note-text]") == "Van Pieter"


def test_the_pages_around_the_paper_look_right(cast, pieter, staff, looker):
    plan = released_plan(cast.a, pieter)
    paper = desk("document", Release.objects.get())
    staff.open(paper)
    looker.page("document, waiting")
    Job.objects.filter(kind=documents.KIND).update(state=Job.State.FAILED, done_at=timezone.now())
    looker.page("document, failed", paper)
    part_a.not_reassured(pieter, plan.intake.screening, "Hij ziet grauw.")
    looker.page("not now", paper, 403)


def test_a_page_that_waits_opens_the_paper_by_itself(cast, pieter, staff):
    released_plan(cast.a, pieter)
    staff.open(desk("document", Release.objects.get()))

    with staff.page.expect_response(is_pdf, timeout=10_000):
        jobs.run_due()


def is_pdf(response):
    return response.headers.get("content-type") == "application/pdf" and response.request.method == "GET"


def test_visits_look_right(cast, pieter, staff, looker):
    story = sent(cast.a, given="Vera", family="Vierdekeer")
    Intake.objects.filter(pk=story.intake.pk).update(began_on=days_ago(30))
    intake = Intake.objects.get(pk=story.intake.pk)
    looker.page("visits, none", desk("visits", intake))
    recorded(pieter, intake, 10, 20, "worse", None)
    looker.page("visits, look again", desk("visits", intake))
    assert staff.page.locator("#look-again").count() == 1
    assert looker.press("visits, nothing chosen", "/look-again/") == 422
    part_a.not_reassured(pieter, story.screening, "Zij ziet grauw.")
    looker.page("visits, gate closed", desk("visits", intake))
