"""The person: flesh, seen from the camera, as layers of ink and fill. Pure Python: no Django, no files, no clock.

Each layer has a white rim, then ink, then fill: inside one layer outlines run together without seams. Near arm and
leg begin without a line, so that they grow out of the trunk.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import acos, cos, pi, sin, sqrt

from .figure_camera import Flat, View
from .figure_flesh import HEM, Flesh, Piece, flesh
from .figure_maths import Frame, add, between, cross, dot, size, sub, times, unit
from .figure_paint import (
    FAR_FILL,
    FAR_LINE,
    FAR_SHIRT,
    HAIR,
    HALO,
    INK,
    LINE,
    SHIRT,
    SKIN,
    TROUSERS,
    WHITE,
    capsule,
    element,
    hull,
    limb,
    polygon,
    thinned,
)
from .figure_pose import PARTS, SIGN
from .figure_skeleton import Body

# From here on both sides of the body are equally near (the cosine of 45 degrees, less a little).
SIDEWAYS = 0.68
SLEEVE = 0.72


@dataclass
class Canvas:
    """What is drawn so far, the points that the picture must hold, and names for what is used twice."""

    view: View
    prefix: str
    parts: list[str] = field(default_factory=list)
    points: list[Flat] = field(default_factory=list)
    names: int = 0

    def add(self, svg: str, points: Iterable[Flat] = ()) -> None:
        self.parts.append(svg)
        self.points += points

    def name(self) -> str:
        self.names += 1
        return f"{self.prefix}{self.names}"

    def shape(
        self,
        *colours: tuple[Sequence[str], str],
        line: str = INK,
        halo: int | None = 0,
    ) -> None:
        """Ink around all of these paths together, then each group of them with its fill.

        The white rim runs around those of place `halo` and after; None: around nothing.
        """
        name = self.name()
        names = [f"{name}{letter}" for letter in "pqr"[: len(colours)]] if len(colours) > 1 else [name]
        paths = "".join(
            element("path", id=one, d="".join(shapes))
            for one, (shapes, _) in zip(names, colours, strict=True)
        )
        self.add(element("defs", paths if len(names) == 1 else element("g", paths, id=name)))
        if halo is not None:
            for rimmed in [name] if halo == 0 else names[halo:]:
                self._use(rimmed, fill=WHITE, stroke=WHITE, stroke_width=2 * (LINE + HALO))
        self._use(name, fill=line, stroke=line, stroke_width=2 * LINE)
        fills = [fill for _, fill in colours]
        for one, fill in zip([name] if len({*fills}) == 1 else names, fills, strict=False):
            self._use(one, fill=fill)

    def fill(self, paths: Sequence[str], fill: str) -> None:
        self.add(element("path", d="".join(paths), fill=fill))

    def _use(self, name: str, **attributes: str | float) -> None:
        self.add(element("use", href=f"#{name}", **attributes))


def draw(canvas: Canvas, body: Body, order: Sequence[str], between_layers: dict[str, list[str]]) -> None:
    """The person in this order of parts; `between_layers` holds what is drawn just before a part."""
    found = flesh(body)
    for pieces in found.values():
        for piece in pieces:
            for way in ((1, 0), (-1, 0), (0, 1), (0, -1)):
                x, y = canvas.view.flat(piece.rim(canvas.view.way(*way)))
                canvas.points.append((x + way[0] * (LINE + HALO), y + way[1] * (LINE + HALO)))
    for part in order:
        for svg in between_layers.get(part, ()):
            canvas.add(svg)
        if part == "trunk":
            _trunk(canvas, found, body)
        elif part == "head":
            _head(canvas, found, body)
        else:
            side, kind = part.split("_")
            (_arm if kind == "arm" else _leg)(canvas, found, body, side)


def facing(view: View, frame: Frame) -> float:
    """1 when the body's right side looks at the camera, -1 when the left one does."""
    return dot(frame[2], view.viewer)


def sides(view: View, body: Body, bone: str) -> tuple[str, str]:
    """(far side, near side) of arms (bone thorax) or legs (bone pelvis)."""
    return ("left", "right") if facing(view, body.frames[bone]) >= 0 else ("right", "left")


def is_far(view: View, body: Body, side: str, bone: str) -> bool:
    """Whether this side is drawn in the quiet tone: the other one is clearly nearer."""
    return facing(view, body.frames[bone]) * SIGN[side] < -SIDEWAYS


def parts_in_order(view: View, body: Body, wishes: Sequence[str]) -> tuple[str, ...]:
    """The parts from back to front by side, then changed by wishes such as `right_arm before head`."""
    arms, legs = sides(view, body, "thorax"), sides(view, body, "pelvis")
    real = {
        "far_arm": f"{arms[0]}_arm",
        "far_leg": f"{legs[0]}_leg",
        "near_leg": f"{legs[1]}_leg",
        "near_arm": f"{arms[1]}_arm",
    }
    order = [real.get(part, part) for part in PARTS]
    for wish in wishes:
        part, where, *other = wish.split()
        order.remove(part)
        if where == "first":
            order.insert(0, part)
        elif where == "last":
            order.append(part)
        else:
            order.insert(order.index(other[0]) + (where == "after"), part)
    return tuple(order)


