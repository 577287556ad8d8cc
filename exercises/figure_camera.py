"""From space to paper: parallel projection, the same scale everywhere. Pure Python: no Django, no files, no clock."""

from dataclasses import dataclass
from functools import cached_property
from math import cos, radians, sin

from .figure_maths import Vec, dot
from .figure_pose import Camera

Flat = tuple[float, float]


@dataclass(frozen=True)
class View:
    """What a camera at this angle sees. Flipped, the picture is the other side of the same exercise."""

    yaw: float
    pitch: float
    flipped: bool = False

    @cached_property
    def right(self) -> Vec:
        """The direction in space that runs to the right of the paper."""
        turn = radians(self.yaw)
        k = -1.0 if self.flipped else 1.0
        return (k * cos(turn), 0.0, -k * sin(turn))

    @cached_property
    def up(self) -> Vec:
        turn, nod = radians(self.yaw), radians(self.pitch)
        return (-sin(nod) * sin(turn), cos(nod), -sin(nod) * cos(turn))

    @cached_property
    def viewer(self) -> Vec:
        """The direction in space from the picture to the eye."""
        turn, nod = radians(self.yaw), radians(self.pitch)
        return (cos(nod) * sin(turn), sin(nod), cos(nod) * cos(turn))

    def flat(self, point: Vec) -> Flat:
        """Where on paper, y downwards."""
        return (dot(point, self.right), -dot(point, self.up))

    def way(self, x: float, y: float) -> Vec:
        """The direction in space of a direction on paper, y downwards."""
        r, u = self.right, self.up
        return (r[0] * x - u[0] * y, r[1] * x - u[1] * y, r[2] * x - u[2] * y)


def view(camera: Camera, *, flipped: bool = False) -> View:
    return View(camera.yaw, camera.pitch, flipped)
