"""From the tables of a pose file to a figure, or a sentence about what is wrong. Pure Python: no Django, no files.

A file is forgiving: a base gives a whole position, `from` repeats an earlier panel, and only what differs is written.
`hip` means both hips, a plain number the joint's first key. What nobody knows is refused by name.
"""

from collections.abc import Collection, Mapping
from typing import Any

from . import figure_props
from . import figure_words as words
from .figure_bases import BASES
from .figure_maths import Vec, unit
from .figure_pose import (
    JOINTS,
    LIMBS,
    ROOT,
    SIDE_WORDS,
    SIDES,
    SIGN,
    Anchor,
    Angles,
    Camera,
    Figure,
    Fit,
    Panel,
    Pin,
    Root,
    Thing,
)
from .figure_skeleton import SOLE, pelvis

FIGURE_KEYS = {"camera", "props", "panels", "alt", "layout", "also"}
PANEL_KEYS = {
    "base", "from", "pose", "pins", "free", "anchor", "fit", "settle", "order", "touch", "props", "marks", "mirror",
}  # fmt: skip
PIN_KEYS = {"part", "at", "on", "to", "offset", "pole", "toes", "sole", "fingers", "palm", "rest", "flat"}
LAYOUTS = ("auto", "row", "column")
# How high the wrist is above what the hand lies on.
WRIST = 3.3


def figure(name: str, table: Mapping[str, Any]) -> Figure:
    """The figure that this file describes. Raises ValueError with the place that is wrong."""
    words.known(name, table, FIGURE_KEYS)
    props = tuple(
        words.thing(f"{name}: props[{k}]", row, figure_props.KINDS)
        for k, row in enumerate(table.get("props", ()))
    )
    rows = table.get("panels", ())
    if not 1 <= len(rows) <= 3:
        raise ValueError(f"{name}: has {len(rows)} panels, not 1 to 3")
    layout = table.get("layout", "auto")
    if layout not in LAYOUTS:
        raise ValueError(f"{name}: layout {layout!r} is none of {', '.join(LAYOUTS)}")
    camera = table.get("camera", {})
    words.known(f"{name}: camera", camera, {"yaw", "pitch"})
    words.known(f"{name}: alt", table.get("alt", {}), {"nl", "en", "fr"})
    whole: list[dict[str, Any]] = []
    for place, row in enumerate(rows):
        whole.append(_whole(f"{name}: panels[{place + 1}]", row, whole))
    return Figure(
        id=name,
        panels=tuple(_panel(f"{name}: panels[{k + 1}]", row, props) for k, row in enumerate(whole)),
        camera=Camera(**{key: words.number(f"{name}: camera.{key}", value) for key, value in camera.items()}),
        props=props,
        layout=layout,
        also=tuple(table.get("also", ())),
        says_near=words.says_near(rows),
        alt=dict(table.get("alt", {})),
    )


# --- what a panel is made of, before it is read -------------------------------------------------------


def _whole(where: str, row: Mapping[str, Any], before: list[dict[str, Any]]) -> dict[str, Any]:
    """The row laid over its base or over the panel that it starts from."""
    words.known(where, row, PANEL_KEYS)
    if "from" in row:
        earlier = row["from"]
        if "base" in row or not isinstance(earlier, int) or not 1 <= earlier <= len(before):
            raise ValueError(f"{where}: from = {earlier!r} names no earlier panel, or stands beside a base")
        start = {key: value for key, value in before[earlier - 1].items() if key != "marks"}
    else:
        base = row.get("base", "standing")
        if base not in BASES:
            raise ValueError(f"{where}: base {base!r} is none of {', '.join(BASES)}")
        start = {**BASES[base]}
        start["pose"] = _pose(f"base {base}", start["pose"])
        start["pins"] = {pin["part"]: pin for pin in start.get("pins", ())}
    pins = dict(start.get("pins", {}))
    for part in row.get("free", ()):
        if part != "all" and words.sided(where, part) not in pins:
            raise ValueError(f"{where}: free names {part!r}, which is not pinned")
        pins = (
            {}
            if part == "all"
            else {key: pin for key, pin in pins.items() if key != words.sided(where, part)}
        )
    for pin in row.get("pins", ()):
        part = words.sided(where, pin.get("part", ""))
        pins[part] = {**pin, "part": part}
    pose = _pose(where, row.get("pose", {}))
    merged = {key: {**start["pose"].get(key, {}), **pose.get(key, {})} for key in {**start["pose"], **pose}}
    rest = {key: value for key, value in row.items() if key not in ("base", "from", "pose", "pins", "free")}
    return {**start, **rest, "pose": merged, "pins": pins}


