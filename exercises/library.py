"""The exercise library: `content/<section>.v1.toml` as frozen dataclasses, and the rules that hold for all of them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from backup_plan_site.content import Text, build, identity, newest, read

from .filters import CALM, CAUTIONS, DISC, hidden

FOLDER = Path(__file__).parent / "content"
RULES = "rules"

# The order of the library: what a person starts with comes first (clinical-brief A17).
SECTIONS = ("book", "relieve", "maintain", "activities")
PHASES = ("relieve-1", "relieve-2", "mind-body-a", "strong-1", "strong-2", "mind-body-b", "maintain")
POSITIONS = ("standing", "sitting", "back", "front", "hands-knees", "kneeling", "floor", "any")
# The 13 glasses that an exercise may help with. They live in `triggers`, which is not ours to import.
GLASS_IDS = (
    "sitting",
    "heavy-work",
    "movement-change",
    "poor-sleep",
    "weight-food",
    "hydration",
    "smoking",
    "hyperventilation",
    "stress",
    "keep-going",
    "thoughts-emotions",
    "self-care",
    "social-net",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """One exercise. `steps` are short sentences; `dose` is what to start with; `stop` what to stop for.

    `cautions` are letters of CAUTIONS; `care` is said beside it to whom a caution holds. `glasses` are
    ids of glasses that it helps with. `section` and `version` are those of the file it stands in.
    """

    id: str
    name: Text
    positions: tuple[str, ...]
    goal: Text
    steps: tuple[Text, ...]
    dose: Text
    stop: Text
    glasses: tuple[str, ...]
    source: str
    confirmed: bool
    phase: str
    kit: Text | None = None
    cautions: tuple[str, ...] = ()
    care: Text | None = None
    section: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What holds for every exercise: when to stop, and how much pain is all right."""

    stop_rules: tuple[Text, ...]
    pain_rule: Text
    source: str
    confirmed: bool
    version: str


def load(folder: Path) -> dict[str, Exercise]:
    """The exercises of one folder by id, in the order of SECTIONS. Raises ValueError with the place that is wrong."""
    files, found = _newest(folder), {}
    for section in SECTIONS:
        version = str(identity(files[section]))
        tables = read(files[section])
        if tables.keys() != {"exercises"}:
            raise ValueError(f"{version}: holds a list of exercises and nothing else")
        for row in tables["exercises"]:
            where = f"{version}[{row.get('id')}]"
            one = build(Exercise, {**row, "section": section, "version": version}, where)
            if one.id in found:
                raise ValueError(f"{where}: this id stands in {found[one.id].version} too")
            found[one.id] = one
    return found


def load_rules(folder: Path) -> Rules:
    """The rules of one folder. Raises ValueError with the place that is wrong."""
    path = _newest(folder)[RULES]
    return build(Rules, {**read(path), "version": str(identity(path))}, path.name)


@cache
def library() -> dict[str, Exercise]:
    """Every exercise by id, section by section. Read from disk once."""
    return load(FOLDER)


@cache
def stop_rules() -> Rules:
    """When to stop and how much pain is all right, for every exercise. Read from disk once."""
    return load_rules(FOLDER)


def mismatches(exercises: Mapping[str, Exercise]) -> Iterator[str]:
    """Where these exercises and the rules do not fit together, one sentence each."""
    for key, one in exercises.items():
        where = f"{one.version}: {key}"
        yield from _unknown(where, "cautions", one.cautions, CAUTIONS)
        yield from _unknown(where, "positions", one.positions, POSITIONS)
        yield from _unknown(where, "glasses", one.glasses, GLASS_IDS)
        yield from _unknown(where, "phase", [one.phase], PHASES)
        if not one.positions or not one.glasses:
            yield f"{where}: has no position or helps with no glass"
        if not 3 <= len(one.steps) <= 5:
            yield f"{where}: has {len(one.steps)} steps, not 3 to 5"
        if one.cautions and one.care is None:
            yield f"{where}: has cautions and does not say what to take care of"
    for key in CALM:
        if key not in exercises:
            yield f"{key}: is offered in an acute disc episode and is not in the library"
        elif hidden(exercises[key], [DISC]):
            yield f"{key}: is offered in an acute disc episode and hidden by it"


def _unknown(where: str, what: str, names: Iterable[str], known: Collection[str]) -> Iterator[str]:
    yield from (f"{where}: {what} names {name!r}, which nobody knows" for name in names if name not in known)


def _newest(folder: Path) -> dict[str, Path]:
    """The newest file of every section and of the rules, by name."""
    files = newest(folder)
    if wrong := sorted({*SECTIONS, RULES} ^ files.keys()):
        raise ValueError(f"{folder.name}: unknown or missing section: {', '.join(wrong)}")
    return files
