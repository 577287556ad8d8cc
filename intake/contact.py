"""Telephone numbers: those of the practice's country, and the one for where no practice is known."""

import datetime
import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from backup_plan_site.content import Text
from backup_plan_site.staff.models import Practice

FILE = Path(__file__).parent / "content" / "numbers.v1.toml"


@dataclass(frozen=True)
class Numbers:
    """Whom to call in one country. `out_of_hours` is '' where every region has its own number."""

    emergency: str
    out_of_hours: str
    out_of_hours_name: Text
    checked_on: datetime.date


@dataclass(frozen=True)
class Line:
    """One help line: its number as people write it, its name, when it answers, and '' or where one can chat."""

    number: str
    name: Text
    open: Text
    chat: str = ""


@dataclass(frozen=True)
class SupportLines:
    """Who listens, for one country and one reader. `note` is said when the lines answer in another language."""

    emergency: str
    suicide: Line
    talk: Line
    violence: Line
    note: Text | None = None


@functools.cache
def _content():
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@functools.cache
def numbers(country):
    """The numbers of `country` ('BE' or 'NL'). Raises KeyError for a country that the content does not have."""
    content = _content()
    row = content[country]
    return Numbers(
        row["emergency"], row["out_of_hours"], Text(**row["out_of_hours_name"]), content["checked_on"]
    )


@functools.cache
def support_lines(country, language):
    """The help lines of `country` for who reads `language` ('nl', 'fr-be', …). Raises KeyError like `numbers`.

    Lines in French where the country has them and the reader reads French, else those in Dutch.
    """
    content = _content()
    row = content[country]
    language = language.lower().replace("_", "-").partition("-")[0]
    french = row.get("in_french") if language == "fr" else None
    lines = french or row
    note = None if french or language == "nl" else Text(**content["answers_in_dutch"])
    return SupportLines(
        emergency=row["emergency"],
        suicide=_line(lines, "suicide_line", chat=lines["chat"]),
        talk=_line(lines, "talk_line"),
        violence=_line(lines, "violence_line"),
        note=note,
    )


def _line(lines, key, chat=""):
    return Line(lines[key], Text(**lines[f"{key}_name"]), Text(**lines[f"{key}_open"]), chat)


def contact_phone():
    """The number on pages that know no practice: the setting's, else that of the first practice here."""
    if settings.CONTACT_PHONE:
        return settings.CONTACT_PHONE
    return Practice.objects.order_by("pk").values_list("phone", flat=True).first() or ""