def _trunk(canvas: Canvas, found: Flesh, body: Body) -> None:
    view = canvas.view
    sections = (*found["pelvis"], *found["trunk"])
    shoulders = (
        found["right_shoulder"][0],
        found["left_shoulder"][0],
        Piece(between(body.points["c7"], body.points["thorax"], 0.1), 6.2),
    )
    hips = (found["right_thigh"][0], found["left_thigh"][0])
    row = [
        hull(view, (*sections[:2], *hips)),
        *(hull(view, pair) for pair in pairwise(sections[1:-1])),
        hull(view, (sections[-2], *shoulders[:2])),
        hull(view, (sections[-1], *shoulders)),
    ]
    shapes = [polygon(shape) for shape in thinned(row, until=HEM)]
    canvas.shape((shapes[:HEM], TROUSERS), (shapes[HEM:], SHIRT), (limb(view, found["neck"]), SKIN))


def _head(canvas: Canvas, found: Flesh, body: Body) -> None:
    view = canvas.view
    canvas.shape(([polygon(hull(view, found["head"])), *limb(view, found["nose"])], SKIN))
    hair = _hair(view, found["head"][0])
    if hair:
        canvas.fill([polygon(hair)], HAIR)


def _hair(view: View, head: Piece) -> list[Flat]:
    """The part of the head above and behind a slanting circle, as far as the camera sees it."""
    # In the space where the head is a ball of radius 1: forward, up, right.
    eye = unit(tuple(dot(axis, view.viewer) / dot(axis, axis) for axis in head.axes))
    pole, line = unit((-0.55, 0.84, 0.0)), 0.24
    across_ = sub(eye, times(pole, dot(eye, pole)))
    ring = sqrt(1 - line * line)
    if size(across_) < 1e-6:
        return []
    u = unit(across_)
    v = cross(pole, u)
    limit = -line * dot(pole, eye) / (ring * dot(u, eye))
    if limit >= 1:
        return []
    half = pi if limit <= -1 else acos(limit)
    steps = 9
    ball = [
        add(times(pole, line), add(times(u, ring * cos(a)), times(v, ring * sin(a))))
        for a in (half * (2 * k / steps - 1) for k in range(steps + 1))
    ]
    rim = unit(sub(pole, times(eye, dot(pole, eye))))
    if limit > -1 and dot(rim, pole) > line:
        wide = acos(line / dot(rim, pole))
        ball += [
            add(times(rim, cos(a)), times(v, sin(a)))
            for a in (wide * (1 - 2 * k / steps) for k in range(1, steps))
        ]
    points = []
    for s in ball:
        place = head.at
        for axis, k in zip(head.axes, s, strict=True):
            place = add(place, times(axis, k))
        points.append(view.flat(place))
    return points


def _arm(canvas: Canvas, found: Flesh, body: Body, side: str) -> None:
    view, far = canvas.view, is_far(canvas.view, body, side, "thorax")
    upper = found[f"{side}_upper_arm"]
    hand = [*limb(view, found[f"{side}_hand"]), *limb(view, found[f"{side}_thumb"])]
    lower = limb(view, found[f"{side}_forearm"])
    skin, shirt = (FAR_FILL, FAR_SHIRT) if far else (SKIN, SHIRT)
    # The far arm comes out from behind the trunk, the near one grows out of the sleeve.
    first, *rest = limb(view, upper, opened=0.0 if far else 0.22)
    rest += [*lower, *hand]
    if far:
        canvas.shape(([first, *rest], skin), line=FAR_LINE, halo=None)
    else:
        canvas.shape(([first], shirt), (rest, skin), halo=1)
    canvas.fill(_sleeve(view, upper), shirt)


def _sleeve(view: View, pieces: Sequence[Piece]) -> list[str]:
    """The first part of an arm of three balls, cut off straight."""
    first, second, third = pieces
    k = (SLEEVE - 0.5) * 2
    end, r = between(second.at, third.at, k), second.r + (third.r - second.r) * k
    return [
        *limb(view, (first, second)),
        capsule(view.flat(second.at), second.r, view.flat(end), r, shut=True),
    ]


def _leg(canvas: Canvas, found: Flesh, body: Body, side: str) -> None:
    view, far = canvas.view, is_far(canvas.view, body, side, "pelvis")
    thigh = found[f"{side}_thigh"]
    foot, toes = found[f"{side}_foot"], found[f"{side}_toes"]
    bare = [polygon(shape) for shape in thinned([hull(view, foot), hull(view, toes)], until=2)]
    first, *rest = limb(view, thigh, opened=0.0 if far else 0.2)
    rest += [*limb(view, found[f"{side}_shin"]), *bare]
    if far:
        canvas.shape(([first, *rest], FAR_FILL), line=FAR_LINE, halo=None)
    else:
        canvas.shape(([first], TROUSERS), (rest, TROUSERS), halo=1)
        canvas.fill(limb(view, thigh[:2]), TROUSERS)
