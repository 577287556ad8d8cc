"""Every page holds: for a screen reader, on a narrow screen, by keyboard alone, for who goes back or taps twice."""

import re

import pytest
from django.urls import reverse

from backup_plan_site.staff.models import AuditEvent
from intake.models import Answer, Flag, Intake, Invitation
from plans.demo import filling
from plans.demo.people import Person
from tests.browser import hands
from tests.browser.hands import at, go_on
from tests.browser.looking import FOCUS, Looker
from tests.cast import log_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Something of every class below NOW, with follow-ups.
CALMER = {
    "rf1-infection-risk": "yes",
    "rf1-infection-risk.only-diabetes": "no",
    "rf1-infection-risk.injected": "no",
    "rf2-foot-drop": "yes",
    "rf2-foot-drop.new": "yes",
    "rf3-gallbladder": "yes",
    "rf3-gallbladder.fever-yellow": "no",
}


def person(name, *, red=None, stop="", **told):
    usual = {
        "own_words": f"Woorden van {name}.",
        "regions": ["low-back", "leg"],
        "worst_place": "leg",
        **told,
    }
    return Person(name, "Quintelier", "1987-11-23", "", day=0, told=usual, red=red or {}, stop=stop)


@pytest.fixture
def made(cast, settings):
    """`made(person)` makes a patient by the pages, as far as the person goes, and returns the path of the link."""

    def make(who):
        desk = log_in(filling.Hands(), cast.people["desk_a"])
        link = filling.make_patient(desk, who, cast.people["practitioner_a"].pk)
        if who.stop != "link":
            filling.fill_in(link, who)
        return link

    return make


@pytest.fixture
def opened(made, visit):
    """`opened(person, path)` makes a patient and opens one page of the intake on a phone."""

    def open_page(who, path="", **options):
        phone = visit(**options)
        phone.open(made(who))
        hands.type_birth_date(phone, who.birth_date)
        hands.for_myself(phone)
        phone.open(re.match(r".*/i/[^/]+/", phone.page.url)[0] + path)
        return phone

    return open_page


def test_every_page_of_a_patient_holds(made, visit):
    looker, phone = Looker(), visit()
    who = person("Alma", red=CALMER, stop="link")
    phone.open(made(who))
    look_and_go_on_wrong(looker, phone, "link")
    hands.type_birth_date(phone, who.birth_date)
    phone.page.wait_for_url("**/whom/")
    look_and_go_on_wrong(looker, phone, "whom")
    hands.for_myself(phone)
    looker.look(phone, "start")
    go_on(phone)
    look_and_go_on_wrong(looker, phone, "consent")
    phone.page.click("main label:has(input[name=care])")
    go_on(phone)
    for page in filling.CONTEXT_PAGES:
        phone.page.wait_for_url(f"**/{page}/")
        if page in ("complaint",):
            looker.look(phone, page)
        else:
            look_and_go_on_wrong(looker, phone, page)
        hands.answer(phone, {name: value for name, value in told(who, page).items() if value})
        go_on(phone)
    phone.page.wait_for_url("**/safety/")
    looker.look(phone, "safety-start")
    go_on(phone)
    look_and_go_on_wrong(looker, phone, "safety")
    walk_the_lists(looker, phone)
    looker.look(phone, "check")
    go_on(phone)
    while not at(phone, "sent"):
        looker.look(phone, phone.page.locator("article.care").get_attribute("class"))
        before = phone.page.inner_text("main")
        go_on(phone)
        phone.page.wait_for_function(
            "before => document.querySelector('main').innerText != before", arg=before
        )
    looker.look(phone, "sent")

    assert {"care care--today", "care care--days", "care care--talk"} <= set(looker.seen)
    assert len(looker.seen) >= 28
    assert not looker.faults, "\n".join(looker.faults)


def test_the_page_of_a_now_and_the_pages_of_an_end_hold(made, visit):
    looker, phone = Looker(), visit()
    who = person("Berta", red={"rf2-saddle": "yes", "rf2-saddle.new": "yes"})
    link = made(who)
    phone.open(link)
    hands.type_birth_date(phone, who.birth_date)
    phone.page.wait_for_url("**/care/")
    looker.look(phone, "care now")
    phone.page.click("main form[action$='/misunderstood/'] button")
    phone.page.wait_for_selector("main .note[role=status]")
    looker.look(phone, "care now, told")
    Invitation.objects.get().revoke()
    phone.open(link)
    looker.look(phone, "ended")
    phone.open("/")
    looker.look(phone, "home")
    phone.open("/no-such-page/")
    looker.look(phone, "not found")

    assert not looker.faults, "\n".join(looker.faults)


