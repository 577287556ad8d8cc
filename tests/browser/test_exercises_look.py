"""The library as it looks and moves: every width, the figure, the timer, without script, on one sheet of paper."""

import re
import time

import pytest
from django.urls import reverse

from exercises.library import library
from exercises.poses import figures
from tests.browser.conftest import DESKTOP
from tests.browser.looking import STORED, Looker
from tests.cast import in_english
from tests.plans.test_library_pages import again, given, page_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHEET = re.compile(rb"/Type\s*/Page\b(?!s)")
UNFOLD = "document.querySelectorAll('main details').forEach((part) => { part.open = true })"
MOVING = "document.querySelector('[data-moving]')"
# What stands there at 80 moments that a screen shows, one after the other.
DRAWINGS = f"""async () => {{
    const seen = [];
    for (let moment = 0; moment < 80; moment += 1) {{
        await new Promise(requestAnimationFrame);
        seen.push({MOVING}.innerHTML);
    }}
    return seen;
}}"""
NOTHING_STORED = [0, 0, 0, 0, 0, ""]


@pytest.fixture
def staff(cast, visit):
    return visit(viewport=DESKTOP, reduced_motion="reduce").take_over(
        in_english(cast.client("practitioner_a"))
    )


@pytest.fixture
def look():
    looker = Looker()

    def at(visitor, path, status=200):
        assert visitor.open(path).status == status, path
        visitor.page.evaluate(UNFOLD)
        looker.look(visitor, path)

    yield at
    assert not looker.faults, "\n".join(looker.faults)


@pytest.fixture
def own(cast):
    return given(cast, "c1", "b2", "y-childs-pose", "r1", "walk", language="en")


# --- every width ----------------------------------------------------------------------------------------


def test_the_library_looks_right_at_the_desk(staff, look):
    look(staff, reverse("desk:exercises"))
    look(staff, reverse("desk:exercises") + "?region=neck&caution=K&caution=W")
    for key in ("c1", "b2", "y-lying-4", "walk"):
        look(staff, reverse("desk:exercise", args=[key]))


def test_search_is_typed_and_found(staff):
    staff.open(reverse("desk:exercises"))
    staff.page.fill("input[name=q]", "pelvic brigde")
    staff.page.press("input[name=q]", "Enter")
    staff.page.wait_for_selector("#found:has-text('pelvic')")

    assert staff.page.locator(".card__name a").first.inner_text() == "Pelvic bridge"
    assert staff.page.input_value("input[name=q]") == "pelvic brigde" and "?" not in staff.page.url


def test_a_patient_s_exercises_look_right(cast, visit, look, own):
    phone = visit(reduced_motion="reduce")
    look(phone, page_of(own))
    for key in ("c1", "b2"):
        look(phone, page_of(own, key))
    own.plan.exercises.filter(exercise="b2").update(dose="2 times 10 seconds")
    new = again(cast.actor("practitioner_a"), own.plan)
    look(phone, page_of(new, "b2"))
    look(phone, page_of(own), status=404)


# --- the figure -----------------------------------------------------------------------------------------


def until(what):
    """Wait until `what()` is so: the page itself may not be asked to wait, its policy knows no eval."""
    for _try in range(100):
        if what():
            return
        time.sleep(0.05)
    pytest.fail("it never came")


def frames_asked(visitor):
    return [url for url in visitor.urls if ".json" in url]


def test_the_figure_moves_by_itself_once_and_rests_when_asked_or_out_of_sight(visit, own):
    phone = visit()
    page = phone.page
    phone.open(page_of(own, "b2"))
    page.wait_for_selector("[data-moving] svg")
    before = page.evaluate(f"{MOVING}.innerHTML")
    until(lambda: page.evaluate(f"{MOVING}.innerHTML") != before)
    assert not page.locator("[data-still] img").first.is_visible()

    page.get_by_role("button", name="Pause").click()
    assert (
        page.locator("[data-still] img").first.is_visible() and not page.locator("[data-moving]").is_visible()
    )

    page.get_by_role("button", name="Move").click()
    page.wait_for_selector("[data-moving] svg")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_selector("[data-moving]", state="hidden")
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(400)
    assert not page.locator("[data-moving]").is_visible()
    assert len(frames_asked(phone)) == 1


def test_the_figure_stays_still_when_less_motion_is_asked_for(visit, own):
    phone = visit(reduced_motion="reduce")
    phone.open(page_of(own, "b2"))
    phone.page.wait_for_timeout(800)
    assert frames_asked(phone) == [] and not phone.page.locator("[data-moving]").is_visible()

    # Who presses the button asks for it.
    phone.page.get_by_role("button", name="Move").click()
    phone.page.wait_for_selector("[data-moving] svg")
    phone.page.emulate_media(reduced_motion="no-preference")
    phone.page.wait_for_timeout(200)
    phone.page.emulate_media(reduced_motion="reduce")
    phone.page.wait_for_selector("[data-moving]", state="hidden")


