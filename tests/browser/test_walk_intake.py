"""The whole intake on a phone, part A and part B: in three languages, by keyboard alone, without scripts, and with the
connection gone once on every page. Nothing is filled in twice, and every page shows what was filled in."""

import re
from collections import Counter
from dataclasses import dataclass, field

import pytest
from django.utils import timezone

from backup_plan_site.staff.models import AuditEvent
from intake.models import Answer, Intake
from plans.demo.filling import CONTEXT_PAGES
from plans.demo.people import USUAL
from tests.browser import hands
from tests.browser.hands import at, go_on
from tests.patients import begin
from triggers import actions as glass_actions
from triggers.glasses import CONDITIONS, GLASSES
from triggers.models import ConditionAnswer, GlassAnswer

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]

LOCALES = {"nl": "nl-BE", "fr": "fr-BE", "en": "en-GB"}
TOLD = {
    **USUAL,
    "phone": "0470 55 01 24",
    "gp": "Smets, Bonheiden",
    "regions": ["low-back", "leg"],
    "worst_place": "leg",
    "own_words": "Sinds zondag trekt het.\nTot in mijn teen.",
    "cannot_do": "Fietsen naar het werk.",
    "onset_age": "28",
    "blood_thinners": "unknown",
}
FITS = {
    "sitting": {"recognised": ["sitting-1", "sitting-4"], "fills": "yes"},
    "smoking": {"filter_answer": "yes", "recognised": ["smoking-1"], "fills": "bit"},
    "stress": {"recognised": ["stress-2"], "fills": "yes"},
}
SHELF = {
    "size-sitting": "giant",
    "size-smoking": "small",
    "size-stress": "medium",
    "compensated-sitting": "on",
    "own_words-sitting": "Elk uur sta ik even recht.",
    "missing": "De trap in ons huis.",
}
# What every field of the page's form shows: ticked values, and typed words.
SHOWN = """() => {
    const form = document.getElementById('page-form');
    const fields = [...form.elements].filter((one) => one.name && !['hidden', 'submit'].includes(one.type));
    const found = {};
    for (const one of fields) {
        const choice = ['radio', 'checkbox'].includes(one.type);
        if (choice ? one.checked : one.value.trim()) (found[one.name] ??= []).push(one.value.trim());
    }
    return found;
}"""


@dataclass
class Walk:
    """One patient's way through every page. `faults` are sentences about what was lost, doubled or too much."""

    phone: object
    cut: bool = False
    keyboard: bool = False
    faults: list = field(default_factory=list)
    steps: int = 0

    @property
    def page(self):
        return self.phone.page

    def fill(self, answers):
        """Fill in what this page asks, see that it shows all of it, and go on."""
        wanted = {
            name: sorted(value) if isinstance(value, list) else [value]
            for name, value in answers.items()
            if value
        }
        (by_keyboard if self.keyboard else by_hand)(self.phone, {name: answers[name] for name in wanted})
        self.compare("filled in", wanted)
        self.go_on(wanted)

    def compare(self, when, wanted):
        shown = {name: sorted(values) for name, values in self.page.evaluate(SHOWN).items()}
        if shown != wanted:
            self.faults.append(f"{when} on {self.page.url}: it shows {shown} and not {wanted}")

    def go_on(self, wanted=None):
        before, asked = self.page.url, len(self.phone.urls)
        if self.cut and self.page.locator(f"form#page-form {hands.GO_ON}").count():
            self.phone.context.set_offline(True)
            self.press()
            self.page.wait_for_selector("[data-why=network]:visible")
            if wanted is not None:
                self.compare("without a connection", wanted)
            self.phone.context.set_offline(False)
        else:
            self.press()
        self.page.wait_for_url(lambda url: url != before)
        self.steps += 1
        if not self.cut:
            self.count(self.phone.urls[asked:])

    def press(self):
        if not self.keyboard:
            go_on(self.phone)
            return
        self.page.focus(hands.GO_ON)
        self.page.keyboard.press("Enter")

    def count(self, urls):
        """One step is one form and one page at most; from the link the hub leads on to who fills in."""
        pages = [url for url in urls if "/static/" not in url]
        if len(pages) > 2 + ("/l/" in pages[0]):
            self.faults.append(f"{len(pages)} round trips: {pages}")


def by_hand(phone, answers):
    """Tap and type; a single box to tick has no value of its own."""
    for name in [name for name, value in answers.items() if value == "on"]:
        phone.page.click(f"main label:has(input[name={name}])")
    hands.answer(phone, {name: value for name, value in answers.items() if value != "on"})


def by_keyboard(phone, answers):
    """Reach every field with Tab and answer it with space, arrows and letters."""
    page = phone.page
    left = {name: list(value) if isinstance(value, list) else [value] for name, value in answers.items()}
    page.evaluate("document.activeElement.blur(), document.getElementById('main').focus()")
    for _step in range(150):
        if not left:
            return
        page.keyboard.press("Tab")
        name, kind, value = page.evaluate(
            "[document.activeElement.name, document.activeElement.type, document.activeElement.value]"
        )
        if name not in left:
            continue
        if kind == "checkbox":
            if value in left[name]:
                page.keyboard.press("Space")
                left[name].remove(value)
        elif kind == "radio":
            _arrow_to(page, left[name].pop())
        else:
            page.keyboard.type(left[name].pop())
        if not left[name]:
            del left[name]
    raise AssertionError(f"Tab never reached {left}")


def _arrow_to(page, wanted):
    page.keyboard.press("Space")
    for _arrow in range(12):
        if page.evaluate("document.activeElement.value") == wanted:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"no arrow leads to {wanted}")


