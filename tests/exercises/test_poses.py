"""The pose files and what must hold for all of them; a planted fault proves each guard."""

from dataclasses import replace

import pytest

from exercises import figure, figure_checks, poses
from exercises.figure_bases import BASES
from exercises.figure_checks import drawing_faults, faults, posture
from exercises.figure_reading import figure as read

FILES = sorted(poses.FOLDER.glob("*.toml"))


def wrong(**panel):
    more = {key: panel.pop(key) for key in ("camera", "props") if key in panel}
    return list(faults(read("x", {"panels": [panel], **more})))


def refused(**table):
    with pytest.raises(ValueError) as error:
        read("x", table)
    return str(error.value)


# --- the files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_has_no_fault(path):
    assert list(faults(poses.read(path))) == []


def test_no_two_files_show_the_same():
    assert list(figure_checks.alike(poses.load(poses.FOLDER))) == []


ALT = 'alt.nl = "Kat."\nalt.en = "Cat."\nalt.fr = "Chat."\n'
CAT = """
also = ["y-cat"]
props = [{ kind = "mat" }]

[[panels]]
base = "hands-knees"
pose.lumbar = -14

[[panels]]
from = 1
pose.lumbar = 26
"""
POSITIONS = {"m7": ("hands-knees",), "y-cat": ("hands-knees",)}


@pytest.fixture
def folder(tmp_path):
    """A folder with one figure that shows two exercises."""
    write(tmp_path / "m7.toml", ALT + CAT)
    return tmp_path


def write(path, text):
    path.write_text(text, encoding="utf-8")


def test_a_sound_folder_has_no_problems(folder):
    assert list(poses.problems(folder, POSITIONS)) == []


def test_a_figure_without_words_is_a_problem(folder):
    write(folder / "m7.toml", 'alt.nl = "Kat."\nalt.en = " "\n' + CAT)

    assert list(poses.problems(folder, POSITIONS)) == ["m7.toml: alt says nothing in en, fr"]


def test_a_figure_of_no_exercise_is_a_problem(folder):
    assert list(poses.problems(folder, {"m7": ("hands-knees",)})) == [
        "m7.toml: draws y-cat, which is no exercise"
    ]


def test_a_figure_in_another_position_than_its_exercise_is_a_problem(folder):
    lying = POSITIONS | {"y-cat": ("back", "sitting")}

    assert list(poses.problems(folder, lying)) == [
        "m7.toml: shows y-cat hands-knees, and the exercise says back or sitting"
    ]
    assert list(poses.problems(folder, POSITIONS | {"y-cat": ("any",)})) == []


def test_two_figures_alike_are_a_problem(folder):
    text = (
        (folder / "m7.toml").read_text(encoding="utf-8").replace('also = ["y-cat"]', "").replace("26", "27")
    )
    write(folder / "zz.toml", text)

    assert list(poses.problems(folder, POSITIONS | {"zz": ("any",)})) == [
        "m7.toml and zz.toml show the same positions: name one of them in the other's `also`"
    ]


def test_an_exercise_drawn_twice_is_a_problem(folder):
    write(folder / "y-cat.toml", "[[panels]]\n")

    assert list(poses.problems(folder, POSITIONS)) == ["y-cat.toml: y-cat is drawn in m7.toml too"]


def test_a_file_that_is_no_toml_is_told_by_name(folder):
    write(folder / "a.toml", "[[panels]\n")

    (problem,) = poses.problems(folder, POSITIONS)
    assert problem.startswith("a.toml: ")


def test_words_come_from_the_file(folder):
    assert poses.alt(poses.read(folder / "m7.toml")).fr == "Chat."


