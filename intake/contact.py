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


@functools.cache
def numbers(country):
    """The numbers of `country` ('BE' or 'NL'). Raises KeyError for a country that the content does not have."""
    content = tomllib.loads(FILE.read_text(encoding="utf-8"))
    row = content[country]
    return Numbers(
        row["emergency"], row["out_of_hours"], Text(**row["out_of_hours_name"]), content["checked_on"]
    )


def contact_phone():
    """The number on pages that know no practice: the setting's, else that of the first practice here."""
    if settings.CONTACT_PHONE:
        return settings.CONTACT_PHONE
    return Practice.objects.order_by("pk").values_list("phone", flat=True).first() or ""
