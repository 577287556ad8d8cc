"""The pattern of each family's liquid, so that no colour stands alone. Pure Python: no Django, no files, no clock.

Strokes for orange, dots for green, waves for blue: real lines, clipped by the liquid. An SVG pattern would leave
hairlines in a PDF (ux-brief 3.3).
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import count, takewhile

from .shelf_svg import Box, Point, element, numbers

ORANGE_STROKES = "#9a4600"
LIGHT = "#ffffff"


def pattern(family: str, polygon: Sequence[Point], *, scale: float, clip: str) -> str:
    """The family's pattern over the polygon, clipped by the element with the id `clip`."""
    lines, colour, width = PATTERNS[family]
    left, right = min(x for x, _ in polygon), max(x for x, _ in polygon)
    top, bottom = min(y for _, y in polygon), max(y for _, y in polygon)
    return element(
        "path",
        d=lines((left, top, right, bottom), scale),
        fill="none",
        stroke=colour,
        stroke_width=width * scale,
        clip_path=f"url(#{clip})",
    )


def strokes(box: Box, scale: float) -> str:
    """Lines at 45 degrees, 8 apart (11.3 along the level)."""
    left, top, right, bottom = box
    rise = bottom - top
    line = f"l{_short(rise, -rise)}"
    return "".join(f"M{numbers(x, bottom)}{line}" for x in _steps(left - rise, right, 11.3 * scale))


def dots(box: Box, scale: float) -> str:
    """Dots on a staggered grid of 9: lines too short to see, with round ends."""
    left, top, right, bottom = box
    rows = enumerate(_steps(top + 5.5 * scale, bottom, 4.5 * scale))
    return "".join(
        f"M{numbers(x, y)}h.01"
        for row, y in rows
        for x in _steps(left + (row % 2) * 4.5 * scale, right, 9 * scale)
    )


def waves(box: Box, scale: float) -> str:
    """Waves of 12 long, 7 apart."""
    left, top, right, bottom = box
    half, high = 6 * scale, 3.6 * scale
    wave = f"q{_short(half / 2, -high)} {numbers(half, 0)}" + f"t{numbers(half, 0)}" * (
        1 + int((right - left) / half)
    )
    return "".join(f"M{numbers(left, y)}{wave}" for y in _steps(top + 7 * scale, bottom, 7 * scale))


def _short(*values: float) -> str:
    """Numbers of a path: a minus needs no space before it."""
    return numbers(*values).replace(" -", "-")


def _steps(start: float, end: float, step: float) -> Iterator[float]:
    return takewhile(lambda value: value < end, count(start, step))


PATTERNS: dict[str, tuple[Callable[[Box, float], str], str, float]] = {
    "orange": (strokes, ORANGE_STROKES, 2.4),
    "green": (dots, LIGHT, 3.0),
    "blue": (waves, LIGHT, 1.3),
}
