"""Names of time zones, checked where they are typed."""

import zoneinfo

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def check_time_zone(name):
    """Refuse a name that no time zone has; a wrong one would move every date of the practice."""
    try:
        zoneinfo.ZoneInfo(name)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError) as error:
        raise ValidationError(_("No time zone has this name. Example: Europe/Brussels")) from error
