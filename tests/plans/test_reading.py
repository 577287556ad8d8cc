"""The reading room: open to anybody, in three languages, and it keeps nothing of who reads."""

import html
import re

import pytest

from backup_plan_site.staff.models import AuditEvent
from plans.guides import guides
from tests.patients import begin
from triggers.glasses import conditions, glasses

LANGUAGES = ("nl", "fr", "en")
PLACES = [
    "",
    *(f"{key}/" for key in guides()),
    *(f"glasses/{key}/" for key in glasses()),
    *(f"conditions/{key}/" for key in conditions()),
]


def text(response):
    return html.unescape(response.content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_opens_in_its_language(client, language):
    for place in PLACES:
        page = client.get(f"/read/{language}/{place}")
        assert page.status_code == 200 and f'<html lang="{language}">' in text(page), place


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["nl/nothing/", "de/", "nl/glasses/hernia/", "nl/conditions/sitting/"])
def test_what_is_not_there_is_not_found(client, place):
    assert client.get(f"/read/{place}").status_code == 404


@pytest.mark.django_db
def test_a_guide_says_everything_that_its_file_holds(client):
    for one in guides().values():
        page = text(client.get(f"/read/fr/{one.id}/"))
        said = [one.title, one.short, *(question.ask for question in one.worksheet)]
        for piece in one.pieces:
            said += [piece.heading, *piece.text, *piece.lines]
        assert [words.fr for words in said if words.fr not in page] == [], one.id


@pytest.mark.django_db
def test_a_glass_says_why_how_sure_what_to_try_and_who_helps(client):
    for one in glasses().values():
        page = text(client.get(f"/read/nl/glasses/{one.id}/"))
        said = [one.why, one.evidence, one.helpers, one.good, *(tip.text for tip in one.tips)]
        assert [words.nl for words in said if words.nl not in page] == [], one.id
        # What to recognise is asked behind a link, never here.
        assert [one.id for statement in one.statements if statement.text.nl in page] == []


@pytest.mark.django_db
def test_the_names_are_those_of_the_practice_s_country(client, cast):
    cast.a.country = "NL"
    cast.a.save()

    page = text(client.get("/read/nl/glasses/smoking/"))
    assert glasses()["smoking"].helpers_netherlands.nl in page
    assert glasses()["smoking"].helpers.nl not in page


@pytest.mark.django_db
def test_a_language_button_leads_to_the_same_page(client):
    page = text(client.get("/read/nl/glasses/stress/"))

    assert set(re.findall(r'href="(/read/(?:fr|en)/[^"]+)" lang', page)) == {
        "/read/fr/glasses/stress/",
        "/read/en/glasses/stress/",
    }


@pytest.mark.django_db
@pytest.mark.parametrize(("accepts", "language"), [("fr-BE,fr;q=0.9", "fr"), ("de", "nl"), ("en-GB", "en")])
def test_the_door_leads_to_the_reader_s_language(client, accepts, language):
    assert client.get("/read/", headers={"accept-language": accepts})["Location"] == f"/read/{language}/"


def test_the_door_knows_the_language_of_an_open_intake(cast):
    story = begin(cast.a)
    story.intake.language = "fr"
    story.intake.save()

    assert story.phone().get("/read/")["Location"] == "/read/fr/"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "typed", "leads_to"),
    [
        ("nl", "slapen", "/read/nl/glasses/poor-sleep/"),
        ("nl", "roken", "/read/nl/glasses/smoking/"),
        ("fr", "tabac", "/read/fr/glasses/smoking/"),
        ("fr", "hernie", "/read/fr/conditions/hernia/"),
        ("en", "pacing", "/read/en/pacing/"),
        ("en", "loneliness", "/read/en/glasses/social-net/"),
    ],
)
def test_search_finds_by_names_and_by_other_words(client, language, typed, leads_to):
    page = text(client.post(f"/read/{language}/find/", {"q": typed}))

    assert leads_to in page


@pytest.mark.django_db
def test_what_was_typed_stays_and_is_shown_as_typed(client):
    page = client.post("/read/nl/find/", {"q": '<b>"x"</b>'}).content.decode()

    assert "&lt;b&gt;&quot;x&quot;&lt;/b&gt;" in page and "<b>" not in page


@pytest.mark.django_db
def test_search_is_not_asked_by_address(client):
    assert client.get("/read/nl/find/?q=stress").status_code == 405


@pytest.mark.django_db
def test_reading_leaves_no_trace(client):
    for place in ("", "first-aid/", "glasses/social-net/"):
        page = client.get(f"/read/nl/{place}")
        assert "sessionid" not in page.cookies
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db
def test_a_glass_that_asks_for_it_has_a_title_that_says_nothing(client):
    title = re.search(r"<title>(.*?)</title>", text(client.get("/read/nl/glasses/social-net/")), re.DOTALL)[1]

    assert "angnet" not in title
    assert "angnet" in text(client.get("/read/nl/glasses/social-net/"))


@pytest.mark.django_db
def test_who_listens_stands_on_every_blue_glass(client):
    with_support = [key for key, one in glasses().items() if one.support]
    for key in glasses():
        page = text(client.get(f"/read/nl/glasses/{key}/"))
        assert ('class="support"' in page) is (key in with_support), key


def test_few_questions_are_asked_of_the_database(cast, django_assert_max_num_queries):
    phone = begin(cast.a).phone()
    with django_assert_max_num_queries(4):
        phone.get("/read/nl/")
