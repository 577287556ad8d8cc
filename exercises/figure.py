"""The drawn exercises: from a figure to SVG text. Pure Python: no Django, no files, no clock.

This module is the door. Behind it stand the reading of a pose (`figure_reading.py`, `figure_bases.py`), the bones
(`figure_skeleton.py`, `figure_ik.py`), their flesh (`figure_flesh.py`), the drawing (`figure_camera.py`,
`figure_paint.py`, `figure_limbs.py`, `figure_props.py`, `figure_marks.py`) and what must hold (`figure_checks.py`).
The same figure gives the same bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from . import figure_marks, figure_props
from .figure_camera import Flat, view
from .figure_limbs import Canvas, draw, parts_in_order, sides
from .figure_paint import element, escaped, number
from .figure_pose import Figure, Panel
from .figure_settle import settle, tween
from .figure_skeleton import Body

MARGIN = 4.0
GAP = 16.0
# A card is about this much wider than high; positions stand beside or below each other, whichever is larger.
CARD = 1.1
BADGE_ROOM = 2 * figure_marks.BADGE + 5

# Left, top, right, bottom.
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Drawn:
    """One position as drawn: its parts, and the points that the picture must hold."""

    back: str
    svg: str
    points: tuple[Flat, ...]


def svg(
    figure: Figure,
    *,
    panel: int | None = None,
    mirrored: bool = False,
    title: str | None = None,
    desc: str | None = None,
    prefix: str | None = None,
) -> str:
    """The whole figure, or only its panel with this number (from 1), or the same for the other side.

    With `title` it is an image that says it, and `desc` what it shows; without, an ornament for screen readers.
    Two drawings on one page need a different `prefix`, so that their ids differ.
    """
    if panel is not None and not 1 <= panel <= len(figure.panels):
        raise ValueError(f"{figure.id}: has no panel {panel}")
    start = _prefix(figure, mirrored, panel) if prefix is None else prefix
    numbers = range(len(figure.panels)) if panel is None else [panel - 1]
    drawn = [_drawn(figure, k, mirrored, f"{start}{'abc'[k]}") for k in numbers]
    badges = list(numbers) if len(drawn) > 1 else [None]
    inside, box = _laid_out(figure, drawn, badges, [figure.panels[k] for k in numbers], start)
    return _framed(inside, box, title, desc)


def between(
    figure: Figure,
    t: float,
    *,
    mirrored: bool = False,
    title: str | None = None,
    desc: str | None = None,
    prefix: str | None = None,
) -> str:
    """One picture on the way from the first panel (t = 0) to the second (t = 1), all in the same frame."""
    if len(figure.panels) < 2:
        raise ValueError(f"{figure.id}: has one panel, and nothing lies between one")
    if not 0 <= t <= 1:
        raise ValueError(f"{figure.id}: t = {t} is not between 0 and 1")
    if figure.panels[0].mirror != figure.panels[1].mirror:
        raise ValueError(f"{figure.id}: its panels show two sides, and nothing lies between those")
    start = _prefix(figure, mirrored, t) if prefix is None else prefix
    moving = _moving(figure, t, mirrored, start)
    return _framed(moving.back + moving.svg, _stage(figure, mirrored), title, desc)


def _moving(figure: Figure, t: float, mirrored: bool, prefix: str) -> Drawn:
    first, second = figure.panels[:2]
    body = bodies(figure)[int(t)] if t in (0, 1) else tween(first, second, t)
    flipped = mirrored ^ first.mirror
    return _draw(figure, first if t < 0.5 else second, body, None, flipped, prefix, marks=False)


@lru_cache(maxsize=256)
def _stage(figure: Figure, mirrored: bool) -> Box:
    """The frame that holds the whole movement."""
    return _bounds([point for k in range(7) for point in _moving(figure, k / 6, mirrored, "").points])


@lru_cache(maxsize=256)
def bodies(figure: Figure) -> tuple[Body, ...]:
    """The body of every panel, its pins and fits done. Raises OutOfReach."""
    return tuple(settle(panel) for panel in figure.panels)


def near_side(figure: Figure) -> str:
    """Which side of the body the camera sees first."""
    return sides(view(figure.camera), bodies(figure)[0], "pelvis")[1]


def _drawn(figure: Figure, place: int, mirrored: bool, prefix: str) -> Drawn:
    panel = figure.panels[place]
    all_bodies = bodies(figure)
    before = all_bodies[place - 1] if place else None
    return _draw(figure, panel, all_bodies[place], before, mirrored ^ panel.mirror, prefix)


def _draw(
    figure: Figure,
    panel: Panel,
    body: Body,
    before: Body | None,
    flipped: bool,
    prefix: str,
    *,
    marks: bool = True,
) -> Drawn:
    seen = view(figure.camera, flipped=flipped)
    canvas = Canvas(seen, prefix)
    order = parts_in_order(seen, body, panel.order)
    layers: dict[str, list[str]] = {}
    back: list[str] = []
    front: list[str] = []
    for prop in (*figure.props, *panel.props):
        here = Canvas(seen, prefix)
        figure_props.draw(here, prop, bodies(figure), body)
        canvas.points += here.points
        if prop["layer"] == "back":
            back += here.parts
        elif prop["layer"] == "front":
            front.append("".join(here.parts))
        else:
            layers.setdefault(prop["layer"], []).append("".join(here.parts))
    draw(canvas, body, order, layers)
    for svg_ in front:
        canvas.add(svg_)
    if marks:
        for mark in panel.marks:
            if mark.kind not in figure_marks.CORNER:
                figure_marks.draw(canvas, mark, body, before)
    return Drawn("".join(back), "".join(canvas.parts), tuple(canvas.points))


# --- the sheet ----------------------------------------------------------------------------------------


def _bounds(points: Sequence[Flat]) -> Box:
    """The box around all of the points, with a little air, on whole units."""
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return (
        round(min(xs) - MARGIN - 0.5),
        round(min(ys) - MARGIN - 0.5),
        round(max(xs) + MARGIN + 0.5),
        round(max(ys) + MARGIN + 0.5),
    )


def _laid_out(
    figure: Figure, drawn: Sequence[Drawn], badges: Sequence[int | None], panels: Sequence[Panel], prefix: str
) -> tuple[str, Box]:
    """The positions beside or below each other, all in frames of one size, with their numbers."""
    frames = [_bounds(one.points) for one in drawn]
    tall = max(frame[3] - frame[1] for frame in frames)
    left, right = min(frame[0] for frame in frames), max(frame[2] for frame in frames)
    top, bottom = min(frame[1] for frame in frames), max(frame[3] for frame in frames)
    points = [point for one in drawn for point in one.points]
    if badges[0] is not None:
        left, top = _room(points, left, top)
    signs = [[mark.kind for mark in panel.marks if mark.kind in figure_marks.CORNER] for panel in panels]
    most = max(len(kinds) for kinds in signs)
    if most:
        flipped = [(-x, y) for x, y in points]
        wide = BADGE_ROOM * most
        right, top = _room(flipped, -right, top, wide)
        right = -right
    wide, tall = right - left, bottom - top
    column = _in_column(figure.layout, len(drawn), wide, tall)
    inside, backs = "", _said_once([one.back for one in drawn], prefix)
    for place, (one, number_, kinds) in enumerate(zip(drawn, badges, signs, strict=True)):
        x, y = (0.0, place * (tall + GAP)) if column else (place * (wide + GAP), 0.0)
        own = backs[place] + one.svg
        if number_ is not None:
            own += figure_marks.badge(
                number_ + 1, (left + figure_marks.BADGE + 2, top + figure_marks.BADGE + 2)
            )
        for k, kind in enumerate(kinds):
            own += figure_marks.corner(
                kind, (right - figure_marks.BADGE - 2 - k * BADGE_ROOM, top + figure_marks.BADGE + 2)
            )
        move = f"translate({number(x)} {number(y)})" if x or y else ""
        inside += element("g", own, transform=move)
    rows, columns = (len(drawn), 1) if column else (1, len(drawn))
    return inside, (
        left,
        top,
        left + columns * wide + (columns - 1) * GAP,
        top + rows * tall + (rows - 1) * GAP,
    )


def _said_once(backs: Sequence[str], prefix: str) -> list[str]:
    """Props that stand the same in every panel are drawn once and then only named."""
    if len(backs) < 2 or not backs[0] or set(backs) != {backs[0]}:
        return list(backs)
    name = f"{prefix}z"
    return [element("g", backs[0], id=name), *[element("use", href=f"#{name}") for _ in backs[1:]]]


def _room(points: Sequence[Flat], left: float, top: float, wide: float = BADGE_ROOM) -> tuple[float, float]:
    """The corner, moved to the left or upwards just enough that a badge fits beside the figure."""
    room = BADGE_ROOM + MARGIN
    under = [y for x, y in points if x < left + wide + MARGIN]
    beside = [x for x, y in points if y < top + room]
    up = max(0.0, top + room - min(under, default=1e9))
    aside = max(0.0, left + wide + MARGIN - min(beside, default=1e9))
    return (left, top - up) if up <= aside else (left - aside, top)


def _in_column(layout: str, count: int, wide: float, tall: float) -> bool:
    if count == 1 or layout != "auto":
        return layout == "column" and count > 1

    def scale(columns: int, rows: int) -> float:
        return min(CARD / (columns * wide + (columns - 1) * GAP), 1 / (rows * tall + (rows - 1) * GAP))

    return scale(1, count) > 1.05 * scale(count, 1)


def _framed(inside: str, box: Box, title: str | None, desc: str | None) -> str:
    left, top, right, bottom = box
    wide, tall = right - left, bottom - top
    # A title of its own names an image; SVG has no ARIA of its own to point at it.
    words = element("title", escaped(title)) if title else ""
    words += element("desc", escaped(desc)) if title and desc else ""
    return element(
        "svg",
        words + inside,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"{number(left)} {number(top)} {number(wide)} {number(tall)}",
        width=f"{wide:g}",
        height=f"{tall:g}",
        role="img" if title else "",
        aria_hidden="" if title else "true",
        fill="none",
        stroke_linejoin="round",
        stroke_linecap="round",
    )


def _prefix(figure: Figure, mirrored: bool, which: float | None) -> str:
    """Five letters and digits, different for every drawing: what stands on one page must not share ids."""
    value = 2166136261
    for byte in f"{figure.id} {mirrored} {which!r}".encode():
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    letters = "0123456789abcdefghijklmnopqrstuvwxyz"
    text = ""
    for _ in range(4):
        value, digit = divmod(value, 36)
        text += letters[digit]
    return f"f{text}"
