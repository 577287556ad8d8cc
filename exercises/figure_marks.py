"""Signs that say what a picture cannot: feel here, move this way, breathe, hold, again. Pure Python.

No words and no letters stand in a drawing, so that it reads in every language and needs no font.
"""

import itertools
from collections.abc import Sequence
from math import atan2, cos, hypot, pi, sin
from typing import Any

from .figure_camera import Flat
from .figure_flesh import flesh
from .figure_limbs import Canvas
from .figure_maths import add, between, out, times
from .figure_paint import ACCENT, INK, WHITE, element, number, polygon
from .figure_pose import Thing
from .figure_props import place
from .figure_skeleton import Body

# Offsets and ways are in units on paper: to the right, and upwards.
KINDS: dict[str, dict[str, Any]] = {
    "feel": {"at": "", "offset": (0, 0), "r": 5.2},
    "band": {"along": "spine", "side": "back", "from": 0.0, "to": 1.0},
    "arrow": {
        "at": None,
        "offset": (0, 0),
        "way": None,
        "from": None,
        "to": None,
        "trace": "",
        "bend": 0,
        "both": False,
    },
    "breath": {"at": "mouth", "offset": (0, 0), "way": (1, 0), "kind_of": "out"},
    "repeat": {},
    "hold": {},
}
CORNER = ("repeat", "hold")
BADGE = 9.0
HEAD = 8.5


def draw(canvas: Canvas, thing: Thing, body: Body, before: Body | None) -> None:
    """The mark; `before` is the body of the position before this one, for traces."""
    DRAWN[thing.kind](canvas, thing, body, before)


def _on_paper(canvas: Canvas, point: Any, body: Body, offset: Sequence[float] = (0, 0)) -> Flat:
    x, y = canvas.view.flat(place(point, body))
    return (x + _across(canvas, offset[0]), y - offset[1])


def _across(canvas: Canvas, x: float) -> float:
    return -x if canvas.view.flipped else x


def _around(at: Flat, r: float) -> list[Flat]:
    return [(at[0] - r, at[1] - r), (at[0] + r, at[1] + r)]


def _feel(canvas: Canvas, thing: Thing, body: Body, before: Body | None) -> None:
    x, y = at = _on_paper(canvas, thing["at"], body, thing["offset"])
    r = thing["r"]
    for radius, colour in ((r + 3, WHITE), (r + 1.4, ACCENT), (r - 1.4, WHITE), (r - 3, ACCENT)):
        canvas.add(element("circle", cx=x, cy=y, r=radius, fill=colour))
    canvas.points += _around(at, r + 3)


def _band(canvas: Canvas, thing: Thing, body: Body, before: Body | None) -> None:
    flat = _band_points(canvas, thing, body)
    lines = (("#ffffff", 7.0), (ACCENT, 4.4))
    d = _smooth(flat)
    for colour, width in lines:
        canvas.add(element("path", d=d, fill="none", stroke=colour, stroke_width=width))
    canvas.points += [(x + dx, y + dx) for x, y in flat for dx in (-4, 4)]


def _band_points(canvas: Canvas, thing: Thing, body: Body) -> list[Flat]:
    """The points of the band, on the surface of the part that it runs along."""
    found, along = flesh(body), thing["along"]
    sign = {"back": -1.0, "front": 1.0}.get(thing["side"], 0.0)
    sideways = {"right": 1.0, "left": -1.0}.get(thing["side"], 0.0)
    if along == "spine":
        pieces = (*found["pelvis"][1:], *found["trunk"])
        line = []
        for piece in pieces:
            wide, deep, _ = piece.axes
            line.append(add(piece.at, add(times(deep, sign * 0.86), times(wide, sideways * 0.86))))
    else:
        frame, line = body.frames[along], []
        pieces = found[along]
        for a, b in itertools.pairwise(pieces):
            for t in (0.0, 0.5, 1.0):
                r = (a.r + (b.r - a.r) * t) * 0.8
                line.append(add(between(a.at, b.at, t), out(frame, (sign * r, 0, sideways * r))))
    last = len(line) - 1
    low, high = thing["from"] * last, thing["to"] * last
    places = [low + (high - low) * k / 7 for k in range(8)]
    spots = []
    for value in places:
        k = min(int(value), last - 1)
        spots.append(canvas.view.flat(between(line[k], line[k + 1], value - k)))
    return spots


def _smooth(points: Sequence[Flat]) -> str:
    """A curve through all of the points."""
    text = f"M{number(points[0][0])} {number(points[0][1])}"
    for k in range(len(points) - 1):
        a, b, c, d = points[max(k - 1, 0)], points[k], points[k + 1], points[min(k + 2, len(points) - 1)]
        first = (b[0] + (c[0] - a[0]) / 6, b[1] + (c[1] - a[1]) / 6)
        second = (c[0] - (d[0] - b[0]) / 6, c[1] - (d[1] - b[1]) / 6)
        text += "C" + " ".join(number(v) for point in (first, second, c) for v in point)
    return text


