"""The body on the page 'where': every region has its place, no two share a point, and a tap lands on what it shows."""

import copy
import re
from functools import cache
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders
from hypothesis import given, settings
from hypothesis import strategies as st

from intake import body
from intake.red_flags import red_flags
from tests.patients import begin

# Regions of the questions that have no place on the picture, each with its reason. None today: a region such as
# 'elsewhere' would stand here, and stays a card in the list.
WITHOUT_A_PLACE: dict[str, str] = {}
# Places that a thumb of 44 px does not fit on a phone of 390 px, with the reason.
SMALL = {"neck": "between head and shoulders there is no more room; the card below is as large as any"}
PHONE = 358
THUMB = 44
LARGEST = 14_000


def regions():
    return [one.key for one in red_flags().fact["regions"].answers]


def without_a_place(keys):
    return [key for key in keys if key not in body.PLACES and key not in WITHOUT_A_PLACE]


def inside(point, ring):
    """Whether the point lies within the ring (even-odd)."""
    x, y = point
    within = False
    for (ax, ay), (bx, by) in pairwise([*ring, ring[0]]):
        if (ay > y) != (by > y) and x < ax + (bx - ax) * (y - ay) / (by - ay):
            within = not within
    return within


@cache
def _points(ring):
    """Points all over a ring, none on a whole unit, where its corners may be."""
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    grid = (
        (x + 0.37, y + 0.43)
        for x in range(int(min(xs)), int(max(xs)) + 1)
        for y in range(int(min(ys)), int(max(ys)) + 1)
    )
    return [point for point in grid if inside(point, ring)]


def covered(rings):
    return {point for ring in rings for point in _points(tuple(ring))}


def overlaps(shapes):
    """Pairs of regions whose shapes ({region: rings}) share a point."""
    found = {region: covered(rings) for region, rings in shapes.items()}
    names = list(found)
    return [(a, b) for place, a in enumerate(names) for b in names[place + 1 :] if found[a] & found[b]]


def outlines():
    return {region: body.outlines(region) for region in body.PLACES}


def reaches():
    return {region: body.reaches(region) for region in body.PLACES}


def beyond(rings):
    return [
        point
        for ring in rings
        for point in ring
        if not (0 <= point[0] <= body.WIDTH and 0 <= point[1] <= body.HEIGHT)
    ]


def narrow(region):
    """Whether a thumb finds no room on this place."""
    scale = PHONE / body.WIDTH
    for ring in body.reaches(region):
        sides = [max(values) - min(values) for values in zip(*ring, strict=True)]
        if min(sides) * scale < THUMB:
            return True
    return False


def test_every_region_of_the_questions_has_a_place():
    assert without_a_place(regions()) == []
    assert set(body.places()) <= set(regions())
    assert not WITHOUT_A_PLACE.keys() & body.PLACES.keys()
    assert without_a_place([*regions(), "elsewhere"]) == ["elsewhere"]


def test_the_style_sheet_lights_every_place():
    css = Path(finders.find("css/body.css")).read_text(encoding="utf-8")
    lit = set(re.findall(r'\[name="regions"\]\[value="([\w-]+)"\]:checked\) \.body__tap--\1\b', css))

    assert lit == set(body.places())


def test_no_two_places_overlap_and_all_lie_on_the_sheet():
    assert overlaps(outlines()) == []
    assert overlaps(reaches()) == []
    for region in body.PLACES:
        assert not beyond(body.outlines(region)), region
        assert not beyond(body.reaches(region)), region


def test_a_tap_on_what_is_drawn_counts_as_that_place_or_as_none():
    drawn, taps = outlines(), reaches()
    for region, rings in drawn.items():
        others = covered([ring for other in taps if other != region for ring in taps[other]])
        wrong = covered(rings) & others
        assert len(wrong) <= len(covered(rings)) * 0.03, region
        assert len(covered(rings) & covered(taps[region])) >= len(covered(rings)) * 0.93, region


def test_a_thumb_fits_where_the_body_has_room():
    assert {region for region in body.PLACES if narrow(region)} == set(SMALL)


@pytest.mark.parametrize("shift", [3, -3])
def test_a_place_that_moves_is_seen(monkeypatch, shift):
    """Planted: the lower edge of the low back slides; borders that are shared slide for both, the reach does not."""
    edges = {
        **copy.deepcopy(dict(body.EDGES)),
        "under-ribs": ((16.2, 67 + shift), (8, 69 + shift), (0, 69 + shift)),
    }
    low = {**body.PLACES, "low-back": {"back": ("-under-ribs", "waist", "flank", "buttock")}}
    upper = outlines()["upper-back"]
    monkeypatch.setattr(body, "EDGES", edges)
    monkeypatch.setattr(body, "PLACES", low)

    moved = body.outlines("low-back")
    assert bool(overlaps({"upper-back": upper, "low-back": moved})) is (shift < 0)


def test_a_place_off_the_sheet_is_seen():
    assert beyond([[(200.0, 5.0), (10.0, 5.0), (10.0, 9.0)]])


def test_the_drawings_are_small_whole_and_carry_no_colour():
    whole = [body.ground(), *map(body.place, body.PLACES)]
    assert sum(map(len, whole)) <= LARGEST
    assert len(body.picture(body.PLACES)) <= LARGEST
    for svg in (*whole, body.picture(["neck"])):
        ElementTree.fromstring(svg)
        assert not re.search(r"#|\bstyle=|\bid=|fill=|stroke=|url\(", svg)
        assert 'aria-hidden="true"' in svg


@settings(max_examples=40, deadline=None)
@given(st.sets(st.sampled_from([*body.PLACES, "elsewhere"])))
def test_a_picture_marks_what_was_chosen_and_nothing_else(chosen):
    marked = body.picture(chosen)

    assert marked == body.picture([*chosen, "elsewhere"])
    assert marked.count("body__place") == len(chosen - {"elsewhere"})
    for region in body.PLACES:
        assert (body.place(region).split('"body__place" d="')[1].split('"')[0] in marked) is (
            region in chosen
        )


def test_hatching_stays_within_its_place():
    for region in body.PLACES:
        for ring in body.outlines(region):
            for (ax, ay), (bx, by) in body._hatched(ring):
                assert inside(((ax + bx) / 2, (ay + by) / 2), ring), region


@pytest.mark.django_db
def test_the_page_has_a_label_on_the_body_for_every_card_and_stays_small(cast):
    story = begin(cast.a).consent()
    page = story.phone().get(story.url("where")).content.decode()
    cards = dict(re.findall(r'<input type="checkbox" id="(\w+)" name="regions" value="([\w-]+)"', page))
    taps = dict(re.findall(r'<label class="body__tap body__tap--([\w-]+)" for="(\w+)"', page))

    assert set(cards.values()) == set(regions())
    assert {cards[box]: region for region, box in taps.items()} == {region: region for region in regions()}
    assert len(page.encode()) < 60_000


@pytest.mark.django_db
def test_chosen_places_stand_on_the_check_page_and_at_the_desk(cast):
    story = begin(cast.a).consent().tell(regions=["low-back", "leg"], worst_place="leg").answer(rest="no")
    check = story.phone().get(story.url("check")).content.decode()
    desk = cast.client("practitioner_a").get(f"/desk/intakes/{story.intake.code}/review/").content.decode()

    for page in (check, desk):
        assert page.count('class="body body--small"') == 1
        assert page.count("body__place") == 2
        assert "css/body.css" in page
