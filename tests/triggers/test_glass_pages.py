"""The pages of part B: ticking, skipping, leaving half-way, another language, and what they say when it is wrong."""

import html
import re

import pytest
from django.test.utils import override_settings

from tests.patients import at_glasses, sent
from triggers.glasses import CONDITIONS, GLASSES, glasses

NONE_OR_TICK = "Tick what fits you, or “Nothing here fits me”."
BOTH = "You ticked sentences and also “Nothing here fits me”. Keep one of the two."
CHOOSE = "Choose an answer."

# what a browser posts to the page of the first glass -> (recognised, nothing fits, skipped, fills) of its row
SAVED = {
    "a tick and yes": (
        {"recognised": ["sitting-2"], "fills": "yes"},
        (["sitting-2"], False, False, "yes"),
    ),
    "nothing fits": ({"recognised": ["none"]}, ([], True, False, "")),
    "nothing fits, and yet yes": ({"recognised": ["none"], "fills": "yes"}, ([], True, False, "yes")),
    "skip": ({"skip": "1"}, ([], False, True, "")),
    "skip with something ticked": (
        {"skip": "1", "recognised": ["sitting-2"], "fills": "yes"},
        ([], False, True, ""),
    ),
}

# -> the sentence beside the field; nothing is saved
REFUSED = {
    "empty": ({}, NONE_OR_TICK),
    "only what it fills": ({"fills": "yes"}, NONE_OR_TICK),
    "a tick without what it fills": ({"recognised": ["sitting-2"]}, CHOOSE),
    "a tick and nothing fits": ({"recognised": ["sitting-2", "none"], "fills": "yes"}, BOTH),
    "a sentence of another glass": ({"recognised": ["stress-1"], "fills": "yes"}, "Choose from the list."),
    "a word that is no answer": ({"recognised": ["sitting-2"], "fills": "very"}, CHOOSE),
}


@pytest.fixture
def story(cast):
    return at_glasses(cast.a)


@pytest.fixture
def phone(story):
    return story.phone()


def number(key):
    return GLASSES.index(key) + 1


def text(response):
    return html.unescape(response.content.decode())


def ticked(response):
    """The values that are ticked on a page."""
    return re.findall(r'value="([^"]+)" checked', response.content.decode())


@pytest.mark.parametrize(("posted", "kept"), SAVED.values(), ids=SAVED)
def test_a_glass_is_saved_and_the_next_one_follows(story, phone, posted, kept):
    answer = phone.send(story.page("glass", 1), posted)

    assert answer["Location"] == story.page("glass", 2)
    row = story.glass("sitting")
    assert (row.recognised, row.nothing_fits, row.skipped, row.fills) == kept


@pytest.mark.parametrize(("posted", "sentence"), REFUSED.values(), ids=REFUSED)
def test_a_page_that_is_not_right_says_why_and_keeps_what_was_ticked(story, phone, posted, sentence):
    answer = phone.send(story.page("glass", 1), posted)

    assert answer.status_code == 200
    assert sentence in text(answer)
    assert story.glass("sitting") is None
    on_this_page = {one.id for one in glasses()["sitting"].statements} | {"none", "yes", "bit", "no"}
    typed = [*posted.get("recognised", []), *([posted["fills"]] if "fills" in posted else [])]
    assert set(ticked(answer)) == set(typed) & on_this_page


@pytest.mark.parametrize(
    ("posted", "kept"),
    [
        ({"recognised": ["hernia-1", "hernia-8"]}, (["hernia-1", "hernia-8"], False, False)),
        ({"recognised": ["none"]}, ([], True, False)),
        ({"skip": "1"}, ([], False, True)),
    ],
)
def test_a_condition_is_saved_and_the_second_one_follows(story, phone, posted, kept):
    assert phone.send(story.page("condition", 1), posted)["Location"] == story.page("condition", 2)

    row = story.questionnaire.condition_answers.get(condition="hernia")
    assert (row.recognised, row.nothing_fits, row.skipped) == kept


def test_a_condition_says_that_it_tells_nobody_what_they_have_and_wants_an_answer(story, phone):
    answer = phone.send(story.page("condition", 2))

    assert "These questions do not say what you have." in text(answer)
    assert NONE_OR_TICK in text(answer)
    assert not story.questionnaire.condition_answers.exists()


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({"recognised": ["none"]}, CHOOSE),
        ({"filter_answer": "yes"}, NONE_OR_TICK),
        # The sentences that the no hides are no answer either.
        ({"filter_answer": "no", "recognised": ["smoking-1"], "fills": "yes"}, NONE_OR_TICK),
    ],
)
def test_smoking_begins_with_its_own_question(story, phone, posted, sentence):
    answer = phone.send(story.page("glass", number("smoking")), posted)

    assert sentence in text(answer)
    assert story.glass("smoking") is None


