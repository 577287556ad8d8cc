"""Nothing that is typed or drawn makes a PDF fetch, show or enclose what is not ours. The plain fetcher would."""

import dataclasses
import re

import pytest
from django.utils.html import escape

from backup_plan_site import pdf
from plans import paper
from tests import paper_attacks, paper_people
from tests.paper_attacks import HARMLESS, MARKER
from tests.verapdf import reading

PAGE = '<html lang="en"><head><title>A page</title></head><body>{}</body></html>'
TAGS = re.compile(r"<(\w+)")
# What the program writes itself; a person types none of it.
OURS = {"language", "key", "family", "fills", "size", "figure", "made_on", "sha256", "place"}


@pytest.fixture(scope="module")
def attacked(tmp_path_factory):
    """(payloads, what the listener was asked) for a listener of this machine and a file with the marker."""
    file = tmp_path_factory.mktemp("foreign") / "secret.txt"
    file.write_text(MARKER)
    with paper_attacks.listener(file.as_uri()) as (web, asked):
        yield paper_attacks.payloads(web, file.as_uri()), asked


def test_there_are_forty_attacks(attacked):
    assert len(attacked[0]) >= 40


def test_no_attack_reaches_anything_in_the_page_itself(attacked):
    payloads, asked = attacked
    asked.clear()
    made, refused = {}, set()
    for name, body in payloads.items():
        try:
            made[name] = pdf.from_html(PAGE.format(body))
        except pdf.Refused as refusal:
            refused.add(name)
            assert not re.search("127|file|example|passwd", str(refusal))

    assert asked == []
    assert made.keys() <= HARMLESS
    assert [name for name, one in made.items() if MARKER.encode() in reading.inside(one)] == []


def test_the_plain_fetcher_leaks_so_that_these_tests_can_see(attacked, monkeypatch):
    from weasyprint.urls import URLFetcher

    class Plain(URLFetcher):
        refused = False

    payloads, asked = attacked
    asked.clear()
    monkeypatch.setattr(pdf, "_fetcher", Plain)
    body = "".join(payloads.values())
    made = pdf.from_html(PAGE.format(body))

    assert MARKER.encode() in reading.inside(made)
    assert len({path for path in asked if path != "connection"}) >= 12
    # Every kind of road was taken, the one by ftp too.
    assert {"/a.png", "/e.css", "/g.css", "/n.txt", "/p.png", "/redirect"} <= set(asked)
    assert asked.count("connection") > len([path for path in asked if path != "connection"])


def test_what_is_typed_stays_text_in_every_field_of_a_plan(attacked):
    for body in list(attacked[0].values())[::7]:
        stays_text(body)


def stays_text(body):
    page = paper.plan_html(typed(body))
    assert TAGS.findall(page) == TAGS.findall(paper.plan_html(typed(tame(body))))
    assert escape(body) in page and body not in page


def test_the_fields_reach_the_page_and_a_field_left_unescaped_is_seen(attacked):
    body = next(iter(attacked[0].values()))
    page = paper.plan_html(typed(body))

    assert page.count(escape(body)) > 25
    assert TAGS.findall(page.replace(escape(body), body, 1)) != TAGS.findall(
        paper.plan_html(typed(tame(body)))
    )


def test_a_plan_full_of_attacks_becomes_a_pdf_that_reached_nothing(attacked):
    payloads, asked = attacked
    asked.clear()
    made = paper.plan_pdf(typed(*payloads.values()))

    assert made.startswith(b"%PDF") and asked == []
    inside = reading.inside(made)
    assert MARKER.encode() not in inside and b"/EmbeddedFile" not in inside


@pytest.mark.long
def test_every_attack_in_every_field_becomes_a_pdf_that_reached_nothing(attacked):
    payloads, asked = attacked
    asked.clear()
    for name, body in payloads.items():
        stays_text(body)
        inside = reading.inside(paper.plan_pdf(typed(body)))
        assert MARKER.encode() not in inside and b"/EmbeddedFile" not in inside, name

    assert asked == []


def tame(body):
    """As many words and letters, and no sign that HTML knows."""
    return re.sub("[<>\"'&]", "x", body)


def typed(*bodies):
    """A plan in whose every field that people or texts fill stands one of `bodies` in turn."""
    turn = [0]

    def filled(value, name=""):
        if name in OURS:
            return value
        if isinstance(value, str):
            turn[0] += 1
            return bodies[turn[0] % len(bodies)] if value else value
        if isinstance(value, tuple):
            return tuple(filled(one, name) for one in value)
        if dataclasses.is_dataclass(value):
            fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
            return dataclasses.replace(
                value, **{name: filled(one, name) for name, one in fields.items() if name not in OURS}
            )
        return value

    return filled(paper_people.izabel())
