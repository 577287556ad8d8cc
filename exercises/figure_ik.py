"""Two bones that end where they must: pinned arms and legs. Pure Python: no Django, no files, no clock."""

from collections.abc import Mapping, Sequence
from math import asin, atan2, cos, degrees, radians, sin, sqrt

from .figure_maths import (
    FORWARD,
    RIGHT,
    UP,
    Frame,
    Vec,
    across,
    add,
    apart,
    between,
    cross,
    dot,
    frame_along,
    relative,
    size,
    sub,
    swings,
    times,
    unit,
    wrapped,
)
from .figure_pose import JOINTS, SIGN, Angles, Pin
from .figure_skeleton import BONES, Body, angle, place_arm, place_leg

# A pin this much out of reach is drawn with a straight limb; more is refused.
SLACK = 0.6


class OutOfReach(ValueError):
    """A pin or a fit that this body cannot follow, and by how much."""


def two_bones(start: Vec, target: Vec, first: float, second: float, pole: Vec) -> tuple[Vec, Vec]:
    """Where the middle and the end of two bones are, bent towards the pole.

    Beyond reach the limb is straight, too near it is folded: then the end is not at the target.
    """
    line = sub(target, start)
    far = size(line)
    way = times(line, 1 / far) if far > 1e-6 else (0.0, -1.0, 0.0)
    far = min(max(far, abs(first - second) + 1e-6), first + second)
    sideways = across(pole, way)
    if size(sideways) < 1e-6:
        sideways = across(UP if abs(way[1]) < 0.9 else FORWARD, way)
    along = (first * first - second * second + far * far) / (2 * far)
    high = sqrt(max(0.0, first * first - along * along))
    middle = add(start, add(times(way, along), times(unit(sideways), high)))
    return middle, add(start, times(way, far))


def pinned(found: Body, pins: Sequence[Pin]) -> Body:
    """The body with its pinned limbs bent to their pins, and their angles read back."""
    if not pins:
        return found
    frames, points, angles = dict(found.frames), dict(found.points), dict(found.angles)
    # A hand may hold a knee that is itself pinned: places first, then what hangs on a limb already done.
    waiting = sorted(pins, key=lambda pin: (bool(pin.to), pin.limb.endswith("arm")))
    for pin in waiting:
        target = add(points[pin.to], pin.offset) if pin.to else pin.at
        assert target is not None
        _bend(pin, target, angles, frames, points)
    return Body(found.root, angles, frames, points)


def _bend(
    pin: Pin,
    target: Vec,
    angles: dict[str, Angles],
    frames: dict[str, Frame],
    points: dict[str, Vec],
) -> None:
    side, kind = pin.side, pin.limb.partition("_")[2]
    arm = kind == "arm"
    root_frame = frames["thorax" if arm else "pelvis"]
    start = points[f"{side}_shoulder" if arm else f"{side}_hip"]
    upper_name, lower_name = ("upper_arm", "forearm") if arm else ("thigh", "shin")
    guess = frames[f"{side}_{upper_name}"]
    first, second = BONES[kind]
    line, far = sub(target, start), apart(start, target)
    # A knee goes to the front of its leg and an elbow to the back of its arm, however far these are raised.
    pole = pin.pole or (cross(line, guess[2]) if arm else cross(guess[2], line))
    if pin.part.endswith(("elbow", "knee")):
        if abs(far - first) > SLACK:
            raise OutOfReach(
                f"pin of {pin.part}: {abs(far - first):.1f} too {'far' if far > first else 'near'}"
            )
        middle = add(start, times(unit(sub(target, start)), first))
        old = frames[f"{side}_{lower_name}"]
        rest = unit(pin.rest) if pin.rest else times(old[1], -1.0)
        end = add(middle, times(rest, second))
    else:
        wrong = max(far - first - second, abs(first - second) - far)
        if wrong > SLACK:
            raise OutOfReach(f"pin of {pin.part}: {wrong:.1f} too {'far' if far > first else 'near'}")
        middle, end = two_bones(start, target, first, second, pole)
        if pin.pole is None:
            middle = _off_the_floor(start, middle, end, 4.1 if arm else 6.0, SIGN[side])
    upper, lower, bend = _bones(start, middle, end, guess, arm)
    tip = _tip(pin, lower, angles, SIGN[side])
    place = place_arm if arm else place_leg
    place(side, upper, angles, frames, points, lower, tip)
    _read_back(side, arm, root_frame, frames, bend, angles)


def _off_the_floor(start: Vec, middle: Vec, end: Vec, room: float, sign: int) -> Vec:
    """The elbow or knee, swung around its limb as little as needed to stay above the floor, outwards first."""
    if middle[1] >= room - 0.5 or start[1] < room or end[1] < 0:
        return middle
    axis = sub(end, start)
    if size(axis) < 1e-6:
        return middle
    axis = unit(axis)
    foot = add(start, times(axis, dot(sub(middle, start), axis)))
    arm = sub(middle, foot)
    side = cross(axis, arm)
    out = 1 if side[2] * sign >= 0 else -1
    for step in range(1, 37):
        for way in (out, -out):
            turn = radians(5 * step) * way
            swung = add(foot, add(times(arm, cos(turn)), times(side, sin(turn))))
            if swung[1] >= room:
                return swung
    return middle


