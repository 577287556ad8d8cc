"""Where this browser stands when a page asks for no link: whose practice, and in which language."""

import datetime

from backup_plan_site.staff.models import Practice
from intake.access import close
from intake.calendar_file import is_ahead
from intake.contact import numbers, support_lines

# {"practice": id, "language": code, "appointment": seconds or None}: all that a browser keeps after sending.
SENT_TO = "glasses_sent_to"


def sent_to(session):
    """(practice, language) of the glasses that this browser sent, or (None, '')."""
    kept = session.get(SENT_TO, {})
    return Practice.objects.filter(pk=kept.get("practice")).first(), kept.get("language", "")


def appointment_ahead(session):
    """When the patient who sent from this browser comes, or None where that is over or not known."""
    seconds = session.get(SENT_TO, {}).get("appointment")
    at = datetime.datetime.fromtimestamp(seconds, datetime.UTC) if seconds else None
    return at if is_ahead(at) else None


def lines_of(practice, language):
    """Who listens, by the practice's country and the reader's language. Where there is no practice: Belgium."""
    return support_lines(practice.country if practice else "BE", language)


def emergency_of(practice):
    """The emergency number of the practice's country."""
    return numbers(practice.country if practice else "BE").emergency


def leave_behind(session, intake):
    """Close one intake in this browser after sending; whose practice it was and its language stay, for the thanks."""
    close(session, intake)
    remember_practice(session, intake)


def remember_practice(session, intake):
    """Let the thanks know whose practice it was, the language, and when the appointment is."""
    at = intake.appointment_at
    session[SENT_TO] = {
        "practice": intake.practice_id,
        "language": intake.language,
        "appointment": int(at.timestamp()) if at else None,
    }
