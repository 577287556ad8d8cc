"""The first half of the road in a real browser: from the desk to the patient's phone to the practitioner's decision."""

import re

import pytest
from django.utils import timezone

from tests.browser import hands
from tests.browser.conftest import DESKTOP
from tests.browser.hands import Person, at, go_on

pytestmark = pytest.mark.browser

EMMELIEN = Person(
    told={"own_words": "Sinds zondag tintelt alles onderaan.", "cannot_do": "Fietsen naar het werk."},
    red={"rf2-saddle": "yes", "rf2-saddle.new": "yes"},
)
ROBRECHT = Person("Robrecht", "Ysenbrandt", "1950-02-03")


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_the_half_road(cast, visit):
    desk = visit(viewport=DESKTOP)
    hands.log_in(desk, cast.people["desk_a"])
    today = timezone.localdate()
    hands.make_patient(desk, ROBRECHT, f"{today}T08:00")
    link = hands.make_patient(desk, EMMELIEN, f"{today}T16:30", cast.people["practitioner_a"].pk)

    phone = visit()
    open_the_link(phone, link)
    hands.consent(phone)
    hands.tell(phone, EMMELIEN)
    go_on(phone)
    fill_in_until(phone, EMMELIEN.red, "care")
    care_comes_at_once(phone)

    practitioner = visit(viewport=DESKTOP)
    hands.log_in(practitioner, cast.people["practitioner_a"])
    stands_first(practitioner, "now")
    the_desk_sees_no_answer(desk)

    clear_as_misunderstood(practitioner)
    phone.page.reload()
    finish(phone, EMMELIEN.red)

    review_shows_everything(practitioner)
    nothing_stays_behind(phone, link)


def open_the_link(phone, link):
    phone.open(link)
    hands.type_birth_date(phone, "1987-11-22")
    phone.page.wait_for_selector(".flash--error")
    assert phone.page.url == link
    hands.type_birth_date(phone, EMMELIEN.birth_date)
    hands.for_myself(phone)


def fill_in_until(phone, red, part):
    """Answer page after page of the safety questions until the address has `part` in it."""
    while not at(phone, part):
        assert at(phone, "safety"), phone.page.url
        hands.answer_safety(phone, red)
        before = phone.page.url
        go_on(phone)
        phone.page.wait_for_url(lambda url, before=before: url != before)


def care_comes_at_once(phone):
    """Straight after the dangerous page: the advice, the emergency number under the thumb, and no way round it."""
    page = phone.page
    assert page.locator(".care--now a.call--first").get_attribute("href") == "tel:112"
    assert not page.locator(hands.GO_ON).count()
    page.goto(page.url.replace("/care/", "/check/"))
    assert at(phone, "care")
    page.click("main form[action$='/misunderstood/'] button")
    page.wait_for_selector("main [role=status]")
    assert page.locator(".care--now").is_visible()


def stands_first(practitioner, urgency):
    practitioner.open("/desk/")
    first = practitioner.page.locator("table.work tbody tr:not(.work__day)").first
    assert EMMELIEN.family_name in first.inner_text()
    badge = first.locator(f".badge--{urgency}")
    assert badge.inner_text().strip()
    assert badge.locator("svg").count() == 1


def the_desk_sees_no_answer(desk):
    """Name and state, and not one word of what was asked or answered; no address leads there either."""
    desk.open("/desk/")
    row = desk.page.locator("table.work tr", has_text=EMMELIEN.family_name)
    assert row.locator(".badge--now").count() == 1
    assert not desk.page.locator(".notice").count(), "that a question was misread is an answer too"
    row.locator("a").first.click()
    desk.page.wait_for_url("**/desk/patients/*/")
    assert desk.page.locator(".badge--state").inner_text().strip()
    for path in ("/desk/", desk.page.url):
        desk.open(path)
        text = desk.page.content()
        for word in ("tintelt", "Fietsen", "rf2-", "saddle", "/review/", "misunderstood"):
            assert word not in text, f"the desk reads {word!r} on {path}"


