"""No score anywhere (clinical-brief A7): pages, paper, catalogue and sort order, each with a planted count."""

import copy
import re

import pytest
from django.urls import reverse

from plans import actions
from plans.desk import glass_cards
from plans.freezing import frozen
from plans.management.commands.catalogue import catalogue
from plans.models import Release
from plans.paper import plan_html
from tests import no_score as guard
from tests.cast import in_english
from tests.glasses import told
from tests.patients import sent
from triggers import telling
from triggers.glasses import glasses
from triggers.models import GlassAnswer

FEW, MANY = ["stress-1"], [f"stress-{number}" for number in range(1, 9)]
SENTENCES = [one.text.in_language("en") for one in glasses()["stress"].statements]
HABIT = {
    "after": "After breakfast",
    "do": "I walk to the corner",
    "where": "",
    "how_often": "every day",
    "small": "",
    "begins": True,
    "hangs_on": "glass",
    "hangs_key": "stress",
}


@pytest.fixture
def pieter(cast):
    return cast.actor("practitioner_a")


@pytest.fixture
def story(cast):
    return told(sent(cast.a, given="Milo"), {"stress": {"recognised": [1], "fills": "yes"}})


@pytest.fixture
def desk(cast):
    client = cast.client("practitioner_a")
    in_english(client)
    return client


def recognise(story, ids):
    GlassAnswer.objects.filter(questionnaire__intake=story.intake, glass="stress").update(recognised=ids)


# --- pages ----------------------------------------------------------------------------------------


def desk_pages(story, pieter):
    plan = actions.open_plan(pieter, story.intake)
    return {
        "glasses": reverse("desk:glasses", args=[story.intake.code]),
        "composer": reverse("desk:plan", args=[plan.code]),
        "review": reverse("desk:review", args=[story.intake.code]),
        "patient": reverse("desk:patient", args=[story.patient.code]),
        "worklist": reverse("desk:worklist"),
    }


def seen_twice(story, client, url):
    """The page with one sentence recognised and with all eight."""
    pages = []
    for ids in (FEW, MANY):
        recognise(story, ids)
        answer = client.get(url)
        assert answer.status_code == 200
        pages.append(answer.content.decode())
    return pages


@pytest.mark.parametrize("page", ["glasses", "composer", "review", "patient", "worklist"])
def test_no_number_and_no_picture_of_the_desk_follows_the_ticks(story, pieter, desk, page):
    few, many = seen_twice(story, desk, desk_pages(story, pieter)[page])

    assert guard.numbers_that_follow_ticks(few, many, sentences=SENTENCES) == []
    assert guard.drawings_that_follow_ticks(few, many) == []


@pytest.mark.parametrize("page", ["start", "glass", "shelf", "check"])
def test_no_number_and_no_picture_of_the_patient_follows_the_ticks(cast, page):
    story = told(sent(cast.a, given="Milo"), {"stress": {"recognised": [1], "fills": "yes"}}, send=False)
    number = [list(glasses()).index("stress") + 1] if page == "glass" else []
    url = reverse(f"triggers:{page}", args=[story.intake.code, *number])
    few, many = seen_twice(story, story.phone(), url)

    assert guard.numbers_that_follow_ticks(few, many, sentences=SENTENCES) == []
    assert guard.drawings_that_follow_ticks(few, many) == []


def test_a_count_planted_on_a_page_of_the_desk_is_found(story, pieter, desk, monkeypatch):
    honest = glass_cards._glass_card

    def counting(key, intake, answers, *rest):
        card = honest(key, intake, answers, *rest)
        card.choice += f" ({len(answers[key].recognised)} of 8)"
        return card

    monkeypatch.setattr(glass_cards, "_glass_card", counting)
    few, many = seen_twice(story, desk, desk_pages(story, pieter)["glasses"])
    assert guard.numbers_that_follow_ticks(few, many, sentences=SENTENCES) == ["1", "8"]


def test_a_count_planted_on_a_page_of_the_patient_is_found(cast, monkeypatch):
    honest = telling.answer_word
    monkeypatch.setattr(telling, "answer_word", lambda row: f"{honest(row)} ({len(row.recognised)} of 8)")
    story = told(sent(cast.a), {"stress": {"recognised": [1], "fills": "yes"}}, send=False)
    url = reverse("triggers:check", args=[story.intake.code])
    few, many = seen_twice(story, story.phone(), url)
    assert guard.numbers_that_follow_ticks(few, many, sentences=SENTENCES) == ["1", "8"]


def test_a_water_level_planted_on_a_page_is_found():
    page = '<svg><rect height="{}"/></svg>'
    assert guard.drawings_that_follow_ticks(page.format(1), page.format(8)) == [
        '<svg><rect height="8"/></svg>'
    ]


# --- paper ----------------------------------------------------------------------------------------


def papers(story, pieter):
    plan = actions.open_plan(pieter, story.intake)
    if not plan.habits.exists():
        actions.add_habit(pieter, plan, HABIT)
    for ids in (FEW, MANY):
        recognise(story, ids)
        today = plan.made_at.date()
        yield plan_html(frozen(plan, number=1, corrects=0, made_by="Pieter", made_on=today))


