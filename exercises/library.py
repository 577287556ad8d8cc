"""The exercise library: `content/<section>.v1.toml` as frozen dataclasses, and the rules that hold for all of them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from backup_plan_site.content import Aliases, Text, build, identity, newest, read

from .filters import CALM, CAUTIONS, DISC, hidden

FOLDER = Path(__file__).parent / "content"
RULES = "rules"

# The order of the library: what a person starts with comes first (clinical-brief A17).
SECTIONS = ("book", "relieve", "strong", "maintain", "activities")
PHASES = ("relieve-1", "relieve-2", "mind-body-a", "strong-1", "strong-2", "mind-body-b", "maintain")
POSITIONS = ("standing", "sitting", "back", "side", "front", "hands-knees", "kneeling", "floor", "any")
REGIONS = (
    *("neck", "shoulder", "upper-back", "low-back", "trunk", "pelvis", "hip", "knee", "foot"),
    *("whole-body", "breath", "mind"),
)
AIMS = ("mobilise", "stretch", "balance", "strength", "relax", "breathe", "endurance")
KIT = (
    *("mat", "chair", "wall", "exercise-ball", "tennis-ball", "step", "strap", "block", "towel"),
    *("door-frame", "table", "bed", "cushion", "rail", "shoes"),
)
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
class Amount:
    """How much to begin with. `seconds`, `breaths` and `minutes` are the hold of one repetition; 0 is none.

    `per_week` 7 is every day; `times_a_day` counts on such a day. `each_side` doubles it: left, then right.
    """

    sets: int = 1
    repetitions: int = 1
    seconds: int = 0
    breaths: int = 0
    minutes: int = 0
    each_side: bool = False
    per_week: int = 7
    times_a_day: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """How somebody with a caution does this safely. `caution` is a letter of CAUTIONS that does not hide it."""

    caution: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """One exercise, as the library tells it and as it stands on a plan.

    `start` is the position to begin in, `steps` are 3 to 6 short instructions; `dose` says in words what `amount` says
    in numbers. `cautions` are letters of CAUTIONS that hide it, `notes` say what others take care of, `care` what no
    letter names. `glasses` are ids of glasses that it helps with. `section` and `version` are those of its file.
    """

    id: str
    name: Text
    aliases: Aliases
    phase: str
    regions: tuple[str, ...]
    aim: str
    positions: tuple[str, ...]
    kit: tuple[str, ...]
    goal: Text
    start: Text
    steps: tuple[Text, ...]
    breathing: Text
    feel: Text
    dose: Text
    amount: Amount
    easier: Text
    harder: Text
    stop: tuple[Text, ...]
    glasses: tuple[str, ...]
    source: str
    confirmed: bool
    cautions: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    care: Text | None = None
    section: str = ""
    version: str = ""

    @property
    def careful(self) -> tuple[str, ...]:
        """Cautions that do not hide it, but change how it is done."""
        return tuple(note.caution for note in self.notes)


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
        yield from _unknown(where, "cautions", (*one.cautions, *one.careful), CAUTIONS)
        yield from _unknown(where, "positions", one.positions, POSITIONS)
        yield from _unknown(where, "regions", one.regions, REGIONS)
        yield from _unknown(where, "kit", one.kit, KIT)
        yield from _unknown(where, "glasses", one.glasses, GLASS_IDS)
        yield from _unknown(where, "phase", [one.phase], PHASES)
        yield from _unknown(where, "aim", [one.aim], AIMS)
        yield from (f"{where}: {problem}" for problem in _own_problems(one))
    for key in CALM:
        if key not in exercises:
            yield f"{key}: is offered in an acute disc episode and is not in the library"
        elif hidden(exercises[key], [DISC]):
            yield f"{key}: is offered in an acute disc episode and hidden by it"


def _own_problems(one: Exercise) -> Iterator[str]:
    if not one.positions or not one.regions or not one.glasses:
        yield "has no position, no region or helps with no glass"
    if not 3 <= len(one.steps) <= 6:
        yield f"has {len(one.steps)} steps, not 3 to 6"
    if not 1 <= len(one.stop) <= 3:
        yield f"has {len(one.stop)} lines that say when to stop, not 1 to 3"
    letters = (*one.cautions, *one.careful)
    if len(set(letters)) != len(letters):
        yield "both hides itself for a caution and says how to do it with that caution"
    if not 1 <= one.amount.per_week <= 7 or min(one.amount.sets, one.amount.repetitions) < 1:
        yield "has an amount that nobody can do: sets, repetitions or days a week"


def _unknown(where: str, what: str, names: Iterable[str], known: Collection[str]) -> Iterator[str]:
    yield from (f"{where}: {what} names {name!r}, which nobody knows" for name in names if name not in known)


def _newest(folder: Path) -> dict[str, Path]:
    """The newest file of every section and of the rules, by name."""
    files = newest(folder)
    if wrong := sorted({*SECTIONS, RULES} ^ files.keys()):
        raise ValueError(f"{folder.name}: unknown or missing section: {', '.join(wrong)}")
    return files
