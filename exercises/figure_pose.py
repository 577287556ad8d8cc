"""What a pose is made of: joints with their limits, and one figure as frozen data. Pure Python.

Sides are the person's own. Trunk: flex is forwards, side and rotate are to the right. Limbs: flex is forwards (the
knee's is backwards), abduct is away from the body, rotate is outwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .figure_maths import Vec

SIDES = ("right", "left")
SIGN = {"right": 1, "left": -1}
# How a file may call a side: from the usual camera the right side is the near one.
SIDE_WORDS = {"right": "right", "left": "left", "near": "right", "far": "left"}

# Per joint the keys of its angles, and for each what a body can usually do with a little room. A plain number
# in a file means the first key.
TRUNK = {
    "lumbar": {"flex": (-40, 65), "side": (-30, 30), "rotate": (-20, 20)},
    "thorax": {"flex": (-35, 60), "side": (-35, 35), "rotate": (-50, 50)},
    "neck": {"flex": (-50, 55), "side": (-40, 40), "rotate": (-60, 60)},
    "head": {"flex": (-35, 40), "side": (-25, 25), "rotate": (-50, 50)},
}
LIMBS = {
    "girdle": {"up": (-12, 35), "forward": (-28, 32)},
    "shoulder": {"flex": (-65, 190), "abduct": (-60, 190), "rotate": (-100, 110)},
    "elbow": {"flex": (-8, 155)},
    "forearm": {"rotate": (-175, 175)},
    "wrist": {"flex": (-105, 95), "side": (-55, 55)},
    "fingers": {"flex": (-20, 170)},
    "hip": {"flex": (-35, 140), "abduct": (-45, 70), "rotate": (-60, 95)},
    "knee": {"flex": (-5, 160)},
    "ankle": {"flex": (-92, 40), "side": (-50, 50)},
    "toes": {"flex": (-30, 85)},
}
JOINTS: dict[str, dict[str, tuple[float, float]]] = TRUNK | {
    f"{side}_{name}": keys for name, keys in LIMBS.items() for side in SIDES
}
ROOT = ("x", "y", "z", "tilt", "turn", "lean", "roll")
# What a pin can hold: the wrist, the ankle, or only the elbow or the knee.
PINNED = {"hand": "arm", "elbow": "arm", "foot": "leg", "knee": "leg"}
PARTS = ("far_arm", "far_leg", "trunk", "head", "near_leg", "near_arm")

Angles = tuple[float, ...]


class Root(NamedTuple):
    """Where the middle between the hips is, and how the pelvis is turned there."""

    x: float = 0
    y: float = 93
    z: float = 0
    tilt: float = 0
    turn: float = 0
    lean: float = 0
    roll: float = 0

    @property
    def at(self) -> Vec:
        return (self.x, self.y, self.z)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A hand, foot, elbow or knee held where it is: at a place, or at a joint of the same body."""

    part: str
    at: Vec | None = None
    to: str = ""
    offset: Vec = (0.0, 0.0, 0.0)
    pole: Vec | None = None
    # Where fingers or toes go to, and where palm or sole looks; None: as the angles say.
    point: Vec | None = None
    face: Vec | None = None
    # Pinned elbow or knee only: where the forearm or shin goes to.
    rest: Vec | None = None

    @property
    def side(self) -> str:
        return self.part.partition("_")[0]

    @property
    def limb(self) -> str:
        return f"{self.side}_{PINNED[self.part.partition('_')[2]]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """The whole body is moved until this point is there; an axis that is None stays free."""

    point: str
    at: tuple[float | None, float | None, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """One angle or coordinate is varied until a point has this coordinate."""

    vary: str
    point: str
    axis: int
    value: float
    room: float = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A prop or a mark: its kind, and all of its keys filled in."""

    kind: str
    keys: Mapping[str, Any]

    def __getitem__(self, key: str) -> Any:
        return self.keys[key]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One position. What `angles` does not name is 0."""

    root: Root
    angles: Mapping[str, Angles]
    pins: tuple[Pin, ...] = ()
    anchor: Anchor | None = None
    fits: tuple[Fit, ...] = ()
    settle: bool = False
    order: tuple[str, ...] = ()
    touch: tuple[tuple[str, str], ...] = ()
    props: tuple[Thing, ...] = ()
    marks: tuple[Thing, ...] = ()
    mirror: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    yaw: float = 18
    pitch: float = 6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Figure:
    """One drawn exercise: what the camera sees, what stands there, and one to three positions."""

    id: str
    panels: tuple[Panel, ...]
    camera: Camera = Camera()
    props: tuple[Thing, ...] = ()
    layout: str = "auto"
    also: tuple[str, ...] = ()
    # Whether the file speaks of near and far: then the right side must be the near one.
    says_near: bool = False
    alt: Mapping[str, str] = field(default_factory=dict)
