"""The body seen from the front and from the back, with the places that `regions` names. Pure Python: no Django.

A calm figure without sex, age or face, in the same line as the exercise figures. Only the right half is written down;
the left one is its mirror image. Places share their borders line by line, so that they never overlap. What is drawn
carries class names and no colour: `body.css` says how it looks, also in dark and forced colours. No `id` is written,
so that a page may hold several pictures.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from itertools import pairwise
from math import hypot

Point = tuple[float, float]
Ring = list[Point]

WIDTH, HEIGHT = 176.0, 182.0
# Where the middle of each figure stands.
MIDDLE = {"front": 44.0, "back": 132.0}
TOP = 5.0
# Lines of the hatching are this far from each other.
HATCH = 5.0
# A curve between two points is drawn as this many straight lines.
_SAMPLES = 3
# Steps to a unit in what is written.
STEP = 5

# --- the lines of the right half: x from the middle of the body, y from the top of the head -----------------------

EDGES: Mapping[str, Sequence[Point]] = {
    "crown": ((0, 0), (6.6, 1.6), (10.2, 7), (10.4, 13), (8.6, 19.2), (5.9, 22.8)),
    "chin": ((5.9, 22.8), (3.2, 24.9), (0, 25.6)),
    "nape": ((5.9, 22.8), (6.1, 27), (7.6, 30.4), (13, 33.4)),
    "shoulder": ((13, 33.4), (17.2, 35), (20.6, 37)),
    "collar": ((13, 33.4), (9, 36.6), (4, 38.2), (0, 38.6)),
    "arm-root": ((20.6, 37), (18.6, 44), (18.4, 53)),
    "sleeve-out": ((20.6, 37), (24.6, 40.4), (26.6, 47), (27.6, 56)),
    "hem": ((27.6, 56), (24, 58.4), (20, 58.6)),
    "arm-out": ((27.6, 56), (30.2, 68), (34.2, 80), (37, 90.6)),
    "hand": ((37, 90.6), (40.2, 95), (41, 100), (40.2, 106), (37.6, 108.6), (35, 106.6), (33.6, 101)),
    "thumb": ((33.6, 101), (32.4, 102.6), (30.8, 101.4), (31, 96.6), (32.2, 92.2)),
    "arm-in": ((32.2, 92.2), (28.6, 81.4), (24.6, 71), (20, 58.6)),
    "sleeve-in": ((20, 58.6), (18.4, 53)),
    "ribs": ((18.4, 53), (17.4, 60), (16.2, 67)),
    "under-ribs": ((16.2, 67), (8, 68.6), (0, 69)),
    "waist": ((16.2, 67), (15.3, 74), (15.8, 80)),
    "belt": ((15.8, 80), (8, 84), (0, 85.4)),
    "flank": ((15.8, 80), (17, 85), (18.2, 90)),
    "groin": ((18.2, 90), (12.6, 95.6), (5.6, 102), (0, 105)),
    "buttock": ((18.2, 90), (15.6, 100), (9, 106.4), (0, 106)),
    "hip": ((18.2, 90), (19.6, 99), (19.4, 109), (17.6, 122), (15.4, 134)),
    "calf": ((15.4, 134), (15.6, 143), (14.4, 153), (11.8, 164)),
    "foot-front": ((11.8, 164), (14.4, 168), (17.4, 171.4), (15.4, 174.2), (9.4, 174), (6, 171.4), (5.8, 164)),
    "foot-back": ((11.8, 164), (13.2, 168.6), (13.4, 172.4), (9.6, 174.2), (5.6, 172.6), (5.4, 168.4), (5.8, 164)),
    "shin": ((5.8, 164), (4, 152), (3.2, 143), (4, 134)),
    "thigh-front": ((4, 134), (2.4, 120), (0, 105)),
    "thigh-back": ((4, 134), (2.4, 120), (0, 106)),
}  # fmt: skip

_OUTLINE = (
    *(
        "-chin",
        "nape",
        "shoulder",
        "sleeve-out",
        "arm-out",
        "hand",
        "thumb",
        "arm-in",
        "sleeve-in",
        "ribs",
        "waist",
        "flank",
        "hip",
        "calf",
    ),
    *("foot-{side}", "shin", "thigh-{side}"),
)
_ARM = ("sleeve-out", "arm-out", "hand", "thumb", "arm-in", "sleeve-in", "-arm-root")

# Each place by figure, as the lines around it. A place whose lines begin and end in the middle is closed by its
# mirror image; one that comes back to where it began stands on both sides. A minus turns a line round.
PLACES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "head": {"front": ("crown", "chin"), "back": ("crown", "chin")},
    "neck": {"front": ("-chin", "nape", "collar"), "back": ("-chin", "nape", "collar")},
    "upper-back": {"back": ("-collar", "shoulder", "arm-root", "ribs", "under-ribs")},
    "low-back": {
        "front": ("-belt", "flank", "groin"),
        "back": ("-under-ribs", "waist", "flank", "buttock"),
    },
    "arm": {"front": _ARM, "back": _ARM},
    "leg": {
        "front": ("hip", "calf", "foot-front", "shin", "thigh-front", "-groin"),
        "back": ("hip", "calf", "foot-back", "shin", "thigh-back", "-buttock"),
    },
}
# What is drawn as shirt, also where it is nobody's place: nobody is asked about chest or belly here.
_SHIRT = ("-collar", "shoulder", "sleeve-out", "hem", "sleeve-in", "ribs", "waist", "belt")
# Where one place ends and another begins, shown softly so that people see where they can tap.
_BORDERS = {
    "front": ("collar", "arm-root", "belt", "groin"),
    "back": ("collar", "arm-root", "under-ribs", "buttock"),
}
# Shoulder blades, spine and knees; collarbones and knees: they tell back and front apart, and mean nothing else.
_DETAILS: Mapping[str, Sequence[Sequence[Point]]] = {
    "front": (((4, 40.4), (9.6, 40), (15, 38.8)), ((7, 136), (9.6, 137.2), (12.2, 136))),
    "back": (((7.4, 47), (10.6, 54), (7, 59.6)), ((6.6, 134), (9.6, 133.2), (12.6, 134))),
}
_HAIR: Mapping[str, Sequence[Point]] = {
    "front": ((0, 0), (6.6, 1.6), (10.2, 7), (10.3, 10.4), (7, 7.6), (0, 6.6)),
    "back": ((0, 0), (6.6, 1.6), (10.2, 7), (10.4, 13), (8.6, 19.2), (4, 19.6), (0, 20)),
}

# Where a finger may land: wider than what is drawn, and no two of them share a point. Corners of the right half;
# a place of the trunk reaches across the middle.
REACH: Mapping[str, Mapping[str, Sequence[Point]]] = {
    "head": dict.fromkeys(MIDDLE, ((0, -4.5), (18, -4.5), (18, 19), (6, 22.5), (3.2, 25.2), (0, 25.8))),
    "neck": dict.fromkeys(
        MIDDLE,
        (
            (0, 25.9),
            (3.2, 25.3),
            (6, 22.6),
            (18, 19.1),
            (20, 32),
            (13.4, 33.5),
            (9, 36.7),
            (4, 38.3),
            (0, 38.7),
        ),
    ),
    "upper-back": {
        "back": (
            (0, 38.8),
            (4, 38.4),
            (9, 36.8),
            (13.4, 33.6),
            (20.5, 36.8),
            (18.6, 44),
            (18.4, 53),
            (16.2, 67),
            (0, 68.9),
        )
    },
    "low-back": {
        "front": ((0, 80), (19, 80), (18.2, 90), (9, 98.6), (0.8, 105), (0, 105)),
        "back": ((0, 69), (16.2, 67.1), (20, 68), (20, 84), (18.2, 90), (15.6, 100), (9, 106.3), (0, 106.3)),
    },
    "arm": dict.fromkeys(
        MIDDLE,
        (
            *((20.7, 36.6), (29, 37), (35, 48), (43.5, 82), (43.5, 114), (30, 114), (27, 96), (20.6, 70)),
            *((18.5, 56), (18.5, 53), (18.7, 44)),
        ),
    ),
    "leg": {
        "front": ((18.3, 90.1), (24, 90), (24, 177), (0.2, 177), (0.2, 106), (0.9, 105.1), (9, 98.8)),
        "back": ((18.3, 90.1), (24, 90), (24, 177), (0.2, 177), (0.2, 106.5), (9, 106.5), (15.8, 100)),
    },
}


def places() -> tuple[str, ...]:
    """The regions that have a place on the picture, from head to foot."""
    return tuple(PLACES)


@cache
def ground() -> str:
    """The two figures with nothing on them: what lies below the places."""
    return _svg("".join(_figure(side) for side in MIDDLE))


@cache
def place(region: str) -> str:
    """One place on both figures, on a sheet of the same size as `ground()`: where it answers, and how it is drawn.

    Raises KeyError for a region without a place.
    """
    return _svg(_path("body__reach", reaches(region)) + _drawn(region))


def picture(regions: Collection[str]) -> str:
    """The two figures with these places marked, to look at. A region without a place is passed over."""
    marked = "".join(_drawn(region) for region in PLACES if region in regions)
    return _svg("".join(_figure(side) for side in MIDDLE) + f'<g class="body__marked">{marked}</g>')


def outlines(region: str) -> list[Ring]:
    """Every outline of a region's place on the sheet."""
    return [ring for side, lines in PLACES[region].items() for ring in _on_sheet(side, _joined(lines))]