def _arrow(canvas: Canvas, thing: Thing, body: Body, before: Body | None) -> None:
    points = _arrow_points(canvas, thing, body, before)
    tips = [(points[-2], points[-1])]
    line = _shortened(points)
    if thing["both"]:
        tips.append((points[1], points[0]))
        line = list(reversed(_shortened(list(reversed(line)))))
    d = _smooth(line)
    heads = "".join(_arrow_head(a, b) for a, b in tips)
    canvas.add(element("path", d=d, fill="none", stroke=WHITE, stroke_width=6.4))
    canvas.add(element("path", d=heads, fill=WHITE, stroke=WHITE, stroke_width=4))
    canvas.add(element("path", d=d, fill="none", stroke=ACCENT, stroke_width=3))
    canvas.add(element("path", d=heads, fill=ACCENT, stroke=ACCENT, stroke_width=1))
    canvas.points += [(x + dx, y + dx) for x, y in points for dx in (-5, 5)]


def _arrow_points(canvas: Canvas, thing: Thing, body: Body, before: Body | None) -> list[Flat]:
    offset = thing["offset"]
    if thing["trace"]:
        start = _on_paper(canvas, thing["trace"], before or body, offset)
        end = _on_paper(canvas, thing["trace"], body, offset)
    elif thing["way"]:
        start = _on_paper(canvas, thing["at"], body, offset)
        end = (start[0] + _across(canvas, thing["way"][0]), start[1] - thing["way"][1])
    else:
        start = _on_paper(canvas, thing["from"], body, offset)
        end = _on_paper(canvas, thing["to"], body, offset)
    bend = _across(canvas, thing["bend"])
    dx, dy = end[0] - start[0], end[1] - start[1]
    long = hypot(dx, dy) or 1.0
    steps = 8 if bend else 2
    points = []
    for k in range(steps + 1):
        t = k / steps
        bow = 4 * t * (1 - t) * bend / long
        points.append((start[0] + dx * t + dy * bow, start[1] + dy * t - dx * bow))
    return points


def _shortened(points: Sequence[Flat]) -> list[Flat]:
    """The line as far as the foot of its arrow head."""
    kept, end = list(points), points[-1]
    while len(kept) > 2 and hypot(kept[-2][0] - end[0], kept[-2][1] - end[1]) < HEAD - 2:
        kept.pop(-2)
    way = hypot(end[0] - kept[-2][0], end[1] - kept[-2][1]) or 1.0
    k = max(0.0, (way - HEAD + 2) / way)
    kept[-1] = (kept[-2][0] + (end[0] - kept[-2][0]) * k, kept[-2][1] + (end[1] - kept[-2][1]) * k)
    return kept


def _arrow_head(before: Flat, tip: Flat) -> str:
    angle = atan2(tip[1] - before[1], tip[0] - before[0])
    wings = [(tip[0] - HEAD * cos(angle + turn), tip[1] - HEAD * sin(angle + turn)) for turn in (0.5, -0.5)]
    return polygon([tip, *wings])


def _breath(canvas: Canvas, thing: Thing, body: Body, before: Body | None) -> None:
    x, y = _on_paper(canvas, thing["at"], body, thing["offset"])
    wx, wy = _across(canvas, thing["way"][0]), -thing["way"][1]
    long = hypot(wx, wy) or 1.0
    wx, wy = wx / long, wy / long
    for k, half in ((1, 3.0), (2, 5.0), (3, 7.0)):
        cx, cy = x + wx * (3 + 4.5 * k), y + wy * (3 + 4.5 * k)
        a = (cx - wy * half, cy + wx * half)
        b = (cx + wy * half, cy - wx * half)
        bulge = half * 0.8
        control = (cx + wx * bulge, cy + wy * bulge)
        d = f"M{number(a[0])} {number(a[1])}Q{number(control[0])} {number(control[1])} {number(b[0])} {number(b[1])}"
        canvas.add(element("path", d=d, fill="none", stroke=WHITE, stroke_width=4.4))
        canvas.add(element("path", d=d, fill="none", stroke=ACCENT, stroke_width=2.2), [a, b, control])


def corner(kind: str, at: Flat) -> str:
    """`repeat` and `hold`: as large as a badge, drawn around this point."""
    x, y = at
    r = BADGE - 2.4
    if kind == "hold":
        face = element("circle", cx=x, cy=y, r=r, fill=WHITE, stroke=ACCENT, stroke_width=2.4)
        hands = f"M{number(x)} {number(y - r + 2.2)}V{number(y)}h{number(r - 3.2)}"
        return face + element("path", d=hands, fill="none", stroke=ACCENT, stroke_width=2.2)
    points = [(x + r * cos(a), y + r * sin(a)) for a in (-pi / 2 + 0.5 + k * 0.58 for k in range(10))]
    line = element("path", d=_smooth(_shortened(points)), fill="none", stroke=ACCENT, stroke_width=2.4)
    return line + element("path", d=_arrow_head(points[-2], points[-1]), fill=ACCENT)


_DIGITS = {
    1: "M-24-24 7-48V48",
    2: "M-31-23C-29-59 31-57 30-21 29 4-12 19-31 46H33",
    3: "M-29-34C-19-56 27-54 26-25 25-6 7-3-7-3 10-3 31 2 31 22 31 55-22 56-32 33",
}


def badge(value: int, at: Flat) -> str:
    """The number of a panel in a dark circle; drawn, so that no font is needed."""
    x, y = at
    digit = element("path", d=_DIGITS[value], fill="none", stroke=WHITE, stroke_width=2.3)
    inside = element("circle", r=BADGE, fill=INK) + digit
    return element("g", inside, transform=f"translate({number(x)} {number(y)})")


DRAWN = {"feel": _feel, "band": _band, "arrow": _arrow, "breath": _breath}