def _bones(start: Vec, middle: Vec, end: Vec, guess: Frame, arm: bool) -> tuple[Frame, Frame, float]:
    """Frames of both bones, bent in the plane of the three points, and the angle between them."""
    up, low = unit(sub(start, middle)), unit(sub(middle, end))
    # What the lower bone adds sideways to the upper one: forwards for an elbow, backwards for a knee.
    swing = across(times(low, -1.0), up)
    sign = 1.0 if arm else -1.0
    upper = frame_along(up, times(swing, sign) if size(swing) > 0.02 else guess[0])
    right = upper[2]
    lower = (cross(low, right), low, right)
    return upper, lower, sign * _signed(up, low, right)


def _signed(up: Vec, low: Vec, right: Vec) -> float:
    return degrees(atan2(dot(cross(up, low), right), dot(up, low)))


def _tip(pin: Pin, lower: Frame, angles: Mapping[str, Angles], sign: int) -> Frame | None:
    """The frame of hand or foot when the pin says where it points; None: as the angles say."""
    if pin.point is None:
        return None
    if pin.limb.endswith("leg"):
        x = unit(pin.point)
        y = across(times(pin.face, -1.0) if pin.face else times(lower[1], 1.0), x)
        y = unit(y) if size(y) > 1e-6 else unit(across(UP, x))
        return (x, y, cross(x, y))
    y = times(unit(pin.point), -1.0)
    z = across(times(pin.face, -sign) if pin.face else lower[2], y)
    z = unit(z) if size(z) > 1e-6 else unit(across(RIGHT, y))
    return (cross(y, z), y, z)


def _read_back(
    side: str, arm: bool, root: Frame, frames: Mapping[str, Frame], bend: float, angles: dict[str, Angles]
) -> None:
    """Writes the angles that a clinician would read from the bent limb."""
    sign = SIGN[side]
    upper = frames[f"{side}_upper_arm" if arm else f"{side}_thigh"]
    joint = f"{side}_shoulder" if arm else f"{side}_hip"
    angles[joint] = nearest_swing(relative(root, upper), sign, angle(angles, joint), joint)
    angles[f"{side}_elbow" if arm else f"{side}_knee"] = (bend,)
    lower = frames[f"{side}_forearm" if arm else f"{side}_shin"]
    tip = relative(lower, frames[f"{side}_hand" if arm else f"{side}_foot"])
    if arm:
        angles[f"{side}_forearm"], angles[f"{side}_wrist"] = _hand_angles(tip, sign)
    else:
        angles[f"{side}_ankle"] = _foot_angles(tip, sign)


def nearest_swing(local: Frame, sign: int, hint: Angles, joint: str) -> Angles:
    """Of the two readings the one within the limits, else the one nearer to the hint."""

    def beyond(reading: Angles) -> tuple[float, float]:
        limits = JOINTS[joint].values()
        over = sum(
            max(low - value, value - high, 0.0) for value, (low, high) in zip(reading, limits, strict=True)
        )
        return (round(over, 3), sum(abs(a - b) for a, b in zip(reading, hint, strict=True)))

    return min(swings(local, sign), key=beyond)


def _hand_angles(tip: Frame, sign: int) -> tuple[Angles, Angles]:
    """(rotation of the forearm), (flex, side) of the wrist: tip = about_y(-sign r), about_x(sign f), about_z(s)."""
    # Columns of the product; its right column is Ry Rx applied to z.
    z = tip[2]
    flex = -sign * degrees(asin(max(-1.0, min(1.0, z[1]))))
    turn = degrees(atan2(z[0], z[2]))
    side = degrees(atan2(tip[0][1], tip[1][1]))
    if abs(side) > 90:
        # Bent past the right angle: the other reading of the same hand.
        flex, turn, side = wrapped(180 - flex), wrapped(turn + 180), wrapped(side + 180)
    return (-sign * turn,), (flex, side)


def _foot_angles(tip: Frame, sign: int) -> Angles:
    """(toes up, sole turned inwards); how far the toes turn sideways is no angle of this ankle."""
    flex, tilt = (degrees(asin(max(-1.0, min(1.0, value)))) for value in (tip[0][1], -tip[2][1]))
    return (flex, -sign * tilt)


def held(found: Body, pins: Sequence[Pin]) -> Body:
    """As `pinned`, but on the way a limb may be a little too short: then it is straight."""
    frames, points, angles = dict(found.frames), dict(found.points), dict(found.angles)
    for pin in pins:
        target = pin.at
        assert target is not None
        kind = pin.limb.partition("_")[2]
        start = points[f"{pin.side}_{'shoulder' if kind == 'arm' else 'hip'}"]
        first, second = BONES[kind]
        far = apart(start, target)
        if pin.part.endswith(("elbow", "knee")):
            target = add(start, times(unit(sub(target, start)), first))
        elif far > first + second:
            target = between(start, target, (first + second) / far)
        _bend(pin, target, angles, frames, points)
    return Body(found.root, angles, frames, points)
