"""Up to five glasses that pour into the bucket, with or without labels. Pure Python: no Django, no files, no clock.

A slot says where a glass's lower lip is; the rest of the glass lies outside and above, however large it is. So streams
and water stay where they are, and no glass meets another one, a stream or the bucket.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .shelf_bucket import FOOT, MIDDLE, TOP, WATER_Y, back, drop, front, rings
from .shelf_glass import LINE, PROFILES, DrawnGlass, Place, badge_circle, drawn, pouring_place
from .shelf_svg import Box, Point, element, fitting, leading, numbers, text_lines, wrapped

MOST = 5
GLASS = 0.68
STREAM = {"yes": 3.8, "bit": 2.2}
# How wide the drawing is, for one glass as for five, and how large its labels are.
WIDE, WIDE_WITH_LABELS = 348.0, 464.0
TEXT, SMALLEST = 16.0, 10.0


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a glass pours from, to which side (1 right, -1 left), where its stream lands, and where its label goes."""

    lip: Point
    side: int
    landing: float
    label: str

    @property
    def mirrored(self) -> "Slot":
        """The same on the other side of the bucket."""
        return replace(
            self,
            lip=(2 * MIDDLE - self.lip[0], self.lip[1]),
            side=-self.side,
            landing=2 * MIDDLE - self.landing,
        )


@dataclass(frozen=True, slots=True)
class Poured:
    """A glass in its slot."""

    glass: DrawnGlass
    slot: Slot
    place: Place

    @property
    def extent(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom, its line and its badge included."""
        profile, at = PROFILES[self.glass.family], self.place.point
        half, high = profile.top, profile.height
        corners = [(half, high), (0.7 * half, high + 0.16 * half), (profile.bottom, 0)]
        reach = self.place.scale * LINE / 2
        spots = [(*at(side * x, y), reach) for x, y in corners for side in (-1, 1)]
        if self.glass.compensated:
            middle, radius = badge_circle(self.glass, self.place)
            spots.append((*middle, 1.11 * radius))
        return (
            min(x - by for x, _, by in spots),
            min(y - by for _, y, by in spots),
            max(x + by for x, _, by in spots),
            max(y + by for _, y, by in spots),
        )


LOW = Slot((76, 56), 1, MIDDLE - 55, "below")
HIGH = Slot((110, -36), 1, MIDDLE - 32, "outside")
MIDST = Slot((133, 20), 1, MIDDLE - 11, "inside")
SLOTS = {
    0: (),
    1: (MIDST,),
    2: (LOW, LOW.mirrored),
    3: (LOW, replace(MIDST, lip=(133, -36)), LOW.mirrored),
    4: (LOW, HIGH, HIGH.mirrored, LOW.mirrored),
    5: (LOW, HIGH, replace(MIDST, lip=(136, -136)), HIGH.mirrored, LOW.mirrored),
}


def placed(glasses: Sequence[DrawnGlass]) -> list[Poured]:
    """Each glass in its slot, from left to right in the order given."""
    return [
        Poured(glass, slot, pouring_place(glass, slot.lip, scale=GLASS, side=slot.side))
        for glass, slot in zip(glasses, SLOTS[len(glasses)], strict=True)
    ]


def poured(glasses: Sequence[DrawnGlass], *, key: str) -> tuple[str, Box]:
    """The bucket with these glasses, five at most, and the box that it takes."""
    all_poured = placed(glasses)
    top = _top(all_poured)
    return _art(all_poured, key), (MIDDLE - WIDE / 2, top, WIDE, FOOT - top)


def poured_with_labels(glasses: Sequence[DrawnGlass], *, key: str) -> tuple[str, Box]:
    """The same with a label at each glass."""
    all_poured = placed(glasses)
    widths = [_room(one) for one in all_poured]
    sizes = [
        fitting([one.glass.label], width=width, largest=TEXT, smallest=SMALLEST)
        for one, width in zip(all_poured, widths, strict=True)
    ]
    size = min(sizes, default=TEXT)
    parts, top, bottom = [_art(all_poured, key)], _top(all_poured), FOOT
    for one, width in zip(all_poured, widths, strict=True):
        lines = wrapped(one.glass.label, width=width, size=size)
        x, y, anchor = _label(one, lines, size)
        parts.append(text_lines(lines, x=x, y=y, size=size, bold=True, anchor=anchor))
        top = min(top, y - size)
        bottom = max(bottom, y + (len(lines) - 1) * leading(size) + 0.4 * size)
    return "".join(parts), (MIDDLE - WIDE_WITH_LABELS / 2, top, WIDE_WITH_LABELS, bottom - top)


def _art(all_poured: Sequence[Poured], key: str) -> str:
    streams = "".join(_stream(one) for one in all_poured)
    glasses = "".join(drawn(one.glass, one.place, key=f"{key}{at}") for at, one in enumerate(all_poured))
    # One glass of an odd number pours near the middle: the drop falls beside its stream.
    beside = 13 * (len(all_poured) % 2)
    return back() + drop(MIDDLE + beside) + streams + front() + glasses


def _top(all_poured: Sequence[Poured]) -> float:
    return min([TOP, *(one.extent[1] for one in all_poured)]) - 4


def _stream(one: Poured) -> str:
    """From the lip level outwards, bending down, and onto the water; a darker edge, as orange is pale in print."""
    (x, y), landing = one.slot.lip, one.slot.landing
    water = WATER_Y + 1
    bend = min(max(1.3 * abs(landing - x), 34), water - y)
    shape = f"M{numbers(x, y)}Q{numbers(landing, y, landing, y + bend)}V{numbers(water)}"
    profile, width = PROFILES[one.glass.family], STREAM[one.glass.fills]
    line = {"d": shape, "fill": "none"}
    return (
        rings(landing)
        + element("path", **line, stroke=profile.edge, stroke_width=width + 1.2)
        + element("path", **line, stroke=profile.liquid, stroke_width=width)
    )


def _room(one: Poured) -> float:
    """How wide the label may be."""
    left, _, right, _ = one.extent
    half = WIDE_WITH_LABELS / 2 - 3
    if one.slot.label == "below":
        return half - abs(_beside_bucket(one) - MIDDLE)
    if one.slot.label == "inside":
        return half + MIDDLE - _after_stream(one)
    return half - (MIDDLE - left if one.slot.side > 0 else right - MIDDLE) - 6


def _label(one: Poured, lines: Sequence[str], size: float) -> tuple[float, float, str]:
    """Where its first baseline begins (x, y) and which end of the text x is."""
    left, top, right, bottom = one.extent
    outer, inner = ("end", "start") if one.slot.side > 0 else ("start", "end")
    if one.slot.label == "below":
        return _beside_bucket(one), bottom + 2 + size, outer
    rise = 0.36 * size - (len(lines) - 1) * leading(size) / 2
    if one.slot.label == "inside":
        return _after_stream(one), (top + one.slot.lip[1]) / 2 + rise, inner
    return (left - 6 if one.slot.side > 0 else right + 6), (top + bottom) / 2 + rise, outer


def _beside_bucket(one: Poured) -> float:
    return MIDDLE - one.slot.side * 93


def _after_stream(one: Poured) -> float:
    return one.slot.landing + 10
