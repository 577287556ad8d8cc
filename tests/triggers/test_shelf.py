"""Shelf and bucket: glasses go in, geometry comes out, and nothing in it is a score."""

import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.triggers import pictures as seen
from triggers import shelf_glass, shelf_pattern, shelf_svg
from triggers.shelf import DrawnGlass, bucket, glass, picture, shelf, strip

ROOT = Path(__file__).resolve().parents[2]
NAMES = {
    "sitting": ("orange", "Zitten"),
    "heavy-work": ("orange", "Zwaar werk"),
    "movement-change": ("orange", "Anders bewegen"),
    "poor-sleep": ("orange", "Slapen"),
    "weight-food": ("green", "Gewicht en eten"),
    "hydration": ("green", "Water"),
    "smoking": ("green", "Roken"),
    "hyperventilation": ("green", "Ademen"),
    "stress": ("blue", "Stress"),
    "keep-going": ("blue", "Doorgaan"),
    "thoughts-emotions": ("blue", "Gedachten"),
    "self-care": ("blue", "Zelfzorg"),
    "social-net": ("blue", "Vangnet"),
}
FAMILIES = ("orange", "green", "blue")
LONG_LABELS = (
    "Changement de mouvement",
    "Poids et alimentation",
    "Respiration",
    "Ne jamais s'arrêter",
    "Zitten",
)
HOSTILE = (
    "<script>",
    "R&D \"x\" 'y'",
    "نوم سيئ",
    "a\x00\x0b\ud800b",
    "\u202egetallen",
    "]]>",
    "x" * 90,
    "",
    " ",
)


def one(key="sitting", fills="yes", size="medium", **more):
    family, label = NAMES[key]
    return DrawnGlass(key, family, more.pop("label", label), fills, size, **more)


def thirteen(fills="", size="medium", **more):
    return [one(key, fills, size, **more) for key in NAMES]


def kinds(family, fills, size, compensated=False, label="Anders bewegen"):
    return DrawnGlass("x", family, label, fills, size, compensated)


def named(glasses):
    """The same glasses with ids of their own."""
    return [replace(each, id=f"g{at}") for at, each in enumerate(glasses)]


LABELS = st.sampled_from([label for _, label in NAMES.values()] + list(LONG_LABELS))
CHOSEN = st.builds(
    kinds,
    st.sampled_from(FAMILIES),
    st.sampled_from(["yes", "bit"]),
    st.sampled_from(["small", "medium", "giant"]),
    st.booleans(),
    LABELS,
)


@st.composite
def thirteens(draw, labels=LABELS):
    return [
        replace(
            one(key),
            label=draw(labels),
            fills=draw(st.sampled_from(["yes", "bit", "no", ""])),
            size=draw(st.sampled_from(["small", "medium", "giant"])),
            compensated=draw(st.booleans()),
        )
        for key in NAMES
    ]


def every_drawing(glasses):
    """Everything that can be drawn of these glasses."""
    chosen = [each for each in glasses if each.chosen]
    return [
        shelf(glasses, title="Mijn plank"),
        picture(glasses, title="Mijn emmer"),
        picture(chosen[:5]),
        bucket(chosen[:5], title="Mijn emmer"),
        strip(glasses),
        *(glass(each) for each in glasses),
        *(glass(each, pattern=False) for each in glasses),
    ]


# --- no score ------------------------------------------------------------------------------------


@given(st.lists(CHOSEN, max_size=5))
@settings(max_examples=60, deadline=None)
def test_the_water_stands_still_whatever_is_poured(glasses):
    still = seen.water(seen.parsed(bucket([])))

    assert len(still) == 2
    assert seen.water(seen.parsed(bucket(named(glasses)))) == still
    assert seen.water(seen.parsed(picture(named(glasses)))) == still


def test_beside_many_glasses_it_is_the_same_bucket_with_the_same_water():
    assert seen.water(seen.parsed(picture(thirteen("yes", "giant")))) == seen.water(seen.parsed(bucket([])))


