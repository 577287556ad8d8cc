"""The composer holds: by keyboard alone, with something unsaved, for who taps twice; nothing stays behind."""

import re

import pytest
from django.urls import reverse

from backup_plan_site.staff.models import AuditEvent
from plans import actions
from plans.desk import glasses as glasses_desk
from plans.models import Release
from tests.browser import hands
from tests.browser.conftest import DESKTOP
from tests.browser.looking import FOCUS, HIDDEN_BY, STORED
from tests.plans.composing import add_habit, izabel
from triggers.glasses import conditions, glasses

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOTE, STRENGTH = "[name=note-text]", "[name=new-0-text]"


@pytest.fixture
def plan(cast):
    return actions.open_plan(cast.actor("practitioner_a"), izabel(cast.a).intake)


@pytest.fixture
def staff(cast, plan, visit):
    """A practitioner with the composer open."""
    staff = visit(viewport=DESKTOP).take_over(cast.client("practitioner_a"))
    staff.open(reverse("desk:plan", args=[plan.code]))
    return staff


def save(staff, section):
    with staff.page.expect_navigation():
        staff.page.click(f"form[action$='/{section}/'] .btn-primary")


def test_a_section_of_the_composer_by_keyboard_alone(plan, staff):
    """From the list of parts by Enter to the section; Tab through it in order; Enter in a line saves that section."""
    page = staff.page
    page.focus(".composer__nav a[href='#strengths']")
    page.keyboard.press("Enter")
    reached, tops = [], []
    for _step in range(40):
        page.keyboard.press("Tab")
        name, kind, shows = page.evaluate(FOCUS)
        assert shows, f"nothing shows that {name or kind} has the focus"
        assert not page.evaluate(HIDDEN_BY), f"{name or kind} is under {page.evaluate(HIDDEN_BY)}"
        tops.append(page.evaluate("document.activeElement.getBoundingClientRect().top + scrollY"))
        reached.append(name or kind)
        if name == "new-0-text":
            page.keyboard.type("Ik fiets elke dag.")
        if kind == "submit" and not name:
            break
    inside = page.eval_on_selector_all("#strengths :is(input, textarea, button)", TABBED)
    assert [name for name in reached if name in inside] == inside
    assert page.evaluate("document.activeElement.closest('section').id") == "strengths"
    assert tops == sorted(tops), "the focus jumps up the page"
    page.keyboard.press("Enter")
    page.wait_for_url("**#glasses")
    assert plan.strengths.last().text == "Ik fiets elke dag."
    assert "#glasses" in page.url
    assert page.locator("#glasses .saved-here").is_visible()
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('section')?.id") == "glasses"


# The names of what Tab should reach, in the order of the page.
TABBED = """all => all.filter((one) => one.tabIndex >= 0 && one.type !== 'hidden' && !one.disabled
    && one.checkVisibility())
    .map((one) => one.name || one.type)"""


def test_tab_goes_through_the_whole_composer_and_out_of_it(staff):
    """Nothing holds the focus and nothing sticky hides it, also on a screen just high enough for a sticky head."""
    page = staff.page
    page.set_viewport_size({"width": 1280, "height": 650})
    last = "document.activeElement === [...document.querySelectorAll('#release button')].at(-1)"
    for _step in range(400):
        page.keyboard.press("Tab")
        assert not page.evaluate(HIDDEN_BY), f"{page.evaluate(FOCUS)} is under {page.evaluate(HIDDEN_BY)}"
        if page.evaluate(last):
            break
    assert page.evaluate(last), "Tab never came to the release"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main')") is None
    for _step in range(400):
        page.keyboard.press("Shift+Tab")
        assert not page.evaluate(HIDDEN_BY), f"{page.evaluate(FOCUS)} is under {page.evaluate(HIDDEN_BY)}"
        if page.evaluate("document.activeElement.className") == "skip":
            break

    assert page.evaluate("document.activeElement.className") == "skip", "Shift and Tab never came back"