def test_the_other_side_is_shown_still_and_moving(visit, own):
    phone = visit(reduced_motion="reduce")
    page, side = phone.page, phone.page.get_by_role("button", name="Other side")
    phone.open(page_of(own, "b2"))
    first = page.get_attribute("[data-still] img", "src")
    side.click()
    assert page.get_attribute("[data-still] img", "src") == f"{first}&side=other"
    page.get_by_role("button", name="Move").click()
    page.wait_for_selector("[data-moving] svg")
    assert frames_asked(phone)[-1].endswith("/figures/b2.json?side=other")
    side.click()
    assert page.get_attribute("[data-still] img", "src") == first
    until(lambda: frames_asked(phone)[-1].endswith("/figures/b2.json"))

    phone.open(page_of(own, "c1"))
    assert side.count() == 0


@pytest.mark.long
def test_the_figure_goes_smoothly_and_never_astray(staff):
    page = staff.page
    for key in ("c1", "s1", "y-seated-twist", "y-cat", "m9"):
        staff.open(reverse("desk:exercise", args=[key]))
        page.get_by_role("button", name="Move").click()
        page.wait_for_selector("[data-moving] svg")
        drawings = page.evaluate(DRAWINGS)
        assert len(set(drawings)) > 40, key
        assert not any("NaN" in one or "undefined" in one for one in drawings), key


def test_a_figure_of_one_position_has_nothing_to_press(visit, own):
    phone = visit()
    phone.open(page_of(own, "walk"))

    assert phone.page.locator("[data-still] img").count() == 1
    assert not phone.page.locator("[data-figure-buttons]").is_visible()


# --- the timer ------------------------------------------------------------------------------------------


