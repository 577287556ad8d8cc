"""Bones: from root and angles to frames and points. Pure Python: no Django, no files, no clock.

Forward only; what must lie somewhere (pins, anchor, fit) is the business of `figure_ik.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from .figure_maths import (
    WORLD,
    Frame,
    Vec,
    about_x,
    about_y,
    about_z,
    add,
    bent,
    between,
    out,
    sub,
    swung,
    times,
    turned,
)
from .figure_pose import JOINTS, SIDES, SIGN, Angles, Root

# Units are centimetres of somebody of about 1.75 m.
PELVIS, LUMBAR, THORAX, NECK, HEAD = 12.0, 19.0, 27.0, 9.0, 11.5
UPPER_ARM, FOREARM, PALM, FINGERS = 29.0, 25.0, 7.0, 8.0
THIGH, SHIN, FOOT, HEEL, SOLE = 44.0, 42.0, 17.0, 5.0, 7.0
SHOULDER, SHOULDER_DROP, HIP = 16.0, 4.5, 8.5
# Nobody holds the neck like a stick: it leans a little, and the head looks up as much.
NECK_LEAN = 10.0
BONES = {
    "arm": (UPPER_ARM, FOREARM),
    "leg": (THIGH, SHIN),
}


@dataclass(frozen=True, slots=True)
class Body:
    """A body in the world: the frame of every bone, the place of every point, and the angles that made them."""

    root: Root
    angles: Mapping[str, Angles]
    frames: Mapping[str, Frame]
    points: Mapping[str, Vec]


def angle(angles: Mapping[str, Angles], joint: str) -> Angles:
    """The joint's angles; what is not told is 0."""
    return angles.get(joint) or (0.0,) * len(JOINTS[joint])


def pelvis(root: Root) -> Frame:
    return turned(WORLD, about_y(-root.turn), about_z(root.tilt), about_x(root.lean), about_y(-root.roll))


def body(root: Root, angles: Mapping[str, Angles]) -> Body:
    """The body with these angles, its hips' middle where the root is."""
    frames: dict[str, Frame] = {}
    points: dict[str, Vec] = {}
    _trunk(root, angles, frames, points)
    for side in SIDES:
        arm(side, angles, frames, points)
        leg(side, angles, frames, points)
    return Body(root, angles, frames, points)


def _trunk(
    root: Root, angles: Mapping[str, Angles], frames: dict[str, Frame], points: dict[str, Vec]
) -> None:
    frame = frames["pelvis"] = pelvis(root)
    place = points["pelvis"] = root.at
    place = points["waist"] = add(place, times(frame[1], PELVIS))
    for name, upper, long in (("lumbar", "ribs", LUMBAR), ("thorax", "c7", THORAX)):
        flex, side, rotate = angle(angles, name)
        half = turned(frame, bent(flex / 2, side / 2, rotate / 2))
        frames[f"lower_{name}"] = half
        place = points[name] = add(place, times(half[1], long / 2))
        frame = frames[name] = turned(frame, bent(flex, side, rotate))
        place = points[upper] = add(place, times(frame[1], long / 2))
    flex, side, rotate = angle(angles, "neck")
    frame = frames["neck"] = turned(frame, bent(flex + NECK_LEAN, side, rotate))
    place = points["neck"] = add(place, times(frame[1], NECK))
    flex, side, rotate = angle(angles, "head")
    frame = frames["head"] = turned(frame, bent(flex - NECK_LEAN, side, rotate))
    points["head"] = add(place, out(frame, (1.6, 8.0, 0)))
    points["crown"] = add(points["head"], times(frame[1], HEAD))
    points["face"] = add(points["head"], times(frame[0], HEAD - 1))
    points["mouth"] = add(points["head"], out(frame, (HEAD - 1, -5, 0)))
    for name, bone, depth in (("chest", "thorax", 10), ("belly", "lumbar", 9), ("lap", "pelvis", 9)):
        points[name] = add(points[bone], times(frames[bone][0], depth))
    for name, bone, depth in (("back", "thorax", 9), ("low_back", "lumbar", 8), ("sacrum", "pelvis", 10)):
        points[name] = sub(points[bone], times(frames[bone][0], depth))


def arm(side: str, angles: Mapping[str, Angles], frames: dict[str, Frame], points: dict[str, Vec]) -> None:
    sign, thorax = SIGN[side], frames["thorax"]
    raised, forward = angle(angles, f"{side}_girdle")
    reach = out(about_y(sign * forward), out(about_x(-sign * raised), (0, 0, sign * SHOULDER)))
    points[f"{side}_shoulder"] = add(points["c7"], out(thorax, add(reach, (0.8, -SHOULDER_DROP, 0))))
    upper = turned(thorax, swung(*angle(angles, f"{side}_shoulder"), sign))
    place_arm(side, upper, angles, frames, points)