def test_what_is_not_saved_says_so_and_is_not_lost_by_leaving(staff):
    page, asked = staff.page, []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    assert not page.locator("[data-unsaved]:visible").count()
    page.locator(NOTE).press_sequentially("Rustig aan")
    assert page.locator("[data-unsaved]:visible").count() == 1
    page.click("a.crumb")
    page.wait_for_timeout(200)
    assert asked == ["beforeunload"]
    assert page.input_value(NOTE) == "Rustig aan"
    save(staff, "note")
    assert asked == ["beforeunload"]
    assert not page.locator("[data-unsaved]:visible").count()
    page.click("a.crumb")
    page.wait_for_url(lambda url: "/plans/" not in url)

    assert asked == ["beforeunload"]


def test_saving_one_part_asks_about_the_other(plan, staff):
    """Who stays keeps both, and is asked again: what was not sent is not taken for saved."""
    page, asked = staff.page, []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.locator(STRENGTH).press_sequentially("Ik zwem.")
    page.locator(NOTE).press_sequentially("Rustig aan")
    page.click("form[action$='/note/'] .btn-primary")
    page.wait_for_timeout(200)
    assert asked == ["beforeunload"]
    assert (page.input_value(STRENGTH), page.input_value(NOTE)) == ("Ik zwem.", "Rustig aan")
    plan.refresh_from_db()
    assert plan.note == ""
    page.click("form[action$='/note/'] .btn-primary")
    page.wait_for_timeout(200)
    assert asked == ["beforeunload"] * 2, "the button is dead after staying"
    page.fill(STRENGTH, "")
    page.click("form[action$='/strengths/'] .btn-primary")
    page.wait_for_timeout(200)

    assert asked == ["beforeunload"] * 3, "the note was taken for saved"


def test_two_taps_on_release_make_one_version_and_back_makes_no_other(cast, plan, staff, monkeypatch):
    hands.take_your_time(monkeypatch, actions, "release")
    add_habit(cast.actor("practitioner_a"), plan)
    page = staff.page
    page.reload()
    hands.tap_twice(staff, "form[action$='/release/'] button")
    page.wait_for_url("**#release")
    page.wait_for_selector("#release .releases li")
    page.go_back()
    page.wait_for_load_state()

    assert Release.objects.count() == 1
    assert AuditEvent.objects.filter(verb="plan.released").count() == 1


def test_two_taps_on_a_mark_leave_one(plan, staff, monkeypatch):
    hands.take_your_time(monkeypatch, glasses_desk, "mark_glass")
    page = staff.page
    staff.open(reverse("desk:glasses", args=[plan.intake.code]))
    card = page.locator("details.glass:has(input[name=glass][value=stress])")
    card.locator("label:has(input[value=plays])").click()
    hands.tap_twice(staff, "details.glass:has(input[name=glass][value=stress]) form button[type=submit]")
    page.wait_for_selector(".glass__mark")

    assert plan.intake.glass_marks.count() == 1


def test_the_desk_leaves_nothing_behind(plan, staff):
    """Nothing stored, no cookie that a script can read, and no name or glass in an address or behind a '#'."""
    page = staff.page
    page.locator(NOTE).press_sequentially("Rustig aan")
    for section in ("note", "glasses", "strengths", "conditions", "exercises"):
        save(staff, section)
    staff.open(reverse("desk:glasses", args=[plan.intake.code]))
    card = page.locator("details.glass:has(input[name=glass][value=stress])")
    card.locator("label:has(input[value=plays])").click()
    with page.expect_navigation():
        card.locator("form button[type=submit]").click()
    staff.open(reverse("desk:patients"))
    page.fill("[name=q]", "Tournesol")
    page.keyboard.press("Enter")
    page.wait_for_selector("main a:has-text('Tournesol')")

    assert page.evaluate(STORED) == [0, 0, 0, 0, 0, ""]
    assert all(cookie["httpOnly"] for cookie in staff.context.cookies())
    history = page.context.new_cdp_session(page).send("Page.getNavigationHistory")["entries"]
    addresses = {entry["url"].lower() for entry in history} | {url.lower() for url in staff.urls}
    assert len(addresses) > 15
    told = {"izabel", "tournesol", "1991", *glasses(), *conditions()}
    assert not {(word, one) for one in addresses for word in told if re.search(rf"\b{word}\b", one)}