def test_every_page_of_the_desk_holds(cast, made, visit):
    looker, staff = Looker(), visit()
    for who in (
        person("Alma", red=CALMER),
        person("Berta", red={"rf2-saddle": "yes", "rf2-saddle.new": "yes"}),
        person("Cor", stop="unwell"),
        person("Dina", stop="link"),
    ):
        made(who)
    staff.open("/staff/login/")
    looker.look(staff, "login")
    staff.page.fill("input[name=login]", "nobody@example.org")
    staff.page.fill("input[name=password]", "wrong")
    staff.page.click("main form[method=post] .btn-primary")
    looker.look(staff, "login, wrong")
    staff.context.clear_cookies()
    hands.log_in(staff, cast.people["practitioner_a"])
    flag, decided = Flag.objects.filter(urgency="days").first(), Flag.objects.get(urgency="now")
    intake = Intake.objects.get(patient__given_name="Alma")
    slip = Invitation.objects.get(intake__patient__given_name="Dina")
    for name, path in {
        "worklist": reverse("desk:worklist"),
        "worklist, nobody": "/desk/?show=all&page=9",
        "patients": reverse("desk:patients"),
        "new patient": reverse("desk:patient-new"),
        "patient": reverse("desk:patient", args=[intake.patient.code]),
        "edit patient": reverse("desk:patient-edit", args=[intake.patient.code]),
        "new intake": reverse("desk:intake-new", args=[intake.patient.code]),
        "edit intake": reverse("desk:intake-edit", args=[intake.code]),
        "slip": reverse("desk:link-slip", args=[slip.code]),
        "audit": reverse("staff:audit"),
        "two locks": reverse("mfa_index"),
        "password": reverse("account_change_password"),
    }.items():
        assert staff.open(path).status == 200, path
        looker.look(staff, name)
    staff.open(reverse("desk:patient-new"))
    staff.page.click("main form .btn-primary")
    looker.look(staff, "new patient, nothing typed")
    for one in (flag, decided):
        staff.open(reverse("desk:review", args=[one.screening.intake.code]))
        staff.page.evaluate(
            "document.querySelectorAll('main details').forEach((part) => { part.open = true })"
        )
        looker.look(staff, f"review of {one.urgency}")
        form = staff.page.locator(f"form[action*='{one.code}'][action$='/clear/']")
        form.locator(".btn-primary").click()
        looker.look(staff, f"review of {one.urgency}, nothing typed")

    assert not looker.faults, "\n".join(looker.faults)


def test_every_page_of_the_owner_holds(cast, visit):
    looker, staff = Looker(), visit()
    hands.log_in(staff, cast.people["owner_a"])
    for name in ("desk:worklist", "staff:team", "staff:invite", "staff:practice", "staff:audit"):
        assert staff.open(reverse(name)).status == 200
        looker.look(staff, name)
    staff.open(reverse("staff:member", args=[cast.membership("desk_a").code]))
    looker.look(staff, "member")

    assert not looker.faults, "\n".join(looker.faults)


def test_a_safety_page_by_keyboard_alone(opened):
    """Tab reaches every question once, arrows and space answer, what has the focus shows it, Enter goes on."""
    phone = opened(person("Eva", stop="toilet-legs"), "safety/toilet-legs/")
    page, items = phone.page, hands.questions(phone)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    reached = []
    for _step in range(60):
        page.keyboard.press("Tab")
        name, kind, shows = page.evaluate(FOCUS)
        assert shows, f"nothing shows that {name or kind} has the focus"
        if kind == "submit":
            break
        reached.append(name)
        page.keyboard.press("Space")
        page.keyboard.press("ArrowRight")
        if name == "rf2-foot-drop":
            page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/hands-neck/" in url)

    assert [name for name in reached if name and "." not in name] == items
    assert "rf2-foot-drop.new" in reached
    answers = dict(Answer.objects.filter(key__startswith="rf2").order_by("pk").values_list("key", "value"))
    assert answers == {**dict.fromkeys(items, "no"), "rf2-foot-drop": "yes", "rf2-foot-drop.new": "no"}