def test_a_no_to_smoking_drops_what_it_hides_also_when_the_browser_sent_it(story, phone):
    posted = {"filter_answer": "no", "recognised": ["smoking-1", "smoking-8"], "fills": "bit"}

    assert phone.send(story.page("glass", number("smoking")), posted).status_code == 302
    row = story.glass("smoking")
    assert (row.filter_answer, row.recognised, row.fills) == ("no", ["smoking-8"], "bit")


def test_nothing_is_ticked_in_advance_and_an_earlier_answer_is(story, phone):
    for name, keys in (("condition", CONDITIONS), ("glass", GLASSES)):
        for place in range(1, len(keys) + 1):
            assert ticked(phone.get(story.page(name, place))) == []

    phone.send(story.page("glass", 1), {"recognised": ["sitting-2"], "fills": "bit"})

    assert ticked(phone.get(story.page("glass", 1))) == ["sitting-2", "bit"]


def test_a_language_button_keeps_what_was_ticked_and_what_is_right_so_far(story, phone):
    answer = phone.send(story.page("glass", 1), {"recognised": ["sitting-2"], "language": "nl"})

    assert answer.status_code == 200
    assert ticked(answer) == ["sitting-2"]
    assert glasses()["sitting"].statements[0].text.nl in text(answer)
    assert 'class="wrong"' not in answer.content.decode()
    assert (story.glass("sitting").recognised, story.glass("sitting").fills) == (["sitting-2"], "")
    story.intake.refresh_from_db()
    assert story.intake.language == "nl"


def test_a_language_button_on_an_untouched_page_leaves_no_row(story, phone):
    assert phone.send(story.page("glass", 1), {"language": "nl"}).status_code == 200

    assert story.glass("sitting") is None


def test_save_and_go_on_later_keeps_half_a_page_and_comes_back_to_it(story, phone):
    for place in (1, 2):
        phone.send(story.page("condition", place), {"recognised": ["none"]})

    answer = phone.send(story.page("glass", 1), {"recognised": ["sitting-2"], "later": "1"})

    assert answer["Location"] == story.page("start")
    assert story.glass("sitting").recognised == ["sitting-2"]
    assert f'href="{story.page("glass", 1)}"' in text(phone.get(story.page("start")))


def test_later_with_something_wrong_says_so_instead_of_losing_it(story, phone):
    answer = phone.send(story.page("glass", 1), {"recognised": ["sitting-2", "none"], "later": "1"})

    assert answer.status_code == 200
    assert BOTH in text(answer)
    assert ticked(answer) == ["sitting-2", "none"]


def test_a_page_that_was_only_looked_at_is_told_apart_from_one_that_was_never_opened(story, phone):
    phone.send(story.page("glass", 1), {"later": "1"})

    shelf = text(phone.get(story.page("shelf")))

    assert "Opened, not answered yet" in shelf
    assert "Not opened" in shelf


def test_the_way_leads_to_the_first_unfinished_page_then_to_the_shelf_and_the_check_page(story, phone):
    def onward():
        return re.search(r'btn-primary" href="([^"]+)"', text(phone.get(story.page("start"))))[1]

    for name, keys in (("condition", CONDITIONS), ("glass", GLASSES)):
        for place in range(1, len(keys) + 1):
            assert onward() == story.page(name, place)
            posted = {"recognised": ["none"], "filter_answer": "no"} if place % 2 else {"skip": "1"}
            phone.send(story.page(name, place), posted)
    assert onward() == story.page("shelf")
    assert phone.send(story.page("shelf"))["Location"] == story.page("check")
    assert onward() == story.page("check")


@pytest.mark.parametrize("then", ["check", "shelf"])
def test_a_change_link_leads_back_to_where_it_was_followed(story, phone, then):
    page = f"{story.page('glass', 3)}?then={then}"
    assert f'href="{page}"' in text(phone.get(story.page(then)))

    assert f'class="back" href="{story.page(then)}"' in text(phone.get(page))
    assert phone.send(page, {"recognised": ["none"]})["Location"] == story.page(then)


def test_then_leads_nowhere_else(story, phone):
    answer = phone.send(story.page("glass", 3) + "?then=//elsewhere.example", {"skip": "1"})

    assert answer["Location"] == story.page("glass", 4)


def test_a_form_that_comes_twice_is_saved_once_and_leads_to_the_same_page(story, phone):
    key = "6f1b8a52-6d8a-4c36-9f4e-0f8f5d1f0c22"
    first, second = (phone.send(story.page("glass", 1), {"skip": "1"}, key=key) for _time in range(2))

    assert first["Location"] == second["Location"] == story.page("glass", 2)
    assert story.questionnaire.glass_answers.count() == 1


# --- the shelf ------------------------------------------------------------------------------------


