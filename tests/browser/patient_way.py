"""Every page that a patient may see, one after the other, for whoever wants to look at it.

    for name, visitor in pages(practice, "nl", visit):
        visitor.page.screenshot(…)

Patients are made by the verbs, so that the walk costs pages only. `visit(**options)` opens a fresh browser profile.
"""

from django.template.loader import render_to_string
from django.utils import translation

from tests.browser.hands import go_on
from tests.glasses import told
from tests.patients import RAISED, at_glasses, begin, sent
from triggers.glasses import CONDITIONS, GLASSES

# Pages that need no link.
ANYBODYS = {
    "home": "/",
    "privacy": "/privacy/",
    "accessibility": "/accessibility/",
    "tablet": "/tablet/",
    "not found": "/no-such-page/",
}
LOCALES = {"nl": "nl-BE", "fr": "fr-BE", "en": "en-GB"}
CONTEXT = ("about", "where", "complaint", "since", "pain", "health")
THEMES = ("beginning", "unwell", "toilet-legs", "hands-neck", "chest-flank", "belly-skin")
# One patient for every class of advice.
ADVICE = {
    "now": {"rf2-saddle": "yes", "rf2-saddle.new": "yes"},
    "today": {"rf2-foot-drop": "yes", "rf2-foot-drop.new": "yes"},
    "days": {"rf1-weight-loss": "yes"},
    "talk": {"rf1-steroid-use": "yes"},
}
TOLD = {
    "regions": ["neck", "low-back", "leg"],
    "worst_place": "low-back",
    "own_words": "Sinds de verhuis trekt het van mijn onderrug naar mijn linkerkuit, vooral 's morgens.",
    "cannot_do": "Mijn kleinkind optillen.",
}
# Without neck, head or arm: tests.patients knows all questions of this man.
ALL_ASKED = {**TOLD, "regions": ["low-back", "leg"]}
CHOSEN = {
    "sitting": {"recognised": [1, 2, 4, 8], "fills": "yes", "size": "giant", "doing": "Elk uur recht. " * 6},
    "smoking": {"recognised": [1, 2], "fills": "bit", "size": "small"},
    "thoughts-emotions": {"recognised": [5], "fills": "yes"},
    "social-net": {"recognised": [1, 8], "fills": "bit"},
}
MISSING = "Mijn bovenbuurvrouwenklachtenbus, elke avond opnieuw."


def pages(practice, language, visit):
    """(name, visitor) of every page in turn, open and as the patient finds it."""
    for walk in (the_link, part_a, advice, the_end_of_part_a, part_b, the_end_of_part_b, without_a_link):
        yield from walk(practice, language, lambda **more: visit(locale=LOCALES[language], **more))


def the_link(practice, language, visit):
    story = begin(practice, given="Emmelien", family="Quintelier", language=language)
    phone = visit()
    phone.open(story.link)
    yield "link", phone
    yield from _wrong("link", phone)
    phone.take_over(story.phone())
    for name in ("start", "whom", "consent"):
        phone.open(story.url(name))
        yield name, phone
    yield from _wrong("consent", phone)


def part_a(practice, language, visit):
    story = begin(practice, given="Jozefa", family="Vandenbroucke", language=language).consent()
    phone = visit().take_over(story.phone())
    phone.open(story.url("about"))
    yield from _wrong("about", phone)
    phone.open(story.url("where"))
    yield "where, nothing chosen", phone
    yield from _wrong("where", phone)
    story.tell(**TOLD)
    for name in (*CONTEXT, "safety-start", "consents"):
        phone.open(story.url(name))
        yield name, phone
    for theme in THEMES:
        phone.open(story.url("safety", theme))
        yield f"safety, {theme}", phone
    yield from _wrong("safety", phone)
    phone.open(story.url("safety", "toilet-legs"))
    for item in ("rf2-foot-drop", "rf2-saddle"):
        phone.page.click(f'main label:has(input[name="{item}"][value="yes"])')
    yield "safety, with what follows", phone


def advice(practice, language, visit):
    for urgency, answers in ADVICE.items():
        story = begin(practice, given="Roos", language=language).consent().tell(**ALL_ASKED)
        if urgency in ("now", "today"):
            story.answer(answers)
        else:
            story.answer(answers, rest="no").send()
        phone = visit().take_over(story.phone())
        phone.open(story.url("care"))
        assert "/care/" in phone.page.url, f"{urgency}: {phone.page.url}"
        yield f"care, {urgency}", phone


def the_end_of_part_a(practice, language, visit):
    story = begin(practice, given="Alma", language=language).consent().tell(**ALL_ASKED).answer(rest="no")
    phone = visit().take_over(story.phone())
    phone.open(story.url("check"))
    yield "check", phone
    for name, answers in (("sent", None), ("sent, with advice", RAISED)):
        story = sent(practice, answers, ALL_ASKED, given="Berta", language=language)
        phone = visit().take_over(story.phone())
        phone.open(story.url("sent"))
        yield name, phone


def part_b(practice, language, visit):
    story = sent(practice, given="Cor", language=language)
    phone = visit().take_over(story.phone())
    for name in ("start", "lesson"):
        phone.open(story.page(name))
        yield f"B {name}", phone
    story = at_glasses(practice, given="Dina", language=language)
    phone = visit().take_over(story.phone())
    for name, keys in (("condition", CONDITIONS), ("glass", GLASSES)):
        for place, key in enumerate(keys, start=1):
            phone.open(story.page(name, place))
            yield f"B {key}", phone
    yield from _wrong("B glass", phone)
    phone.page.click('main label:has(input[value="social-net-8"])')
    yield "B social-net, with the support", phone
    phone.open("/help-now/?from=13")
    yield "help now", phone


def the_end_of_part_b(practice, language, visit):
    given = {"given": "Eva", "language": language}
    story = told(sent(practice, **given), CHOSEN, {"hernia": [1]}, missing=MISSING, rest="", send=False)
    phone = visit().take_over(story.phone())
    for name in ("shelf", "check"):
        phone.open(story.page(name))
        yield f"B {name}", phone
    go_on(phone)
    phone.page.wait_for_url("**/glasses/thanks/")
    yield "B thanks", phone
    story.invitation.refresh_from_db()
    phone.open(story.link)
    yield "link, ended", phone


def without_a_link(practice, language, visit):
    phone = visit()
    for name, path in ANYBODYS.items():
        phone.open(path)
        yield name, phone
    for number in (400, 403, 500, 503):
        with translation.override(language):
            _answer_with(phone, f"/{number}", render_to_string(f"{number}.html", {"plain": True}))
        phone.open(f"/{number}")
        yield f"error {number}", phone


def _answer_with(phone, path, body):
    phone.page.route(f"**{path}", lambda route: route.fulfill(body=body, content_type="text/html"))


def _wrong(name, phone):
    """The page after pressing the button with nothing filled in."""
    go_on(phone)
    phone.page.wait_for_selector("[data-error-summary]")
    yield f"{name}, nothing filled in", phone
