"""Shapes on paper and the SVG that they become. Pure Python: no Django, no files, no clock.

A drawing is written in whole tenths of a unit, and paths in relative coordinates: short, and the same every time.
Only presentation attributes are written, never a style, so that a drawing may stand in a page with a strict
Content-Security-Policy.
"""

import itertools
from collections.abc import Iterable, Sequence
from html import escape
from math import acos, atan2, cos, degrees, hypot, pi, sin, sqrt

from .figure_camera import Flat, View
from .figure_flesh import Piece
from .figure_maths import dot

INK = "#1b2b3a"
WHITE = "#fff"
SHIRT = "#cfe3f5"
TROUSERS = WHITE
SKIN = WHITE
HAIR = "#5b6d7d"
FAR_LINE = "#8494a3"
FAR_FILL = "#e6eaee"
FAR_SHIRT = "#d9e4ee"
FLOOR = "#b6c0ca"
FLOOR_FILL = "#f1f3f5"
WOOD = "#6b7a89"
WOOD_FILL = "#e3e8ec"
ACCENT = "#c2410c"

# The ink is this wide, outside the shape, and around it runs a white rim.
LINE = 1.7
HALO = 1.4
_AROUND = 24
_WAYS = tuple((cos(-2 * pi * k / _AROUND), sin(-2 * pi * k / _AROUND)) for k in range(_AROUND))

Tenths = tuple[int, int]


def number(value: float) -> str:
    """A length as it is written: in tenths."""
    return str(round(value * 10))


def _pair(x: int, y: int) -> str:
    return f"{x}{y}" if y < 0 else f"{x} {y}"


def _chain(pairs: Iterable[str]) -> str:
    """Pairs one after the other; a minus is separation enough."""
    text = ""
    for pair in pairs:
        text += pair if not text or pair.startswith("-") else f" {pair}"
    return text


def tenths(point: Flat) -> Tenths:
    return (round(point[0] * 10), round(point[1] * 10))


