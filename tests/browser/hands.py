"""What hands do on the pages. They find everything by name, value, role or hook: the words are translated."""

import re
import time
from dataclasses import dataclass, field

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from plans.demo.filling import CONTEXT_PAGES
from plans.demo.people import USUAL
from tests.browser.looking import settle
from tests.cast import PASSWORD, TOTP_SECRET

PERIOD = 30
GO_ON = "main .actions .btn-primary"


@dataclass
class Person:
    """A patient of these tests. `told` and `red` are what differs from the usual, by the names of the fields."""

    given_name: str = "Emmelien"
    family_name: str = "Quintelier"
    birth_date: str = "1987-11-23"
    told: dict = field(default_factory=dict)
    red: dict = field(default_factory=dict)


def log_in(staff, user):
    """Sign in by password and by the six digits of the authenticator app."""
    page = staff.page
    staff.open("/staff/login/")
    page.fill("input[name=login]", user.email)
    page.fill("input[name=password]", PASSWORD)
    page.click("main form[method=post] .btn-primary")
    page.fill("input[name=code]", six_digits())
    page.click("main form:has(input[name=code]) .btn-primary")
    page.wait_for_url("**/desk/")


def six_digits():
    """What the app shows now, or in a moment when it is about to change."""
    left = PERIOD - time.time() % PERIOD
    if left < 3:
        time.sleep(left)
    return format_hotp_value(hotp_value(TOTP_SECRET, int(time.time()) // PERIOD))


def make_patient(desk, person, appointment="", practitioner=""):
    """Make patient, intake and slip at the desk; returns the link as the slip shows it."""
    page = desk.page
    desk.open("/desk/")
    page.click("main .title-row a.btn-primary")
    for name in ("given_name", "family_name", "birth_date"):
        page.fill(f"main [name={name}]", getattr(person, name))
    if appointment:
        page.fill("main [name=appointment_at]", appointment)
    if practitioner:
        page.select_option("main [name=practitioner]", str(practitioner))
    page.select_option("main [name=channel]", "slip")
    page.click("main form .btn-primary")
    page.wait_for_url("**/slip/")
    return page.inner_text(".slip__link b").strip()


def type_birth_date(phone, birth_date):
    year, month, day = birth_date.split("-")
    for name, value in (("day", day), ("month", month), ("year", year)):
        phone.page.fill(f"[name=birth_date_{name}]", value)
    go_on(phone)


def go_on(phone):
    """Press the one big button of the page, and wait until it has led somewhere."""
    phone.page.click(GO_ON)
    settle(phone.page)


def choose(phone, name, value):
    """Tap the card, as a thumb does."""
    phone.page.click(f'main label:has(input[name="{name}"][value="{value}"])')


def answer(phone, answers):
    """Answer by the names of the fields: a list taps several cards, a text is typed where there are no cards."""
    for name, value in answers.items():
        for one in value if isinstance(value, list) else [value]:
            if phone.page.locator(
                f'main input[name="{name}"][type=radio], main input[name="{name}"][type=checkbox]'
            ).count():
                choose(phone, name, one)
            else:
                phone.page.fill(f'main [name="{name}"]', one)


def for_myself(phone):
    """The page after the birth date: nobody helps. It leads to the hub; where it is not asked, nothing happens."""
    phone.page.wait_for_url(re.compile(r"/i/[0-9a-f-]{36}/"))
    if at(phone, "whom"):
        choose(phone, "who", "self")
        go_on(phone)
        phone.page.wait_for_url(re.compile(r"/i/[0-9a-f-]{36}/(?!whom)"))


def consent(phone):
    go_on(phone)
    phone.page.click("main label:has(input[name=care])")
    go_on(phone)


def tell(phone, person):
    """The pages before the safety questions."""
    told = {**USUAL, **person.told}
    for page, names in CONTEXT_PAGES.items():
        phone.page.wait_for_url(f"**/{page}/")
        answer(phone, {name: told[name] for name in names if told[name]})
        go_on(phone)
    phone.page.wait_for_url("**/safety/")


def questions(phone):
    """The names of the safety questions on this page, follow-ups left out."""
    return phone.page.eval_on_selector_all(
        ".ask__main", "all => all.map(one => one.querySelector('input[type=radio]').name)"
    )


def answer_safety(phone, red):
    """Answer a page of safety questions: no to everything but `red`."""
    items = questions(phone)
    answer(phone, {item: red.get(item, "no") for item in items})
    answer(phone, {key: value for key, value in red.items() if "." in key and key.partition(".")[0] in items})


def at(phone, part):
    return f"/{part}/" in phone.page.url


def tap_twice(visitor, selector):
    """Tap again while the first tap is still on its way. Meant for a verb that `take_your_time` made slow."""
    button = visitor.page.locator(selector).last
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    for pause in (120, 0):
        visitor.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        visitor.page.wait_for_timeout(pause)


def take_your_time(monkeypatch, module, verb):
    """Let one verb of the server take as long as a second tap needs."""
    quick = getattr(module, verb)

    def slowly(*args, **kwargs):
        time.sleep(0.4)
        return quick(*args, **kwargs)

    monkeypatch.setattr(module, verb, slowly)
