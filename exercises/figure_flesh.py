"""The round pieces that a body is made of, in space. Pure Python: no Django, no files, no clock.

What is drawn and what is measured (does the foot stand on the floor?) are the same pieces.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

from .figure_maths import Frame, Vec, add, between, dot, out, sub, times
from .figure_pose import SIDES, SIGN
from .figure_skeleton import Body


@dataclass(frozen=True, slots=True)
class Piece:
    """A ball, or with axes a flat or fat ellipse: each axis reaches from the middle to the rim."""

    at: Vec
    r: float = 0.0
    axes: tuple[Vec, ...] = ()

    def reach(self, way: Vec) -> float:
        """How far it sticks out of its middle in the direction of a unit vector."""
        if not self.axes:
            return self.r
        return sqrt(sum(dot(axis, way) ** 2 for axis in self.axes))

    def rim(self, way: Vec) -> Vec:
        """Its outermost point in that direction."""
        if not self.axes:
            return add(self.at, times(way, self.r))
        far = self.reach(way) or 1.0
        point = self.at
        for axis in self.axes:
            point = add(point, times(axis, dot(axis, way) / far))
        return point


Flesh = Mapping[str, tuple[Piece, ...]]

# Along the trunk: between which points, how far, whose frame; then how far to the front, half as wide, half as deep.
_SECTIONS = (
    ("pelvis", "waist", -0.42, "pelvis", -0.8, 10.5, 7.4),
    ("pelvis", "waist", 0.0, "pelvis", -1.2, 14.4, 9.6),
    ("pelvis", "waist", 0.55, "pelvis", -1.0, 14.0, 9.2),
    ("waist", "lumbar", 0.2, "pelvis", -0.2, 12.6, 8.4),
    ("lumbar", "ribs", 0.0, "lower_lumbar", 0.2, 11.8, 8.2),
    ("lumbar", "ribs", 0.7, "lumbar", 0.6, 12.2, 8.6),
    ("ribs", "thorax", 0.4, "lower_thorax", 0.9, 13.4, 9.3),
    ("ribs", "thorax", 1.0, "lower_thorax", 0.8, 14.3, 9.6),
    ("thorax", "c7", 0.45, "thorax", 0.4, 14.6, 9.0),
    ("thorax", "c7", 0.85, "thorax", -0.3, 12.5, 7.0),
)
_PELVIS_SECTIONS = 3
# Where shirt and trousers meet.
HEM = 2


def flesh(body: Body) -> Flesh:
    """Every part of the body and its pieces, each part from the root of the body outwards."""
    points, frames = body.points, body.frames
    sections = [_section(body, *row) for row in _SECTIONS]
    found: dict[str, tuple[Piece, ...]] = {
        "pelvis": tuple(sections[:_PELVIS_SECTIONS]),
        "trunk": tuple(sections[_PELVIS_SECTIONS:]),
        "neck": (
            Piece(add(points["c7"], out(frames["neck"], (0.6, -2, 0))), 5.2),
            Piece(add(points["neck"], out(frames["neck"], (0.4, 0, 0))), 4.7),
        ),
        "head": _head(points["head"], frames["head"]),
        "nose": (
            Piece(add(points["head"], out(frames["head"], (7.6, -0.4, 0))), 3.0),
            Piece(add(points["head"], out(frames["head"], (11.2, -2.4, 0))), 1.5),
        ),
    }
    for side in SIDES:
        found |= _arm(side, body) | _leg(side, body)
    return found


def _section(
    body: Body, start: str, end: str, t: float, frame: str, ahead: float, wide: float, deep: float
) -> Piece:
    x, y, z = body.frames[frame]
    middle = between(body.points[start], body.points[end], t)
    return Piece(add(middle, times(x, ahead)), 0.0, (times(z, wide), times(x, deep), times(y, 0.8)))


def _head(at: Vec, frame: Frame) -> tuple[Piece, ...]:
    """Skull and chin."""
    x, y, z = frame
    skull = Piece(add(at, out(frame, (-0.5, 1.2, 0))), 0.0, (times(x, 10.3), times(y, 10.3), times(z, 9.0)))
    return (skull, Piece(add(at, out(frame, (4.6, -6.4, 0))), 5.0))


def _arm(side: str, body: Body) -> dict[str, tuple[Piece, ...]]:
    p, f, sign = body.points, body.frames, SIGN[side]
    shoulder, elbow, wrist = p[f"{side}_shoulder"], p[f"{side}_elbow"], p[f"{side}_wrist"]
    hand, knuckles, fingers = f[f"{side}_hand"], p[f"{side}_hand"], p[f"{side}_fingers"]
    muscle = add(between(shoulder, elbow, 0.5), times(f[f"{side}_upper_arm"][0], 0.5))
    return {
        f"{side}_shoulder": (Piece(shoulder, 5.7),),
        f"{side}_upper_arm": (Piece(shoulder, 5.7), Piece(muscle, 5.0), Piece(elbow, 4.1)),
        f"{side}_elbow": (Piece(elbow, 4.1),),
        f"{side}_forearm": (Piece(elbow, 4.1), Piece(between(elbow, wrist, 0.28), 4.3), Piece(wrist, 3.0)),
        f"{side}_hand": (
            Piece(wrist, 3.0),
            Piece(add(knuckles, out(hand, (0.4, 0, 0))), 3.3),
            Piece(fingers, 2.3),
        ),
        f"{side}_thumb": (
            Piece(add(wrist, out(hand, (0.8, -2, 0))), 2.2),
            Piece(add(wrist, out(hand, (4.6, -7.4, -0.6 * sign))), 1.6),
        ),
    }


def _leg(side: str, body: Body) -> dict[str, tuple[Piece, ...]]:
    p, f, sign = body.points, body.frames, SIGN[side]
    hip, knee, ankle = p[f"{side}_hip"], p[f"{side}_knee"], p[f"{side}_ankle"]
    thigh, shin, foot, toes = (f[f"{side}_{bone}"] for bone in ("thigh", "shin", "foot", "toes"))
    ball = p[f"{side}_foot"]
    calf = sub(between(knee, ankle, 0.3), times(shin[0], 1.3))
    return {
        f"{side}_hip": (Piece(hip, 8.7),),
        f"{side}_thigh": (
            Piece(hip, 8.7),
            Piece(add(between(hip, knee, 0.45), times(thigh[0], 0.6)), 7.7),
            Piece(knee, 6.0),
        ),
        f"{side}_knee": (Piece(knee, 6.0),),
        f"{side}_shin": (Piece(knee, 6.0), Piece(calf, 5.8), Piece(ankle, 3.9)),
        f"{side}_heel": (Piece(add(ankle, out(foot, (-1.6, -3.6, 0))), 3.4),),
        f"{side}_foot": (
            Piece(ankle, 3.9),
            Piece(add(ankle, out(foot, (-1.6, -3.6, 0))), 3.4),
            Piece(add(ball, times(foot[2], 1.6 * sign)), 2.8),
            Piece(sub(ball, times(foot[2], 1.6 * sign)), 2.8),
        ),
        f"{side}_toes": (
            Piece(add(ball, times(foot[2], 1.4 * sign)), 2.8),
            Piece(sub(ball, times(foot[2], 1.4 * sign)), 2.8),
            Piece(add(p[f"{side}_toes"], times(toes[2], 0.8 * sign)), 2.2),
        ),
    }


def lowest(body: Body, *, without: Iterable[str] = ()) -> float:
    """How high above the floor the lowest piece hangs; limbs such as `left_arm` may be left out."""
    left_out = tuple(without)
    arms = ("shoulder", "upper_arm", "elbow", "forearm", "hand", "thumb")
    legs = ("thigh", "knee", "shin", "heel", "foot", "toes")
    skip = {
        f"{limb.partition('_')[0]}_{name}"
        for limb in left_out
        for name in (arms if limb.endswith("arm") else legs)
    }
    return min(
        piece.at[1] - piece.reach((0.0, 1.0, 0.0))
        for part, pieces in flesh(body).items()
        if part not in skip
        for piece in pieces
    )