def _pose(where: str, table: Mapping[str, Any]) -> dict[str, dict[str, float]]:
    """Each joint with its keys: sides told apart, plain numbers under their key."""
    found: dict[str, dict[str, float]] = {}
    # What is said of one side stands above what is said of both.
    for name, value in sorted(table.items(), key=lambda item: item[0].partition("_")[0] in SIDE_WORDS):
        side, _, joint = name.partition("_")
        if name == "root":
            words.known(f"{where}: root", value, {*ROOT, "at"})
            numbers = dict(value)
            if "at" in numbers:
                numbers |= zip("xyz", numbers.pop("at"), strict=True)
            found["root"] = {
                key: words.number(f"{where}: root.{key}", number) for key, number in numbers.items()
            }
            continue
        if name in LIMBS:
            names = [f"{one}_{name}" for one in SIDES]
        elif side in SIDE_WORDS and joint in LIMBS:
            names = [f"{SIDE_WORDS[side]}_{joint}"]
        elif name in JOINTS:
            names = [name]
        else:
            raise ValueError(f"{where}: pose names {name!r}, which is no joint")
        keys = JOINTS[names[0]]
        table_ = value if isinstance(value, Mapping) else {next(iter(keys)): value}
        words.known(f"{where}: {name}", table_, keys)
        for one in names:
            found.setdefault(one, {}).update(
                {key: words.number(f"{where}: {name}.{key}", number) for key, number in table_.items()}
            )
    return found


def _panel(where: str, row: Mapping[str, Any], props: tuple[Thing, ...]) -> Panel:
    pose = dict(row["pose"])
    root = Root(**pose.pop("root", {}))
    angles: dict[str, Angles] = {
        joint: tuple(float(keys.get(key, 0.0)) for key in JOINTS[joint]) for joint, keys in pose.items()
    }
    own = tuple(
        words.thing(f"{where}: props[{k}]", one, figure_props.KINDS)
        for k, one in enumerate(row.get("props", ()))
    )
    fits = row.get("fit", ())
    return Panel(
        root=root,
        angles=angles,
        pins=tuple(
            _pin(f"{where}: pin of {part}", pin, root, (*props, *own)) for part, pin in row["pins"].items()
        ),
        anchor=_anchor(f"{where}: anchor", row["anchor"], (*props, *own)) if "anchor" in row else None,
        fits=tuple(
            fit
            for one in ([fits] if isinstance(fits, Mapping) else fits)
            for fit in _fits(f"{where}: fit", one)
        ),
        settle=bool(row.get("settle", False)),
        order=tuple(words.wish(f"{where}: order", text) for text in row.get("order", ())),
        touch=tuple(words.touch(f"{where}: touch", text) for text in row.get("touch", ())),
        props=own,
        marks=tuple(words.mark(f"{where}: marks[{k}]", one) for k, one in enumerate(row.get("marks", ()))),
        mirror=bool(row.get("mirror", False)),
    )


# --- pins, anchors, fits --------------------------------------------------------------------------------


def _pin(where: str, pin: Mapping[str, Any], root: Root, props: tuple[Thing, ...]) -> Pin:
    words.known(where, pin, PIN_KEYS)
    part = pin["part"]
    foot = part.endswith(("foot", "knee"))
    for key in ("fingers", "palm") if foot else ("toes", "sole"):
        if key in pin:
            raise ValueError(f"{where}: {key!r} is no key of a {part.partition('_')[2]}")
    if ("at" in pin) == ("to" in pin):
        raise ValueError(f"{where}: needs either `at` or `to`")
    point, face = pin.get("toes" if foot else "fingers"), pin.get("sole" if foot else "palm")
    at = None
    if "at" in pin:
        at, stands = _at(where, pin, props)
        if stands and pin.get("flat", True) and part.endswith(("foot", "hand")):
            face = face or (0, -1, 0)
            point = point or _ahead(root, SIGN[part.partition("_")[0]], foot)
    if face and not point:
        raise ValueError(f"{where}: where palm or sole looks needs where fingers or toes point")
    return Pin(
        part=part,
        at=at,
        to=words.point(where, pin["to"]) if "to" in pin else "",
        offset=words.vector(where, pin.get("offset", (0, 0, 0))),
        pole=words.direction(where, pin.get("pole")),
        point=words.direction(where, point),
        face=words.direction(where, face),
        rest=words.direction(where, pin.get("rest")),
    )


