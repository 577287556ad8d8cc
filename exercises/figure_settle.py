"""From a pose to a body that lies, stands and holds where it should. Pure Python: no Django, no files, no clock.

Root and angles first; then anchor and settling move the whole body; fits vary one number until a point is where it
must be; at last pins bend arms and legs until hand or foot is there.
"""

from collections.abc import Callable
from dataclasses import replace

from .figure_flesh import lowest
from .figure_ik import OutOfReach, held, pinned
from .figure_maths import between, times
from .figure_pose import JOINTS, SIGN, Fit, Panel, Pin, Root
from .figure_skeleton import Body, angle, body


def settle(panel: Panel) -> Body:
    """The body of one panel, everything that it asks for done. Raises OutOfReach."""
    for fit in panel.fits:
        panel = _fitted(panel, fit)
    return pinned(_placed(panel), panel.pins)


def _placed(panel: Panel) -> Body:
    """Before the pins: angles, then the whole body moved by its anchor and down onto the floor."""
    found = body(panel.root, panel.angles)
    if panel.anchor:
        at = found.points[panel.anchor.point]
        move = [0.0 if want is None else want - have for want, have in zip(panel.anchor.at, at, strict=True)]
        found = body(_moved(found.root, *move), panel.angles)
    if panel.settle:
        busy = {pin.limb for pin in panel.pins}
        found = body(_moved(found.root, 0, -lowest(found, without=busy), 0), panel.angles)
    return found


def _moved(root: Root, x: float, y: float, z: float) -> Root:
    return root._replace(x=root.x + x, y=root.y + y, z=root.z + z)


# --- fits -------------------------------------------------------------------------------------------


def _fitted(panel: Panel, fit: Fit) -> Panel:
    """The panel with the fit's number changed as little as needed."""
    start = varied(panel, fit.vary)

    def off(value: float) -> float:
        return _placed(vary(panel, fit.vary, value)).points[fit.point][fit.axis] - fit.value

    at_start = off(start)
    if abs(at_start) < 1e-6:
        return panel
    quick = _secant(off, start, at_start, fit.room)
    if quick is not None:
        return vary(panel, fit.vary, quick)
    steps = 24
    crossings = []
    for way in (1, -1):
        before, off_before = start, at_start
        for step in range(1, steps + 1):
            value = start + way * fit.room * step / steps
            here = off(value)
            if here * off_before <= 0:
                crossings.append((step, before, value, off_before))
                break
            before, off_before = value, here
    if not crossings:
        nearest = min(abs(off(start + fit.room * step / steps)) for step in range(-steps, steps + 1))
        raise OutOfReach(
            f"fit of {fit.vary}: {fit.point} misses {fit.value:g} by {nearest:.1f} within {fit.room:g} either way"
        )
    _, low, high, off_low = min(crossings)
    for _ in range(40):
        middle = (low + high) / 2
        here = off(middle)
        if here * off_low <= 0:
            high = middle
        else:
            low, off_low = middle, here
    return vary(panel, fit.vary, (low + high) / 2)


def _secant(off: Callable[[float], float], start: float, at_start: float, room: float) -> float | None:
    """The nearest fitting value, found in a few steps; None when it is not that simple."""
    low, off_low = start, at_start
    high = start + 3.0
    off_high = off(high)
    for _ in range(8):
        if abs(off_high - off_low) < 1e-9:
            return None
        step = off_high * (high - low) / (off_high - off_low)
        low, off_low = high, off_high
        high -= step
        if abs(high - start) > room:
            return None
        off_high = off(high)
        if abs(off_high) < 1e-4:
            return high
    return None


def varied(panel: Panel, name: str) -> float:
    """The number that a fit calls `root.tilt`, `lumbar.flex` or `right_hip.flex`."""
    joint, _, key = name.partition(".")
    if joint == "root":
        return float(getattr(panel.root, key))
    return angle(panel.angles, joint)[list(JOINTS[joint]).index(key)]


def vary(panel: Panel, name: str, value: float) -> Panel:
    joint, _, key = name.partition(".")
    if joint == "root":
        return replace(panel, root=panel.root._replace(**{key: value}))
    values = list(angle(panel.angles, joint))
    values[list(JOINTS[joint]).index(key)] = value
    return replace(panel, angles={**panel.angles, joint: tuple(values)})


# --- between two positions --------------------------------------------------------------------------


def tween(first: Panel, second: Panel, t: float) -> Body:
    """The body on its way from one panel to the other: angles and pins each go evenly."""
    one, two = settle(first), settle(second)
    root = Root(*(a + (b - a) * t for a, b in zip(one.root, two.root, strict=True)))
    names = dict.fromkeys([*one.angles, *two.angles])
    angles = {
        name: tuple(
            a + (b - a) * t for a, b in zip(angle(one.angles, name), angle(two.angles, name), strict=True)
        )
        for name in names
    }
    found = body(root, angles)
    if first.anchor and second.anchor and first.anchor.point == second.anchor.point:
        point = first.anchor.point
        want, have = between(one.points[point], two.points[point], t), found.points[point]
        keep = [a is not None for a in first.anchor.at]
        move = [want[i] - have[i] if keep[i] else 0.0 for i in range(3)]
        found = body(_moved(root, *move), angles)
    elif first.settle and second.settle:
        busy = {pin.limb for pin in (*first.pins, *second.pins)}
        found = body(_moved(root, 0, -lowest(found, without=busy), 0), angles)
    return held(found, _shared(first, second, one, two, t))


def _shared(first: Panel, second: Panel, one: Body, two: Body, t: float) -> list[Pin]:
    """The pins that both positions have, each on its way; where the joint really is counts."""
    after = {pin.part: pin for pin in second.pins}
    pins = []
    for pin in first.pins:
        other = after.get(pin.part)
        if other is None:
            continue
        side, _, part = pin.part.partition("_")
        joint = f"{side}_{({'hand': 'wrist', 'foot': 'ankle'}).get(part, part)}"
        upper = f"{side}_{'upper_arm' if pin.limb.endswith('arm') else 'thigh'}"
        tip = f"{side}_{'hand' if pin.limb.endswith('arm') else 'foot'}"
        bend = -1.0 if pin.limb.endswith("arm") else 1.0
        pole = times(between(one.frames[upper][0], two.frames[upper][0], t), bend)
        arm = pin.limb.endswith("arm")
        axis, sign = (1, -1.0) if arm else (0, 1.0)
        point = times(between(one.frames[tip][axis], two.frames[tip][axis], t), sign)
        palm = (2, -1.0 * SIGN[side]) if arm else (1, -1.0)
        face = times(between(one.frames[tip][palm[0]], two.frames[tip][palm[0]], t), palm[1])
        rest = None
        if part in ("elbow", "knee"):
            lower = f"{side}_{'forearm' if arm else 'shin'}"
            rest = times(between(one.frames[lower][1], two.frames[lower][1], t), -1.0)
            point = face = None
        place = between(one.points[joint], two.points[joint], t)
        pins.append(Pin(part=pin.part, at=place, pole=pole, point=point, face=face, rest=rest))
    return pins