def walk(story, phone, **how):
    """From the link to the thanks. Returns the Walk."""
    one = Walk(phone, **how)
    phone.open(story.link)
    year, month, day = str(story.patient.birth_date).split("-")
    one.fill({"birth_date_day": day, "birth_date_month": month, "birth_date_year": year})
    if at(phone, "whom"):
        one.fill({"who": "self"})
    one.go_on()  # the hub
    if at(phone, "consent"):
        one.fill({"care": "on"})
    for names in CONTEXT_PAGES.values():
        one.fill({name: TOLD[name] for name in names})
    one.go_on()  # the pause before the safety questions
    while at(phone, "safety"):
        one.fill(dict.fromkeys(hands.questions(phone), "no"))
    one.go_on()  # check and send
    one.go_on()  # what is to be talked over: somebody does not know about blood thinners
    phone.page.click("main a.btn-primary[href*='/glasses/']")
    phone.page.wait_for_url("**/glasses/")
    loads = one.steps
    while not at(phone, "shelf"):
        one.fill(answers_here(phone.page)) if phone.page.locator("[name=recognised]").count() else one.go_on()
    one.fill(SHELF)
    one.go_on()
    phone.page.wait_for_url("**/glasses/thanks/")
    # Hub, lesson, 2 + 13 pages, shelf, check: each of them is left once. The promise counts from the first question.
    if one.steps - loads - 3 > 18:
        one.faults.append(f"part B took {one.steps - loads - 3} pages")
    return one


def answers_here(page):
    """What fits on this page of part B: a glass of FITS, else nothing."""
    found = re.search(r"/glasses/(\d+)/", page.url)
    key = GLASSES[int(found[1]) - 1] if found else ""
    filters = {"filter_answer": "no"} if page.locator("[name=filter_answer]").count() else {}
    return FITS.get(key) or {**filters, "recognised": ["none"]}


def what_is_wrong(story, one):
    """Sentences about everything that is not there exactly once."""
    faults = list(one.faults)
    keys = Counter(Answer.objects.filter(screening__intake=story.intake).values_list("key", flat=True))
    faults += [f"{key} was written down {times} times" for key, times in keys.items() if times != 1]
    told = story.answers()
    for name in ("gp", "own_words", "cannot_do", "worst_place", "regions"):
        value = told.get(name)
        if (value.replace("\r\n", "\n") if isinstance(value, str) else value) != TOLD[name]:
            faults.append(f"{name} is {value!r}")
    story.patient.refresh_from_db()
    if story.patient.phone != TOLD["phone"]:
        faults.append(f"the phone number is {story.patient.phone}")
    saved = Counter(
        str(facts)
        for facts in AuditEvent.objects.filter(verb__endswith=".saved").values_list("facts", flat=True)
    )
    faults += [f"{facts} was saved {times} times" for facts, times in saved.items() if times != 1]
    for key in GLASSES:
        faults += _wrong_glass(key, GlassAnswer.objects.filter(questionnaire__intake=story.intake, glass=key))
    if ConditionAnswer.objects.filter(nothing_fits=True).count() != len(CONDITIONS):
        faults.append("a condition is missing")
    sitting = story.glass("sitting")
    if sitting and (sitting.size, sitting.own_words) != ("giant", SHELF["own_words-sitting"]):
        faults.append(f"the shelf kept {sitting.size}, {sitting.own_words!r}")
    if story.questionnaire.missing != SHELF["missing"] or not story.questionnaire.sent_at:
        faults.append("part B was not sent whole")
    return faults


def _wrong_glass(key, rows):
    wanted = FITS.get(key, {"recognised": [], "fills": ""})
    found = [(row.recognised, row.fills) for row in rows]
    return [] if found == [(wanted["recognised"], wanted["fills"])] else [f"glass {key} is {found}"]


@pytest.fixture
def story(cast):
    def make(language):
        made = begin(cast.a, language=language, phone="")
        Intake.objects.filter(pk=made.intake.pk).update(began_on=timezone.localdate())
        return made

    return make


@pytest.mark.parametrize("language", LOCALES)
def test_the_whole_intake(story, visit, language):
    patient = story(language)

    one = walk(patient, visit(locale=LOCALES[language]))

    assert what_is_wrong(patient, one) == []


def test_the_whole_intake_by_keyboard_alone(story, visit):
    patient = story("nl")

    one = walk(patient, visit(), keyboard=True)

    assert what_is_wrong(patient, one) == []


def test_the_whole_intake_without_scripts(story, visit):
    patient = story("nl")

    one = walk(patient, visit(java_script_enabled=False))

    assert what_is_wrong(patient, one) == []


def test_the_whole_intake_with_the_connection_gone_once_on_every_page(story, visit):
    patient = story("nl")

    one = walk(patient, visit(), cut=True)

    assert what_is_wrong(patient, one) == []


def test_a_walk_sees_a_server_that_forgets_a_field(story, visit, monkeypatch):
    whole = glass_actions.save_glass
    monkeypatch.setattr(
        glass_actions,
        "save_glass",
        lambda *args, **values: whole(*args, **{**values, "recognised": values.get("recognised", [])[:1]}),
    )
    patient = story("nl")

    one = walk(patient, visit())

    assert any("glass sitting" in fault for fault in what_is_wrong(patient, one))


def test_a_walk_sees_a_page_that_is_asked_for_twice(story, visit):
    one = Walk(visit())

    one.count(["http://x/i/1/about/", "http://x/i/1/about/", "http://x/i/1/where/"])

    assert one.faults