def _at(where: str, pin: Mapping[str, Any], props: tuple[Thing, ...]) -> tuple[Vec, bool]:
    """Where the joint is, and whether it stands on something: [x, z] with `on`, or [x, y, z]."""
    values = pin["at"]
    if "on" not in pin:
        return words.vector(where, values), False
    if len(values) != 2:
        raise ValueError(f"{where}: with `on`, `at` is [x, z]")
    part = pin["part"].partition("_")[2]
    above = {"foot": SOLE, "hand": WRIST, "knee": 6.0, "elbow": 4.1}[part]
    x, z = (words.number(where, value) for value in values)
    return (x, _height(where, pin["on"], props) + above, z), True


def _height(where: str, on: Any, props: tuple[Thing, ...]) -> float:
    if isinstance(on, (int, float)):
        return float(on)
    if on == "floor":
        return 0.0
    for prop in props:
        if prop.kind == on and (high := figure_props.top(prop)) is not None:
            return high
    raise ValueError(
        f"{where}: on = {on!r} is neither floor, nor a number, nor a prop of this figure to stand on"
    )


def _ahead(root: Root, sign: int, foot: bool) -> Vec:
    """Where toes or fingers point when nobody says: ahead, or to the head's side when the body lies or kneels over."""
    frame = pelvis(root)
    forward, up = frame[0], frame[1]
    flat = (forward[0], 0.0, forward[2])
    if abs(forward[1]) > 0.75:
        flat = (up[0], 0.0, up[2]) if not foot or forward[1] < 0 else (-up[0], 0.0, -up[2])
    x, _, z = unit(flat)
    turn = 0.14 * sign if foot else 0.0
    return (x - turn * z, 0.0, z + turn * x)


def _anchor(where: str, row: Mapping[str, Any], props: tuple[Thing, ...]) -> Anchor:
    words.known(where, row, {"point", "at", "x", "y", "z"})
    at = row.get("at", [row.get("x"), row.get("y"), row.get("z")])
    if len(at) != 3 or all(value is None for value in at):
        raise ValueError(f"{where}: needs at = [x, y, z], or some of x, y and z")
    x, y, z = (None if value is None else words.number(where, value) for value in at)
    return Anchor(point=words.point(where, row["point"]), at=(x, y, z))


def _fits(where: str, row: Mapping[str, Any]) -> list[Fit]:
    words.known(where, row, {"vary", "point", "x", "y", "z", "room"})
    axes = [axis for axis in "xyz" if axis in row]
    if len(axes) != 1 or "vary" not in row or "point" not in row:
        raise ValueError(f"{where}: needs vary, point, and one of x, y and z")
    vary = row["vary"]
    joint, _, key = vary.partition(".")
    side, _, rest = joint.partition("_")
    names = [joint]
    if side in SIDE_WORDS and rest in LIMBS:
        names = [f"{SIDE_WORDS[side]}_{rest}"]
    elif joint in LIMBS:
        names = [f"{one}_{joint}" for one in SIDES]
    keys: Collection[str] = ROOT if joint == "root" else JOINTS.get(names[0], ())
    if key not in keys:
        raise ValueError(
            f"{where}: vary = {vary!r} is no joint with its key, such as root.tilt or lumbar.flex"
        )
    point, axis, value = words.point(where, row["point"]), axes[0], words.number(where, row[axes[0]])
    return [
        Fit(
            vary=f"{name}.{key}",
            point=point if len(names) == 1 else f"{name.partition('_')[0]}_{point.partition('_')[2]}",
            axis="xyz".index(axis),
            value=value,
            room=words.number(where, row.get("room", 60)),
        )
        for name in names
    ]
