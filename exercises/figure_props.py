"""What an exercise needs: mat, chair, wall and so on. Pure Python: no Django, no files, no clock.

Each kind has its keys with what they are when a file leaves them out; None means: found from the figure.
"""

from collections.abc import Sequence
from typing import Any

from .figure_camera import Flat, View
from .figure_flesh import Piece
from .figure_limbs import Canvas
from .figure_maths import WORLD as _WORLD
from .figure_maths import Vec, about_y, add, dot, out, turned
from .figure_paint import (
    FLOOR,
    FLOOR_FILL,
    WHITE,
    WOOD,
    WOOD_FILL,
    capsule,
    circle,
    element,
    hull,
    number,
    oval,
    polygon,
)
from .figure_pose import Thing
from .figure_skeleton import Body

# `layer`: "back" behind the person, "front" before, or the name of a part: just before that part is drawn.
COMMON: dict[str, Any] = {"layer": "back"}
KINDS: dict[str, dict[str, Any]] = {
    "mat": {"x0": None, "x1": None, "z": 0, "width": 58},
    "floor": {"x0": None, "x1": None},
    "chair": {"x": -2, "z": 0, "seat": 43, "back": 46, "depth": 40, "width": 38, "turn": 0},
    "wall": {"x": None, "z": None, "height": None, "from": None, "to": None},
    "ball": {"x": 0, "y": None, "z": 0, "r": 32},
    "tennis-ball": {"at": None, "to": "", "offset": (0, 0, 0), "r": 3.4},
    "step": {"x": 0, "z": 0, "height": 18, "depth": 34, "width": 60, "turn": 0},
    "table": {"x": 0, "z": 0, "height": 76, "depth": 50, "width": 80, "turn": 0},
    "towel": {"from": None, "to": None, "width": 4.5, "sag": 0},
    "roll": {"at": (0, 5, 0), "r": 5, "length": 34, "turn": 0},
    "door-frame": {"x": 0, "width": 84, "height": 205, "depth": 10},
    "strap": {"through": ()},
    "stick": {"from": None, "to": None},
    "block": {"x": 0, "y": 0, "z": 0, "long": 22, "height": 8, "wide": 14, "turn": 0},
    "bed": {"x0": None, "x1": None, "height": 48, "width": 80, "pillow": "left"},
    "cushion": {"x": 0, "y": 0, "z": 0, "long": 34, "height": 9, "wide": 30, "turn": 0},
}
# What a hand or foot may stand on.
TOPS = {"chair": "seat", "step": "height", "table": "height", "bed": "height"}


def top(thing: Thing) -> float | None:
    """How high its upper side is, for what can be stood, sat or leant on."""
    if thing.kind in TOPS:
        return float(thing[TOPS[thing.kind]])
    if thing.kind in ("block", "cushion"):
        return float(thing["y"] + thing["height"])
    if thing.kind == "roll":
        return float(thing["at"][1] + thing["r"])
    if thing.kind in ("mat", "floor"):
        return 0.0
    return None


def draw(canvas: Canvas, thing: Thing, bodies: Sequence[Body], body: Body) -> None:
    """The prop; `bodies` are those of all positions, `body` is the one that it is drawn with."""
    DRAWN[thing.kind](canvas, thing, bodies, body)


def _reach(bodies: Sequence[Body], below: float) -> tuple[float, float]:
    """From where to where along x the bodies come this low."""
    xs = [point[0] for body in bodies for point in body.points.values() if point[1] < below]
    return (min(xs, default=-40.0), max(xs, default=40.0))


def _flat(view: View, points: Sequence[Vec]) -> list[Flat]:
    return [view.flat(point) for point in points]


def _quad(canvas: Canvas, points: Sequence[Vec], *, fill: str, line: str = WOOD, width: float = 1.6) -> None:
    flat = _flat(canvas.view, points)
    canvas.add(element("path", d=polygon(flat), fill=fill, stroke=line, stroke_width=width), flat)


def _line(canvas: Canvas, points: Sequence[Vec], *, line: str = WOOD, width: float = 4.0) -> None:
    _lines(canvas, [points], line=line, width=width)


def _lines(canvas: Canvas, lines: Sequence[Sequence[Vec]], *, line: str = WOOD, width: float = 4.0) -> None:
    """Several lines of one colour, as one path."""
    flats = [_flat(canvas.view, points) for points in lines]
    d = "".join(polygon(flat, closed=False) for flat in flats)
    reach = width / 2
    bounds = [(x + dx, y + dx) for flat in flats for x, y in flat for dx in (-reach, reach)]
    canvas.add(element("path", d=d, fill="none", stroke=line, stroke_width=width), bounds)