def test_no_drawing_says_how_many():
    for drawing in every_drawing(thirteen("yes", "giant")):
        text = "".join(seen.parsed(drawing).itertext())
        assert not re.search(r"\d", text)


# --- one glass -----------------------------------------------------------------------------------


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("size", ["small", "medium", "giant"])
def test_a_bit_is_half_of_a_full_glass(family, size):
    full, half = (_liquid(glass(kinds(family, fills, size))) for fills in ("yes", "bit"))

    assert full.box[3] == half.box[3]
    assert half.box[3] - half.box[1] == pytest.approx((full.box[3] - full.box[1]) / 2, abs=0.02)
    height = shelf_glass.PROFILES[family].height * shelf_glass.SIZES[size]
    assert 115.5 - full.box[1] == pytest.approx(0.9 * height, abs=0.02)


@pytest.mark.parametrize("fills", ["no", ""])
def test_a_glass_that_was_not_chosen_is_empty_and_grey(fills):
    drawing = glass(one(fills=fills, size="giant", compensated=True))

    assert _liquid(drawing) is None
    assert "#1b2b3a" not in drawing and "#8494a3" in drawing
    assert "circle" not in drawing
    assert not one(fills=fills).chosen and one(fills="bit").chosen


@pytest.mark.parametrize("family", FAMILIES)
def test_size_is_a_scale_that_shows_only_when_chosen(family):
    def height(fills, size):
        group = _group(glass(kinds(family, fills, size)))
        _, top, _, bottom = seen.outline(group).box
        return bottom - top

    usual = height("yes", "medium")
    assert usual == pytest.approx(shelf_glass.PROFILES[family].height, abs=0.02)
    assert height("bit", "small") == pytest.approx(0.8 * usual, abs=0.02)
    assert height("yes", "giant") == pytest.approx(1.3 * usual, abs=0.02)
    assert height("no", "giant") == height("", "small") == usual


@pytest.mark.parametrize("family", FAMILIES)
def test_every_glass_fits_its_box(family):
    root = seen.parsed(glass(kinds(family, "yes", "giant", True)))
    left, top, right, bottom = seen.frame(root)

    for shape in seen.silhouettes(root):
        assert shape.box[0] - 1.6 >= left and shape.box[2] + 1.6 <= right
        assert shape.box[1] - 1.6 >= top and shape.box[3] <= bottom


def test_families_differ_without_any_colour():
    outlines, patterns = set(), set()
    for family in FAMILIES:
        group = _group(glass(kinds(family, "yes", "medium")))
        outlines.add(group[0].get("d"))
        clipped = next(path for path in group if path.get("clip-path"))
        patterns.add("".join(sorted(set(re.findall("[a-z]", clipped.get("d"))))))

    assert len(outlines) == 3
    assert patterns == {"l", "h", "qt"}


def test_already_compensated_is_a_tick_in_ink_on_white():
    plain, marked = (_group(glass(one(compensated=marked))) for marked in (False, True))
    more = list(marked)[len(plain) :]

    assert [element.tag.removeprefix(seen.SVG) for element in more] == ["circle", "path"]
    assert (more[0].get("fill"), more[0].get("stroke"), more[1].get("stroke")) == (
        "#ffffff",
        "#1b2b3a",
        "#1b2b3a",
    )


@pytest.mark.parametrize(
    "wrong", [("red", "yes", "medium"), ("blue", "much", "medium"), ("blue", "yes", "huge")]
)
def test_what_cannot_be_drawn_is_refused(wrong):
    with pytest.raises(ValueError, match="no glass is drawn like this"):
        kinds(*wrong)


def test_the_glyph_keeps_silhouette_and_fill_alone():
    drawing = glass(one("stress", "bit", "giant", compensated=True), pattern=False)

    assert 'width="16" height="16"' in drawing
    assert _liquid(drawing) is not None
    assert "clip" not in drawing and "circle" not in drawing
    assert drawing == glass(one("stress", "bit", "small"), pattern=False)


# --- pouring -------------------------------------------------------------------------------------

