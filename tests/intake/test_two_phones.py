"""The same intake in two tabs or on two phones: the one that comes later sees both, and nothing goes without a word."""

import html
import re

import pytest

from intake.views import pages
from tests.patients import PAGES, THEMES, begin

MINE, THEIRS = "Het trekt in mijn been.", "Het schiet in mijn rug."
SAFE = dict.fromkeys(THEMES["toilet-legs"], "no")


@pytest.fixture
def story(cast):
    return begin(cast.a).consent().tell()


def opened(phone, url):
    """What the page that is open now sends along."""
    return re.search(r'name="seen" value="(\w+)"', phone.get(url).content.decode())[1]


def words_of(response):
    return html.unescape(response.content.decode())


def both(story, name, first, second, *args, **more):
    """Two phones open a page, one after the other sends it. Returns the second phone and the second answer."""
    one, two, url = story.phone(), story.phone(), story.url(name, *args)
    seen = [opened(phone, url) for phone in (one, two)]
    assert one.send(url, first, seen=seen[0]).status_code == 302
    return two, two.send(url, second, seen=seen[1], **more)


def test_the_second_phone_sees_what_is_saved_and_keeps_what_it_typed(story):
    two, answer = both(story, "complaint", {"own_words": THEIRS}, {"own_words": MINE})

    page = words_of(answer)
    assert answer.status_code == 409
    assert "This was changed meanwhile" in page
    assert re.search(
        rf'class="meanwhile".*{re.escape(THEIRS)}.*</div>.*<textarea[^>]*>\s*{re.escape(MINE)}', page, re.S
    )
    assert story.answers()["own_words"] == THEIRS
    again = re.search(r'name="seen" value="(\w+)"', page)[1]
    assert two.send(story.url("complaint"), {"own_words": MINE}, seen=again).status_code == 302
    assert story.answers()["own_words"] == MINE
    assert story.rows() >= 3, "what was replaced stays as a revision"


def test_the_test_above_sees_a_page_that_overwrites(story, monkeypatch):
    monkeypatch.setattr(pages, "changed_meanwhile", lambda request, form: False)

    _two, answer = both(story, "complaint", {"own_words": THEIRS}, {"own_words": MINE})

    assert answer.status_code == 302
    assert story.answers()["own_words"] == MINE


def test_who_typed_the_same_goes_on(story):
    _two, answer = both(story, "complaint", {"own_words": MINE}, {"own_words": MINE})

    assert (answer.status_code, answer["Location"]) == (302, story.url("since"))


def test_repeating_a_form_by_its_key_is_no_second_phone(story):
    phone, url, key = story.phone(), story.url("complaint"), "0b4a40cc-5ba8-4cf9-9a33-6d6a6f8d6f0a"
    seen = opened(phone, url)

    answers = [phone.send(url, {"own_words": MINE}, key=key, seen=seen) for _time in range(3)]

    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, story.url("since"))}
    assert story.rows() == len(story.answers()) + 1


def test_the_same_key_with_other_words_shows_both(story):
    """The answer was lost on the way, and meanwhile somebody typed on."""
    phone, url, key = story.phone(), story.url("complaint"), "0b4a40cc-5ba8-4cf9-9a33-6d6a6f8d6f0a"
    seen = opened(phone, url)
    phone.send(url, {"own_words": MINE}, key=key, seen=seen)

    answer = phone.send(url, {"own_words": f"{MINE} En erger."}, key=key, seen=seen)

    assert answer.status_code == 409
    assert words_of(answer).count(MINE) == 2
    assert story.answers()["own_words"] == MINE


@pytest.mark.parametrize("button", ["later", "back", "language"])
def test_no_button_overwrites(story, button):
    value = "fr" if button == "language" else "1"

    _two, answer = both(story, "complaint", {"own_words": THEIRS}, {"own_words": MINE}, **{button: value})

    assert answer.status_code == 409
    assert MINE in words_of(answer)
    assert story.answers()["own_words"] == THEIRS


def test_a_danger_that_was_typed_is_kept_at_once_and_one_that_was_saved_is_not_taken_back(story):
    story.answer(dict.fromkeys(THEMES["beginning"] + THEMES["unwell"], "no"))
    first = {**SAFE, "rf2-foot-drop": "yes", "rf2-foot-drop.new": "no"}
    second = {**SAFE, "rf2-bladder": "unsure"}

    _two, answer = both(story, "safety", first, second, "toilet-legs")

    assert story.answers()["rf2-bladder"] == "unsure"
    assert story.answers()["rf2-foot-drop"] == "yes"
    assert {"rf2-bladder", "rf2-foot-drop"} <= set(story.flags())
    assert answer.status_code in (302, 409)


def test_what_nobody_had_answered_yet_is_kept(story):
    _two, answer = both(
        story, "health", {**PAGES["health"], "smoker": "yes"}, {**PAGES["health"], "smoker": "unknown"}
    )

    assert answer.status_code == 409
    assert "Do you smoke" not in words_of(answer) or story.answers()["smoker"] is True
    assert story.answers()["smoker"] is True


def test_the_phone_number_is_not_overwritten_either(story):
    first, second = {"sex": "male", "phone": "+32 470 11 11 11"}, {"sex": "male", "phone": "+32 470 22 22 22"}

    _two, answer = both(story, "about", first, second)

    story.patient.refresh_from_db()
    assert answer.status_code == 409
    assert story.patient.phone == "+32 470 11 11 11"
    assert "+32 470 11 11 11" in words_of(answer)


# --- what a page keeps of its own ------------------------------------------------------------------


def test_i_do_not_know_is_shown_again(story):
    phone = story.phone()
    phone.send(story.url("health"), {**PAGES["health"], "smoker": "unknown"})

    page = phone.get(story.url("health")).content.decode()

    assert re.search(r'name="smoker" value="unknown" checked', page)


@pytest.mark.parametrize("button", ["later", "back"])
def test_a_page_that_is_left_half_done_keeps_everything_that_is_right(story, button):
    phone = story.phone()

    phone.send(story.url("about"), {"phone": "+32 470 33 33 33", "gp": "Smets", button: "1"})
    phone.send(story.url("health"), {"smoker": "unknown", button: "1"})

    story.patient.refresh_from_db()
    assert story.patient.phone == "+32 470 33 33 33"
    assert story.answers()["gp"] == "Smets"
    assert story.answers()["smoker"] is None


def test_back_leads_to_the_page_before(story):
    answer = story.phone().send(story.url("health"), {"smoker": "yes", "back": "1"})

    assert answer["Location"] == story.url("pain")