def test_back_shows_what_was_saved(opened):
    phone = opened(person("Fien", stop="beginning"), "health/")
    phone.page.click("main label:has(input[name=smoker][value=yes])")
    go_on(phone)
    phone.page.wait_for_url("**/safety/")
    phone.page.go_back()
    assert phone.page.is_checked("input[name=smoker][value=yes]")
    phone.page.go_forward()
    phone.page.go_back()
    assert phone.page.is_checked("input[name=smoker][value=yes]")
    phone.page.click("a.back")
    phone.page.wait_for_url("**/pain/")
    assert phone.page.is_checked("input[name=worst_pain][value='6']")


def test_two_taps_have_one_effect(opened):
    phone = opened(person("Gust", stop="beginning"), "pain/")
    phone.page.click("main label:has(input[name=worst_pain][value='9'])")
    before = AuditEvent.objects.filter(verb="page.saved", facts__page="pain").count()
    phone.page.dblclick(hands.GO_ON)
    phone.page.wait_for_url("**/health/")

    assert AuditEvent.objects.filter(verb="page.saved", facts__page="pain").count() == before + 1
    assert Answer.objects.filter(key="worst_pain").count() == 2
    assert Answer.objects.filter(key="pain_now").count() == 1


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_another_language_in_the_middle_keeps_what_was_typed(opened, scripts):
    phone = opened(person("Hanne", stop="toilet-legs"), "complaint/", java_script_enabled=scripts)
    page = phone.page
    page.fill("[name=cannot_do]", "Nog niet bewaard.")
    page.click(".langs button[value=en]")
    page.wait_for_selector("html[lang=en]")
    assert page.input_value("[name=cannot_do]") == "Nog niet bewaard."
    phone.open(page.url)
    assert page.input_value("[name=cannot_do]") == "Nog niet bewaard."
    phone.open(page.url.replace("complaint", "safety/toilet-legs"))
    hands.choose(phone, "rf2-bladder", "no")
    hands.choose(phone, "rf2-foot-drop", "yes")
    page.click(".langs button[value=nl]")
    page.wait_for_selector("html[lang=nl]")

    assert page.is_checked("[name=rf2-bladder][value=no]")
    assert page.is_checked("[name=rf2-foot-drop][value=yes]")
    assert page.is_visible("label:has([name='rf2-foot-drop.new'])")
    assert not page.locator(".errors").count()


def test_planted_faults_are_seen(opened):
    """An inline script, another host, a picture without words, and a page that is too wide."""
    phone = opened(person("Ilse", stop="beginning"))
    phone.page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: 'let a'}))"
    )
    phone.page.evaluate("document.body.append(Object.assign(new Image(), {src: 'http://127.0.0.9:9/x.png'}))")
    phone.page.evaluate("document.querySelector('main').innerHTML += '<img src=/x.svg>'")
    phone.page.evaluate("document.querySelector('h1').style.minWidth = '900px'")
    looker = Looker()
    looker.look(phone, "planted")
    seen, phone.faults[:] = "\n".join([*phone.faults, *looker.faults]), []

    for fault in ("script-src", "img-src", "404: ", "image-alt", "wider than the screen"):
        assert fault in seen


# --- how ----------------------------------------------------------------------------------------


def told(who, page):
    every = {**filling.USUAL, **who.told}
    return {name: every[name] for name in filling.CONTEXT_PAGES[page]}


def look_and_go_on_wrong(looker, phone, name):
    """Look at a page as it is, and at the sentences when nothing was filled in."""
    looker.look(phone, name)
    go_on(phone)
    phone.page.wait_for_selector("[data-error-summary]")
    looker.look(phone, f"{name}, nothing filled in")


def walk_the_lists(looker, phone):
    while not at(phone, "check"):
        if at(phone, "care"):
            looker.look(phone, phone.page.locator("article.care").get_attribute("class"))
        else:
            hands.answer_safety(phone, CALMER)
            looker.look(phone, "safety, answered")
        before = phone.page.url
        go_on(phone)
        phone.page.wait_for_url(lambda url, before=before: url != before)
