"""Where a pose starts from: whole positions by name, written as a file would write them. Pure Python."""

from typing import Any

_FEET = [
    {"part": "right_foot", "at": [0, 8.5], "on": "floor"},
    {"part": "left_foot", "at": [0, -8.5], "on": "floor"},
]
_HANGING = {"shoulder": {"flex": -2, "abduct": 7}, "elbow": 10, "wrist": 4, "fingers": 12}

BASES: dict[str, dict[str, Any]] = {
    "standing": {
        "pose": {"root": {"y": 93}, **_HANGING},
        "pins": _FEET,
    },
    # On the front half of a chair whose seat is 43 high; change `root.x` together with the chair's `x`.
    "sitting": {
        "pose": {
            "root": {"x": -6, "y": 52},
            "hip": {"flex": 88, "abduct": 6},
            "knee": 88,
            "shoulder": {"flex": 22, "abduct": 8},
            "elbow": 50,
            "fingers": 12,
        },
        "pins": [
            {"part": "right_foot", "at": [38, 11], "on": "floor"},
            {"part": "left_foot", "at": [38, -11], "on": "floor"},
        ],
    },
    # On the back, head to the left, legs straight.
    "back": {
        "pose": {
            "root": {"y": 10.8, "tilt": 90},
            "neck": -14,
            "hip": {"flex": -1, "abduct": 4, "rotate": 12},
            "ankle": -18,
            "shoulder": {"flex": 0, "abduct": 20, "rotate": 0},
            "forearm": 0,
            "elbow": 8,
            "fingers": 14,
        },
        # The head lies on the mat, however the trunk is lifted.
        "fit": {"vary": "neck.flex", "point": "head", "y": 11},
        "pins": [
            {
                "part": "right_hand",
                "at": [-6, 3.4, 27],
                "fingers": [1, 0, 0.1],
                "palm": [0, -1, 0],
                "pole": [0, -0.2, 1],
            },
            {
                "part": "left_hand",
                "at": [-6, 3.4, -27],
                "fingers": [1, 0, -0.1],
                "palm": [0, -1, 0],
                "pole": [0, -0.2, -1],
            },
        ],
    },
    # On the back with bent knees and flat feet.
    "crook": {
        "pose": {
            "root": {"y": 10.8, "tilt": 90},
            "neck": -14,
            "hip": {"flex": 50},
            "knee": 100,
            "shoulder": {"flex": 0, "abduct": 18},
            "elbow": 8,
            "fingers": 14,
        },
        # The head lies on the mat, however the trunk is lifted.
        "fit": {"vary": "neck.flex", "point": "head", "y": 11},
        "pins": [
            {"part": "right_foot", "at": [41, 8.5], "on": "floor"},
            {"part": "left_foot", "at": [41, -8.5], "on": "floor"},
            {
                "part": "right_hand",
                "at": [-4, 3.4, 26],
                "fingers": [1, 0, 0.1],
                "palm": [0, -1, 0],
                "pole": [0, -0.2, 1],
            },
            {
                "part": "left_hand",
                "at": [-4, 3.4, -26],
                "fingers": [1, 0, -0.1],
                "palm": [0, -1, 0],
                "pole": [0, -0.2, -1],
            },
        ],
    },
    # On the front, head to the right, forehead down, hands beside the chest.
    "front": {
        "pose": {
            "root": {"y": 8.8, "tilt": -90},
            "lumbar": -4,
            "neck": -16,
            "head": 10,
            "hip": {"flex": 0, "abduct": 5},
            "ankle": -62,
            "shoulder": {"flex": 10, "abduct": 40},
            "elbow": 90,
        },
        "pins": [
            {"part": "right_foot", "at": [-86, 5.0, 13], "toes": [-0.97, -0.12, 0.06], "sole": [-0.1, 1, 0]},
            {"part": "left_foot", "at": [-86, 5.0, -13], "toes": [-0.97, -0.12, -0.06], "sole": [-0.1, 1, 0]},
            {"part": "right_hand", "at": [40, 25], "on": "floor", "pole": [-0.9, 0.5, 0.5]},
            {"part": "left_hand", "at": [40, -25], "on": "floor", "pole": [-0.9, 0.5, -0.5]},
        ],
    },
    # Hands under the shoulders, knees under the hips, head to the right.
    "hands-knees": {
        "pose": {
            "root": {"y": 50, "tilt": -90},
            "lumbar": -6,
            "thorax": -2,
            "neck": -12,
            "head": -6,
            "hip": {"flex": 90},
            "knee": 90,
            "ankle": -60,
            "shoulder": {"flex": 90},
            "elbow": 5,
        },
        "fit": {"vary": "root.tilt", "point": "right_shoulder", "y": 57.5},
        "pins": [
            {"part": "right_foot", "at": [-41.5, 4.6, 9], "toes": [-0.99, -0.1, 0], "sole": [-0.1, 1, 0]},
            {"part": "left_foot", "at": [-41.5, 4.6, -9], "toes": [-0.99, -0.1, 0], "sole": [-0.1, 1, 0]},
            {"part": "right_hand", "at": [52, 16], "on": "floor"},
            {"part": "left_hand", "at": [52, -16], "on": "floor"},
        ],
    },
    # Upright on both knees.
    "kneeling": {
        "pose": {"root": {"y": 50}, "hip": {"flex": 0}, "knee": 90, "ankle": -62, **_HANGING},
        "pins": [
            {"part": "right_foot", "at": [-41.8, 4.6, 9], "toes": [-0.99, -0.1, 0], "sole": [-0.1, 1, 0]},
            {"part": "left_foot", "at": [-41.8, 4.6, -9], "toes": [-0.99, -0.1, 0], "sole": [-0.1, 1, 0]},
        ],
    },
    # The right knee on the mat, the left foot in front.
    "half-kneeling": {
        "pose": {
            "root": {"y": 49},
            "left_hip": {"flex": 85},
            "left_knee": 90,
            "right_hip": {"flex": -5},
            "right_knee": 90,
            **_HANGING,
        },
        "pins": [
            {"part": "right_foot", "at": [-48, 4.6, 9], "toes": [-0.99, -0.1, 0], "sole": [-0.1, 1, 0]},
            {"part": "left_foot", "at": [41, -9], "on": "floor"},
        ],
    },
    # On the floor, legs straight ahead.
    "floor": {
        "pose": {
            "root": {"y": 9},
            "hip": {"flex": 90, "abduct": 4, "rotate": 6},
            "knee": 2,
            "ankle": -6,
            "shoulder": {"flex": 12, "abduct": 10},
            "elbow": 34,
            "fingers": 12,
        },
        "fit": {"vary": "hip.flex", "point": "right_ankle", "y": 5.1},
    },
    # On the floor, legs crossed, hands on the knees.
    "cross-legged": {
        "pose": {
            "root": {"y": 9},
            "hip": {"flex": 75, "abduct": 40, "rotate": 45},
            "knee": 120,
            "shoulder": {"flex": 20, "abduct": 18},
            "elbow": 50,
        },
        "pins": [
            {
                "part": "right_foot",
                "at": [24, 7, -12],
                "toes": [0.2, -0.05, -1],
                "sole": [0.5, -0.2, -0.7],
                "pole": [0.6, 0.25, 1],
            },
            {
                "part": "left_foot",
                "at": [31, 7, 12],
                "toes": [0.2, -0.05, 1],
                "sole": [0.5, -0.2, 0.7],
                "pole": [0.6, 0.25, -1],
            },
            {
                "part": "right_hand",
                "to": "right_knee",
                "offset": [-9, 9.5, -3],
                "fingers": [0.9, -0.5, 0.1],
                "palm": [-0.4, -1, 0],
            },
            {
                "part": "left_hand",
                "to": "left_knee",
                "offset": [-9, 9.5, 3],
                "fingers": [0.9, -0.5, -0.1],
                "palm": [-0.4, -1, 0],
            },
        ],
    },
    # On the right side, face to the viewer, head to the left.
    "side": {
        "pose": {
            "root": {"y": 15, "tilt": 90, "roll": 90},
            "hip": {"flex": 30},
            "knee": 45,
            "neck": {"side": -6},
            "right_shoulder": {"flex": 85},
            "right_elbow": 60,
            "left_shoulder": {"flex": 60},
            "left_elbow": 50,
        },
        "settle": True,
    },
}
