"""System checks of the glasses' content."""

from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.core.checks import CheckMessage, Error, register

from backup_plan_site.content import problems
from triggers.glasses import FOLDER, mismatches


@register
def content_is_sound(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Sealed files unchanged, references known, no threatening word (backup_plan_site.content.problems)."""
    return [Error(problem, id="triggers.E001") for problem in problems(FOLDER)]


@register
def glasses_fit_the_method(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """All 13 glasses and both conditions can be read, under their own ids."""
    try:
        found = list(mismatches())
    except (ValueError, OSError) as error:
        found = [str(error)]
    except KeyError as missing:
        found = [f"there is no content file called {missing}"]
    return [Error(problem, id="triggers.E002") for problem in found]
