"""What touches what, and how far it is off. Pure Python: no Django, no files, no clock."""

from collections.abc import Sequence
from itertools import pairwise

from .figure_flesh import Flesh, Piece
from .figure_maths import WORLD, Vec, about_y, apart, between, into, sub, turned, unit
from .figure_pose import Thing
from .figure_props import place, top
from .figure_skeleton import Body

# Flesh gives way: this much deeper into another part of the body still is a touch.
SOFT = 5.0
DOWN: Vec = (0.0, -1.0, 0.0)
WHOLE = {
    "hand": ("hand", "thumb"),
    "foot": ("foot", "toes"),
    "arm": ("upper_arm", "forearm", "hand"),
    "leg": ("thigh", "shin", "foot"),
}
SEAT = ("pelvis", "right_hip", "left_hip")
BACK = {"back": ("trunk", "pelvis"), "pelvis": SEAT, "buttocks": SEAT, "forehead": ("head",)}


def part(flesh: Flesh, name: str) -> list[Piece]:
    """The pieces of a part, whole hands and feet together, balls between its balls. Raises KeyError."""
    side, mark, rest = name.partition("_")
    names = [f"{side}_{one}" for one in WHOLE[rest]] if mark and rest in WHOLE else BACK.get(name, (name,))
    found = []
    for one in names:
        pieces = flesh[one]
        found += pieces
        if pieces[0].axes:
            continue
        for a, b in pairwise(pieces):
            found += [
                Piece(between(a.at, b.at, t), a.r + (b.r - a.r) * t) for t in (0.17, 0.33, 0.5, 0.67, 0.83)
            ]
    return found


def gap(flesh: Flesh, body: Body, name: str, other: str, props: Sequence[Thing]) -> float:
    """How far the part is off the other: above 0 apart, below 0 inside. Raises KeyError for what is not there."""
    pieces = part(flesh, name)
    if other in ("floor", "mat"):
        return min(_above(piece) for piece in pieces)
    things = [prop for prop in props if prop.kind == other]
    if things:
        return min((_off(pieces, thing, body) for thing in things), key=abs)
    second = part(flesh, other)
    nearest = min(apart(a.at, b.at) - _towards(a, b.at) - _towards(b, a.at) for a in pieces for b in second)
    return 0.0 if -SOFT < nearest < 0 else nearest


def _above(piece: Piece) -> float:
    return piece.at[1] - piece.reach(DOWN)


def _towards(piece: Piece, point: Vec) -> float:
    if not piece.axes:
        return piece.r
    way = sub(point, piece.at)
    return piece.reach(unit(way)) if any(way) else 0.0


def _off(pieces: Sequence[Piece], thing: Thing, body: Body) -> float:
    if thing.kind == "wall":
        axis = "x" if thing["x"] is not None else "z"
        return _off_wall(pieces, thing[axis], "xyz".index(axis), body)
    if thing.kind in ("ball", "tennis-ball"):
        middle = _middle(thing, body)
        near = min(apart(piece.at, middle) - _towards(piece, middle) - thing["r"] for piece in pieces)
        return 0.0 if -SOFT < near < 0 else near
    if thing.kind == "door-frame":
        x, z = thing["x"], (thing["width"] + thing["depth"]) / 2
        return min(
            (
                _off_post(piece, (x, piece.at[1], side * z), thing["depth"] / 2)
                for piece in pieces
                for side in (1, -1)
            ),
            key=abs,
        )
    if thing.kind in ("towel", "stick"):
        a, b = place(thing["from"], body), place(thing["to"], body)
        line = [between(a, b, k / 12) for k in range(13)]
        near = min(apart(piece.at, point) - _towards(piece, point) for piece in pieces for point in line)
        return 0.0 if -SOFT < near < 0 else near
    if thing.kind == "strap":
        points = [place(name, body) for name in thing["through"]]
        line = [between(a, b, k / 8) for a, b in pairwise(points) for k in range(9)]
        near = min(apart(piece.at, point) - _towards(piece, point) for piece in pieces for point in line)
        return 0.0 if -SOFT < near < 0 else near
    high = top(thing)
    assert high is not None
    over = [piece for piece in pieces if _is_over(piece.at, thing)]
    return min((_above(piece) - high for piece in over), default=99.0)


def _off_wall(pieces: Sequence[Piece], where: float, axis: int, body: Body) -> float:
    sign = 1.0 if where >= body.points["pelvis"][axis] else -1.0
    way: Vec = (sign, 0.0, 0.0) if axis == 0 else (0.0, 0.0, sign)
    return min((where - piece.at[axis]) * sign - piece.reach(way) for piece in pieces)


def _off_post(piece: Piece, middle: Vec, half: float) -> float:
    return max(abs(piece.at[0] - middle[0]), abs(piece.at[2] - middle[2])) - half - piece.r


def _middle(thing: Thing, body: Body) -> Vec:
    if thing.kind == "ball":
        return (thing["x"], thing["r"] if thing["y"] is None else thing["y"], thing["z"])
    if thing["to"]:
        x, y, z = place(thing["to"], body)
        dx, dy, dz = thing["offset"]
        return (x + dx, y + dy, z + dz)
    return tuple(thing["at"])


# Half of its length and width, seen from above.
FOOTPRINT = {
    "chair": ("depth", "width"),
    "step": ("depth", "width"),
    "table": ("depth", "width"),
    "block": ("long", "wide"),
    "cushion": ("long", "wide"),
}


def _is_over(at: Vec, thing: Thing) -> bool:
    """Whether the place is above the prop's upper side, or next to its rim."""
    if thing.kind not in FOOTPRINT:
        return True
    frame = turned(WORLD, about_y(-thing["turn"]))
    x, _, z = into(frame, sub(at, (thing["x"], 0, thing["z"])))
    long, wide = (thing[key] / 2 + 3 for key in FOOTPRINT[thing.kind])
    return abs(x) <= long and abs(z) <= wide
