"""Part B holds: without scripts, by keyboard alone, for who goes back, taps twice, changes language or leaves."""

import time

import pytest

from backup_plan_site.staff.models import AuditEvent
from tests.browser import hands
from tests.browser.hands import at, go_on
from tests.browser.looking import FOCUS, HIDDEN_BY, STORED
from tests.glasses import IZABEL, told
from tests.patients import at_glasses, sent
from triggers import actions
from triggers.glasses import CONDITIONS, GLASSES, conditions, glasses
from triggers.models import GlassAnswer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DOING = "Ik loop elke middag een blokje om."
# Everything by which somebody else could read in an address, a title or a list of pages what this was about.
NAMES = {
    word.lower()
    for key, one in {**conditions(), **glasses()}.items()
    for word in (key, one.name.nl, one.name.fr, one.name.en)
    if word
}


@pytest.fixture
def opened(cast, visit):
    """`opened("glass", 3)` opens one page of part B on a phone: (story, phone)."""

    def open_page(*page, **options):
        story = at_glasses(cast.a, given="Emmelien", family="Quintelier", language="nl")
        phone = visit(**options).take_over(story.phone())
        phone.open(story.page(*page))
        return story, phone

    return open_page


def number(key):
    return GLASSES.index(key) + 1


def test_part_b_without_javascript(cast, visit):
    """From the lesson to the thanks with scripts off; what a tick opens, opens, and a wrong page says why."""
    story = sent(cast.a, language="nl")
    phone = visit(java_script_enabled=False).take_over(story.phone())
    phone.open(story.page("start"))
    go_on(phone)
    while not at(phone, "shelf"):
        before = phone.page.url
        answer_without_scripts(phone)
        go_on(phone)
        phone.page.wait_for_url(lambda url, before=before: url != before)
    hands.choose(phone, "size-sitting", "giant")
    phone.page.click('main label:has(input[name="compensated-sitting"])')
    phone.page.fill("[name=own_words-sitting]", DOING)
    go_on(phone)
    phone.page.wait_for_url("**/check/")
    assert DOING in phone.page.inner_text("main")
    go_on(phone)
    phone.page.wait_for_url("**/glasses/thanks/")

    sitting = story.glass("sitting")
    assert (sitting.recognised, sitting.fills, sitting.size) == (["sitting-1"], "yes", "giant")
    assert story.glass("smoking").recognised == ["smoking-1"]
    assert GlassAnswer.objects.filter(nothing_fits=True).count() == len(GLASSES) - 3


def answer_without_scripts(phone):
    """Answer the page that is open: sitting, smoking and the net fit, nothing else does."""
    page = phone.page
    name = page.locator("main h1").inner_text().strip()
    fitting = {glasses()[key].name.nl: key for key in ("sitting", "smoking", "social-net")}
    if key := fitting.get(name):
        go_on(phone)
        page.wait_for_selector("main .errors")
        if key == "smoking":
            assert not page.is_visible(".statement--after-filter")
            hands.choose(phone, "filter_answer", "yes")
        hands.choose(phone, "recognised", f"{key}-8" if key == "social-net" else f"{key}-1")
        assert page.is_visible(".statement__extra .support") is (key == "social-net")
        hands.choose(phone, "fills", "yes")
    elif page.locator("main [name=recognised]").count():
        if page.locator("main [name=filter_answer]").count():
            hands.choose(phone, "filter_answer", "no")
        hands.choose(phone, "recognised", "none")


def test_the_quick_way_out_works_without_javascript(opened):
    story, phone = opened("glass", number("social-net"), java_script_enabled=False)
    phone.page.locator(".exit button").click()
    phone.page.wait_for_url(phone.host + "/")
    phone.page.go_back()

    assert phone.page.locator("form:has([name=recognised])").count() == 0
    assert phone.open(story.page("glass", 1)).status == 404


