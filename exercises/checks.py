"""System checks of the exercises; `manage.py check` is the first reader of every new text."""

from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.core.checks import CheckMessage, Error, register

from backup_plan_site.content import problems

from . import poses
from .library import FOLDER, load, load_rules, mismatches


@register
def content_is_sound(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Sealed files unchanged, no doubled id, no threatening word (backup_plan_site.content.problems)."""
    return [Error(problem, id="exercises.E001") for problem in problems(FOLDER)]


@register
def exercises_fit_the_rules(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Every exercise and the stop rules can be read, and name only cautions, positions and glasses that exist."""
    try:
        load_rules(FOLDER)
        found = list(mismatches(load(FOLDER)))
    except (ValueError, OSError) as error:
        found = [str(error)]
    return [Error(problem, id="exercises.E002") for problem in found]


@register
def figures_can_be_drawn(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Every exercise has a figure that shows its position, and no figure asks anything impossible of a body."""
    try:
        exercises = load(FOLDER)
        positions = {key: one.positions for key, one in exercises.items()}
        found = list(poses.problems(poses.FOLDER, positions))
        found += [f"{key}: has no figure" for key in exercises if key not in poses.figures()]
    except (ValueError, OSError) as error:
        found = [str(error)]
    return [Error(problem, id="exercises.E003") for problem in found]
