"""Shelf and bucket: the glasses as drawings, from plain data to SVG text. Pure Python: no Django, no files, no clock.

This module is the door. Behind it stand one glass (`shelf_glass.py`, `shelf_pattern.py`), glasses in rows
(`shelf_rows.py`), the bucket (`shelf_bucket.py`), glasses that pour into it (`shelf_pouring.py`) and what all of them
are written with (`shelf_svg.py`). The same glasses give the same bytes. Nothing is added up or sorted: a glass
is drawn as the person circled it, and the water stands still.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from .shelf_bucket import plain
from .shelf_glass import PROFILES, DrawnGlass, Place, drawn
from .shelf_pouring import MOST, poured, poured_with_labels
from .shelf_rows import Rack, racked
from .shelf_svg import Point, clean, element, numbers, short_hash, svg

__all__ = ["DrawnGlass", "bucket", "glass", "picture", "shelf", "strip"]

# One glass, in a box that a giant one fits.
BOX = (64.0, 119.0)
FOOT = 115.5
# The glyph of 16 pixels: the highest silhouette just fits, its line stays a full pixel.
GLYPH = 16.0
GLYPH_SCALE = 13.6 / PROFILES["blue"].height
GLYPH_LINE = 1.1 / GLYPH_SCALE
GLYPH_FOOT = 15.2
SHELF = Rack(left=0, column=104, columns=5, scale=1, pitch=150, first=104, text=18)
BESIDE = Rack(left=134, column=104, columns=4, scale=0.72, pitch=114, first=70, text=18, whole=False)
SMALL_BUCKET = 0.7


def glass(one: DrawnGlass, *, pattern: bool = True, title: bool = True, scope: str = "") -> str:
    """One glass. Without its pattern it is the glyph of 16 pixels: silhouette and fill, no size, no badge.

    Two drawings of the same glass on one page need a different `scope`, so that their ids differ.
    """
    words = one.alt if title else ""
    if not pattern:
        return svg(_glyph(one, GLYPH / 2), box=(0, 0, GLYPH, GLYPH), size=(GLYPH, GLYPH), title=words)
    place = Place(BOX[0] / 2, FOOT, one.scale)
    inside = drawn(one, place, key=_key("glass", [one], scope))
    return svg(inside, box=(0, 0, *BOX), size=BOX, title=words)


def shelf(glasses: Iterable[DrawnGlass], *, title: str = "") -> str:
    """All the glasses on a row for each family, in the order given, each with its label below."""
    glasses = tuple(glasses)
    inside, size = racked(glasses, SHELF, key=_key("shelf", glasses))
    return svg(inside, box=(0, 0, *size), size=size, title=title)


def bucket(glasses: Iterable[DrawnGlass], *, title: str = "") -> str:
    """The bucket, and what was chosen pouring into it. Raises ValueError when more than five were."""
    chosen = _chosen(glasses)
    if len(chosen) > MOST:
        raise ValueError(f"{MOST} glasses fit around the bucket; picture() shows more")
    inside, box = poured(chosen, key=_key("bucket", chosen))
    return svg(inside, box=box, size=box[2:], title=title)


def picture(glasses: Iterable[DrawnGlass], *, title: str = "", widest: int = MOST) -> str:
    """For paper: what was chosen, with labels. Up to `widest` (five at most) pour; more stand beside the bucket."""
    chosen = _chosen(glasses)
    key = _key("picture", chosen)
    if len(chosen) <= min(widest, MOST):
        inside, box = poured_with_labels(chosen, key=key)
        return svg(inside, box=box, size=box[2:], title=title)
    rows, size = racked(chosen, BESIDE, key=key)
    return _beside(rows, size, title=title)


def strip(glasses: Iterable[DrawnGlass]) -> str:
    """All the glasses as glyphs in one line, some air between families; what the chosen ones say is its title."""
    x, parts, before = 0.0, [], ""
    glasses = tuple(glasses)
    for one in glasses:
        x += 0 if not parts else 2 if one.family == before else 7
        parts.append(_glyph(one, x + GLYPH / 2))
        x, before = x + GLYPH, one.family
    words = ". ".join(one.alt for one in glasses if one.chosen and one.alt)
    size = (max(x, GLYPH), GLYPH)
    return svg("".join(parts), box=(0, 0, *size), size=size, title=words)


def _beside(rows: str, size: Point, *, title: str) -> str:
    """The plain bucket, small, halfway up, and the rows to the right of it."""
    art, (left, top, _, tall) = plain()
    height = max(size[1], tall * SMALL_BUCKET)
    x, y = -left * SMALL_BUCKET, (height - tall * SMALL_BUCKET) / 2 - top * SMALL_BUCKET
    moved = element("g", art, transform=f"translate({numbers(x, y)}) scale({numbers(SMALL_BUCKET)})")
    return svg(moved + rows, box=(0, 0, size[0], height), size=(size[0], height), title=title)


def _glyph(one: DrawnGlass, middle: float) -> str:
    return _drawn_glyph(one.id, one.family, one.fills, middle)


# A worklist shows hundreds of them: thirteen places, each empty, half full or full.
@lru_cache(maxsize=512)
def _drawn_glyph(id: str, family: str, fills: str, middle: float) -> str:
    place = Place(middle, GLYPH_FOOT, GLYPH_SCALE)
    return drawn(DrawnGlass(id, family, "", fills), place, key="", line=GLYPH_LINE, patterned=False)


def _chosen(glasses: Iterable[DrawnGlass]) -> tuple[DrawnGlass, ...]:
    return tuple(one for one in glasses if one.chosen)


def _key(kind: str, glasses: Sequence[DrawnGlass], scope: str = "") -> str:
    """What a drawing's ids begin with: another drawing, another beginning."""
    content = [
        (one.id, one.family, one.fills, one.size, one.compensated, clean(one.label)) for one in glasses
    ]
    return f"{kind[0]}{short_hash(repr((kind, content, scope)))}"