def reaches(region: str) -> list[Ring]:
    """Every outline within which a tap counts as this region, on the sheet."""
    return [ring for side, half in REACH[region].items() for ring in _on_sheet(side, half)]


# --- lines --------------------------------------------------------------------------------------------------------


def _joined(names: Sequence[str]) -> Ring:
    """The lines of these names one after the other; a line that begins where the last one ended goes on from there."""
    points: Ring = []
    for name in names:
        line = _smooth(EDGES[name.lstrip("-")])
        line = line[::-1] if name.startswith("-") else line
        points += line[1:] if points and points[-1] == line[0] else line
    return points


@cache
def _smooth(points: Sequence[Point]) -> Ring:
    """A line that bends through all of the points (Catmull-Rom)."""
    row = [points[0], *points, points[-1]]
    bent = [points[0]]
    for a, b, c, d in zip(row, row[1:], row[2:], row[3:], strict=False):
        for step in range(1, _SAMPLES + 1):
            t = step / _SAMPLES
            bent.append((_between(a[0], b[0], c[0], d[0], t), _between(a[1], b[1], c[1], d[1], t)))
        # Rounding must not part what two lines share.
        bent[-1] = c
    return _thinned(bent)


def _thinned(line: Ring) -> Ring:
    """The line without the points that a straight stroke passes by as good as exactly."""
    kept = line[:1]
    for point, following in pairwise(line[1:]):
        (ax, ay), (bx, by) = kept[-1], following
        off = (bx - ax) * (point[1] - ay) - (by - ay) * (point[0] - ax)
        if abs(off) > 0.12 * hypot(bx - ax, by - ay):
            kept.append(point)
    return [*kept, line[-1]]


