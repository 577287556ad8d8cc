"""The whole road in a real browser: from 'new patient' to the printed Back-Up Plan.

Pictures of every step, at both widths: `ROAD_PICTURES=folder ./run test tests/browser/test_whole_road.py`.
"""

import itertools
import os
import re
from contextvars import ContextVar
from pathlib import Path

import pytest
from django.utils import timezone

from backup_plan_site.jobs import api as jobs
from backup_plan_site.staff.models import Practice, User
from plans.demo.stories import GLASSES, PLANS, ToldGlass
from tests import one_language
from tests.browser import hands
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.hands import Person, at, go_on
from tests.browser.test_half_road import fill_in_until, nothing_stays_behind
from tests.verapdf import reading
from triggers.glasses import GLASSES as GLASS_IDS
from triggers.glasses import glasses

pytestmark = pytest.mark.browser

STORY, TOLD = PLANS["Izabel"], GLASSES["Izabel"]
IZABEL = Person(
    "Izabelle",
    "Quintelier",
    told={"own_words": "Tegen de avond zit mijn nek vast.", "cannot_do": "Een hele dag werken."},
)
NUMBERS = itertools.count(1)
LOCALE = ContextVar("language of this road", default="nl")


def picture(visitor, name):
    """Read what is on the screen, and keep it at both widths where somebody asked for pictures."""
    if LOCALE.get() == "fr":
        found = one_language.strangers(one_language.texts_of(visitor.page.content()))
        # What the practitioner of this story types is Dutch.
        found = [
            text
            for text in found
            if not any(habit.do in text or habit.small in text for habit in STORY.habits)
        ]
        assert found == [], f"{name}: {found}"
    folder = os.environ.get("ROAD_PICTURES")
    if not folder:
        return
    Path(folder).mkdir(parents=True, exist_ok=True)
    number, before = next(NUMBERS), visitor.page.viewport_size
    for size in (PHONE, DESKTOP):
        visitor.page.set_viewport_size(size)
        file = Path(folder) / f"{number:02}-{name}-{size['width']}.png"
        visitor.page.screenshot(path=file, full_page=True)
    visitor.page.set_viewport_size(before)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["nl", pytest.param("fr", marks=pytest.mark.long)])
def test_the_whole_road(cast, visit, language):
    """In French, every picture on the way also looks for a Dutch or English word of ours."""
    User.objects.update(language=language)
    Practice.objects.update(default_language=language)
    LOCALE.set(language)
    desk = visit(viewport=DESKTOP, locale=f"{language}-BE")
    hands.log_in(desk, cast.people["desk_a"])
    link = hands.make_patient(desk, IZABEL, f"{timezone.localdate()}T16:30", cast.people["practitioner_a"].pk)
    picture(desk, "slip")

    phone = visit(locale=f"{language}-BE")
    phone.open(link)
    hands.type_birth_date(phone, "1987-11-23")
    hands.for_myself(phone)
    part_a(phone)
    part_b(phone)
    the_link_has_ended(phone, link)

    practitioner = visit(viewport=DESKTOP, locale=f"{language}-BE")
    hands.log_in(practitioner, cast.people["practitioner_a"])
    through_the_glasses(practitioner)
    compose(practitioner)
    document = release(practitioner)
    jobs.run_due()
    the_paper_says_what_was_agreed(practitioner, document, language)
    what_the_desk_sees(desk)


def part_a(phone):
    hands.consent(phone)
    hands.tell(phone, IZABEL)
    go_on(phone)
    fill_in_until(phone, {}, "check")
    go_on(phone)
    phone.page.wait_for_url("**/sent/")
    picture(phone, "sent")


def part_b(phone):
    """Go on from the thanks of part A; recognise as Izabel does, look at the shelf, send."""
    page = phone.page
    page.click("main a.btn-primary[href*='/glasses/']")
    while not at(phone, "shelf"):
        before = page.url
        answer_page(phone)
        go_on(phone)
        page.wait_for_url(lambda url, before=before: url != before)
    for key, one in TOLD.items():
        if one.fills != "no":
            hands.choose(phone, f"size-{key}", one.size)
        if one.doing:
            page.click(f'main label:has(input[name="compensated-{key}"])')
            page.fill(f'[name="own_words-{key}"]', one.doing)
    picture(phone, "shelf")
    go_on(phone)
    page.wait_for_url("**/glasses/check/")
    picture(phone, "check")
    go_on(phone)
    page.wait_for_url("**/glasses/thanks/")
    picture(phone, "thanks")


def answer_page(phone):
    """Answer one page of part B: a condition with 'nothing fits', a glass as the story tells."""
    page = phone.page
    if at(phone, "conditions/1") or at(phone, "conditions/2"):
        hands.choose(phone, "recognised", "none")
    elif found := re.search(r"/glasses/(\d+)/$", page.url):
        key = GLASS_IDS[int(found[1]) - 1]
        one = TOLD.get(key, ToldGlass())
        if glasses()[key].filter:
            hands.choose(phone, "filter_answer", "no")
        for number in one.recognised:
            hands.choose(phone, "recognised", f"{key}-{number}")
        if not one.recognised:
            hands.choose(phone, "recognised", "none")
        hands.choose(phone, "fills", one.fills)
        assert page.locator("main h1").inner_text().strip()
    picture(phone, re.sub(r"\W+", "-", page.url.partition("/glasses/")[2]).strip("-") or "hub")