def test_a_glass_by_keyboard_alone(opened):
    """Tab reaches everything once and in the order of the page, nothing sticky hides it, Enter goes on."""
    story, phone = opened("glass", number("stress"))
    page = phone.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    reached, tops = [], []
    for _step in range(40):
        page.keyboard.press("Tab")
        name, kind, shows = page.evaluate(FOCUS)
        assert shows, f"nothing shows that {name or kind} has the focus"
        assert not page.evaluate(HIDDEN_BY), f"{name or kind} is under {page.evaluate(HIDDEN_BY)}"
        tops.append(page.evaluate("document.activeElement.getBoundingClientRect().top + scrollY"))
        reached.append(name or kind)
        if name == "recognised" and reached.count("recognised") in (2, 3):
            page.keyboard.press("Space")
        if name == "fills":
            page.keyboard.press("ArrowRight")
            assert not page.evaluate(HIDDEN_BY)
        if kind == "submit" and not name:
            break
    page.keyboard.press("Enter")
    # The address keeps the '#main' of the skip link.
    page.wait_for_url(f"**{story.page('glass', number('stress') + 1)}*")

    cards = len(glasses()["stress"].statements) + 1
    assert reached.count("recognised") == cards
    assert reached.count("fills") == 1
    assert tops[:-1] == sorted(tops[:-1]), "the focus jumps up the page"
    row = story.glass("stress")
    assert (row.recognised, row.fills) == (["stress-2", "stress-3"], "bit")


def test_tab_leaves_a_glass_and_goes_back_again(opened):
    """Nothing holds the focus: it comes past the last link of the page, and backwards past the first."""
    _story, phone = opened("glass", number("thoughts-emotions"))
    page = phone.page
    stops = page.evaluate(STOPS)
    for key in ("Tab", "Shift+Tab"):
        seen = set()
        for _step in range(stops + 1):
            page.keyboard.press(key)
            assert not page.evaluate(HIDDEN_BY), page.evaluate(HIDDEN_BY)
            seen.add(page.evaluate(PLACE))
        assert len(seen - {-1}) == stops, f"{key} reached {len(seen)} of {stops}"


# How many places Tab stops at: of radios with one name only one.
STOPS = """() => {
    const can = [...document.querySelectorAll('a[href], button, input, textarea, select, summary')].filter(
        (one) => one.tabIndex >= 0 && !one.disabled && one.type !== 'hidden' && one.checkVisibility());
    return new Set(can.map((one, place) => one.type === 'radio' ? one.name : place)).size;
}"""
# Which one has the focus; -1 for the page itself.
PLACE = """() => {
    const here = document.activeElement;
    return here === document.body ? -1 : [...document.querySelectorAll('*')].indexOf(here);
}"""


def test_back_shows_the_glass_as_it_was_saved(opened):
    story, phone = opened("glass", 1)
    recognise(phone, "sitting", 2, 3)
    go_on(phone)
    phone.page.wait_for_url(f"**{story.page('glass', 2)}")
    phone.page.go_back()
    assert ticked(phone) == ["sitting-2", "sitting-3", "yes"]
    hands.choose(phone, "recognised", "sitting-3")
    hands.choose(phone, "fills", "bit")
    go_on(phone)
    phone.page.wait_for_url(f"**{story.page('glass', 2)}")
    phone.page.click("a.back")
    phone.page.wait_for_url(f"**{story.page('glass', 1)}")

    assert ticked(phone) == ["sitting-2", "bit"]
    assert story.glass("sitting").recognised == ["sitting-2"]


def test_two_taps_on_a_glass_and_on_send_have_one_effect(cast, visit, monkeypatch):
    for verb in ("save_glass", "send_glasses"):
        hands.take_your_time(monkeypatch, actions, verb)
    story = told(sent(cast.a, language="nl"), IZABEL, send=False)
    phone = visit().take_over(story.phone())
    phone.open(story.page("glass", 1) + "?then=check")
    before = AuditEvent.objects.filter(verb="glass.saved").count()
    hands.tap_twice(phone, hands.GO_ON)
    phone.page.wait_for_url("**/check/")
    assert AuditEvent.objects.filter(verb="glass.saved").count() == before + 1
    hands.tap_twice(phone, hands.GO_ON)
    phone.page.wait_for_url("**/glasses/thanks/")
    assert AuditEvent.objects.filter(verb="part_b.sent").count() == 1
    phone.page.go_back()
    phone.page.wait_for_load_state()

    assert not phone.page.locator("main .summary, main [name=recognised]").count()
    assert AuditEvent.objects.filter(verb="part_b.sent").count() == 1