def _between(a: float, b: float, c: float, d: float, t: float) -> float:
    return b + t / 2 * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))


def _on_sheet(side: str, half: Sequence[Point]) -> list[Ring]:
    """The right half and its mirror image, where this figure stands: one ring across the middle, or two beside it."""
    right = [(MIDDLE[side] + x, TOP + y) for x, y in half]
    left = [(MIDDLE[side] - x, TOP + y) for x, y in half]
    if half[0][0] == half[-1][0] == 0:
        return [[*right, *left[-2:0:-1]]]
    return [right, left]


# --- drawing ------------------------------------------------------------------------------------------------------


@cache
def _figure(side: str) -> str:
    """One figure: skin, then shirt, head and hair, then the lines that tell front from back."""
    trunk = _on_sheet(side, _joined([name.format(side=side) for name in _OUTLINE]))
    head = _on_sheet(side, _joined(PLACES["head"][side]))
    borders = [ring for name in _BORDERS[side] for ring in _on_sheet(side, _smooth(EDGES[name]))]
    details = [ring for line in _DETAILS[side] for ring in _on_sheet(side, _smooth(line))]
    return (
        _path("body__skin", trunk)
        + _path("body__shirt", _on_sheet(side, _joined(_SHIRT)))
        + _path("body__border", borders, closed=False)
        + _path("body__skin", head)
        + _path("body__hair", _on_sheet(side, _smooth(_HAIR[side])))
        + _path("body__detail", details, closed=False)
    )


@cache
def _drawn(region: str) -> str:
    rings = outlines(region)
    return _path("body__place", rings) + _path(
        "body__hatch", [line for ring in rings for line in _hatched(ring)], closed=False
    )


def _hatched(ring: Ring) -> list[Ring]:
    """Slanting lines within the ring, as far from each other on every place of the sheet."""
    lines = []
    corners = [*ring, ring[0]]
    heights = [x + y for x, y in ring]
    for number in range(int(min(heights) / HATCH) + 1, int(max(heights) / HATCH) + 1):
        level = number * HATCH
        met = []
        for (ax, ay), (bx, by) in pairwise(corners):
            before, after = ax + ay - level, bx + by - level
            if (before < 0) != (after < 0):
                x = ax + (bx - ax) * before / (before - after)
                met.append((x, level - x))
        met.sort()
        lines += [[one, other] for one, other in zip(met[::2], met[1::2], strict=True)]
    return lines


def _path(name: str, rings: Sequence[Ring], *, closed: bool = True) -> str:
    """One path through all of these rings, in whole steps and each from where the last one was, which is short."""
    text, here = "", (0, 0)
    for ring in rings:
        corners = [(round(x * STEP), round(y * STEP)) for x, y in ring]
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(corners) if a != b]
        text += f"m{_pairs([(corners[0][0] - here[0], corners[0][1] - here[1])])}l{_pairs(steps)}"
        text += "z" if closed else ""
        here = corners[0] if closed else corners[-1]
    return f'<path class="{name}" d="{text}"/>'


def _pairs(pairs: Sequence[tuple[int, int]]) -> str:
    """Pairs one after the other; a minus is separation enough."""
    return " ".join(f"{x} {y}" for x, y in pairs).replace(" -", "-")


def _svg(inside: str) -> str:
    # Words stand beside every picture of this kind; a screen reader passes it over.
    return (
        f'<svg class="body__sheet" viewBox="0 0 {WIDTH * STEP:.0f} {HEIGHT * STEP:.0f}" width="{WIDTH:.0f}"'
        f' height="{HEIGHT:.0f}" aria-hidden="true" focusable="false">{inside}</svg>'
    )