def _mat(canvas: Canvas, thing: Thing, bodies: Sequence[Body], body: Body) -> None:
    low, high = _reach(bodies, 30)
    x0 = low - 16 if thing["x0"] is None else thing["x0"]
    x1 = high + 16 if thing["x1"] is None else thing["x1"]
    half, z = thing["width"] / 2, thing["z"]
    corners = [(x0, 0, z - half), (x1, 0, z - half), (x1, 0, z + half), (x0, 0, z + half)]
    _quad(canvas, corners, fill=FLOOR_FILL, line=FLOOR, width=1.4)


def _floor(canvas: Canvas, thing: Thing, bodies: Sequence[Body], body: Body) -> None:
    low, high = _reach(bodies, 30)
    x0 = low - 14 if thing["x0"] is None else thing["x0"]
    x1 = high + 14 if thing["x1"] is None else thing["x1"]
    half, middle = (x1 - x0) / 2, (x0 + x1) / 2
    # Round, so that the camera sees it level from every side.
    spot = Piece((middle, 0, 0), 0.0, ((half, 0, 0), (0, 0, half)))
    x, y = canvas.view.flat(spot.at)
    wide, high = spot.reach(canvas.view.right), spot.reach(canvas.view.up)
    canvas.add(
        element("path", d=oval(canvas.view, spot), fill=FLOOR_FILL),
        [(x - wide, y - high), (x + wide, y + high)],
    )


def _box(
    canvas: Canvas, middle: Vec, long: float, high: float, wide: float, turn: float, *, tone: str = WOOD
) -> None:
    """A block on its base's middle, long in x and wide in z before it is turned."""
    frame = turned(_WORLD, about_y(-turn))
    a, b = long / 2, wide / 2

    def at(x: float, y: float, z: float) -> Vec:
        return add(middle, out(frame, (x, y, z)))

    faces = (
        ((1, 0, 0), [at(a, 0, -b), at(a, 0, b), at(a, high, b), at(a, high, -b)]),
        ((-1, 0, 0), [at(-a, 0, b), at(-a, 0, -b), at(-a, high, -b), at(-a, high, b)]),
        ((0, 0, 1), [at(a, 0, b), at(-a, 0, b), at(-a, high, b), at(a, high, b)]),
        ((0, 0, -1), [at(-a, 0, -b), at(a, 0, -b), at(a, high, -b), at(-a, high, -b)]),
        ((0, 1, 0), [at(-a, high, -b), at(a, high, -b), at(a, high, b), at(-a, high, b)]),
    )
    for normal, corners in faces:
        if dot(out(frame, normal), canvas.view.viewer) > 0.02:
            _quad(canvas, corners, fill=WHITE if normal[1] else WOOD_FILL, line=tone)


def _chair(canvas: Canvas, thing: Thing, bodies: Sequence[Body], body: Body) -> None:
    frame = turned(_WORLD, about_y(-thing["turn"]))
    a, b, seat, back = thing["depth"] / 2, thing["width"] / 2, thing["seat"], thing["back"]
    middle = (thing["x"], 0, thing["z"])

    def at(x: float, y: float, z: float) -> Vec:
        return add(middle, out(frame, (x, y, z)))

    near = 1 if dot(out(frame, (0, 0, 1)), canvas.view.viewer) >= 0 else -1
    tall, seat_ = seat + back, seat - 1.6
    for side in (-near, near):
        z = side * (b - 2)
        legs = [[at(-a + 2, 0, z), at(-a + 2, tall, z)], [at(a - 3, 0, z), at(a - 3, seat - 3, z)]]
        _lines(canvas, legs, line=WOOD if side == near else FLOOR, width=3.6)
        if side == -near:
            rails = [
                [at(-a + 2, seat + back * k, b - 2), at(-a + 2, seat + back * k, 2 - b)] for k in (0.55, 0.95)
            ]
            _lines(canvas, rails, width=3.6)
            _quad(
                canvas,
                [at(-a, seat_, -b), at(a, seat_, -b), at(a, seat_, b), at(-a, seat_, b)],
                fill=WOOD_FILL,
                width=3.2,
            )


