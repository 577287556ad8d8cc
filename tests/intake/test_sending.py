"""Sending part A: only when it is complete, once, and frozen from then on; after it no answer stands anywhere."""

import re
import threading

import pytest
from django.db import IntegrityError, connections, transaction

from intake import actions
from intake.models import Answer, Screening
from intake.models.people import IllegalMove
from tests.patients import PAGES, THEMES, Kept, begin, sent

TOLD = {
    "own_words": "Sinds de verhuis naar Wortegem",
    "cannot_do": "Mijn duiven verzorgen",
    "gp": "Raemdonck, Bonheiden",
}


@pytest.fixture
def ready(cast):
    return begin(cast.a).consent().tell(**TOLD).answer(rest="no")


def every_page(story):
    names = ("start", "consent", "safety-start", "care", "check", "sent", *PAGES)
    return [story.url(name) for name in names] + [story.url("safety", theme) for theme in THEMES]


def test_the_check_page_shows_every_question_with_its_answer_and_a_way_to_change_it(ready):
    page = ready.phone().get(ready.url("check")).content.decode()

    for words in TOLD.values():
        assert words in page
    for name in PAGES:
        assert f'href="{ready.url(name)}?then=check"' in page
    for theme, items in THEMES.items():
        assert page.count(f'href="{ready.url("safety", theme)}?then=check"') == len(items)


def test_changing_from_the_check_page_leads_back_to_it(ready):
    phone = ready.phone()

    answer = phone.send(ready.url("pain") + "?then=check", {**PAGES["pain"], "worst_pain": "9"})

    assert answer["Location"] == ready.url("check")
    assert "9" in re.sub(r"<[^>]*>", " ", phone.get(ready.url("check")).content.decode())


def test_sending_is_one_press_and_what_follows_is_thanks(ready):
    phone = ready.phone()

    assert phone.send(ready.url("check"))["Location"] == ready.url("sent")

    assert ready.screening.sent_at
    assert (ready.state, ready.screening.gate_is_open) == ("passed", True)
    assert "Milo" in phone.get(ready.url("sent")).content.decode()


@pytest.mark.parametrize("missing", ["rf3-shingles", "rf2-bladder.new", "own_words"])
def test_what_is_not_complete_cannot_be_sent(cast, missing):
    story = begin(cast.a).consent()
    answers = {item: "no" for items in THEMES.values() for item in items}
    answers |= {"rf2-bladder": "yes", "rf2-bladder.new": "no"}
    answers.pop(missing, None)
    story.tell() if missing != "own_words" else story.save(
        {"sex": "male", "gp": None, "regions": ["low-back"]}
    )
    story.save(answers)

    with pytest.raises(IllegalMove):
        story.send()
    phone = story.phone()
    phone.send(story.url("care"), urgency="today")
    assert phone.send(story.url("check")).status_code == 302

    assert story.screening.sent_at is None
    assert story.state != "passed"


def test_what_was_sent_is_frozen_for_the_pages(ready):
    phone = ready.phone()
    phone.send(ready.url("check"))
    before = Kept().fingerprint()

    for name in PAGES:
        assert phone.send(ready.url(name), {**PAGES[name], "sex": "female"})["Location"] == ready.url("sent")
    for theme, items in THEMES.items():
        assert phone.send(ready.url("safety", theme), dict.fromkeys(items, "yes"))["Location"] == ready.url(
            "sent"
        )
    assert phone.send(ready.url("consent"), care="on")["Location"] == ready.url("sent")
    assert phone.send(ready.url("check"))["Location"] == ready.url("sent")

    assert Kept().fingerprint() == before


def test_what_was_sent_is_frozen_for_the_verbs_too(ready):
    ready.send()
    at = ready.screening.sent_at
    before = Kept().fingerprint()

    with pytest.raises(actions.Frozen):
        ready.save({"rf3-heart": "yes"})
    ready.send()

    assert Kept().fingerprint() == before
    assert ready.screening.sent_at == at


def test_a_page_that_was_open_while_another_tab_sent_changes_nothing(ready):
    phone, other_tab = ready.phone(), ready.phone()
    phone.get(ready.url("safety", "unwell"))
    other_tab.send(ready.url("check"))
    rows = ready.rows()

    answer = phone.send(
        ready.url("safety", "unwell"), {**dict.fromkeys(THEMES["unwell"], "no"), "rf1-gca": "yes"}
    )

    assert answer["Location"] == ready.url("sent")
    assert (ready.rows(), ready.flags()) == (rows, {})


def test_after_sending_no_answer_stands_on_any_page(cast):
    story = sent(cast.a, {"rf1-weight-loss": "yes", "rf1-steroid-use": "yes"}, TOLD)
    phone = story.phone()

    pages = [phone.get(url, follow=True) for url in every_page(story)]

    assert {page.status_code for page in pages} == {200}
    text = " ".join(page.content.decode() for page in pages)
    assert not any(words in text for words in TOLD.values())
    assert not re.search(r'(" checked|name="rf|name="regions"|<dd)', text)
    assert "lost weight" not in text
    assert "cortisone" not in text.lower().replace("cortisone can thin the bones", "")


def test_the_advice_after_sending_shows_no_answer_either(cast):
    story = begin(cast.a).consent().tell(**TOLD).answer({"rf1-weight-loss": "yes"}, rest="no").send()

    page = story.phone().get(story.url("care")).content.decode()

    assert "care--days" in page
    assert "lost weight" not in page


def test_after_sending_what_stands_open_is_said_once_more(cast):
    story = sent(cast.a, {"rf1-weight-loss": "yes"})

    page = story.phone().get(story.url("sent")).content.decode()

    assert "Make an appointment with your GP within a few days" in page


@pytest.mark.database
def test_the_database_itself_refuses_sent_and_incomplete(cast):
    story = sent(cast.a)

    with pytest.raises(IntegrityError, match="sent_is_complete"), transaction.atomic():
        Screening.objects.filter(pk=story.screening.pk).update(state="incomplete")


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_sending_and_a_dangerous_answer_at_the_same_moment_never_lose_the_answer(cast):
    """Either the answer came first, and its flag stands; or sending did, and the page says that nothing was added."""
    story = begin(cast.a).consent().tell().answer(rest="no")
    phones, together, led = [story.phone(), story.phone()], threading.Barrier(2), {}

    def press(name, phone, url, fields):
        together.wait()
        led[name] = phone.send(url, fields)["Location"]
        connections.close_all()

    danger = {**dict.fromkeys(THEMES["chest-flank"], "no"), "rf3-heart": "yes"}
    threads = [
        threading.Thread(target=press, args=("send", phones[0], story.url("check"), {})),
        threading.Thread(
            target=press, args=("answer", phones[1], story.url("safety", "chest-flank"), danger)
        ),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    written = Answer.objects.filter(screening=story.screening, key="rf3-heart", value="yes").exists()
    if written:
        assert (story.state, story.flags(), story.screening.sent_at) == (
            "blocked-now",
            {"rf3-heart": "now"},
            None,
        )
        assert led["answer"] == story.url("care")
    else:
        assert (story.state, story.flags()) == ("passed", {})
        assert story.screening.sent_at
        assert led["answer"] == story.url("sent")
