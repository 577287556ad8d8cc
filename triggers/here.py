"""Where this browser stands when a page asks for no link: whose practice, and in which language."""

from backup_plan_site.staff.models import Practice
from intake.access import SESSION_KEY
from intake.contact import numbers, support_lines
from intake.models import Intake

# {"practice": id, "language": code}: all that a browser keeps after sending.
SENT_TO = "glasses_sent_to"


def opened_intake(session):
    """The intake that this browser opened last, with its practice, or None. Says nothing about a right to read it."""
    codes = list(session.get(SESSION_KEY, {}))
    return Intake.objects.filter(code=codes[-1]).select_related("practice").first() if codes else None


def practice_here(intake=None):
    """The practice to name: that of the open link, else the first one; None where there is none."""
    return intake.practice if intake is not None else Practice.objects.order_by("pk").first()


def sent_to(session):
    """(practice, language) of the glasses that this browser sent, or (None, '')."""
    kept = session.get(SENT_TO, {})
    return Practice.objects.filter(pk=kept.get("practice")).first(), kept.get("language", "")


def lines_of(practice, language):
    """Who listens, by the practice's country and the reader's language. Where there is no practice: Belgium."""
    return support_lines(practice.country if practice else "BE", language)


def emergency_of(practice):
    """The emergency number of the practice's country."""
    return numbers(practice.country if practice else "BE").emergency


def leave_behind(session, intake):
    """Close one intake in this browser after sending; whose practice it was and its language stay, for the thanks."""
    opened = dict(session.get(SESSION_KEY, {}))
    opened.pop(str(intake.code), None)
    # The session keeps its id: a second press of the same button must find the same way to the thanks.
    session[SESSION_KEY] = opened
    remember_practice(session, intake)


def remember_practice(session, intake):
    """Let the thanks know whose practice it was, and the language."""
    session[SENT_TO] = {"practice": intake.practice_id, "language": intake.language}
