"""Every page of part B looks right: to a screen reader's checker, on a phone, at a desk and on the narrowest screen."""

import pytest
from django.conf import settings

from tests.browser import hands
from tests.browser.hands import go_on
from tests.browser.looking import NARROWEST, TOO_WIDE, Looker
from tests.glasses import begun, told
from tests.patients import at_glasses, sent
from triggers.glasses import CONDITIONS, GLASSES
from triggers.models import OWN_WORDS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Long words and much of it: what is chosen, how big, and what is done about it already.
CHOSEN = {
    "sitting": {
        "recognised": [1, 2, 4, 8],
        "fills": "yes",
        "size": "giant",
        "doing": "Zithoudingsoefening. " * 9,
    },
    "smoking": {"recognised": [1, 2], "fills": "bit", "size": "small"},
    "thoughts-emotions": {"recognised": [5], "fills": "yes"},
    "social-net": {"recognised": [1, 8], "fills": "bit"},
}
MISSING = "Mijn bovenbuurvrouwenklachtenbus, elke avond opnieuw."


@pytest.fixture
def phone(visit):
    """A phone, and how to open it for a story: `phone(story)`."""

    def open_for(story):
        return visit().take_over(story.phone())

    return open_for


def number(key):
    return GLASSES.index(key) + 1


def test_the_way_into_part_b_looks_right(cast, phone):
    story = sent(cast.a, language="nl")
    looker, hand = Looker(), phone(story)
    for name in ("start", "lesson"):
        hand.open(story.page(name))
        looker.look(hand, name)
    go_on(hand)
    hand.page.wait_for_url("**/conditions/1/")
    looker.look(hand, "condition")
    go_on(hand)
    hand.page.wait_for_selector("[data-error-summary]")
    looker.look(hand, "condition, nothing ticked")
    hands.choose(hand, "recognised", "hernia-1")
    hand.page.click("main button[name=later]")
    hand.page.wait_for_url(f"**{story.page('start')}")
    looker.look(hand, "start, begun and saved for later")

    assert not looker.faults, "\n".join(looker.faults)


def test_every_kind_of_glass_looks_right(cast, phone):
    story = at_glasses(cast.a, language="nl")
    looker, hand = Looker(), phone(story)
    hand.open(story.page("glass", number("heavy-work")))
    looker.look(hand, "orange")
    go_on(hand)
    hand.page.wait_for_selector("[data-error-summary]")
    looker.look(hand, "orange, nothing ticked")
    hand.open(story.page("glass", number("smoking")))
    hands.choose(hand, "filter_answer", "yes")
    hands.choose(hand, "recognised", "smoking-1")
    assert hand.page.is_visible(".statement--after-filter")
    looker.look(hand, "smoking, who smokes")
    go_on(hand)
    hand.page.wait_for_selector("[data-error-summary]")
    looker.look(hand, "smoking, not said what it fills")
    hand.open(story.page("glass", number("thoughts-emotions")))
    hands.choose(hand, "recognised", "thoughts-emotions-5")
    assert hand.page.is_visible(".support--ticked")
    looker.look(hand, "thoughts, with the support")
    hand.open(story.page("glass", number("social-net")))
    hands.choose(hand, "recognised", "social-net-8")
    assert hand.page.is_visible(".statement__extra .support")
    looker.look(hand, "net, with the support")

    assert not looker.faults, "\n".join(looker.faults)


def test_shelf_check_and_thanks_look_right(cast, phone):
    story = told(sent(cast.a, language="nl"), CHOSEN, {"hernia": [1]}, missing=MISSING, rest="", send=False)
    looker, hand = Looker(), phone(story)
    hand.open(story.page("shelf"))
    looker.look(hand, "shelf")
    hand.page.fill("[name=missing]", "woord " * OWN_WORDS)
    go_on(hand)
    hand.page.wait_for_selector("[data-error-summary]")
    looker.look(hand, "shelf, too many words")
    hand.open(story.page("check"))
    assert hand.page.locator("main .banner--warning li").count() == len(GLASSES) - len(CHOSEN)
    looker.look(hand, "check, with glasses left open")
    go_on(hand)
    hand.page.wait_for_url("**/glasses/thanks/")
    looker.look(hand, "thanks")

    assert not looker.faults, "\n".join(looker.faults)


def test_help_now_looks_right_with_and_without_a_link(cast, phone, visit):
    story = at_glasses(cast.a, language="nl")
    looker, hand, anybody = Looker(), phone(story), visit()
    hand.open(story.page("glass", number("stress")))
    hand.page.click(".help-now a")
    hand.page.wait_for_url("**/help-now/*")
    assert hand.page.locator("[data-exit]").count() == 1
    looker.look(hand, "help, with a link")
    hand.page.click("a.back")
    hand.page.wait_for_url(f"**{story.page('glass', number('stress'))}")
    anybody.open("/help-now/?language=en")
    assert not anybody.page.locator("[data-exit], a.back").count()
    looker.look(anybody, "help, without a link")

    assert not looker.faults, "\n".join(looker.faults)


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_no_page_of_part_b_is_wider_than_the_narrowest_screen(cast, visit, language):
    """Every glass and both conditions, with everything ticked: in each language another word is the longest."""
    story = sent(cast.a, language=language)
    begun(story)
    hand = visit(viewport=NARROWEST).take_over(story.phone())
    wide = {}
    for name, keys in (("condition", CONDITIONS), ("glass", GLASSES)):
        for place, key in enumerate(keys, start=1):
            hand.open(story.page(name, place))
            hand.page.evaluate(TICK_EVERYTHING)
            wide[key] = hand.page.evaluate(TOO_WIDE)

    assert len(wide) == len(CONDITIONS) + len(GLASSES)
    assert not {key: what for key, what in wide.items() if what}


# Ticked, and everything open that a tick or a tap opens.
TICK_EVERYTHING = """() => {
    for (const box of document.querySelectorAll('main input:is([type=checkbox], [value=yes])')) box.checked = true;
    for (const part of document.querySelectorAll('main details')) part.open = true;
}"""
