"""Where this browser stands when a page asks for no link: the intake it opened last, and whose practice."""

from backup_plan_site.staff.models import Practice

from .access import SESSION_KEY
from .models import Intake


def opened_intake(session):
    """The intake that this browser opened last, with its practice, or None. Says nothing about a right to read it."""
    codes = list(session.get(SESSION_KEY, {}))
    return Intake.objects.filter(code=codes[-1]).select_related("practice").first() if codes else None


def practice_here(intake=None):
    """The practice to name: that of the open link, else the first one; None where there is none."""
    return intake.practice if intake is not None else Practice.objects.order_by("pk").first()
