"""The bucket itself. Pure Python: no Django, no files, no clock.

The water stands where it stands, whatever is poured: a level that rises would be a score. So nothing here takes a
glass, and the bucket is always drawn at the same coordinates: its art is one text.
"""

from .shelf_svg import INK, WATER, WATER_LIGHT, WATER_LINE, WHITE, Box, element, numbers

MIDDLE = 160.0
RIM_Y, RIM = 100.0, 80.0
BASE_Y, BASE = 262.0, 58.0
# How flat its circles look from where we stand.
FLAT = 0.19
WATER_Y = 121.0
# Where it ends, its line included; where its drop begins.
FOOT = BASE_Y + FLAT * BASE + 4
DROP_Y = 66.0
TOP = DROP_Y - 20
LINE = 3.0


def plain() -> tuple[str, Box]:
    """The bucket alone with its drop, and the box (x, y, width, height) that it takes."""
    half = RIM + 7
    return back() + drop(MIDDLE) + front(), (MIDDLE - half, TOP, 2 * half, FOOT - TOP)


def back() -> str:
    """What stands behind the streams: the far side of the rim, the bucket's body and its water."""
    surface, base = 0.94 * _half_width(WATER_Y), 0.93 * BASE
    water = (
        f"M{numbers(MIDDLE - surface, WATER_Y)}L{numbers(MIDDLE - base, BASE_Y - 4)}"
        f"{_arc_to(MIDDLE + base, BASE_Y - 4, base)}L{numbers(MIDDLE + surface, WATER_Y)}Z"
    )
    return (
        element("path", d=f"{_sides()}{_arc_to(MIDDLE - RIM, RIM_Y, RIM)}Z", fill=WHITE)
        + _line(f"M{numbers(MIDDLE + RIM, RIM_Y)}{_arc_to(MIDDLE - RIM, RIM_Y, RIM)}")
        + element("path", d=water, fill=WATER)
        + element(
            "ellipse",
            cx=MIDDLE,
            cy=WATER_Y,
            rx=surface,
            ry=FLAT * surface,
            fill=WATER_LIGHT,
            stroke=WATER_LINE,
            stroke_width=1.6,
        )
    )


def front() -> str:
    """What stands before the streams: the sides, the near side of the rim, the handle and its ears."""
    left, right = MIDDLE - RIM, MIDDLE + RIM
    # A cubic reaches three quarters of the way to its handles: this one drops 86.
    low = RIM_Y + 86 / 0.75
    handle = (
        f"M{numbers(left, RIM_Y)}C{numbers(left + 6, low)} {numbers(right - 6, low)} {numbers(right, RIM_Y)}"
    )
    ears = "".join(
        element("circle", cx=x, cy=RIM_Y, r=4.5, fill=WHITE, stroke=INK, stroke_width=2.6)
        for x in (left, right)
    )
    near = f"M{numbers(left, RIM_Y)}{_arc_to(right, RIM_Y, RIM)}"
    return _line(_sides()) + _line(near) + _line(handle) + ears


def drop(x: float) -> str:
    """The last drop, falling into the middle or just beside it."""
    shape = f"M{numbers(x, DROP_Y - 12)}c5 8 8 12 8 16a8 8 0 0 1 -16 0c0 -4 3 -8 8 -16z"
    return element("path", d=shape, fill=WATER, stroke=INK, stroke_width=2.2)


def rings(x: float) -> str:
    """The rings that a stream makes where it meets the water."""
    return "".join(
        element("ellipse", cx=x, cy=WATER_Y + 1, rx=rx, ry=rx / 3.4, fill="none", stroke=WATER_LINE)
        for rx in (5.5, 9.5)
    )


def _sides() -> str:
    """Down the left side, round the foot, up the right one."""
    return (
        f"M{numbers(MIDDLE - RIM, RIM_Y)}L{numbers(MIDDLE - BASE, BASE_Y)}"
        f"{_arc_to(MIDDLE + BASE, BASE_Y, BASE)}L{numbers(MIDDLE + RIM, RIM_Y)}"
    )


def _half_width(y: float) -> float:
    return RIM + (BASE - RIM) * (y - RIM_Y) / (BASE_Y - RIM_Y)


def _arc_to(x: float, y: float, half: float) -> str:
    """Half an ellipse to this point: its near half from left to right, its far half from right to left."""
    return f"A{numbers(half, FLAT * half)} 0 0 0 {numbers(x, y)}"


def _line(shape: str) -> str:
    return element("path", d=shape, fill="none", stroke=INK, stroke_width=LINE)