def place_arm(
    side: str,
    upper: Frame,
    angles: Mapping[str, Angles],
    frames: dict[str, Frame],
    points: dict[str, Vec],
    lower: Frame | None = None,
    hand: Frame | None = None,
) -> None:
    """Elbow, wrist and hand of an arm whose shoulder and upper arm are known."""
    sign = SIGN[side]
    frames[f"{side}_upper_arm"] = upper
    elbow = points[f"{side}_elbow"] = sub(points[f"{side}_shoulder"], times(upper[1], UPPER_ARM))
    lower = lower or turned(upper, about_z(angle(angles, f"{side}_elbow")[0]))
    frames[f"{side}_forearm"] = lower
    wrist = points[f"{side}_wrist"] = sub(elbow, times(lower[1], FOREARM))
    if hand is None:
        flex, tilt = angle(angles, f"{side}_wrist")
        spun = turned(lower, about_y(-sign * angle(angles, f"{side}_forearm")[0]))
        # Palms look at the body: bending the wrist takes the fingers towards the palm.
        hand = turned(spun, about_x(sign * flex), about_z(tilt))
    frames[f"{side}_hand"] = hand
    knuckles = points[f"{side}_hand"] = sub(wrist, times(hand[1], PALM))
    curl = turned(hand, about_x(sign * angle(angles, f"{side}_fingers")[0]))
    frames[f"{side}_fingers"] = curl
    points[f"{side}_fingers"] = sub(knuckles, times(curl[1], FINGERS))
    points[f"{side}_palm"] = add(between(wrist, knuckles, 0.7), times(hand[2], -3.0 * sign))


def leg(side: str, angles: Mapping[str, Angles], frames: dict[str, Frame], points: dict[str, Vec]) -> None:
    sign, hips = SIGN[side], frames["pelvis"]
    points[f"{side}_hip"] = add(points["pelvis"], times(hips[2], sign * HIP))
    points[f"{side}_buttock"] = add(points[f"{side}_hip"], out(hips, (-9, -2, 0)))
    upper = turned(hips, swung(*angle(angles, f"{side}_hip"), sign))
    place_leg(side, upper, angles, frames, points)


def place_leg(
    side: str,
    upper: Frame,
    angles: Mapping[str, Angles],
    frames: dict[str, Frame],
    points: dict[str, Vec],
    lower: Frame | None = None,
    foot: Frame | None = None,
) -> None:
    """Knee, ankle and foot of a leg whose hip and thigh are known."""
    sign = SIGN[side]
    frames[f"{side}_thigh"] = upper
    hip = points[f"{side}_hip"]
    knee = points[f"{side}_knee"] = sub(hip, times(upper[1], THIGH))
    lower = lower or turned(upper, about_z(-angle(angles, f"{side}_knee")[0]))
    frames[f"{side}_shin"] = lower
    ankle = points[f"{side}_ankle"] = sub(knee, times(lower[1], SHIN))
    if foot is None:
        flex, tilt = angle(angles, f"{side}_ankle")
        foot = turned(lower, about_z(flex), about_x(-sign * tilt))
    frames[f"{side}_foot"] = foot
    points[f"{side}_heel"] = add(ankle, out(foot, (-HEEL, -SOLE / 2, 0)))
    ball = points[f"{side}_foot"] = add(ankle, out(foot, (10, -SOLE + 2.8, 0)))
    curl = turned(foot, about_z(angle(angles, f"{side}_toes")[0]))
    frames[f"{side}_toes"] = curl
    points[f"{side}_toes"] = add(ball, out(curl, (FOOT - 10 - 2.2, -0.6, 0)))
    points[f"{side}_sole"] = add(ankle, out(foot, (3, -SOLE, 0)))
    points[f"{side}_thigh_front"] = add(between(hip, knee, 0.5), times(upper[0], 8))
    points[f"{side}_thigh_back"] = sub(between(hip, knee, 0.5), times(upper[0], 8))
    points[f"{side}_thigh_outer"] = add(between(hip, knee, 0.4), times(upper[2], 8 * sign))
    points[f"{side}_thigh_inner"] = sub(between(hip, knee, 0.4), times(upper[2], 8 * sign))
    points[f"{side}_calf"] = sub(between(knee, ankle, 0.35), times(lower[0], 6))
    points[f"{side}_groin"] = add(hip, times(frames["pelvis"][0], 8))