def _wall(canvas: Canvas, thing: Thing, bodies: Sequence[Body], body: Body) -> None:
    tall = max(point[1] for one in bodies for point in one.points.values()) + 14
    high = thing["height"] or tall
    if thing["x"] is None:
        low, far = _reach(bodies, 999)
        x0 = low - 20 if thing["from"] is None else thing["from"]
        x1 = far + 20 if thing["to"] is None else thing["to"]
        z = thing["z"] or 0
        _quad(canvas, [(x0, 0, z), (x1, 0, z), (x1, high, z), (x0, high, z)], fill=FLOOR_FILL, line=FLOOR)
        return
    x = thing["x"]
    z0 = -34 if thing["from"] is None else thing["from"]
    z1 = 30 if thing["to"] is None else thing["to"]
    _quad(canvas, [(x, 0, z0), (x, 0, z1), (x, high, z1), (x, high, z0)], fill=FLOOR_FILL, line=FLOOR)
    away = 1 if x >= body.points["pelvis"][0] else -1
    seen = abs(canvas.view.flat((x, 0, z1))[0] - canvas.view.flat((x, 0, z0))[0])
    edge = z1 if dot((away, 0, 0), canvas.view.viewer) <= 0 or seen < 30 else z0
    _line(canvas, [(x, 0, edge), (x, high, edge)], width=2.4)
    if seen < 40:
        steps = max(2, round(high / 12))
        heights = [high * (k + 0.35) / steps for k in range(steps)]
        hatches = [[(x, y + 5, edge), (x + away * 5, y, edge)] for y in heights]
        _lines(canvas, hatches, line=FLOOR, width=1.4)


def _round(canvas: Canvas, middle: Vec, r: float, *, seam: bool) -> None:
    x, y = canvas.view.flat(middle)
    bounds = [(x - r - 1, y - r - 1), (x + r + 1, y + r + 1)]
    canvas.add(element("path", d=circle((x, y), r), fill=WOOD_FILL, stroke=WOOD, stroke_width=1.8), bounds)
    if seam:
        a, b = number(r * 0.94), number(r)
        d = f"M{number(x - r * 0.34)} {number(y - r * 0.94)}a{b} {b} 0 0 0 0 {number(r * 1.88)}"
        d += f"M{number(x + r * 0.94)} {number(y - r * 0.34)}a{a} {b} 0 0 1{number(-1.88 * r)} 0"
        canvas.add(element("path", d=d, fill="none", stroke=FLOOR, stroke_width=1.4))


def _ball(canvas: Canvas, thing: Thing, bodies: Sequence[Body], body: Body) -> None:
    high = thing["r"] if thing["y"] is None else thing["y"]
    _round(canvas, (thing["x"], high, thing["z"]), thing["r"], seam=True)


def _tennis_ball(canvas: Canvas, thing: Thing, bodies: Sequence[Body], body: Body) -> None:
    at = add(place(thing["to"], body), thing["offset"]) if thing["to"] else thing["at"]
    x, y = canvas.view.flat(at)
    r = thing["r"]
    path = circle((x, y), r)
    bounds = [(x - r - 2, y - r - 2), (x + r + 2, y + r + 2)]
    canvas.add(element("path", d=path, fill="#f7d154", stroke="#1b2b3a", stroke_width=1.4), bounds)


def _step(canvas: Canvas, thing: Thing, bodies: Sequence[Body], body: Body) -> None:
    middle = (thing["x"], 0, thing["z"])
    _box(canvas, middle, thing["depth"], thing["height"], thing["width"], thing["turn"])


def _table(canvas: Canvas, thing: Thing, bodies: Sequence[Body], body: Body) -> None:
    frame = turned(_WORLD, about_y(-thing["turn"]))
    a, b, high = thing["depth"] / 2, thing["width"] / 2, thing["height"]
    middle = (thing["x"], 0, thing["z"])

    def at(x: float, y: float, z: float) -> Vec:
        return add(middle, out(frame, (x, y, z)))

    for x, z in ((-a + 3, -b + 3), (a - 3, -b + 3), (-a + 3, b - 3), (a - 3, b - 3)):
        tone = WOOD if dot(out(frame, (0, 0, z)), canvas.view.viewer) > 0 else FLOOR
        _line(canvas, [at(x, 0, z), at(x, high - 4, z)], line=tone, width=4)
    _box(canvas, at(0, high - 4, 0), thing["depth"], 4, thing["width"], thing["turn"])


def place(name: Any, body: Body) -> Vec:
    """A point of the body by name, or three numbers as they are."""
    return body.points[name] if isinstance(name, str) else tuple(name)