def test_no_number_and_no_picture_on_paper_follows_the_ticks(story, pieter):
    few, many = papers(story, pieter)

    assert all(sentence in many for sentence in SENTENCES[:1])
    assert guard.numbers_that_follow_ticks(few, many, sentences=SENTENCES) == []
    assert guard.drawings_that_follow_ticks(few, many) == []


def test_a_count_planted_on_paper_is_found(story, pieter, monkeypatch):
    from plans import freezing

    honest = freezing.recognised_texts

    def counted(questions, answer, *args, **kwargs):
        told = honest(questions, answer, *args, **kwargs)
        return [*told, f"{len(answer.recognised)} sentences"] if answer.recognised else told

    monkeypatch.setattr(freezing, "recognised_texts", counted)
    few, many = papers(story, pieter)
    assert guard.numbers_that_follow_ticks(few, many, sentences=SENTENCES) == ["1", "8"]


def test_a_released_copy_holds_no_key_of_a_score(story, pieter):
    plan = actions.open_plan(pieter, story.intake)
    actions.add_habit(pieter, plan, HABIT)
    plan.refresh_from_db()
    actions.release(pieter, plan, seen=actions.seen(plan, "all"))
    stored = Release.objects.get().copy

    assert list(guard.scores_in_content(stored)) == []
    stored["glasses"][0]["points"] = 3
    assert list(guard.scores_in_content(stored)) == ["glasses[0].points is a key of a score"]


# --- catalogue ------------------------------------------------------------------------------------


# Places that say such a word and score nobody, each with its reason.
NO_SCORES = {
    "lesson.no_points": "says that there are none",
    "guides[listen-or-ignore]": "in French, three things that are true are three points",
    "guides[pacing]": "minutes of work and rest together",
}


def scores(document):
    return [one for one in guard.scores_in_content(document) if not one.startswith(tuple(NO_SCORES))]


def test_the_catalogue_holds_no_score():
    document = catalogue()

    assert scores(document) == []
    found = list(guard.scores_in_content(document))
    assert all(any(one.startswith(place) for one in found) for place in NO_SCORES)


@pytest.mark.parametrize(
    ("plant", "found"),
    [
        (lambda glass: glass.update(cut_off=4), "glasses[sitting].cut_off is a key of a score"),
        (lambda glass: glass["statements"][0].update(weight=2), ".weight is a key of a score"),
        (lambda glass: glass["why"].update(nl="Vanaf 4 punten is dit glas vol."), "says 'punten'"),
        (lambda glass: glass["why"].update(en="Your score says how full it is."), "says 'score'"),
    ],
)
def test_a_score_planted_in_the_catalogue_is_found(plant, found):
    document = copy.deepcopy(catalogue())
    plant(document["glasses"][0])
    faults = scores(document)
    assert len(faults) == 1
    assert found in faults[0]


# --- order ----------------------------------------------------------------------------------------


def names_on_the_worklist(client):
    page = client.get(reverse("desk:worklist")).content.decode()
    return re.findall(r'class="work__name"><a href="[^"]*">([^<]+)</a>', page)


@pytest.fixture
def two(cast):
    """Two people who come at the same hour, one with one sentence and one with eight."""
    people = [
        told(sent(cast.a, given=name, family="Same"), {"stress": {"recognised": ticks, "fills": "yes"}})
        for name, ticks in (("Few", [1]), ("Many", range(1, 9)))
    ]
    type(people[0].intake).objects.update(appointment_at=people[0].intake.appointment_at)
    return people


def swap(two):
    def exchange():
        recognise(two[0], MANY)
        recognise(two[1], FEW)

    return exchange


def test_the_worklist_is_not_sorted_by_ticks(two, desk):
    order = guard.order_that_follows_ticks(lambda: names_on_the_worklist(desk), swap(two))
    assert order == ()
    assert sorted(names_on_the_worklist(desk)) == ["Few Same", "Many Same"]


def test_a_worklist_sorted_by_ticks_is_found(two):
    def by_ticks():
        rows = GlassAnswer.objects.filter(glass="stress").select_related("questionnaire__intake__patient")
        ordered = sorted(rows, key=lambda row: len(row.recognised))
        return [row.questionnaire.intake.patient.given_name for row in ordered]

    assert guard.order_that_follows_ticks(by_ticks, swap(two)) == (["Few", "Many"], ["Many", "Few"])


def test_the_plan_is_not_ordered_by_ticks(story, pieter):
    def order():
        plan = actions.open_plan(pieter, story.intake)
        return [row.glass for row in plan.glasses.all()]

    GlassAnswer.objects.filter(questionnaire__intake=story.intake, glass="sitting").update(
        fills="yes", recognised=[f"sitting-{number}" for number in range(1, 9)]
    )
    first = order()

    def exchange():
        recognise(story, MANY)
        rows = GlassAnswer.objects.filter(questionnaire__intake=story.intake)
        rows.filter(glass="sitting").update(recognised=["sitting-1"])
        type(actions.open_plan(pieter, story.intake)).objects.all().delete()

    assert guard.order_that_follows_ticks(order, exchange) == ()
    assert first == ["sitting", "stress"]