def the_link_has_ended(phone, link):
    nothing_stays_behind(phone, link)
    assert phone.open(link).status == 404
    assert not phone.page.locator("form:has([name=birth_date_day])").count()


def through_the_glasses(practitioner):
    """From the worklist to the glasses; the mark stands beside the answer and changes nothing of it."""
    page = practitioner.page
    row = page.locator("table.work tr", has_text=IZABEL.given_name)
    assert row.locator("svg").count() >= 1
    picture(practitioner, "worklist")
    row.locator(".work__action a").click()
    page.wait_for_url("**/glasses/")
    card = page.locator("details.glass:has(input[name=glass][value=stress])")
    said = card.locator(".glass__choice").inner_text()
    card.locator("label:has(input[value=plays])").click()
    card.locator("form button[type=submit]").click()
    page.wait_for_selector(".glass__mark")
    assert card.locator(".glass__choice").inner_text() == said
    picture(practitioner, "glasses")


def compose(practitioner):
    page = practitioner.page
    page.locator("form[action$='/plan/'] button").first.click()
    page.wait_for_url("**/desk/plans/*/")
    on_plan = page.eval_on_selector_all("#glasses input[name=row]", "all => all.map(one => one.value)")
    assert on_plan == ["sitting", "poor-sleep", "stress"]
    page.fill("#strengths [name=new-0-text]", STORY.strengths[0])
    save(page, "strengths")
    for glass, tips in STORY.tips.items():
        boxes = page.locator(f'#glasses [name="{glass}-tips"]')
        for place in range(boxes.count()):
            box = boxes.nth(place)
            show(box).set_checked(box.get_attribute("value") in tips)
    save(page, "glasses")
    for key, hangs in STORY.exercises.items():
        show(page.locator(f'#exercises [name="{key}-on"]')).check()
        page.select_option(f'#exercises [name="{key}-hangs"]', hangs)
    save(page, "exercises")
    picture(practitioner, "composer")
    tip = page.locator("#habits li.tip").first
    tip.locator("details > summary").first.click()
    tip.locator("button[type=submit]").click()
    page.wait_for_selector("#habits ol.habits > li")
    for habit in STORY.habits[:2]:
        write(page, habit)
    show(page.locator("#note [name=note-text]")).fill(STORY.note)
    save(page, "note")
    picture(practitioner, "composed")


def save(page, section):
    """Press the section's own button, and wait for the page that comes after it."""
    with page.expect_navigation():
        page.locator(f"#{section} form .btn-primary").last.click()
    assert not page.locator("[data-error-summary]").count()


def show(box):
    """Open what the field is folded into, from the outside in, as somebody does who looks for it."""
    for summary in box.locator("xpath=ancestor::details[not(@open)]/summary").all():
        summary.click()
    return box


def write(page, habit):
    """Write a habit of one's own."""
    form = page.locator("#habits details.own")
    form.locator("summary").click()
    for name in ("after", "do", "where", "how_often", "small"):
        form.locator(f"[name={name}]").fill(getattr(habit, name))
    form.locator("[name=hangs]").select_option(habit.hangs)
    form.locator("label:has(input[name=begins][value=begin])").click()
    with page.expect_navigation():
        form.locator("button[type=submit]").click()
    assert not page.locator("[data-error-summary]").count()


def release(practitioner):
    """Release it; returns the address of its PDF."""
    page = practitioner.page
    with page.expect_navigation():
        page.locator("#release form[action$='/release/'] button").click()
    picture(practitioner, "released")
    return page.locator("#release .releases a").first.get_attribute("href")


def the_paper_says_what_was_agreed(practitioner, document, language):
    answer = practitioner.context.request.get(practitioner.host + document)
    assert answer.headers["content-type"] == "application/pdf"
    assert "no-store" in answer.headers["cache-control"]
    pdf = answer.body()
    told = reading.words(pdf)
    for habit in STORY.habits[:2]:
        assert reading_of(habit.do) in told
    for sentence in (*STORY.strengths, STORY.note, TOLD["sitting"].doing):
        assert reading_of(sentence) in told
    assert reading_of(glasses()["stress"].statements[0].text.in_language(language)) in told
    assert reading_of(glasses()["hydration"].name.in_language(language)) not in told
    assert reading.info(pdf)["Tagged"] == "yes"
    if folder := os.environ.get("ROAD_PICTURES"):
        (Path(folder) / "plan.pdf").write_bytes(pdf)


def reading_of(sentence):
    """A sentence as `reading.words` gives it: without a space."""
    return "".join(sentence.split())


def what_the_desk_sees(desk):
    """The desk sees that there is a plan; no glass, no sentence, no PDF."""
    desk.open("/desk/")
    row = desk.page.locator("table.work tr", has_text=IZABEL.given_name)
    row.locator("a").first.click()
    desk.page.wait_for_url("**/desk/patients/*/")
    for path in ("/desk/", desk.page.url):
        desk.open(path)
        text = desk.page.content()
        for word in ("Zitten", "stress", "/glasses/", "/pdf/", STORY.note):
            assert word not in text, f"the desk reads {word!r} on {path}"
