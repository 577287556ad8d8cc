"""System checks of the guides; `manage.py check` is the first reader of every new text."""

from collections.abc import Sequence
from typing import Any

from django.apps.config import AppConfig
from django.core.checks import CheckMessage, Error, register

from backup_plan_site.content import problems

from .guides import FOLDER, mismatches


@register
def content_is_sound(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Sealed files unchanged, languages complete, no word that frightens (backup_plan_site.content.problems)."""
    return [Error(problem, id="plans.E001") for problem in problems(FOLDER)]


@register
def guides_fit_the_method(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Every theme can be read, and names only steps, glasses and kinds of question that exist."""
    try:
        found = list(mismatches())
    except (ValueError, OSError) as error:
        found = [str(error)]
    except KeyError as missing:
        found = [f"there is no content file called {missing}"]
    return [Error(problem, id="plans.E002") for problem in found]
