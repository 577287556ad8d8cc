"""What somebody may be in a practice. One person can be several of these at once."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """OWNER runs the practice, PRACTITIONER treats and reads answers, DESK receives people.

    An owner reads clinical data only when also a practitioner.
    """

    OWNER = "owner", _("Owner")
    PRACTITIONER = "practitioner", _("Practitioner")
    DESK = "desk", _("Front desk")