def _towel(canvas: Canvas, thing: Thing, bodies: Sequence[Body], body: Body) -> None:
    a, b = place(thing["from"], body), place(thing["to"], body)
    middle = add(tuple((p + q) / 2 for p, q in zip(a, b, strict=True)), (0, -thing["sag"], 0))
    flat = _flat(canvas.view, [a, middle, b])
    d = f"M{number(flat[0][0])} {number(flat[0][1])}Q{number(2 * flat[1][0] - (flat[0][0] + flat[2][0]) / 2)} "
    d += f"{number(2 * flat[1][1] - (flat[0][1] + flat[2][1]) / 2)} {number(flat[2][0])} {number(flat[2][1])}"
    canvas.add(element("path", d=d, fill="none", stroke=WOOD, stroke_width=thing["width"] + 2.4), flat)
    canvas.add(element("path", d=d, fill="none", stroke=WOOD_FILL, stroke_width=thing["width"]))


def _roll(canvas: Canvas, thing: Thing, bodies: Sequence[Body], body: Body) -> None:
    x, y, z = thing["at"]
    half = out(turned(_WORLD, about_y(-thing["turn"])), (0, 0, thing["length"] / 2))
    ends = _flat(canvas.view, [add((x, y, z), half), add((x, y, z), tuple(-k for k in half))])
    r = thing["r"]
    bounds = [(p + dx, q + dy) for p, q in ends for dx, dy in ((-r - 1, -r - 1), (r + 1, r + 1))]
    shape = {"fill": WOOD_FILL, "stroke": WOOD, "stroke_width": 1.8}
    canvas.add(element("path", d=capsule(ends[1], r, ends[0], r), **shape), bounds)
    canvas.add(element("path", d=circle(ends[0], r * 0.55), fill=WHITE, stroke=WOOD, stroke_width=1.4))


def _door_frame(canvas: Canvas, thing: Thing, bodies: Sequence[Body], body: Body) -> None:
    x, b, high, d = thing["x"], thing["width"] / 2, thing["height"], thing["depth"]
    posts = sorted((-b - d / 2, b + d / 2), key=lambda z: dot((0, 0, z), canvas.view.viewer))
    for z in posts:
        _box(canvas, (x, 0, z), d, high, d, 0)
    _box(canvas, (x, high, 0), d, d, thing["width"] + 2 * d, 0)


def _strap(canvas: Canvas, thing: Thing, bodies: Sequence[Body], body: Body) -> None:
    points = [place(name, body) for name in thing["through"]]
    _line(canvas, points, line=WHITE, width=5.4)
    _line(canvas, points, line=WOOD, width=2.8)


def _stick(canvas: Canvas, thing: Thing, bodies: Sequence[Body], body: Body) -> None:
    points = [place(thing["from"], body), place(thing["to"], body)]
    _line(canvas, points, line=WHITE, width=6)
    _line(canvas, points, line=WOOD, width=3.4)


def _block(canvas: Canvas, thing: Thing, bodies: Sequence[Body], body: Body) -> None:
    middle = (thing["x"], thing["y"], thing["z"])
    _box(canvas, middle, thing["long"], thing["height"], thing["wide"], thing["turn"])


def _bed(canvas: Canvas, thing: Thing, bodies: Sequence[Body], body: Body) -> None:
    low, high = _reach(bodies, 999)
    x0 = low - 16 if thing["x0"] is None else thing["x0"]
    x1 = high + 14 if thing["x1"] is None else thing["x1"]
    middle = ((x0 + x1) / 2, thing["height"] - 24, 0)
    for x in (x0 + 6, x1 - 6):
        _line(canvas, [(x, 0, thing["width"] / 2 - 3), (x, thing["height"] - 24, thing["width"] / 2 - 3)])
    _box(canvas, middle, x1 - x0, 24, thing["width"], 0)


def _cushion(canvas: Canvas, thing: Thing, bodies: Sequence[Body], body: Body) -> None:
    frame = turned(_WORLD, about_y(-thing["turn"]))
    r, a, b = thing["height"] / 2, thing["long"] / 2, thing["wide"] / 2
    middle = (thing["x"], thing["y"] + r, thing["z"])
    corners = [
        Piece(add(middle, out(frame, (x * (a - r), 0, z * (b - r)))), r) for x in (-1, 1) for z in (-1, 1)
    ]
    flat = hull(canvas.view, corners)
    canvas.add(element("path", d=polygon(flat), fill=WOOD_FILL, stroke=WOOD, stroke_width=1.8), flat)


DRAWN = {
    "mat": _mat,
    "floor": _floor,
    "chair": _chair,
    "wall": _wall,
    "ball": _ball,
    "tennis-ball": _tennis_ball,
    "step": _step,
    "table": _table,
    "towel": _towel,
    "roll": _roll,
    "door-frame": _door_frame,
    "strap": _strap,
    "stick": _stick,
    "block": _block,
    "bed": _bed,
    "cushion": _cushion,
}
