"""Vectors, frames and angles for the drawn figure. Pure Python: no Django, no files, no clock.

A vector is three numbers: x forward, y up, z to the right. A frame is three vectors at right angles, forward, up
and right, and stands for where a bone is turned to. Angles are degrees.
"""

from math import asin, atan2, cos, degrees, hypot, radians, sin

Vec = tuple[float, float, float]
Frame = tuple[Vec, Vec, Vec]

FORWARD: Vec = (1.0, 0.0, 0.0)
UP: Vec = (0.0, 1.0, 0.0)
RIGHT: Vec = (0.0, 0.0, 1.0)
WORLD: Frame = (FORWARD, UP, RIGHT)


def add(a: Vec, b: Vec) -> Vec:
    return (a[0] + b[0], a[1] + b[1], a[2] + b[2])


def sub(a: Vec, b: Vec) -> Vec:
    return (a[0] - b[0], a[1] - b[1], a[2] - b[2])


def times(a: Vec, k: float) -> Vec:
    return (a[0] * k, a[1] * k, a[2] * k)


def dot(a: Vec, b: Vec) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vec, b: Vec) -> Vec:
    return (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])


def size(a: Vec) -> float:
    return hypot(*a)


def apart(a: Vec, b: Vec) -> float:
    return hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])


def unit(a: Vec) -> Vec:
    """The same direction, one long. Raises ValueError for a vector of nothing."""
    long = size(a)
    if long < 1e-9:
        raise ValueError("a direction needs a length")
    return times(a, 1 / long)


def between(a: Vec, b: Vec, t: float) -> Vec:
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t)


def across(a: Vec, axis: Vec) -> Vec:
    """The part of `a` at right angles to the unit vector `axis`."""
    return sub(a, times(axis, dot(a, axis)))


def out(frame: Frame, local: Vec) -> Vec:
    """A vector told in the frame, as the world sees it."""
    (a, b, c), (x, y, z) = frame, local
    return (
        a[0] * x + b[0] * y + c[0] * z,
        a[1] * x + b[1] * y + c[1] * z,
        a[2] * x + b[2] * y + c[2] * z,
    )


def into(frame: Frame, vector: Vec) -> Vec:
    """A vector of the world, told in the frame."""
    return (dot(frame[0], vector), dot(frame[1], vector), dot(frame[2], vector))


def turned(frame: Frame, *locals_: Frame) -> Frame:
    """The frame after one turn after the other, each in the frame that the one before left."""
    for local in locals_:
        frame = (out(frame, local[0]), out(frame, local[1]), out(frame, local[2]))
    return frame


def relative(frame: Frame, other: Frame) -> Frame:
    """The other frame as seen from this one."""
    return (into(frame, other[0]), into(frame, other[1]), into(frame, other[2]))


def about_x(angle: float) -> Frame:
    c, s = cos(radians(angle)), sin(radians(angle))
    return (FORWARD, (0.0, c, s), (0.0, -s, c))


def about_y(angle: float) -> Frame:
    c, s = cos(radians(angle)), sin(radians(angle))
    return ((c, 0.0, -s), UP, (s, 0.0, c))


def about_z(angle: float) -> Frame:
    c, s = cos(radians(angle)), sin(radians(angle))
    return ((c, s, 0.0), (-s, c, 0.0), RIGHT)


def bent(flex: float, side: float, rotate: float) -> Frame:
    """How a joint of the trunk turns what is above it: forwards, to the right, round to the right."""
    return turned(about_y(-rotate), about_x(side), about_z(-flex))


def swung(flex: float, abduct: float, rotate: float, sign: int) -> Frame:
    """How shoulder or hip turns a hanging limb: forwards, outwards, then outwards about its own length."""
    return turned(about_z(flex), about_x(-sign * abduct), about_y(-sign * rotate))


def swings(frame: Frame, sign: int) -> tuple[Vec, Vec]:
    """The two ways to read (flex, abduct, rotate) from what `swung` made."""
    down = times(frame[1], -1)
    tilt = degrees(asin(max(-1.0, min(1.0, -down[2]))))
    flex = degrees(atan2(down[0], -down[1]))
    found = []
    for first, second in ((flex, tilt), (wrapped(flex + 180), wrapped(180 - tilt))):
        rest = relative(turned(about_z(first), about_x(second)), frame)
        found.append((first, -sign * second, -sign * degrees(atan2(-rest[0][2], rest[0][0]))))
    return found[0], found[1]


def wrapped(angle: float) -> float:
    """The same angle between -180 and 180."""
    return (angle + 180) % 360 - 180


def frame_along(up: Vec, forward: Vec) -> Frame:
    """The frame whose up is exactly `up`, with its forward as near to `forward` as it can be."""
    y = unit(up)
    x = across(forward, y)
    if size(x) < 1e-6:
        x = across(FORWARD if abs(y[0]) < 0.9 else UP, y)
    x = unit(x)
    return (x, y, cross(x, y))
