"""The drawings as pages need them: one position, all of them, or the way between two. Drawn once per process."""

import re
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse

from exercises.figure import between, bodies, svg
from exercises.poses import figures
from plans.paper import image

FRAMES = 9
FRAME = re.compile(r'viewBox="[^"]+" width="[^"]+" height="[^"]+"')


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture on a page. `other` is the same for the other side of the body, '' where that is not drawn."""

    src: str
    other: str
    width: int
    height: int


def figure_of(key):
    """The figure of an exercise; None where there is none, or none that can be drawn."""
    figure = figures().get(key)
    try:
        return figure if figure and bodies(figure) else None
    except ValueError:  # `manage.py check` says what is wrong with it; meanwhile the exercise has no picture.
        return None


@lru_cache(maxsize=256)
def drawing(key, *, mirrored=False):
    """All the positions beside or below each other, as SVG; '' where there are none."""
    figure = figure_of(key)
    return svg(figure, mirrored=mirrored) if figure else ""


@lru_cache(maxsize=256)
def positions(key, *, mirrored=False):
    """Each position by itself, all equally large, as SVG."""
    figure = figure_of(key)
    numbers = range(1, len(figure.panels) + 1) if figure else ()
    return _in_one_frame([svg(figure, panel=number, mirrored=mirrored) for number in numbers])


@lru_cache(maxsize=160)
def frames(key, *, mirrored=False):
    """The way from the first position to the second in FRAMES drawings, all in one frame; () where nothing moves."""
    figure = figure_of(key)
    if figure is None or len(figure.panels) < 2:
        return ()
    steps = [step / (FRAMES - 1) for step in range(FRAMES)]
    # One name in all of them: js/moving.js looks for the same parts in the next one.
    found = _in_one_frame([between(figure, step, mirrored=mirrored, prefix="moving") for step in steps])
    # Where only the marks differ, the body stays where it is.
    return found if len(set(found)) > 1 else ()


def pictures(key, *, given=""):
    """The positions of an exercise. `given` is the drawing on somebody's paper: it stays, also when drawn anew."""
    if given and given != drawing(key):
        return (Picture(image(given), "", *size(given)),)
    address = reverse("figure", args=[key])
    return tuple(
        Picture(f"{address}?panel={number}", f"{address}?panel={number}&side=other", *size(one))
        for number, one in enumerate(positions(key), 1)
    )


def size(drawing_):
    """Width and height of a drawing, for a page that keeps the room free."""
    return tuple(round(float(number)) for number in re.findall(r' (?:width|height)="([\d.]+)"', drawing_)[:2])


def _in_one_frame(drawings):
    """The same drawings, each with a frame that holds all of them: nothing jumps, and nobody grows."""
    if len(drawings) < 2:
        return tuple(drawings)
    boxes = [[float(side) for side in re.search(r'viewBox="([^"]+)"', one)[1].split()] for one in drawings]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    wide = max(box[0] + box[2] for box in boxes) - left
    tall = max(box[1] + box[3] for box in boxes) - top
    # A drawing counts in tenths of what it measures on paper.
    frame = f'viewBox="{left:g} {top:g} {wide:g} {tall:g}" width="{wide / 10:g}" height="{tall / 10:g}"'
    return tuple(FRAME.sub(frame, one, count=1) for one in drawings)
