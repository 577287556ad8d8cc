"""What a drawing of glasses shows, read back from its SVG text: where things are, not how they were computed."""

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from itertools import pairwise

SVG = "{http://www.w3.org/2000/svg}"
# The widest of our labels per letter, in em, as Chromium measures them in the house face.
EM = {"regular": 0.61, "bold": 0.64}


@dataclass(frozen=True)
class Shape:
    """A named outline in the drawing's own coordinates."""

    name: str
    points: tuple

    @property
    def box(self):
        """Left, top, right, bottom."""
        xs, ys = [x for x, _ in self.points], [y for _, y in self.points]
        return min(xs), min(ys), max(xs), max(ys)


def parsed(text):
    return ET.fromstring(text)


def frame(root):
    """The viewBox as left, top, right, bottom."""
    x, y, width, height = map(float, root.get("viewBox").split())
    return x, y, x + width, y + height


def glass_groups(root):
    """{glass id: its group}, in the order in which they are drawn."""
    return {group.get("data-glass"): group for group in root.iter(f"{SVG}g") if group.get("data-glass")}


def silhouettes(root):
    """The outline and the mouth of each glass, both under its name, and its badge if it has one."""
    found = []
    for name, group in glass_groups(root).items():
        mouth = [
            path
            for path in group.findall(f"{SVG}path")
            if path.get("fill") == "none" and "A" in path.get("d")
        ]
        found += [Shape(name, tuple(points(path.get("d")))) for path in (group[0], *mouth)]
        found += [_badge(name, circle) for circle in group.iter(f"{SVG}circle")]
    return found


def outline(group):
    return Shape("outline", tuple(points(group[0].get("d"))))


def liquid(group):
    """The polygon of what is in the glass, or None when it is empty."""
    paths = group.findall(f"{SVG}path")
    fills = [one for one in paths if one.get("fill") not in ("none", "#ffffff")]
    return Shape("liquid", tuple(points(fills[0].get("d")))) if fills else None


def labels(root):
    """A box for each line of text, with the width that it is about to take."""
    found = []
    for text in root.iter(f"{SVG}text"):
        size = float(text.get("font-size"))
        width = len(text.text) * size * EM["bold" if text.get("font-weight") else "regular"]
        x, y = float(text.get("x")), float(text.get("y"))
        left = x - {"middle": width / 2, "end": width, None: 0}[text.get("text-anchor")]
        found.append(Shape(text.text, _corners(left, y - 0.72 * size, left + width, y + 0.2 * size)))
    return found


def words(root):
    """What the labels say: lines at the same place joined."""
    return " ".join(text.text for text in root.iter(f"{SVG}text"))


def streams(root):
    """The streams, each as its line from the lip to the water; the darker edge below it is left out."""
    lines = [one for one in root.findall(f"{SVG}path") if "Q" in one.get("d") and one.get("fill") == "none"]
    return [Shape("stream", tuple(points(one.get("d")))) for one in lines[1::2]]


def bucket_outline(root):
    """The silhouette of the bucket without its handle, and its two ears."""
    body = next(one for one in root.findall(f"{SVG}path") if one.get("fill") == "#ffffff")
    return [
        Shape("bucket", tuple(points(body.get("d")))),
        *(_badge("ear", circle) for circle in root.findall(f"{SVG}circle")),
    ]


def water(root):
    """Everything that is water and not the drop or a ring, as it is written."""
    found = []
    for one in root.iter():
        if one.get("fill") in ("#bfd9ee", "#dcebf7") and one.get("stroke") != "#1b2b3a":
            found.append((one.tag, tuple(sorted(one.attrib.items()))))
    return found


def meet(one, other, *, air=0.0):
    """Whether two shapes touch or overlap, or come closer than `air` in a box around both."""
    (left, top, right, bottom), (other_left, other_top, other_right, other_bottom) = one.box, other.box
    if left - air >= other_right or other_left - air >= right:
        return False
    if top - air >= other_bottom or other_top - air >= bottom:
        return False
    edges = list(pairwise((*one.points, one.points[0])))
    other_edges = list(pairwise((*other.points, other.points[0])))
    return (
        any(_cross(*edge, *across) for edge in edges for across in other_edges)
        or _inside(one.points[0], other.points)
        or _inside(other.points[0], one.points)
    )


def line_meets(line, shape, *, after=0):
    """Whether an open line crosses a shape; its first `after` pieces are not looked at."""
    edges = list(pairwise((*shape.points, shape.points[0])))
    return any(_cross(*piece, *edge) for piece in list(pairwise(line.points))[after:] for edge in edges)


def points(data):
    """The points along a path in absolute coordinates; a curve in eight pieces, every arc half an ellipse."""
    found, at = [], (0.0, 0.0)
    for word, rest in re.findall(r"([MLQCAVHZ])([^MLQCAVHZ]*)", data):
        values = [float(value) for value in re.findall(r"-?[\d.]+", rest)]
        if word in "ML":
            found += [(values[i], values[i + 1]) for i in range(0, len(values), 2)]
        elif word == "V":
            found.append((at[0], values[0]))
        elif word == "H":
            found.append((values[0], at[1]))
        elif word in "QC":
            found += _curve([at, *zip(values[::2], values[1::2], strict=True)])
        elif word == "A":
            found += _half_ellipse(at, values)
        at = found[-1]
    return found


def _curve(controls):
    found = []
    for step in range(1, 9):
        level, part = controls, step / 8
        while len(level) > 1:
            level = [
                (x + (to_x - x) * part, y + (to_y - y) * part) for (x, y), (to_x, to_y) in pairwise(level)
            ]
        found.append(level[0])
    return found


def _half_ellipse(at, values):
    _, ry, _, _, sweep, x, y = values
    length = ((x - at[0]) ** 2 + (y - at[1]) ** 2) ** 0.5
    across = ((y - at[1]) / length, -(x - at[0]) / length)
    side = ry if sweep else -ry
    return [
        (
            at[0] + (x - at[0]) * part + across[0] * side * bulge,
            at[1] + (y - at[1]) * part + across[1] * side * bulge,
        )
        for part, bulge in ((0.03, 0.34), (0.15, 0.71), (0.5, 1), (0.85, 0.71), (0.97, 0.34), (1, 0))
    ]


def _badge(name, circle):
    x, y, r = (float(circle.get(key)) for key in ("cx", "cy", "r"))
    r += float(circle.get("stroke-width")) / 2
    return Shape(f"{name} badge", _corners(x - 0.8 * r, y - 0.8 * r, x + 0.8 * r, y + 0.8 * r))


def _corners(left, top, right, bottom):
    return (left, top), (right, top), (right, bottom), (left, bottom)


def _cross(a, b, c, d):
    def turn(p, q, r):
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return turn(a, b, c) * turn(a, b, d) < 0 and turn(c, d, a) * turn(c, d, b) < 0


def _inside(point, polygon):
    x, y = point
    inside = False
    for (ax, ay), (bx, by) in pairwise((*polygon, polygon[0])):
        if (ay > y) != (by > y) and x < ax + (bx - ax) * (y - ay) / (by - ay):
            inside = not inside
    return inside
