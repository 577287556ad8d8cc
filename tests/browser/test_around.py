"""Who fills in and on whose screen, in a real browser: for whom, the practice's tablet, together in the consult."""

import pytest
from django.urls import reverse

from intake import actions, tablet
from tests.browser import hands
from tests.browser.conftest import DESKTOP
from tests.browser.looking import Looker
from tests.cast import in_english
from tests.patients import at_glasses, begin, sent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TABLET = {"viewport": {"width": 810, "height": 1080}, "locale": "nl-BE"}


def code_for(cast, story):
    return actions.put_on_tablet(cast.actor("desk_a"), story.intake)[1]


def type_code(screen, code):
    screen.open("/tablet/")
    screen.page.fill("[name=code]", f"{code[:3].lower()} {code[3:]}")
    hands.go_on(screen)
    screen.page.wait_for_url("**/tablet/birth-date/")


def take_the_tablet(screen, cast, story):
    type_code(screen, code_for(cast, story))
    hands.type_birth_date(screen, story.patient.birth_date.isoformat())
    screen.page.wait_for_url("**/whom/")


def test_the_tablet_from_code_to_thanks_and_back_shows_nothing(cast, visit, monkeypatch):
    monkeypatch.setattr(tablet, "IDLE_SECONDS", 3)
    story, screen = begin(cast.a, given="Georgette"), visit(**TABLET)
    take_the_tablet(screen, cast, story)
    page = screen.page

    assert not page.locator("[name=helper_name]").is_visible()
    hands.choose(screen, "who", "together")
    assert page.locator("[name=helper_name]").is_visible()
    assert not page.locator("[name=patient_present]").first.is_visible()
    hands.choose(screen, "who", "for")
    assert page.locator("[name=patient_present]").first.is_visible()
    page.wait_for_url("**/tablet/thanks/")

    page.go_back()
    assert "Georgette" not in page.content()
    assert not page.locator("[name=who]").count()


# --- how they look, and that anybody can use them -------------------------------------------------


@pytest.mark.long
def test_every_page_around_the_patient_holds(cast, visit):
    looker, screen = Looker(), visit(locale="en")
    story = begin(cast.a, given="Georgette", family="Vandenberghe-Desmedt")
    screen.open("/tablet/")
    looker.look(screen, "code")
    hands.go_on(screen)
    screen.page.wait_for_selector(".errors")
    looker.look(screen, "code, empty")
    type_code(screen, code_for(cast, story))
    looker.look(screen, "birth date")
    hands.type_birth_date(screen, story.patient.birth_date.isoformat())
    screen.page.wait_for_url("**/whom/")
    looker.look(screen, "whom")
    hands.choose(screen, "who", "for")
    hands.go_on(screen)
    screen.page.wait_for_selector(".errors")
    looker.look(screen, "whom, wrong")
    screen.page.fill("[name=helper_name]", "Ann-Sofie Vandenberghe")
    hands.choose(screen, "relation", "child")
    hands.choose(screen, "patient_present", "yes")
    hands.go_on(screen)
    screen.page.wait_for_selector(".banner--for")
    looker.look(screen, "hub on the tablet, for somebody else")
    screen.page.click(".whereabouts button")
    screen.page.wait_for_url("**/tablet/thanks/")
    looker.look(screen, "thanks")
    assert not looker.faults, "\n".join(looker.faults)


@pytest.mark.long
def test_blue_glass_and_consult_hold(cast, visit):
    looker, story = Looker(), at_glasses(cast.a, given="Georgette")
    helper = story.phone()
    values = {"who": "for", "helper_name": "Ann", "relation": "child", "patient_present": "no"}
    helper.send(story.url("whom"), values)
    phone = visit().take_over(helper)
    phone.open(story.page("glass", 9))
    looker.look(phone, "blue glass, for somebody else")
    staff = visit(viewport=DESKTOP).take_over(in_english(cast.client("practitioner_a")))
    other = sent(cast.a, given="Odette", family="Claes")
    staff.open(reverse("desk:glasses", args=[other.intake.code]))
    looker.look(staff, "glasses, not sent")
    staff.page.set_viewport_size(DESKTOP)
    staff.page.click("form[action$='/together/'] button")
    staff.page.wait_for_url(f"**{other.page('start')}")
    looker.look(staff, "hub in the consult")
    staff.page.click(".whereabouts a")
    staff.page.wait_for_url("**/desk/intakes/*/glasses/")
    staff.open(reverse("desk:patient", args=[story.patient.code]))
    looker.look(staff, "patient at the desk")
    staff.page.set_viewport_size(DESKTOP)
    staff.page.locator("form[action$='/tablet/'] button").first.click()
    staff.page.wait_for_selector(".tablet-code__big")
    looker.look(staff, "code at the desk")
    assert not looker.faults, "\n".join(looker.faults)