def clear_as_misunderstood(practitioner):
    page = practitioner.page
    page.locator("table.work .work__action a").first.click()
    page.wait_for_url("**/review/")
    way = page.locator("article.flag--now details:has(form[action$='/clear/'])")
    way.locator("summary").click()
    form = way.locator("form")
    form.locator("input[value=misunderstood]").check()
    form.locator("[name$=-explanation]").fill("Gebeld. Het tintelt in de voet, niet in het zadel.")
    form.locator(".btn-primary").click()
    page.wait_for_selector(".errors, .invalid-feedback, .is-invalid")
    assert page.locator("article.flag--now").count() == 1, "a NOW flag went without a talk"
    form.locator("[name$=-talked_with_patient]").check()
    form.locator(".btn-primary").click()
    page.wait_for_selector("article.flag--decided")
    assert not page.locator("article.flag--now").count()


def finish(phone, red):
    fill_in_until(phone, {key: "no" for key in red}, "check")
    assert phone.page.locator(".summary__row").count() > 30
    assert not phone.page.locator(".summary__missing").count()
    go_on(phone)
    while not at(phone, "sent"):
        phone.page.wait_for_url(re.compile(r"/(sent|care)/"))
        if at(phone, "care"):
            go_on(phone)
    phone.page.wait_for_url("**/sent/")
    phone.page.reload()
    assert at(phone, "sent")


def review_shows_everything(practitioner):
    page = practitioner.page
    page.reload()
    text = page.inner_text("main")
    for word in (EMMELIEN.told["own_words"], EMMELIEN.told["cannot_do"], "Gebeld.", "Pieter Vanackere"):
        assert word in text
    assert page.locator("article.flag--decided .answers dd").count() >= 2
    assert EMMELIEN.family_name in page.inner_text(".patient-head")


def nothing_stays_behind(phone, link):
    """Storage stays empty, addresses say nothing about anybody, and after the exchange the token is gone from them."""
    stored = phone.page.evaluate(
        "async () => [localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,"
        " (await caches.keys()).length, document.cookie]"
    )
    assert stored == [0, 0, 0, 0, ""]
    assert all(cookie["httpOnly"] for cookie in phone.context.cookies())
    personal = [EMMELIEN.given_name, EMMELIEN.family_name, "1987", "23-11", "tintelt"]
    assert not [url for url in phone.urls for word in personal if word.lower() in url.lower()]
    token = link.rstrip("/").rpartition("/")[2]
    with_token = [place for place, url in enumerate(phone.urls) if token in url]
    assert {phone.urls[place] for place in with_token} == {link}
    assert len(phone.urls) - with_token[-1] > 100, "the token came back after the exchange"
    history = phone.context.new_cdp_session(phone.page).send("Page.getNavigationHistory")["entries"]
    assert {entry["url"] for entry in history if token in entry["url"]} <= {link}


@pytest.mark.django_db(transaction=True)
def test_without_javascript(cast, visit):
    """The whole of the patient's way works with scripts off, follow-up questions and advice on the way included."""
    desk = visit(viewport=DESKTOP)
    hands.log_in(desk, cast.people["desk_a"])
    red = {
        "rf2-foot-drop": "yes",
        "rf2-foot-drop.new": "no",
        "rf2-unsteady": "yes",
        "rf2-unsteady.fast": "yes",
    }
    person = Person(red=red, told={"sex": "male", "pregnant": "", "own_words": "Zomaar."})
    link = hands.make_patient(desk, person)

    phone = visit(java_script_enabled=False)
    phone.open(link)
    hands.type_birth_date(phone, person.birth_date)
    hands.for_myself(phone)
    hands.consent(phone)
    hands.tell(phone, person)
    go_on(phone)
    fill_in_until(phone, red, "care")
    assert phone.page.locator(".care--today").count() == 1
    go_on(phone)
    fill_in_until(phone, red, "check")
    finish(phone, red)

    assert phone.page.locator(".advice .symbol").count() >= 1
