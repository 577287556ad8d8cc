"""The appointment as a file for the patient's own calendar: when, where and whom to call, and nothing else."""

import datetime
import uuid
import zoneinfo

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

# Longer than most first visits: who plans the day around it is not surprised.
LASTS = datetime.timedelta(minutes=45)
NAME = "appointment.ics"


def is_ahead(appointment_at):
    """Whether there is an appointment to put in a calendar."""
    return appointment_at is not None and appointment_at > timezone.now()


def calendar_response(practice, appointment_at):
    """The file to download, in the language that is active now."""
    return HttpResponse(
        appointment_file(practice, appointment_at, timezone.now()),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{NAME}"'},
    )


def appointment_file(practice, appointment_at, made_at):
    """iCalendar (RFC 5545) as bytes, on the clock of the practice, with the rules of that clock in it.

    The id comes from practice and moment alone: the same appointment twice is one in the calendar, and the id opens
    or names nothing here.
    """
    start = appointment_at.astimezone(zoneinfo.ZoneInfo(practice.time_zone)).replace(microsecond=0)
    event = Event()
    event.add("uid", f"{uuid.uuid5(practice.code, start.astimezone(datetime.UTC).isoformat())}@backup-plan")
    event.add("dtstamp", made_at.astimezone(datetime.UTC).replace(microsecond=0))
    event.add("dtstart", start)
    event.add("dtend", start + LASTS)
    event.add("summary", _("Appointment at %(practice)s") % {"practice": practice.name})
    event.add("location", practice.name)
    if contact := practice.phone or practice.email:
        event.add("description", _("Can you not come? Tell us: %(contact)s") % {"contact": contact})
    event.add("class", "PRIVATE")
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Back-Up Plan//backup-plan//")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    year = datetime.timedelta(days=366)
    calendar.add_missing_timezones(first_date=(start - year).date(), last_date=(start + year).date())
    return calendar.to_ical()
