"""Part B in two tabs or on two phones: the one that comes later sees both, and nothing goes without a word."""

import html
import re

import pytest

from tests.glasses import IZABEL, told
from tests.patients import at_glasses, sent
from triggers.models import ConditionAnswer
from triggers.views import steps

HERNIA = ("condition", 1)
SITTING = ("glass", 1)

# (page, what the first phone sends, what the second one, words of the first that the second must see)
CASES = {
    "condition": (HERNIA, {"recognised": ["hernia-1"]}, {"recognised": ["hernia-2"]}, None),
    "condition, nothing fits": (HERNIA, {"recognised": ["hernia-1"]}, {"recognised": ["none"]}, None),
    "condition, passed over": (HERNIA, {"recognised": ["hernia-1"]}, {"skip": "1"}, None),
    "glass": (
        SITTING,
        {"recognised": ["sitting-1"], "fills": "yes"},
        {"recognised": ["sitting-1"], "fills": "no"},
        "Yes",
    ),
    "glass, left early": (
        SITTING,
        {"recognised": ["sitting-1"], "fills": "yes"},
        {"recognised": ["sitting-2"], "fills": "yes", "later": "1"},
        None,
    ),
}


@pytest.fixture
def story(cast):
    return at_glasses(cast.a)


def opened(phone, url):
    return re.search(r'name="seen" value="(\w+)"', phone.get(url).content.decode())[1]


def rows(story):
    kept = ("recognised", "nothing_fits", "skipped")
    conditions = ConditionAnswer.objects.filter(questionnaire__intake=story.intake).values("condition", *kept)
    glass = story.glass("sitting")
    return [*conditions, glass and (glass.recognised, glass.fills, glass.own_words, glass.size)]


def both(story, page, first, second):
    one, two, url = story.phone(), story.phone(), story.page(*page)
    seen = [opened(phone, url) for phone in (one, two)]
    assert one.send(url, first, seen=seen[0]).status_code == 302
    kept = rows(story)
    return two, two.send(url, second, seen=seen[1]), kept


@pytest.mark.parametrize(("page", "first", "second", "words"), CASES.values(), ids=CASES.keys())
def test_the_second_phone_sees_both_and_overwrites_nothing(story, page, first, second, words):
    two, answer, kept = both(story, page, first, second)

    text = html.unescape(answer.content.decode())
    assert answer.status_code == 409
    assert "This was changed meanwhile" in text
    assert rows(story) == kept
    told = text.partition('class="meanwhile"')[2].partition("</dl>")[0]
    assert words is None or words in told
    for value in second.get("recognised", []):
        assert re.search(rf'value="{value}" checked', text)
    again = re.search(r'name="seen" value="(\w+)"', text)[1]
    assert two.send(story.page(*page), second, seen=again).status_code == 302
    assert rows(story) != kept


def test_the_cases_see_a_page_that_overwrites(story, monkeypatch):
    monkeypatch.setattr(steps, "changed_meanwhile", lambda request, form: False)
    page, first, second, _words = CASES["glass"]

    _two, answer, kept = both(story, page, first, second)

    assert answer.status_code == 302
    assert rows(story) != kept


def test_the_same_answer_goes_on(story):
    page, first, _second, _words = CASES["glass"]

    _two, answer, _kept = both(story, page, first, first)

    assert (answer.status_code, answer["Location"]) == (302, story.page("glass", 2))


def test_the_shelf_shows_which_glass_was_changed(cast):
    story = told(sent(cast.a), IZABEL, send=False)
    size = {f"size-{key}": "medium" for key in IZABEL}
    words = "Ik loop elke middag."

    first = {**size, "compensated-sitting": "on", "own_words-sitting": words}
    _two, answer, kept = both(story, ("shelf",), first, {**size, "size-sitting": "giant"})

    text = html.unescape(answer.content.decode())
    above = text.partition('class="meanwhile"')[2].partition("</dl>")[0]
    assert answer.status_code == 409
    assert "Sitting too much: " in above and words in above
    assert rows(story) == kept


def test_back_saves_what_was_ticked(story):
    answer = story.phone().send(story.page("glass", 2), {"recognised": ["heavy-work-1"], "back": "1"})

    assert answer["Location"] == story.page("glass", 1)
    assert story.glass("heavy-work").recognised == ["heavy-work-1"]


def test_saved_at_is_said_on_every_page_once_something_was_saved(story):
    phone = story.phone()
    assert "Saved at" not in phone.get(story.page("condition", 1)).content.decode()

    phone.send(story.page("condition", 1), {"recognised": ["none"]})

    for page in (("condition", 1), ("condition", 2), ("glass", 13), ("shelf",)):
        assert "Saved at" in phone.get(story.page(*page)).content.decode(), page
