"""What must hold for every figure, one sentence per fault. Pure Python: no Django, no files, no clock."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from math import asin, degrees
from xml.etree import ElementTree

from . import figure
from .figure_contact import gap
from .figure_flesh import flesh
from .figure_ik import OutOfReach
from .figure_maths import apart, into, relative, sub, unit
from .figure_pose import JOINTS, SIDES, Figure, Panel, Thing
from .figure_skeleton import FOREARM, LUMBAR, NECK, PELVIS, SHIN, THIGH, THORAX, UPPER_ARM, Body

NEAR = 1.0
FOOT_TURN = 60
BELOW = -1.0
# By number of panels.
LARGEST = {1: 8 * 1024, 2: 12 * 1024, 3: 12 * 1024}
# Two figures whose joints all are nearer to each other than this look alike.
ALIKE = 3.0

_LENGTHS = {
    ("pelvis", "waist"): PELVIS,
    ("waist", "lumbar"): LUMBAR / 2,
    ("lumbar", "ribs"): LUMBAR / 2,
    ("ribs", "thorax"): THORAX / 2,
    ("thorax", "c7"): THORAX / 2,
    ("c7", "neck"): NECK,
} | {
    (f"{side}_{a}", f"{side}_{b}"): long
    for side in SIDES
    for a, b, long in (
        ("shoulder", "elbow", UPPER_ARM),
        ("elbow", "wrist", FOREARM),
        ("hip", "knee", THIGH),
        ("knee", "ankle", SHIN),
    )
}


def faults(one: Figure, *, drawn: bool = True) -> Iterator[str]:
    """Everything that is wrong with one figure; without `drawn` only with its bodies, in a tenth of the time."""
    where = f"{one.id}.toml"
    try:
        bodies = figure.bodies(one)
    except OutOfReach as error:
        yield f"{where}: {error}"
        return
    for place, (body, panel) in enumerate(zip(bodies, one.panels, strict=True)):
        yield from body_faults(f"{where}: panel {place + 1}", body, panel, (*one.props, *panel.props))
    if one.says_near and figure.near_side(one) != "right":
        yield f"{where}: near and far mean right and left, and here the left side is near: write right and left"
    for mirrored in (False, True) if drawn else ():
        yield from drawing_faults(
            where, figure.svg(one, mirrored=mirrored, title=one.id), LARGEST[len(one.panels)]
        )


def body_faults(where: str, body: Body, panel: Panel, props: Sequence[Thing]) -> Iterator[str]:
    """Everything that is wrong with the body of one panel."""
    yield from _beyond_limits(where, body)
    yield from _turned_feet(where, body)
    yield from _changed_bones(where, body)
    yield from _not_touching(where, body, panel.touch, props)
    yield from _below_floor(where, body)
    if posture(body, props) is None:
        yield f"{where}: this is none of the positions that a body is in"


def _beyond_limits(where: str, body: Body) -> Iterator[str]:
    for joint, values in body.angles.items():
        for value, (key, (low, high)) in zip(values, JOINTS[joint].items(), strict=True):
            if not low - 0.5 <= value <= high + 0.5:
                yield f"{where}: {joint}.{key} is {value:.0f}, and a body goes from {low} to {high}"


def _turned_feet(where: str, body: Body) -> Iterator[str]:
    """A foot can be pinned so that its toes look to the side of its shin: no angle says that."""
    for side in SIDES:
        toes = relative(body.frames[f"{side}_shin"], body.frames[f"{side}_foot"])[0]
        turn = degrees(asin(max(-1.0, min(1.0, toes[2]))))
        if abs(turn) > FOOT_TURN:
            yield f"{where}: {side}_foot looks {abs(turn):.0f} to the side of its shin, and a foot goes to {FOOT_TURN}"


def _changed_bones(where: str, body: Body) -> Iterator[str]:
    for (a, b), long in _LENGTHS.items():
        if abs(apart(body.points[a], body.points[b]) - long) > 0.05:
            yield f"{where}: from {a} to {b} it is {apart(body.points[a], body.points[b]):.1f}, not {long:g}"


def _not_touching(
    where: str, body: Body, touch: Iterable[tuple[str, str]], props: Sequence[Thing]
) -> Iterator[str]:
    found = flesh(body)
    for name, other in touch:
        try:
            off = gap(found, body, name, other, props)
        except KeyError as error:
            yield f"{where}: touch {name}:{other}: there is no {error.args[0]}"
            continue
        if abs(off) > NEAR:
            yield f"{where}: {name} does not touch {other}: it is {abs(off):.1f} {'off' if off > 0 else 'inside'}"


def _below_floor(where: str, body: Body) -> Iterator[str]:
    for part, pieces in flesh(body).items():
        low = min(piece.at[1] - piece.reach((0.0, 1.0, 0.0)) for piece in pieces)
        if low < BELOW:
            yield f"{where}: {part} is {-low:.1f} below the floor"


# --- the posture --------------------------------------------------------------------------------------


def posture(body: Body, props: Sequence[Thing] = ()) -> str | None:
    """Standing, sitting, back, front, hands-knees, kneeling, floor or side: as the exercises call it."""
    points = body.points
    trunk = unit(sub(points["c7"], points["pelvis"]))
    # Upwards, told in the pelvis: what its front, its head's side and its right look at.
    front, _, right = into(body.frames["pelvis"], (0.0, 1.0, 0.0))
    high, low_back = points["pelvis"][1], min(points["c7"][1], points["thorax"][1])
    knees = [points[f"{side}_knee"][1] < 14 for side in SIDES]
    feet = [points[f"{side}_sole"][1] < 30 and points[f"{side}_knee"][1] > 16 for side in SIDES]
    hands = [min(points[f"{side}_wrist"][1], points[f"{side}_elbow"][1]) < 30 for side in SIDES]
    seats = [prop for prop in props if prop.kind in ("chair", "ball", "bed", "table")]
    if abs(right) > 0.7 and trunk[1] < 0.6:
        return "side"
    if trunk[1] < 0.55:
        if front > 0.3 or (low_back < 30 and front > -0.2):
            return "back"
        if high > 24 and any(knees) and any(hands):
            return "kneeling" if high < 34 or trunk[1] < -0.75 else "hands-knees"
        if any(knees) and high > 24:
            return "kneeling"
        if low_back < 55 and front < 0 and high < 45:
            return "front"
        if (
            all(hands)
            and any(feet)
            and points["c7"][1] < high
            and abs(points["right_wrist"][0] - points["right_ankle"][0]) > 50
        ):
            return "hands-knees"
    if any(_sits(body, seat) for seat in seats):
        return "sitting"
    if high < 24:
        return "kneeling" if all(_heel_under(body, side) for side in SIDES) else "floor"
    if any(knees):
        return "kneeling"
    return "standing" if any(feet) else None


def _sits(body: Body, seat: Thing) -> bool:
    return abs(gap(flesh(body), body, "pelvis", seat.kind, [seat])) < 4


def _heel_under(body: Body, side: str) -> bool:
    """Sitting on the heels: the foot lies under the buttocks, the knee in front."""
    ankle, pelvis, knee = (body.points[name] for name in (f"{side}_ankle", "pelvis", f"{side}_knee"))
    return knee[1] < 14 and apart(ankle, pelvis) < 26


# --- figures among each other --------------------------------------------------------------------------

_SEEN = (
    "pelvis",
    "c7",
    "head",
    "face",
    *(f"{s}_{p}" for s in SIDES for p in ("elbow", "wrist", "hand", "knee", "ankle", "toes")),
)


def fingerprint(one: Figure) -> tuple[float, ...]:
    """Where the joints are in every panel, seen from the first panel's pelvis."""
    bodies = figure.bodies(one)
    x, _, z = bodies[0].points["pelvis"]
    return tuple(
        round(value, 1) for body in bodies for name in _SEEN for value in sub(body.points[name], (x, 0.0, z))
    )