def choose(story, phone, **fields):
    phone.send(story.page("glass", 1), {"recognised": ["sitting-2"], "fills": "yes"})
    return phone.send(story.page("shelf"), {"size-sitting": "giant", **fields})


def test_the_shelf_keeps_size_own_words_and_what_is_missing(story, phone):
    answer = choose(
        story,
        phone,
        **{"compensated-sitting": "on", "own_words-sitting": "Elk uur een rondje", "missing": "De auto"},
    )

    assert answer["Location"] == story.page("check")
    row = story.glass("sitting")
    assert (row.size, row.compensated, row.own_words) == ("giant", True, "Elk uur een rondje")
    assert story.questionnaire.missing == "De auto"


def test_a_chosen_glass_begins_as_an_ordinary_one_and_only_chosen_ones_are_asked_about(story, phone):
    phone.send(story.page("glass", 1), {"recognised": ["sitting-2"], "fills": "yes"})
    phone.send(story.page("glass", 2), {"recognised": ["none"], "fills": "no"})

    page = phone.get(story.page("shelf"))

    assert ticked(page) == ["medium"]
    assert 'name="size-sitting"' in text(page)
    assert 'name="size-heavy-work"' not in text(page)


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"compensated-sitting": "on", "own_words-sitting": "woord " * 100}, "own_words-sitting"),
        ({"missing": "woord " * 100}, "missing"),
    ],
)
@pytest.mark.parametrize("button", [{}, {"later": "1"}, {"language": "en"}])
def test_words_too_many_stay_to_be_shortened_and_nothing_kept_is_lost(story, phone, fields, where, button):
    choose(story, phone, missing="De auto")

    answer = choose(story, phone, **fields, **button)

    assert answer.status_code == 200
    assert "characters; at most 500 fit" in text(answer)
    area = re.search(rf'<textarea name="{where}"[^>]*>(.*?)</textarea>', text(answer), re.S)[1]
    assert area.strip() == fields[where].strip()
    assert story.questionnaire.missing == "De auto"
    assert story.glass("sitting").own_words == ""


def test_a_language_button_on_the_shelf_keeps_what_was_typed(story, phone):
    answer = choose(story, phone, missing="De auto", language="nl")

    assert answer.status_code == 200
    assert "De auto" in text(answer)
    assert (story.questionnaire.missing, story.glass("sitting").size) == ("De auto", "giant")


# --- what shows only sometimes ----------------------------------------------------------------------


@pytest.mark.parametrize("key", GLASSES)
def test_support_and_the_way_to_help_stand_where_the_method_wants_them(story, phone, key):
    glass, page = glasses()[key], text(phone.get(story.page("glass", number(key))))

    assert ("I need help now" in page) == (glass.family == "blue")
    assert ("Having a hard time?" in page) == (glass.support == "end")
    assert ("You are not alone." in page) == bool(glass.support)
    if glass.support == "open":
        assert page.index("You are not alone.") < page.index("Tick what fits you.")
    assert ('href="tel:1813"' in page) == bool(glass.support)


def test_the_last_glass_gives_nothing_away_and_has_a_quick_way_out(story, phone):
    place = number("social-net")
    page = text(phone.get(story.page("glass", place)))

    assert re.search(r"<title>\s*Questions about your back", page)
    assert f'action="{story.url("leave")}" data-exit' in page
    assert 'href="tel:1712"' in page
    assert "social" not in story.page("glass", place)

    assert phone.send(story.url("leave"))["Location"] == "/"
    assert phone.get(story.page("glass", place)).status_code == 404


def test_lines_that_a_tick_shows_stand_in_the_page(story, phone):
    for key, glass in glasses().items():
        page = text(phone.get(story.page("glass", number(key))))
        for statement in glass.statements:
            if statement.extra:
                assert statement.extra.en in page
            if statement.ask:
                assert statement.ask.en not in page


# --- limits -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "page", [("condition", 1), ("glass", 1), ("glass", 13), ("shelf",), ("check",), ("start",)]
)
def test_a_page_takes_few_queries_also_when_everything_is_answered(
    story, phone, page, django_assert_max_num_queries
):
    for place, key in enumerate(GLASSES, start=1):
        first = glasses()[key].statements[-1].id
        phone.send(
            story.page("glass", place), {"recognised": [first], "fills": "yes", "filter_answer": "yes"}
        )

    with django_assert_max_num_queries(10):
        assert phone.get(story.page(*page)).status_code == 200


@override_settings(LANGUAGE_CODE="nl")
def test_pages_speak_the_language_of_the_intake(cast):
    story = sent(cast.a, language="nl").begin_glasses()
    page = text(story.phone().get(story.page("glass", 1)))

    assert '<html lang="nl">' in page
    assert glasses()["sitting"].name.nl in page