class Timer:
    """The timer on one page, under a clock that stands still until it is told to go."""

    def __init__(self, visitor, path):
        self.page = visitor.page
        self.page.clock.install()
        visitor.open(path)
        self.page.wait_for_selector("[data-clock]")
        self.page.clock.pause_at(self.page.evaluate("Date.now() + 1000"))

    def press(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()

    def after(self, seconds):
        """What stands there some seconds later: phase, count, turn."""
        self.page.clock.run_for(round(seconds * 1000))
        return tuple(
            self.page.inner_text(f"[data-{part}]").strip() for part in ("phase", "count", "turn-now")
        )

    @property
    def told(self):
        return self.page.inner_text("[data-said]").strip()


def test_the_timer_gets_ready_holds_rests_and_ends(visit, own):
    phone = visit(reduced_motion="reduce")
    timer = Timer(phone, page_of(own, "c1"))
    assert timer.after(0) == ("Ready when you are", "5", "Seconds")

    timer.press("Start")
    assert timer.after(0.1) == ("Get ready", "5", "1 of 8")
    assert timer.after(2) == ("Get ready", "3", "1 of 8")
    assert timer.after(3) == ("Hold", "5", "1 of 8")
    assert timer.told == "Hold. 5 Seconds. 1 of 8"
    assert timer.after(5) == ("Rest", "5", "2 of 8")
    assert timer.after(5) == ("Hold", "5", "2 of 8")
    assert timer.after(6 * 10) == ("Hold", "5", "8 of 8")
    assert timer.after(5) == ("Done!", "", "")
    assert timer.told == "Done!"
    assert timer.page.get_by_role("button", name="Start", exact=True).is_visible()
    assert phone.page.evaluate(STORED) == NOTHING_STORED


def test_the_timer_changes_sides(visit, own):
    timer = Timer(visit(reduced_motion="reduce"), page_of(own, "b2"))
    timer.press("Start")

    assert timer.after(5.1) == ("Hold", "20", "1 of 3 · first side")
    assert timer.after(20) == ("Change sides", "5", "1 of 3 · other side")
    assert timer.after(5) == ("Hold", "20", "1 of 3 · other side")
    assert timer.after(20) == ("Change sides", "5", "2 of 3 · first side")
    assert timer.after(5 + 20 + 5 + 20 + 5 + 20 + 5) == ("Hold", "20", "3 of 3 · other side")
    assert timer.after(20)[0] == "Done!"


def test_the_timer_breathes_and_does_not_talk_through_every_breath(visit, own):
    timer = Timer(visit(reduced_motion="reduce"), page_of(own, "y-childs-pose"))
    timer.press("Start")

    assert timer.after(5.1) == ("Breathe in", "5", "1 of 2")
    assert timer.told == "Breathe in. 5 Breaths. 1 of 2"
    assert timer.after(4) == ("Breathe out", "5", "1 of 2")
    assert timer.after(6) == ("Breathe in", "4", "1 of 2")
    assert timer.told == "Breathe in. 5 Breaths. 1 of 2"
    assert timer.after(40)[0] == "Rest"


def test_the_timer_counts_minutes_and_waits_while_it_is_paused(visit, own):
    timer = Timer(visit(reduced_motion="reduce"), page_of(own, "r1"))
    timer.press("Start")
    assert timer.after(5.1)[:2] == ("Go on calmly", "2:00")
    assert timer.after(30)[:2] == ("Go on calmly", "1:30")

    timer.press("Pause")
    assert timer.after(500)[:2] == ("Go on calmly", "1:30")
    timer.press("Go on")
    assert timer.after(30)[:2] == ("Go on calmly", "1:00")
    timer.press("Start again")
    assert timer.after(0.1)[:2] == ("Get ready", "5")


def test_a_tab_that_slept_is_right_when_it_wakes(visit, own):
    timer = Timer(visit(reduced_motion="reduce"), page_of(own, "c1"))
    timer.press("Start")
    timer.after(1)

    # The clock jumps; whatever should have happened meanwhile happens at most once.
    timer.page.clock.fast_forward(5_000 + 10_000 + 2_000)

    assert timer.after(0.1) == ("Hold", "2", "2 of 8")


def test_the_timer_is_set_to_what_was_agreed(visit, own):
    timer = Timer(visit(reduced_motion="reduce"), page_of(own, "b2"))
    timer.page.click("text=Set the timer")
    timer.page.fill("[data-set=seconds]", "10")
    timer.page.fill("[data-set=repetitions]", "999")
    timer.page.press("[data-set=repetitions]", "Tab")
    assert timer.page.input_value("[data-set=repetitions]") == "120"

    assert timer.after(0)[1] == "10"
    timer.press("Start")
    assert timer.after(5.1) == ("Hold", "10", "1 of 120 · first side")


def test_sound_is_off_until_somebody_wants_it_and_is_not_remembered(visit, own):
    phone = visit(reduced_motion="reduce")
    sound = phone.page.get_by_role("button", name="Sound")
    phone.page.add_init_script(
        "const real = AudioContext; window.made = 0;"
        "window.AudioContext = class extends real { constructor() { super(); window.made += 1; } };"
    )
    phone.open(page_of(own, "c1"))
    assert sound.get_attribute("aria-pressed") == "false"
    phone.page.click("[data-start]")
    assert phone.page.evaluate("window.made") == 0

    sound.click()
    assert sound.get_attribute("aria-pressed") == "true" and phone.page.evaluate("window.made") == 1
    phone.page.reload()
    assert sound.get_attribute("aria-pressed") == "false"
    assert phone.page.evaluate(STORED) == NOTHING_STORED


# --- without script, and on paper -----------------------------------------------------------------------


def test_without_script_everything_is_there_but_movement_and_timer(visit, own):
    phone = visit(java_script_enabled=False)
    page = phone.page
    phone.open(page_of(own, "b2"))
    one = library()["b2"]
    said = " ".join(page.locator("main").inner_text().split())
    told = (
        one.name,
        one.goal,
        one.start,
        *one.steps,
        one.breathing,
        one.feel,
        one.dose,
        *one.stop,
        one.harder,
    )

    assert [text.en for text in told if text.en not in said] == []
    assert page.locator("[data-still] img").count() == 2
    assert not any(button.is_visible() for button in page.locator("main button").all())
    assert not page.locator("[data-clock]").is_visible()


def test_one_exercise_is_one_sheet_of_paper(cast, visit):
    """French is the longest; these have the most words, and the most pictures."""
    staff = visit(reduced_motion="reduce").take_over(cast.client("practitioner_a"))
    cast.people["practitioner_a"].language = "fr"
    cast.people["practitioner_a"].save()

    def length(one):
        texts = (one.start, *one.steps, *one.stop, *(note.text for note in one.notes))
        return len("".join(text.fr for text in texts))

    longest = sorted(library().values(), key=length)[-3:]
    for key in (*(one.id for one in longest), "y-lying-4"):
        staff.open(reverse("desk:exercise", args=[key]))
        staff.page.wait_for_load_state("networkidle")
        assert len(SHEET.findall(staff.page.pdf(prefer_css_page_size=True))) == 1, key
    staff.page.emulate_media(media="print")
    shown = staff.page.locator("main *:visible")
    assert shown.locator("xpath=self::button | self::nav | self::*[@data-clock]").count() == 0
    assert shown.locator("xpath=self::img").count() == len(figures()["y-lying-4"].panels)