def alike(figures: Mapping[str, Figure]) -> Iterator[str]:
    """Pairs of figures that nobody could tell apart; the same figure under two names is no such pair."""
    prints = {one.id: fingerprint(one) for one in figures.values()}
    for (a, first), (b, second) in combinations(prints.items(), 2):
        if len(first) == len(second) and max(abs(p - q) for p, q in zip(first, second, strict=True)) < ALIKE:
            yield f"{a}.toml and {b}.toml show the same positions: name one of them in the other's `also`"


# --- the drawing --------------------------------------------------------------------------------------


def drawing_faults(where: str, svg: str, largest: int) -> Iterator[str]:
    if len(svg.encode()) > largest:
        yield f"{where}: the drawing takes {len(svg.encode())} bytes, more than {largest}"
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError as error:
        yield f"{where}: the drawing is no valid XML: {error}"
        return
    left, top, wide, tall = map(float, root.attrib["viewBox"].split())
    for x, y in _points(root, (0.0, 0.0)):
        if not (left <= x <= left + wide and top <= y <= top + tall):
            yield f"{where}: something is drawn outside the picture, at {x:.0f} {y:.0f}"
            return
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    if len(ids) != len(set(ids)):
        yield f"{where}: an id stands twice in the drawing"


def _points(element: ElementTree.Element, move: tuple[float, float]) -> Iterator[tuple[float, float]]:
    """The corners of every path and the extremes of every circle, where they really are."""
    found = re.fullmatch(r"translate\((\S+) (\S+)\)", element.attrib.get("transform", ""))
    if found:
        move = (move[0] + float(found[1]), move[1] + float(found[2]))
    if "d" in element.attrib:
        yield from ((x + move[0], y + move[1]) for x, y in path_points(element.attrib["d"]))
    if element.tag.endswith("circle"):
        x, y, r = (float(element.attrib.get(key, 0)) for key in ("cx", "cy", "r"))
        yield from (
            (move[0] + x + dx * r, move[1] + y + dy * r) for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1))
        )
    for child in element:
        yield from _points(child, move)


_TAKES = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "q": 4, "a": 7, "z": 0}


def path_points(d: str) -> Iterator[tuple[float, float]]:
    """The points that a path goes through."""
    x = y = 0.0
    start = (0.0, 0.0)
    for letter, body in re.findall(r"([A-Za-z])([^A-Za-z]*)", d):
        values = [float(text) for text in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", body)]
        kind, here = letter.lower(), letter.islower()
        if kind == "z":
            x, y = start
            continue
        for k in range(0, len(values), _TAKES[kind]):
            step = values[k : k + _TAKES[kind]]
            dx, dy = {"h": (step[-1], 0.0 if here else y), "v": (0.0 if here else x, step[-1])}.get(
                kind, (step[-2] if len(step) > 1 else 0.0, step[-1])
            )
            x, y = (x + dx, y + dy) if here else (dx, dy)
            if kind == "m" and k == 0:
                start = (x, y)
            yield x, y