GIANTS = [kinds(family, fills, "giant", True) for family in FAMILIES for fills in ("yes", "bit")]


@pytest.mark.parametrize("count", range(1, 6))
def test_giants_that_pour_meet_no_glass_stream_label_or_bucket(count):
    for a in GIANTS:
        for b in GIANTS:
            _nothing_meets(picture(named([a, b, a, b, a][:count])))


@given(st.lists(CHOSEN, min_size=1, max_size=5))
@settings(max_examples=80, deadline=None)
def test_glasses_that_pour_meet_nothing(glasses):
    _nothing_meets(bucket(named(glasses)))
    _nothing_meets(picture(named(glasses)))


@given(st.lists(CHOSEN, min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_streams_run_from_the_lower_lip_into_the_water(glasses):
    root = seen.parsed(bucket(named(glasses)))
    surface = next(each for each in root.iter(f"{seen.SVG}ellipse") if each.get("fill") == "#dcebf7")
    middle, half, level = (float(surface.get(name)) for name in ("cx", "rx", "cy"))
    flat = float(surface.get("ry"))
    streams = seen.streams(root)

    assert len(streams) == len(glasses)
    for stream, group in zip(streams, seen.glass_groups(root).values(), strict=True):
        lips = _ends(seen.outline(group))
        lower = max(lips, key=lambda point: point[1])
        assert stream.points[0] == pytest.approx(lower, abs=0.02)
        x, y = stream.points[-1]
        assert ((x - middle) / half) ** 2 + ((y - level) / flat) ** 2 < 0.9
        ys = [y for _, y in stream.points]
        assert ys == sorted(ys)


@given(st.lists(CHOSEN, min_size=1, max_size=5))
@settings(max_examples=40, deadline=None)
def test_liquid_that_pours_is_level_and_reaches_the_lip(glasses):
    root = seen.parsed(bucket(named(glasses)))

    for group in seen.glass_groups(root).values():
        surface = seen.liquid(group).box[1]
        lower = max(y for _, y in _ends(seen.outline(group)))
        assert sum(abs(y - surface) < 0.02 for _, y in seen.liquid(group).points) >= 2
        assert abs(surface - lower) < 3.5


@pytest.mark.parametrize("family", FAMILIES)
def test_a_bit_pours_half_as_much_in_a_thinner_stream(family):
    full, half = (seen.parsed(bucket([kinds(family, fills, "medium")])) for fills in ("yes", "bit"))
    areas = [shelf_glass.area(_only_liquid(root).points) for root in (full, half)]
    widths = [_stream_width(root) for root in (full, half)]

    assert areas[1] == pytest.approx(areas[0] / 2, rel=0.02)
    assert widths[1] < widths[0]


def test_more_than_five_do_not_fit_around_the_bucket():
    with pytest.raises(ValueError, match="picture"):
        bucket(thirteen("yes")[:6])
    assert bucket(thirteen("no") + thirteen("bit")[:5])


def test_the_bucket_shows_the_chosen_glasses_in_their_order():
    glasses = [one("stress"), one("sitting", "no"), one("hydration", "bit"), one("poor-sleep")]

    assert [*seen.glass_groups(seen.parsed(bucket(glasses)))] == ["stress", "hydration", "poor-sleep"]


# --- the shelf -----------------------------------------------------------------------------------


def test_the_shelf_has_a_row_for_each_family_in_the_order_given():
    root = seen.parsed(shelf(thirteen()))
    stands = [(group, seen.outline(group)) for group in seen.glass_groups(root).values()]

    assert [*seen.glass_groups(root)] == [*NAMES]
    rows = {}
    for group, shape in stands:
        rows.setdefault(shape.box[3], []).append((shape.box[0], group.get("data-glass")))
    assert [len(row) for _, row in sorted(rows.items())] == [4, 4, 5]
    for row in rows.values():
        assert row == sorted(row)


def test_rows_are_150_apart_and_a_second_line_of_a_label_moves_them_further():
    def boards(glasses):
        groups = seen.glass_groups(seen.parsed(shelf(glasses))).values()
        return sorted({seen.outline(group).box[3] for group in groups})

    short = boards([replace(each, label="Kort") for each in thirteen()])
    assert [b - a for a, b in pairwise(short)] == pytest.approx([150, 150])
    long = boards([replace(each, label="Poids et alimentation") for each in thirteen()])
    assert all(b - a > 160 for a, b in pairwise(long))


@given(thirteens())
@settings(max_examples=40, deadline=None)
def test_nothing_on_the_shelf_meets(glasses):
    _nothing_meets(shelf(glasses))


def test_a_giant_glass_meets_no_label():
    for labels in (None, "Poids et alimentation"):
        glasses = thirteen("yes", "giant", compensated=True)
        glasses = [replace(each, label=labels or each.label) for each in glasses]
        for drawing in (shelf(glasses), picture(glasses)):
            root = seen.parsed(drawing)
            for label in seen.labels(root):
                for shape in seen.silhouettes(root):
                    assert not seen.meet(label, shape, air=2.0)


@given(thirteens())
@settings(max_examples=30, deadline=None)
def test_choosing_moves_nothing_on_the_shelf(glasses):
    def places(drawing):
        root = seen.parsed(drawing)
        texts = [(each.text, each.get("x"), each.get("y")) for each in root.iter(f"{seen.SVG}text")]
        return root.get("viewBox"), texts

    empty = [replace(each, fills="") for each in glasses]
    assert places(shelf(glasses)) == places(shelf(empty))


def test_a_label_is_bold_exactly_when_its_glass_is_chosen():
    root = seen.parsed(
        shelf([one("sitting", "yes"), one("hydration", "bit"), one("stress", "no"), one("self-care", "")])
    )

    assert {text.text: text.get("font-weight") for text in root.iter(f"{seen.SVG}text")} == {
        "Zitten": "700",
        "Water": "700",
        "Stress": None,
        "Zelfzorg": None,
    }


# --- the picture for paper -----------------------------------------------------------------------


@given(thirteens())
@settings(max_examples=40, deadline=None)
def test_the_picture_shows_only_what_was_chosen_and_nothing_meets(glasses):
    drawing = picture(glasses)
    chosen = [each for each in glasses if each.chosen]

    assert [*seen.glass_groups(seen.parsed(drawing))] == [each.id for each in chosen]
    assert set(seen.words(seen.parsed(drawing)).split()) == {w for each in chosen for w in each.label.split()}
    _nothing_meets(drawing)


def test_up_to_widest_pour_and_more_stand_beside_the_bucket():
    five, three = thirteen("yes")[:5], thirteen("yes")[:3]

    assert len(seen.streams(seen.parsed(picture(five)))) == 5
    assert not seen.streams(seen.parsed(picture(thirteen("yes")[:6])))
    assert not seen.streams(seen.parsed(picture(three, widest=2)))
    assert not seen.streams(seen.parsed(picture(thirteen("yes")[:6], widest=9)))


def test_labels_keep_a_readable_size():
    for drawing in (
        shelf(thirteen("yes")),
        picture(thirteen("yes")),
        *(_stress(count) for count in range(1, 6)),
    ):
        root = seen.parsed(drawing)
        width = float(root.get("width"))
        smallest = min(float(text.get("font-size")) for text in root.iter(f"{seen.SVG}text"))
        # In points at 120 mm, which is also about the pixels at 340.
        assert smallest * 340 / width >= 10.5


# --- the strip -----------------------------------------------------------------------------------


def test_the_strip_has_all_glyphs_in_one_line_never_sorted():
    mixed = [one(key, fills) for key, fills in zip(NAMES, ["", "yes", "no", "bit"] * 4, strict=False)]
    root = seen.parsed(strip(mixed))
    boxes = [seen.outline(group).box for group in seen.glass_groups(root).values()]

    assert [*seen.glass_groups(root)] == [*NAMES]
    assert root.get("height") == "16"
    assert all(box[3] == boxes[0][3] for box in boxes)
    assert all(a[2] < b[0] for a, b in pairwise(boxes))
    assert "clip" not in strip(mixed) and "<text" not in strip(mixed)
    assert strip(mixed) == strip([replace(each, size="giant") for each in mixed])


def test_the_strip_says_what_was_chosen_in_the_callers_words():
    glasses = [
        one("sitting", "yes", alt="Glas Zitten: gekozen"),
        one("stress", "no", alt="Glas Stress: niet gekozen"),
    ]

    assert seen.parsed(strip(glasses))[0].text == "Glas Zitten: gekozen"


# --- every drawing -------------------------------------------------------------------------------


def test_a_title_makes_an_image_and_none_an_ornament():
    said = seen.parsed(glass(one(alt="Glas Zitten: gekozen")))
    unsaid = [
        seen.parsed(each)
        for each in (glass(one()), glass(one(alt="x"), title=False), shelf([one()]), strip([]))
    ]

    assert (said.get("role"), said[0].tag, said[0].text) == (
        "img",
        f"{seen.SVG}title",
        "Glas Zitten: gekozen",
    )
    for root in unsaid:
        assert (root.get("aria-hidden"), root.get("role")) == ("true", None)
        assert root.find(f"{seen.SVG}title") is None


@given(thirteens(labels=st.one_of(st.sampled_from(HOSTILE), st.text(max_size=30), LABELS)))
@settings(max_examples=25, deadline=None)
def test_hostile_labels_stay_text_and_break_nothing(glasses):
    for drawing in every_drawing([replace(each, alt=each.label, id=each.label) for each in glasses]):
        root = ET.fromstring(drawing.encode())
        assert {element.tag.removeprefix(seen.SVG) for element in root.iter()} <= {
            *("svg", "title", "g", "path", "clipPath", "ellipse", "circle", "text")
        }


def test_a_label_is_read_back_as_it_was_written():
    root = seen.parsed(shelf([one(label="R&D <b>")]))

    assert seen.words(root) == "R&D <b>"


def test_labels_that_are_too_long_end_in_dots_inside_their_column():
    _nothing_meets(shelf([replace(each, label="x" * 90) for each in thirteen("yes")]))
    _nothing_meets(picture([replace(each, label="x" * 90) for each in thirteen("yes")[:5]]))
    assert "…" in shelf([one(label="x" * 90)])


def test_a_label_is_wrapped_into_even_lines():
    assert shelf_svg.wrapped("Gewicht en eten", width=110, size=17) == ["Gewicht", "en eten"]
    assert shelf_svg.wrapped("Zitten", width=98, size=17) == ["Zitten"]
    assert shelf_svg.fitting(["Zitten"], width=98, largest=18, smallest=11) == 18
    assert 11 < shelf_svg.fitting(["Respiration"], width=98, largest=18, smallest=11) < 18


def test_drawings_may_stand_in_a_strict_page_and_on_paper():
    for drawing in every_drawing(thirteen("yes", "giant", compensated=True)):
        assert not re.search(r"<pattern|<style|style=|<script|href|\son\w+=", drawing)
        assert (
            'font-family="Atkinson Hyperlegible Next, Noto Sans, Verdana, sans-serif"'
            in drawing.split(">")[0]
        )
        assert not re.search(
            r"\.\d{3,}|e-\d|nan|inf\b|-0\b(?!\.)", re.sub(r"<title>.*?</title>", "", drawing)
        )
        assert re.match(r'<svg [^>]*viewBox="[-\d. ]+" width="[\d.]+" height="[\d.]+"', drawing)


def test_numbers_are_short_and_zero_has_no_sign():
    assert [shelf_svg.number(each) for each in (-0.001, 2.0, 1 / 3, -12.5, 100)] == [
        "0",
        "2",
        "0.33",
        "-12.5",
        "100",
    ]


def test_drawings_are_small():
    glasses = thirteen("yes", "giant", compensated=True, alt="Glas: gekozen, reuze, al gecompenseerd")

    assert max(len(glass(each).encode()) for each in glasses) < 4_000
    assert len(shelf(glasses).encode()) < 25_000
    assert len(picture(glasses).encode()) < 25_000
    assert max(len(bucket([each] * 5).encode()) for each in glasses) < 15_000


def test_ids_are_unique_within_a_drawing_and_on_a_page():
    glasses = thirteen("yes")
    page = [shelf(glasses), picture(glasses), bucket(glasses[:5]), picture(glasses[:5]), *map(glass, glasses)]
    page += [
        glass(glasses[0], scope="list"),
        glass(one(fills="bit")),
        glass(one(size="giant")),
        strip(glasses),
    ]
    ids = re.findall(r'\sid="([^"]+)"', "".join(page))

    assert len(ids) == len(set(ids)) > 50
    assert set(re.findall(r"url\(#([^)]+)\)", "".join(page))) == set(ids)


def test_the_same_glasses_give_the_same_bytes_in_every_process():
    code = (
        "import hashlib; from triggers.shelf import *; g = [DrawnGlass('a', 'green', 'A', 'yes', 'giant', True)] * 5;"
        "print(hashlib.sha256((shelf(g) + bucket(g) + picture(g * 2) + strip(g) + glass(g[0])).encode()).hexdigest())"
    )
    hashes = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(hashes) == 1
    assert every_drawing(thirteen("bit")) == every_drawing(thirteen("bit"))


def test_colours_are_those_of_the_house():
    tokens = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", (ROOT / "static/css/tokens.css").read_text()))

    assert (tokens["ink"], tokens["muted"]) == (shelf_svg.INK, shelf_svg.MUTED)
    assert (tokens["water"], tokens["water-light"]) == (shelf_svg.WATER, shelf_svg.WATER_LIGHT)
    assert (
        tokens["water-line"],
        tokens["orange-text"],
    ) == (shelf_svg.WATER_LINE, shelf_pattern.ORANGE_STROKES)
    for family in FAMILIES:
        profile = shelf_glass.PROFILES[family]
        assert (profile.liquid, profile.edge) == (tokens[family], tokens[f"{family}-text"])


# --- hands ---------------------------------------------------------------------------------------


def _group(drawing):
    (group,) = seen.glass_groups(seen.parsed(drawing)).values()
    return group


def _liquid(drawing):
    return seen.liquid(_group(drawing))


def _only_liquid(root):
    (group,) = seen.glass_groups(root).values()
    return seen.liquid(group)


def _ends(outline):
    """The two corners of a glass's mouth."""
    return outline.points[0], outline.points[-1]


def _stream_width(root):
    return max(
        float(path.get("stroke-width"))
        for path in root.findall(f"{seen.SVG}path")
        if "Q" in path.get("d") and path.get("fill") == "none"
    )


def _stress(count):
    return picture(
        named([kinds(f, "bit", "giant", True, "Gedachten") for f in (*FAMILIES, "blue", "blue")][:count])
    )


def _nothing_meets(drawing):
    """No glass, label, stream, ear or bucket over another, and all of it within the drawing."""
    root = seen.parsed(drawing)
    left, top, right, bottom = seen.frame(root)
    labels, glasses, streams = seen.labels(root), seen.silhouettes(root), seen.streams(root)
    for shape in (*labels, *glasses):
        box = shape.box
        assert box[0] >= left and box[1] >= top and box[2] <= right and box[3] <= bottom, shape.name
    bucket_parts = seen.bucket_outline(root) if root.find(f"{seen.SVG}circle") is not None else []
    for a, b in combinations((*labels, *glasses, *bucket_parts), 2):
        own = a.name.removesuffix(" badge") == b.name.removesuffix(" badge") or {a.name, b.name} == {
            "bucket",
            "ear badge",
        }
        assert own or not seen.meet(a, b), (a.name, b.name)
    for at, stream in enumerate(streams):
        for label in labels:
            assert not seen.line_meets(stream, label), label.name
        for shape in glasses:
            # A stream leaves its own glass at the lip.
            mine = shape.name.removesuffix(" badge") == f"g{at}"
            assert not seen.line_meets(stream, shape, after=2 if mine else 0), shape.name
