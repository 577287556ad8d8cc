"""The pose files: `content/poses/<exercise>.toml` as figures, and what must hold for all of them. No Django."""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path

from backup_plan_site.content import LANGUAGES, Text

from . import figure_checks
from .figure import bodies
from .figure_pose import Figure
from .figure_reading import figure

FOLDER = Path(__file__).parent / "content" / "poses"


def read(path: Path) -> Figure:
    """One file. Raises ValueError with the file and the key that is wrong."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path.name}: {error}") from error
    return figure(path.stem, table)


@cache
def figures() -> dict[str, Figure]:
    """Every figure by the id of each exercise that it shows. Read from disk once."""
    return load(FOLDER)


def load(folder: Path) -> dict[str, Figure]:
    found: dict[str, Figure] = {}
    for path in sorted(folder.glob("*.toml")):
        one = read(path)
        for name in (one.id, *one.also):
            if name in found:
                raise ValueError(f"{path.name}: {name} is drawn in {found[name].id}.toml too")
            found[name] = one
    return found


def alt(one: Figure) -> Text:
    """What the figure shows, in words that let a person do it without seeing it."""
    return Text(**one.alt)


def problems(folder: Path, positions: Mapping[str, Collection[str]], *, drawn: bool = False) -> Iterator[str]:
    """Everything that is wrong with the pose files of a folder; `positions` are those of each exercise by id.

    With `drawn` every picture is drawn and measured too, which takes ten times as long.
    """
    try:
        found = load(folder)
    except (ValueError, OSError) as error:
        yield str(error)
        return
    sound = {}
    for one in {id(one): one for one in found.values()}.values():
        wrong = list(figure_checks.faults(one, drawn=drawn))
        yield from wrong
        if missing := [language for language in LANGUAGES if not one.alt.get(language, "").strip()]:
            yield f"{one.id}.toml: alt says nothing in {', '.join(missing)}"
        if not wrong:
            sound[one.id] = one
    yield from figure_checks.alike(sound)
    for name, one in found.items():
        if name not in positions:
            yield f"{one.id}.toml: draws {name}, which is no exercise"
        elif one.id in sound:
            yield from _other_posture(name, one, positions[name])


def _other_posture(name: str, one: Figure, positions: Collection[str]) -> Iterator[str]:
    shown = [
        figure_checks.posture(body, (*one.props, *panel.props))
        for body, panel in zip(bodies(one), one.panels, strict=True)
    ]
    if "any" not in positions and not set(shown) & set(positions):
        said = " or ".join(sorted(positions))
        yield f"{one.id}.toml: shows {name} {shown[0]}, and the exercise says {said}"
