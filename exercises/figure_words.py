"""The words of a pose file: points, parts, kinds and numbers, or a sentence about what is wrong. Pure Python."""

from collections.abc import Collection, Mapping
from typing import Any

from . import figure_marks, figure_props
from .figure_maths import Vec, unit
from .figure_pose import PARTS, PINNED, SIDE_WORDS, SIDES, Root, Thing
from .figure_skeleton import body

POINTS = frozenset(body(Root(), {}).points)


def says_near(value: Any) -> bool:
    """Whether near or far is said anywhere in these tables."""
    if isinstance(value, Mapping):
        return any(says_near(one) for pair in value.items() for one in pair)
    if isinstance(value, str):
        return any(word.startswith(("near_", "far_")) for word in value.replace(":", " ").split())
    return isinstance(value, (list, tuple)) and any(map(says_near, value))


def thing(where: str, row: Mapping[str, Any], kinds: Mapping[str, Mapping[str, Any]]) -> Thing:
    kind = row.get("kind")
    if kind not in kinds:
        raise ValueError(f"{where}: kind {kind!r} is none of {', '.join(kinds)}")
    keys = {**kinds[kind], **(figure_props.COMMON if kinds is figure_props.KINDS else {})}
    own = {key: value for key, value in row.items() if key != "kind"}
    known(f"{where} ({kind})", own, keys)
    found = Thing(kind=kind, keys={**keys, **own})
    for key in ("at", "to", "from", "trace"):
        if isinstance(own.get(key), str):
            found.keys[key] = point(where, own[key])
    if "through" in own:
        found.keys["through"] = tuple(
            point(where, one) if isinstance(one, str) else vector(where, one) for one in own["through"]
        )
    if kind == "wall" and (found["x"] is None) == (found["z"] is None):
        raise ValueError(f"{where}: a wall stands at one x or at one z")
    if kind in ("towel", "stick") and not (found["from"] and found["to"]):
        raise ValueError(f"{where}: a {kind} runs from one point to another")
    if kinds is figure_props.KINDS and found["layer"] not in ("back", "front"):
        found.keys["layer"] = part(where, found["layer"])
    return found


def mark(where: str, row: Mapping[str, Any]) -> Thing:
    found = thing(where, row, figure_marks.KINDS)
    if found.kind == "band" and found["along"] != "spine":
        side, _, bone = found["along"].partition("_")
        if SIDE_WORDS.get(side) is None or bone not in ("upper_arm", "forearm", "thigh", "shin"):
            raise ValueError(
                f"{where}: along = {found['along']!r} is neither spine nor a bone such as near_thigh"
            )
        found.keys["along"] = f"{SIDE_WORDS[side]}_{bone}"
    if found.kind == "arrow" and not (found["trace"] or found["way"] or (found["from"] and found["to"])):
        raise ValueError(f"{where}: an arrow needs trace, or at and way, or from and to")
    if found.kind == "feel" and not found["at"]:
        raise ValueError(f"{where}: a ring needs `at`")
    return found


def touch(where: str, text: str) -> tuple[str, str]:
    part, _, other = text.partition(":")
    if not part or not other:
        raise ValueError(f"{where}: {text!r} is not part:where, such as near_foot:floor")
    return side_word(part.strip()), side_word(other.strip())


def wish(where: str, text: str) -> str:
    words = text.split()
    if len(words) == 2 and words[1] in ("first", "last"):
        return f"{part(where, words[0])} {words[1]}"
    if len(words) == 3 and words[1] in ("before", "after"):
        return f"{part(where, words[0])} {words[1]} {part(where, words[2])}"
    raise ValueError(f"{where}: {text!r} is not such as 'near_arm before head' or 'left_leg last'")


def part(where: str, name: str) -> str:
    found = side_word(name)
    if found not in {"trunk", "head", *(f"{side}_{limb}" for side in SIDES for limb in ("arm", "leg"))}:
        raise ValueError(f"{where}: {name!r} is none of {', '.join(PARTS)}")
    return found


def sided(where: str, name: str) -> str:
    found = side_word(name)
    side, _, part = found.partition("_")
    if side not in SIDES or part not in PINNED:
        raise ValueError(f"{where}: a pin holds a hand, elbow, foot or knee of one side, not {name!r}")
    return found


def side_word(name: str) -> str:
    side, mark, rest = name.partition("_")
    return f"{SIDE_WORDS[side]}_{rest}" if mark and side in SIDE_WORDS else name


def point(where: str, name: str) -> str:
    found = side_word(name)
    if found not in POINTS:
        raise ValueError(f"{where}: {name!r} is no point of the body")
    return found


def vector(where: str, values: Any) -> Vec:
    if len(values) != 3:
        raise ValueError(f"{where}: {list(values)} is not three numbers")
    x, y, z = (number(where, value) for value in values)
    return (x, y, z)


def direction(where: str, values: Any) -> Vec | None:
    if values is None:
        return None
    found = vector(where, values)
    if not any(found):
        raise ValueError(f"{where}: a direction of nothing")
    return unit(found)


def number(where: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(f"{where}: {value!r} is not a number")
    return float(value)


def known(where: str, table: Any, keys: Collection[str]) -> None:
    if not isinstance(table, Mapping):
        raise ValueError(f"{where}: {table!r} is not a table")
    for key in table:
        if key not in keys:
            raise ValueError(f"{where}: {key!r} is none of {', '.join(sorted(keys))}")
