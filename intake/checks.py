"""System checks of intake's content; `manage.py check` is the first reader of every new text."""

from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.core.checks import CheckMessage, Error, register

from backup_plan_site.content import problems
from intake.red_flags import CURRENT, FOLDER, load, mismatches


@register
def content_is_sound(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Sealed files unchanged, references known, no threatening word (backup_plan_site.content.problems)."""
    return [Error(problem, id="intake.E001") for problem in problems(FOLDER)]


@register
def red_flags_fit_the_rules(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """The current red flags can be read, and ask exactly what the rules read."""
    try:
        found = mismatches(load(FOLDER / CURRENT))
    except (ValueError, OSError) as error:
        found = [str(error)]
    return [Error(problem, id="intake.E002") for problem in found]