def polygon(points: Sequence[Flat], *, closed: bool = True) -> str:
    """The path through these points, those that fall together left out."""
    whole: list[Tenths] = []
    for point in map(tenths, points):
        if not whole or abs(point[0] - whole[-1][0]) + abs(point[1] - whole[-1][1]) > 2:
            whole.append(point)
    steps = [_pair(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(whole)]
    line = f"l{_chain(steps)}" if steps else ""
    return f"M{_pair(*whole[0])}{line}{'z' if closed else ''}"


def capsule(a: Flat, ra: float, b: Flat, rb: float, *, opened: float = 0.0, shut: bool = False) -> str:
    """The hull of two circles; `opened` cuts off that part of its length at the first, straight.

    `shut` cuts the second circle off straight too.
    """
    far = hypot(b[0] - a[0], b[1] - a[1])
    if far <= abs(ra - rb) + 0.05:
        return circle(a, ra) if ra >= rb else circle(b, rb)
    way, wide = atan2(b[1] - a[1], b[0] - a[0]), acos((ra - rb) / far)

    def rim(middle: Flat, r: float, angle: float) -> Flat:
        return (middle[0] + r * cos(angle), middle[1] + r * sin(angle))

    one, two = rim(a, ra, way + wide), rim(b, rb, way + wide)
    three, four = rim(b, rb, way - wide), rim(a, ra, way - wide)
    if opened:
        one, four = _towards(one, two, opened), _towards(four, three, opened)
    p1, p2, p3, p4 = map(tenths, (one, two, three, four))
    end = f"l{_pair(p3[0] - p2[0], p3[1] - p2[1])}" if shut else _arc(rb, wide > pi / 2, p2, p3)
    start = "" if opened else _arc(ra, wide < pi / 2, p4, p1)
    side = _pair(p2[0] - p1[0], p2[1] - p1[1])
    back = _pair(p4[0] - p3[0], p4[1] - p3[1])
    return f"M{_pair(*p1)}l{side}{end}l{back}{start}z"


def _arc(r: float, large: bool, start: Tenths, end: Tenths) -> str:
    r_text = number(r)
    return f"a{r_text} {r_text} 0 {int(large)} 0 {_pair(end[0] - start[0], end[1] - start[1])}"


def circle(at: Flat, r: float) -> str:
    x, y = tenths((at[0] - r, at[1]))
    r10 = round(r * 10)
    r_text = number(r)
    turn = f"a{r_text} {r_text} 0 1 0 "
    return f"M{_pair(x, y)}{turn}{_pair(2 * r10, 0)}{turn}{_pair(-2 * r10, 0)}z"


def hull(view: View, pieces: Sequence[Piece]) -> list[Flat]:
    """The outline around all of these pieces."""
    points = []
    for x, y in _WAYS:
        way = view.way(x, y)
        best = max(
            pieces,
            key=lambda piece: (
                piece.at[0] * way[0] + piece.at[1] * way[1] + piece.at[2] * way[2] + piece.reach(way)
            ),
        )
        points.append(view.flat(best.rim(way)))
    return points


def oval(view: View, piece: Piece) -> str:
    """The outline of one fat ellipse, as two arcs."""
    flat = [(dot(axis, view.right), -dot(axis, view.up)) for axis in piece.axes]
    # The rim of the projection is where this quadratic form is 1; its own directions are the half-axes.
    a, b, c = sum(x * x for x, _ in flat), sum(x * y for x, y in flat), sum(y * y for _, y in flat)
    mean, spread = (a + c) / 2, hypot((a - c) / 2, b)
    turn = atan2(2 * b, a - c) / 2
    long, short = sqrt(mean + spread), sqrt(max(0.0, mean - spread))
    x, y = view.flat(piece.at)
    way = (long * cos(turn), long * sin(turn))
    start = tenths((x - way[0], y - way[1]))
    dx, dy = tenths((2 * way[0], 2 * way[1]))
    arc = f"a{number(long)} {number(short)} {round(degrees(turn))} 1 0 "
    return f"M{_pair(*start)}{arc}{_pair(dx, dy)}{arc}{_pair(-dx, -dy)}z"


def thinned(shapes: Sequence[Sequence[Flat]], *, until: int = 0) -> list[list[Flat]]:
    """The same hulls without the points that a neighbour in the row covers: together they cover just as much.

    The first `until` of them may lean on a later one; one after them leans only on its own kind, since
    it is painted in another colour over the first ones.
    """
    kept = [list(shape) for shape in shapes]
    for place in range(len(kept)):
        for other in (place + 1, place - 1):
            if 0 <= other < len(kept) and (place < until or other >= until):
                kept[place] = _uncovered(kept[place], kept[other])
    return kept


def _uncovered(shape: list[Flat], cover: Sequence[Flat]) -> list[Flat]:
    inside = [_within(point, cover) for point in shape]
    last = len(shape) - 1
    found = [
        point
        for k, point in enumerate(shape)
        if not (inside[k] and inside[k - 1] and inside[k + 1 if k < last else 0])
    ]
    return found if len(found) > 2 else shape


def _within(point: Flat, shape: Sequence[Flat]) -> bool:
    """Whether the point lies well inside a convex shape whose points run as `hull` gives them."""
    px, py = point
    ax, ay = shape[-1]
    for bx, by in shape:
        dx, dy = bx - ax, by - ay
        # Well inside: rounding to tenths must not open a slit between two shapes.
        if dx * (py - ay) - dy * (px - ax) > -0.2 * (abs(dx) + abs(dy)):
            return False
        ax, ay = bx, by
    return True


def limb(view: View, pieces: Sequence[Piece], *, opened: float = 0.0) -> list[str]:
    """One path per pair of neighbouring balls; the first may be open at its beginning."""
    flat = [(view.flat(piece.at), piece.r) for piece in pieces]
    return [
        capsule(a, ra, b, rb, opened=opened if place == 0 else 0.0)
        for place, ((a, ra), (b, rb)) in enumerate(itertools.pairwise(flat))
    ]


def _towards(a: Flat, b: Flat, t: float) -> Flat:
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)


def element(tag: str, inside: str = "", **attributes: str | float) -> str:
    """One element; `stroke_width=2` becomes stroke-width="20" (tenths), and an attribute of '' is left out."""
    words = [tag]
    for name, value in attributes.items():
        if value != "":
            text = value if isinstance(value, str) else number(value)
            words.append(f'{name.strip("_").replace("_", "-")}="{text}"')
    head = " ".join(words)
    return f"<{head}>{inside}</{tag}>" if inside else f"<{head}/>"


def escaped(text: str) -> str:
    return escape(" ".join(text.split()))