def test_after_the_quick_way_out_back_shows_no_glass(opened):
    """The page is replaced by one that says nothing, the session ends, and nothing of it is in the list of pages."""
    story, phone = opened("glass", number("social-net") - 1)
    page, phone.may_go = phone.page, (ELSEWHERE,)
    page.context.route(f"{ELSEWHERE}**", lambda route: route.fulfill(body="<title>Nowhere</title>"))
    net = story.page("glass", number("social-net"))
    phone.open(net)
    hands.choose(phone, "recognised", "social-net-8")
    page.locator(".statement__extra button[form=quick-exit]").click()
    page.wait_for_url(f"{ELSEWHERE}**")
    history = page.context.new_cdp_session(page).send("Page.getNavigationHistory")["entries"]
    assert net not in "".join(entry["url"] for entry in history)
    until(lambda: phone.context.request.get(phone.host + net).status == 404)
    page.go_back()

    assert page.url.endswith(story.page("glass", number("social-net") - 1))
    assert not page.locator("main [name=recognised]").count()
    assert not GlassAnswer.objects.exists()


def until(true, patience=5):
    """Wait until `true()` is: what a page sent while it left may be a moment on its way."""
    end = time.monotonic() + patience
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


ELSEWHERE = "https://www.google.be/"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_another_language_on_a_glass_keeps_the_ticks(opened, scripts):
    story, phone = opened("glass", number("smoking"), java_script_enabled=scripts)
    hands.choose(phone, "filter_answer", "yes")
    hands.choose(phone, "recognised", "smoking-1")
    for language in ("en", "nl"):
        phone.page.click(f".langs button[value={language}]")
        phone.page.wait_for_selector(f"html[lang={language}]")
        assert ticked(phone) == ["yes", "smoking-1"]
        assert phone.page.is_visible(".statement--after-filter")
        assert not phone.page.locator(".errors, .wrong").count()

    assert phone.page.inner_text("main h1").strip() == glasses()["smoking"].name.nl
    assert story.glass("smoking").recognised == ["smoking-1"]


def test_none_of_these_clears_the_ticks_and_a_tick_clears_it(opened):
    _story, phone = opened("glass", 1)
    for value, left in {"sitting-1": ["sitting-1"], "none": ["none"], "sitting-2": ["sitting-2"]}.items():
        hands.choose(phone, "recognised", value)
        assert ticked(phone) == left


def test_part_b_leaves_nothing_behind(opened):
    """Nothing stored in the browser, no cookie that a script can read, no name and no glass in any address."""
    story, phone = opened("start")
    for page in (
        ("lesson",),
        *(("condition", place) for place in range(1, len(CONDITIONS) + 1)),
        *(("glass", place) for place in range(1, len(GLASSES) + 1)),
    ):
        phone.open(story.page(*page))
    recognise(phone, "social-net", 1)
    go_on(phone)
    phone.page.wait_for_url("**/shelf/")
    phone.page.fill("[name=own_words-social-net]", "", force=True)
    phone.page.locator(".glass-card--chosen a").first.click()
    phone.page.wait_for_url("**/?then=shelf")
    assert not [word for word in NAMES if word in phone.page.title().lower()]
    phone.page.click(".help-now a")
    phone.page.wait_for_url("**/help-now/*")

    stored = phone.page.evaluate(STORED)
    assert stored == [0, 0, 0, 0, 0, ""]
    assert phone.context.cookies()
    assert all(cookie["httpOnly"] for cookie in phone.context.cookies())
    assert len(phone.urls) > 40
    personal = {*NAMES, "emmelien", "quintelier", "1991", story.token.lower()}
    assert not {(word, url) for url in phone.urls for word in personal if word in url.lower()}


# --- how ----------------------------------------------------------------------------------------


def recognise(phone, key, *numbers):
    for one in numbers:
        hands.choose(phone, "recognised", f"{key}-{one}")
    hands.choose(phone, "fills", "yes")


def ticked(phone):
    return phone.page.eval_on_selector_all("main input:checked", "all => all.map((one) => one.value)")
