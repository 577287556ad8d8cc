"""One glass: its silhouette, what is in it and how it stands or tilts. Pure Python: no Django, no files, no clock.

A glass is described in a box of its own, origin in the middle of its foot, y up (ux-brief 3.3). `Place` sets it down in
a drawing, where y runs down. Nothing is left to a transform attribute: what is written are the real coordinates.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import cos, radians, sin

from .shelf_pattern import pattern
from .shelf_svg import FAINT, INK, WHITE, Point, element, escaped, numbers, path

FILLS = {"yes": 1.0, "bit": 0.5, "no": 0.0, "": 0.0}
SIZES = {"small": 0.8, "medium": 1.0, "giant": 1.3}
LINE = 2.4
# How far down the glass a full one is left dry, as a part of its height.
BRIM = 0.9
# How much of the inside is filled while it pours: a bit is half of that.
POURING = {"yes": 0.6, "bit": 0.3}


@dataclass(frozen=True, slots=True)
class DrawnGlass:
    """One glass as it is drawn. `alt` says it in words, made by the caller: 'Glas Zitten: gekozen, een beetje'."""

    id: str
    family: str
    label: str
    fills: str
    size: str = "medium"
    compensated: bool = False
    alt: str = ""

    def __post_init__(self):
        if self.family not in PROFILES or self.fills not in FILLS or self.size not in SIZES:
            raise ValueError(f"no glass is drawn like this: {self.family}, {self.fills}, {self.size}")

    @property
    def chosen(self) -> bool:
        """Whether the person circled it."""
        return self.fills in ("yes", "bit")

    @property
    def scale(self) -> float:
        """How large it is drawn; a size is only shown of a glass that is chosen."""
        return SIZES[self.size] if self.chosen else 1.0


@dataclass(frozen=True, slots=True)
class Profile:
    """A silhouette. `right` is its right edge from the rim down to the foot: path words, each with (x, y) pairs.

    `wall` is the inside as (y, half-width) from the floor up, clear of the outline; `edge` is the darker colour of the
    liquid, for thin lines of it.
    """

    height: float
    top: float
    bottom: float
    right: tuple[tuple[str, tuple[Point, ...]], ...]
    wall: tuple[tuple[float, float], ...]
    liquid: str
    edge: str

    @property
    def inside(self) -> list[Point]:
        """The inside as a polygon, down the left wall and up the right one."""
        return [(-half, y) for y, half in reversed(self.wall)] + [(half, y) for y, half in self.wall]

    def half_width(self, y: float) -> float:
        """Half the width of the inside at this height."""
        for (low, narrow), (high, wide) in pairwise(self.wall):
            if y <= high:
                return narrow + (wide - narrow) * (y - low) / (high - low)
        return self.wall[-1][1]

    def level(self, amount: float) -> float:
        """How high the liquid stands when the glass stands: from the floor, for 0, to just below the brim, for 1."""
        floor = self.wall[0][0]
        return floor + amount * (BRIM * self.height - floor)


PROFILES = {
    "orange": Profile(
        height=62,
        top=23,
        bottom=18,
        right=(("L", ((18.4, 5),)), ("Q", ((18, 0), (13.5, 0)))),
        wall=((4.6, 13.2), (5.6, 15), (7.6, 15.8), (62, 20.2)),
        liquid="#f7a83e",
        edge="#9a4600",
    ),
    "green": Profile(
        height=80,
        top=22,
        bottom=18,
        right=(
            ("C", ((21.6, 62), (21.6, 38), (3, 34))),
            ("L", ((3, 9),)),
            ("C", ((3, 5), (18, 6), (18, 1.8))),
            ("L", ((18, 0),)),
        ),
        wall=(
            (37, 2.5),
            (38.4, 6.6),
            (40.6, 9.9),
            (44, 12.9),
            (48, 15.1),
            (54, 17.1),
            (62, 18.5),
            (70, 19.1),
            (80, 19.2),
        ),
        liquid="#2f8f5b",
        edge="#1f6b43",
    ),
    "blue": Profile(
        height=84,
        top=17,
        bottom=14.5,
        right=(("L", ((14.8, 4.5),)), ("Q", ((14.5, 0), (10.5, 0)))),
        wall=((4, 9.8), (4.8, 11.4), (6.4, 12), (84, 14.2)),
        liquid="#1b4b91",
        edge="#1b4b91",
    ),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a glass's own origin comes to stand, how large, and tilted by how many degrees to the right."""

    x: float
    y: float
    scale: float = 1.0
    tilt: float = 0.0

    def point(self, x: float, y: float) -> Point:
        """A point of the glass in the drawing."""
        turn = radians(self.tilt)
        return (
            self.x + self.scale * (x * cos(turn) + y * sin(turn)),
            self.y + self.scale * (x * sin(turn) - y * cos(turn)),
        )


def drawn(glass: DrawnGlass, place: Place, *, key: str, line: float = LINE, patterned: bool = True) -> str:
    """One glass. `key` begins its ids, `line` is the width of its outline before scaling."""
    profile = PROFILES[glass.family]
    stroke = {
        "stroke": INK if glass.chosen else FAINT,
        "stroke_width": line * place.scale,
    }
    parts = [
        element("path", d=outline(profile, place), fill=WHITE, **stroke),
        _content(glass, place, key if patterned else ""),
        element("path", d=ellipse(profile.top, profile.height, place), fill="none", **stroke),
    ]
    if patterned and glass.chosen and glass.compensated:
        parts.append(badge(*badge_circle(glass, place)))
    return element("g", "".join(parts), data_glass=escaped(glass.id))


