"""What a patient's pages promise to cost: how big the first one is, and how often each asks the database."""

import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.patients import THEMES, Phone, at_glasses, begin
from triggers.glasses import CONDITIONS, GLASSES

QUERIES = 12
FIRST_PAGE = 60_000
# What a page brings along, fonts left out.
BROUGHT = re.compile(r'(?:href|src)="/static/([^"]+\.(?:css|js|svg))"')


def weight(html):
    """Bytes of a page with everything that it brings along: its files as they are, and those that its CSS names."""
    files, found = set(BROUGHT.findall(html)), set()
    while files - found:
        name = (files - found).pop()
        found.add(name)
        if name.endswith(".css"):
            folder = name.rpartition("/")[0]
            text = Path(finders.find(name)).read_text()
            files |= {_beside(folder, one) for one in re.findall(r'url\("?([^)"]+\.svg)"?\)', text)}
    return len(html.encode()) + sum(Path(finders.find(name)).stat().st_size for name in found)


def _beside(folder, name):
    while name.startswith("../"):
        folder, name = folder.rpartition("/")[0], name[3:]
    return f"{folder}/{name}" if folder else name


def test_the_first_page_is_light(cast):
    page = Phone().get(begin(cast.a).link).content.decode()

    assert len(BROUGHT.findall(page)) >= 5
    assert weight(page) < FIRST_PAGE, weight(page)


def pages_of(cast):
    """(browser, address) of every page of a patient that shows something."""
    busy = begin(cast.a).consent().tell()
    for theme in THEMES:
        busy.answer(dict.fromkeys(THEMES[theme], "no"))
    names = ("about", "where", "complaint", "since", "pain", "health", "safety-start", "check")
    phone = busy.phone()
    yield from ((phone, busy.url(name)) for name in names)
    yield from ((phone, busy.url("safety", theme)) for theme in THEMES)
    fresh = begin(cast.a, given="Wim")
    phone = fresh.phone()
    yield from ((phone, fresh.url(name)) for name in ("start", "whom", "consent"))
    glasses = at_glasses(cast.a, given="Tine")
    phone = glasses.phone()
    yield from ((phone, glasses.page(name)) for name in ("start", "lesson", "shelf", "check"))
    yield from ((phone, glasses.page("condition", number + 1)) for number in range(len(CONDITIONS)))
    yield from ((phone, glasses.page("glass", number + 1)) for number in range(len(GLASSES)))


def test_every_page_asks_the_database_at_most_twelve_times(cast):
    asked = {}
    for phone, url in pages_of(cast):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert phone.get(url).status_code == 200, url
        asked[re.sub(r"/i/[^/]+", "", url)] = len(queries)

    assert {url: count for url, count in asked.items() if count > QUERIES} == {}
    assert len(asked) >= 35
