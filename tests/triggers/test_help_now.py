"""'I need help now': for anybody, without a link, and nothing is kept of it."""

import html
import re

import pytest
from django.test import Client

from backup_plan_site.staff.models import AuditEvent, Practice
from tests.patients import Kept, at_glasses

HELP = "/help-now/"


def text(response):
    return html.unescape(response.content.decode())


def test_it_opens_for_anybody_and_keeps_nothing(cast):
    client, before, trail = Client(), Kept().fingerprint(), AuditEvent.objects.count()

    page = client.get(HELP, headers={"accept-language": "en"})

    assert page.status_code == 200
    assert re.search(r"<title>\s*Questions about your back", text(page))
    for number in ("112", "1813", "106", "1712"):
        assert f'href="tel:{number}"' in text(page)
    assert Kept().fingerprint() == before
    assert AuditEvent.objects.count() == trail
    assert not client.session.keys()


def test_it_opens_before_there_is_a_practice(db):
    assert 'href="tel:1813"' in text(Client().get(HELP))


def test_an_open_link_gives_country_language_and_the_way_back(cast):
    Practice.objects.filter(pk=cast.b.pk).update(country="NL")
    story = at_glasses(cast.b, language="nl")

    page = text(story.phone(headers={"accept-language": "en"}).get(HELP + "?from=11"))

    assert 'href="tel:113"' in page
    assert 'href="tel:1813"' not in page
    assert '<html lang="nl">' in page
    assert f'href="{story.page("glass", 11)}"' in page


@pytest.mark.parametrize("number", ["", "0", "14", "11/../..", "٣", "x" * 900])
def test_the_way_back_is_a_glass_or_the_hub(cast, number):
    story = at_glasses(cast.a)

    page = text(story.phone().get(HELP, {"from": number}))

    assert f'class="back" href="{story.page("start")}"' in page


@pytest.mark.parametrize(("asked", "shown"), [("nl", "nl"), ("en", "en"), ("xx", "en")])
def test_the_language_can_be_chosen_on_the_page(cast, asked, shown):
    page = Client().get(HELP, {"language": asked}, headers={"accept-language": "en"})

    assert f'<html lang="{shown}">' in text(page)


def test_the_lines_say_when_they_answer_in_another_language(cast):
    english = text(Client().get(HELP, {"language": "en"}))
    dutch = text(Client().get(HELP, {"language": "nl"}))

    assert "These lines answer in Dutch." in english
    assert "antwoorden in het Nederlands" not in dutch


def test_back_leads_to_the_intake_that_was_opened_last(cast):
    """On a shared tablet the second look at A's link must not lead into B's unsent pages."""
    first, second = at_glasses(cast.a, given="Alma"), at_glasses(cast.a, given="Bert")
    tablet = first.phone()
    for story in (second, first):
        tablet.send(story.link, story.born)

    page = tablet.get(HELP, {"from": "9"}).content.decode()
    assert str(first.intake.code) in page
    assert str(second.intake.code) not in page