def outline(profile: Profile, place: Place) -> str:
    """The path data of the silhouette: down the left side, round the foot, up the right side."""
    edge, start = [], (profile.top, profile.height)
    for word, points in profile.right:
        edge.append((word, [start, *points]))
        start = points[-1]
    down = [(word, [(-x, y) for x, y in points[1:]]) for word, points in edge]
    up = [(word, points[-2::-1]) for word, points in reversed(edge)]
    pieces = [("M", [(-profile.top, profile.height)]), *down, ("L", [start]), *up]
    return "".join(
        word + " ".join(numbers(*place.point(*point)) for point in points) for word, points in pieces
    )


def ellipse(half: float, y: float, place: Place) -> str:
    """The path data of a level ellipse of the glass, half as wide as `half`."""
    left, right = numbers(*place.point(-half, y)), numbers(*place.point(half, y))
    arc = f"A{numbers(half * place.scale, 0.2 * half * place.scale, place.tilt)} 0 1 "
    return f"M{left}{arc}{right}{arc}{left}Z"


def liquid(glass: DrawnGlass, place: Place) -> list[Point]:
    """The polygon of what is in the glass, its surface level in the drawing; [] when it is empty.

    In a glass that stands it reaches as high as the fill says. In one that tilts it reaches the lower lip: it pours.
    """
    if not glass.chosen:
        return []
    profile = PROFILES[glass.family]
    if place.tilt:
        surface = place.point(*_lower_lip(profile, place.tilt))[1]
    else:
        surface = place.point(0, profile.level(FILLS[glass.fills]))[1]
    return below(surface, [place.point(*point) for point in profile.inside])


def lip(glass: DrawnGlass, place: Place) -> Point:
    """Where it pours from: the lower corner of a tilted glass's mouth."""
    profile = PROFILES[glass.family]
    side = 1 if place.tilt > 0 else -1
    return place.point(side * profile.top, profile.height)


def pouring_place(glass: DrawnGlass, at: Point, *, scale: float, side: int) -> Place:
    """The glass with its lower lip at the point, tilted to the right (side 1) or the left (-1)."""
    scale *= glass.scale
    tilt = side * pouring_tilt(glass.family, glass.fills)
    x, y = lip(glass, Place(0, 0, scale, tilt))
    return Place(at[0] - x, at[1] - y, scale, tilt)


@cache
def pouring_tilt(family: str, fills: str) -> float:
    """The degrees at which a glass pours: a full one a little, one with a bit in it further."""
    profile = PROFILES[family]
    target = POURING[fills] * area(profile.inside)
    low, high = 1.0, 89.0
    while high - low > 0.01:
        tilt = (low + high) / 2
        place = Place(0, 0, 1, tilt)
        surface = place.point(*_lower_lip(profile, tilt))[1]
        left = area(below(surface, [place.point(*point) for point in profile.inside]))
        low, high = (tilt, high) if left > target else (low, tilt)
    return round(low, 1)


def below(surface: float, polygon: Sequence[Point]) -> list[Point]:
    """The part of the polygon that lies below this y of the drawing."""
    kept = []
    for (x, y), (to_x, to_y) in pairwise([*polygon, polygon[0]]):
        if y >= surface:
            kept.append((x, y))
        if (y >= surface) != (to_y >= surface):
            kept.append((x + (to_x - x) * (surface - y) / (to_y - y), surface))
    return kept


def area(polygon: Sequence[Point]) -> float:
    """The area of a polygon."""
    if not polygon:
        return 0.0
    pairs = pairwise([*polygon, polygon[0]])
    return abs(sum(x * to_y - to_x * y for (x, y), (to_x, to_y) in pairs)) / 2


def badge_circle(glass: DrawnGlass, place: Place) -> tuple[Point, float]:
    """The middle and the radius of the badge: at the foot, as large at a small glass as at a giant one."""
    scale = max(0.9, place.scale / glass.scale)
    return place.point(PROFILES[glass.family].bottom, 7), 7.6 * scale


def badge(at: Point, radius: float) -> str:
    """The mark 'already compensated': a tick in ink on white, drawn, so that it needs neither colour nor glyph."""
    x, y = at
    tick = f"M{numbers(x - 0.5 * radius, y + 0.03 * radius)}l{numbers(0.36 * radius, 0.38 * radius)} "
    tick += numbers(0.64 * radius, -0.76 * radius)
    return element(
        "circle", cx=x, cy=y, r=radius, fill=WHITE, stroke=INK, stroke_width=0.22 * radius
    ) + element("path", d=tick, fill="none", stroke=INK, stroke_width=0.28 * radius)


def _content(glass: DrawnGlass, place: Place, key: str) -> str:
    """The liquid, with its family's pattern when there is a key to clip it by."""
    polygon = liquid(glass, place)
    if not polygon:
        return ""
    profile = PROFILES[glass.family]
    shape = path(polygon)
    parts = [element("path", d=shape, fill=profile.liquid)]
    if key:
        clip = element("clipPath", element("path", d=shape), id=f"{key}c")
        parts = [clip, *parts, pattern(glass.family, polygon, scale=place.scale, clip=f"{key}c")]
    if not place.tilt:
        y = profile.level(FILLS[glass.fills])
        parts.append(element("path", d=ellipse(profile.half_width(y), y, place), fill=profile.liquid))
    return "".join(parts)


def _lower_lip(profile: Profile, tilt: float) -> Point:
    """The corner of the inside that a glass tilted like this pours over."""
    y, half = profile.wall[-1]
    return (half if tilt > 0 else -half, y)