# --- what a file may say --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"panels": []}, "x: has 0 panels, not 1 to 3"),
        ({"panels": [{}] * 4}, "x: has 4 panels, not 1 to 3"),
        ({"panels": [{}], "colour": "red"}, "x: 'colour' is none of also, alt, camera"),
        ({"panels": [{}], "camera": {"zoom": 2}}, "x: camera: 'zoom' is none of pitch, yaw"),
        ({"panels": [{}], "camera": {"yaw": "18"}}, "x: camera.yaw: '18' is not a number"),
        ({"panels": [{}], "alt": {"de": "Katze"}}, "x: alt: 'de' is none of en, fr, nl"),
        ({"panels": [{}], "layout": "circle"}, "x: layout 'circle' is none of auto, row, column"),
        ({"panels": [{"base": "flying"}]}, "x: panels[1]: base 'flying' is none of standing, sitting"),
        ({"panels": [{"from": 1}]}, "x: panels[1]: from = 1 names no earlier panel"),
        (
            {"panels": [{}, {"from": 1, "base": "back"}]},
            "x: panels[2]: from = 1 names no earlier panel, or stands beside",
        ),
        ({"panels": [{"pose": {"tail": 3}}]}, "x: panels[1]: pose names 'tail', which is no joint"),
        ({"panels": [{"pose": {"knee": {"abduct": 3}}}]}, "x: panels[1]: knee: 'abduct' is none of flex"),
        ({"panels": [{"pose": {"knee": "bent"}}]}, "x: panels[1]: knee.flex: 'bent' is not a number"),
        ({"panels": [{"pose": {"root": {"yaw": 3}}}]}, "x: panels[1]: root: 'yaw' is none of at, lean"),
        ({"panels": [{"pose": {"root": 9}}]}, "x: panels[1]: root: 9 is not a table"),
        ({"panels": [{"free": ["near_hand"]}]}, "x: panels[1]: free names 'near_hand', which is not pinned"),
        (
            {"panels": [{"pins": [{"part": "hand", "at": [1, 2, 3]}]}]},
            "a pin holds a hand, elbow, foot or knee of one side",
        ),
        ({"panels": [{"pins": [{"part": "near_hand"}]}]}, "pin of right_hand: needs either `at` or `to`"),
        (
            {"panels": [{"pins": [{"part": "near_hand", "at": [1, 2]}]}]},
            "pin of right_hand: [1, 2] is not three numbers",
        ),
        (
            {"panels": [{"pins": [{"part": "near_hand", "at": [1, 2, 3], "on": "floor"}]}]},
            "with `on`, `at` is [x, z]",
        ),
        (
            {"panels": [{"pins": [{"part": "near_hand", "at": [1, 2], "on": "moon"}]}]},
            "on = 'moon' is neither floor",
        ),
        (
            {"panels": [{"pins": [{"part": "near_hand", "at": [1, 2, 3], "toes": [1, 0, 0]}]}]},
            "'toes' is no key of a hand",
        ),
        ({"panels": [{"pins": [{"part": "near_hand", "to": "navel"}]}]}, "'navel' is no point of the body"),
        (
            {"panels": [{"pins": [{"part": "near_hand", "at": [1, 2, 3], "pole": [0, 0, 0]}]}]},
            "a direction of nothing",
        ),
        (
            {"panels": [{"pins": [{"part": "near_hand", "at": [1, 2, 3], "palm": [0, 1, 0]}]}]},
            "where palm or sole looks needs",
        ),
        ({"panels": [{"anchor": {"point": "c7"}}]}, "anchor: needs at = [x, y, z], or some of x, y and z"),
        (
            {"panels": [{"fit": {"vary": "root.tilt", "point": "c7"}}]},
            "fit: needs vary, point, and one of x, y and z",
        ),
        (
            {"panels": [{"fit": {"vary": "tilt", "point": "c7", "y": 3}}]},
            "fit: vary = 'tilt' is no joint with its key",
        ),
        ({"panels": [{"touch": ["near_foot"]}]}, "touch: 'near_foot' is not part:where"),
        ({"panels": [{"order": ["near_arm over head"]}]}, "order: 'near_arm over head' is not such as"),
        ({"panels": [{"order": ["tail last"]}]}, "order: 'tail' is none of far_arm"),
        ({"panels": [{"marks": [{"kind": "star"}]}]}, "marks[0]: kind 'star' is none of feel, band"),
        ({"panels": [{"marks": [{"kind": "feel"}]}]}, "marks[0]: a ring needs `at`"),
        ({"panels": [{"marks": [{"kind": "feel", "at": "c8"}]}]}, "marks[0]: 'c8' is no point of the body"),
        (
            {"panels": [{"marks": [{"kind": "arrow", "at": "c7"}]}]},
            "marks[0]: an arrow needs trace, or at and way",
        ),
        (
            {"panels": [{"marks": [{"kind": "band", "along": "leg"}]}]},
            "marks[0]: along = 'leg' is neither spine nor a bone",
        ),
        ({"panels": [{}], "props": [{"kind": "boat"}]}, "props[0]: kind 'boat' is none of mat, floor, chair"),
        (
            {"panels": [{}], "props": [{"kind": "mat", "hue": 3}]},
            "props[0] (mat): 'hue' is none of layer, width",
        ),
        ({"panels": [{}], "props": [{"kind": "wall"}]}, "props[0]: a wall stands at one x or at one z"),
        ({"panels": [{}], "props": [{"kind": "towel"}]}, "props[0]: a towel runs from one point to another"),
        ({"panels": [{}], "props": [{"kind": "mat", "layer": "top"}]}, "props[0]: 'top' is none of far_arm"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_what_nobody_knows_is_refused_by_name(table, words):
    assert words in refused(**table)


def test_a_side_stands_above_both_and_a_panel_repeats_an_earlier_one():
    one = read(
        "x",
        {
            "panels": [
                {
                    "pose": {"near_knee": 30, "knee": 10, "thorax": {"flex": 5, "rotate": 9}},
                    "marks": [{"kind": "hold"}],
                },
                {"from": 1, "pose": {"thorax": {"flex": 20}}, "free": ["far_foot"]},
            ]
        },
    )
    first, second = one.panels

    assert first.angles["right_knee"] == second.angles["right_knee"] == (30,)
    assert first.angles["left_knee"] == (10,)
    assert (first.angles["thorax"], second.angles["thorax"]) == ((5, 0, 9), (20, 0, 9))
    assert {pin.part for pin in first.pins} - {pin.part for pin in second.pins} == {"left_foot"}
    assert second.marks == ()


def test_a_hand_can_lean_on_a_prop_whose_height_it_follows():
    one = read(
        "x",
        {
            "props": [{"kind": "table", "x": 25, "height": 92}],
            "panels": [
                {"pins": [{"part": "near_hand", "at": [8, 17], "on": "table"}], "touch": ["near_hand:table"]}
            ],
        },
    )

    assert list(faults(one)) == []


# --- what a body can do -----------------------------------------------------------------------------------


@pytest.mark.parametrize("base", BASES)
def test_every_base_is_a_position_that_a_body_can_take(base):
    assert wrong(base=base) == []


def test_a_joint_beyond_its_limits_is_told_with_the_limit():
    assert wrong(free=["near_foot"], pose={"near_knee": 175, "near_hip": 90}) == [
        "x.toml: panel 1: right_knee.flex is 175, and a body goes from -5 to 160"
    ]


def test_a_pinned_limb_that_bends_beyond_its_limits_is_told_too():
    (fault,) = wrong(pins=[{"part": "near_foot", "at": [0, 140, 60]}])

    assert fault.startswith("x.toml: panel 1: right_hip.")


def test_a_foot_that_looks_to_the_side_of_its_shin_is_told():
    assert wrong(pins=[{"part": "near_foot", "at": [0, 8.5], "on": "floor", "toes": [0, 0, 1]}]) == [
        "x.toml: panel 1: right_foot looks 90 to the side of its shin, and a foot goes to 60"
    ]


def test_a_pin_out_of_reach_is_a_fault_with_its_distance():
    (fault,) = wrong(pins=[{"part": "near_hand", "at": [90, 140, 16]}])

    assert fault.startswith("x.toml: pin of right_hand: 3") and fault.endswith("too far")


def test_a_fit_that_nothing_satisfies_is_a_fault_with_its_distance():
    (fault,) = wrong(fit={"vary": "root.tilt", "point": "c7", "y": 400})

    assert fault.startswith("x.toml: fit of root.tilt: c7 misses 400 by 249")


def test_bones_that_changed_are_told():
    one = read("x", {"panels": [{}]})
    body = figure.bodies(one)[0]
    longer = replace(body, points={**body.points, "left_knee": (0.0, 40.0, -8.5)})

    assert list(figure_checks.body_faults("x", longer, one.panels[0], ())) != []
    assert any(
        "from left_hip to left_knee it is 53.0, not 44" in fault
        for fault in figure_checks.body_faults("x", longer, one.panels[0], ())
    )


@pytest.mark.parametrize(
    ("panel", "words"),
    [
        (
            {"touch": ["near_foot:floor"], "free": ["all"], "pose": {"root": {"y": 95}}},
            "right_foot does not touch floor: it is 2.0 off",
        ),
        ({"touch": ["near_hand:far_knee"]}, "right_hand does not touch left_knee: it is "),
        ({"touch": ["near_foot:wall"]}, "touch right_foot:wall: there is no wall"),
        ({"touch": ["tail:floor"]}, "touch tail:floor: there is no tail"),
        ({"touch": ["back:wall"], "props": [{"kind": "wall", "x": -20}]}, "back does not touch wall: it is "),
        (
            {"touch": ["pelvis:ball"], "props": [{"kind": "ball", "r": 30}]},
            "pelvis does not touch ball: it is ",
        ),
        (
            {"touch": ["near_foot:step"], "props": [{"kind": "step", "x": 80}]},
            "right_foot does not touch step: it is 99.0 off",
        ),
        (
            {"touch": ["near_hand:door-frame"], "props": [{"kind": "door-frame"}]},
            "right_hand does not touch door-frame",
        ),
        (
            {"touch": ["near_foot:tennis-ball"], "props": [{"kind": "tennis-ball", "at": [0, 3, 60]}]},
            "does not touch tennis-ball",
        ),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)
def test_what_should_touch_and_does_not_is_told_with_the_distance(panel, words):
    assert any(words in fault for fault in wrong(**panel)), wrong(**panel)


@pytest.mark.parametrize(
    "panel",
    [
        {"touch": ["near_foot:floor", "far_heel:floor"]},
        {"base": "sitting", "props": [{"kind": "chair"}], "touch": ["pelvis:chair"]},
        {"base": "back", "touch": ["back:mat", "head:mat", "near_hand:mat"]},
        {"base": "front", "touch": ["near_thigh:mat", "pelvis:mat", "far_hand:floor"]},
        {"base": "cross-legged", "touch": ["pelvis:floor", "near_hand:near_knee"]},
        {"base": "hands-knees", "touch": ["near_hand:floor", "far_knee:floor", "near_shin:floor"]},
        {"props": [{"kind": "wall", "x": -10.5}], "touch": ["pelvis:wall"]},
        {"props": [{"kind": "tennis-ball", "to": "near_palm"}], "touch": ["near_hand:tennis-ball"]},
    ],
    ids=lambda panel: panel["touch"][0],
)
def test_what_touches_is_no_fault(panel):
    assert wrong(**panel) == []


def test_nothing_goes_below_the_floor():
    found = wrong(pose={"root": {"y": 80}}, free=["all"])

    assert "x.toml: panel 1: right_foot is 13.0 below the floor" in found


def test_near_and_far_are_only_for_who_looks_to_the_right():
    turned = {"free": ["all"], "pose": {"root": {"turn": 180}}}

    assert wrong(**turned) == []
    assert wrong(**{**turned, "pose": {"root": {"turn": 180}, "near_shoulder": 5}}) == [
        "x.toml: near and far mean right and left, and here the left side is near: write right and left"
    ]


# --- the posture ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expected", "panel"),
    [
        ("standing", {}),
        ("sitting", {"base": "sitting"}),
        ("back", {"base": "back"}),
        ("back", {"base": "crook"}),
        ("front", {"base": "front"}),
        ("hands-knees", {"base": "hands-knees"}),
        ("kneeling", {"base": "kneeling"}),
        ("kneeling", {"base": "half-kneeling"}),
        ("floor", {"base": "floor"}),
        ("floor", {"base": "cross-legged"}),
        ("side", {"base": "side"}),
        # A bridge, legs up, a deep squat, a bow and the cobra are still what they begin as.
        (
            "back",
            {"base": "crook", "pose": {"root": {"tilt": 113}}, "anchor": {"point": "c7", "at": [-58, 9, 0]}},
        ),
        ("back", {"base": "back", "pose": {"hip": 88}}),
        ("standing", {"pose": {"root": {"x": -14, "y": 45, "tilt": -35}}}),
        ("standing", {"pose": {"root": {"tilt": -80}}}),
        ("front", {"base": "front", "pose": {"lumbar": -22, "thorax": -26}}),
    ],
)
def test_the_posture_follows_from_the_pose(expected, panel):
    props = [{"kind": "chair"}] if expected == "sitting" else []
    one = read("x", {"panels": [panel], "props": props})

    assert posture(figure.bodies(one)[0], one.props) == expected


def test_a_position_that_is_none_is_a_fault():
    (fault,) = [fault for fault in wrong(free=["all"], pose={"root": {"y": 200}}) if "position" in fault]

    assert fault == "x.toml: panel 1: this is none of the positions that a body is in"


# --- the drawing ------------------------------------------------------------------------------------------

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'


@pytest.mark.parametrize(
    ("svg", "words"),
    [
        (HEAD, "the drawing is no valid XML"),
        (f'{HEAD}<path d="M10 10l95 0"/></svg>', "something is drawn outside the picture, at 105 10"),
        (f'{HEAD}<circle cx="5" cy="50" r="9"/></svg>', "something is drawn outside the picture, at -4 50"),
        (
            f'{HEAD}<g transform="translate(90 0)"><path d="M5 5h9"/></g></svg>',
            "drawn outside the picture, at 104 5",
        ),
        (f'{HEAD}<path id="a" d="M1 1h9"/><path id="a" d="M1 1h9"/></svg>', "an id stands twice"),
        (f"{HEAD}{'<g/>' * 4000}</svg>", "the drawing takes 16068 bytes, more than 12288"),
    ],
    ids=lambda value: value[:30],
)
def test_a_drawing_that_is_wrong_is_told(svg, words):
    assert any(words in fault for fault in drawing_faults("x", svg, 12288))


def test_a_figure_of_too_many_bytes_is_a_fault():
    marks = [{"kind": "breath", "at": "mouth", "offset": [k, k]} for k in range(30)]

    assert any("bytes, more than" in fault for fault in wrong(marks=marks))
