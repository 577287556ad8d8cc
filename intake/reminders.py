"""When a patient is reminded of an appointment. Pure Python: no Django, no database, no clock."""

import datetime

BEFORE = datetime.timedelta(days=2)
# On the practice's own clock: nobody's phone buzzes at night.
OPENS, CLOSES = datetime.time(8), datetime.time(20)
# What is planned leaves the mail server an hour before the day closes.
LAST = datetime.time(19)


def when(appointment_at, invited_at, zone):
    """The moment to remind of an appointment, or None when it comes too soon after `invited_at` for a reminder.

    Two days before it at the same hour on the clock of `zone`, moved to the nearest moment between 8 and 19 h.
    """
    appointment = _on_the_wall(appointment_at, zone)
    if appointment - BEFORE < _on_the_wall(invited_at, zone):
        return None
    day = appointment - BEFORE
    hour = min(max(day.time(), OPENS), LAST)
    moment = datetime.datetime.combine(day.date(), hour, tzinfo=zone).astimezone(datetime.UTC)
    return moment if moment > invited_at else None


def not_before(now, zone):
    """`now` by day, else the next moment at which mails may go out again."""
    wall = _on_the_wall(now, zone)
    if OPENS <= wall.time() < CLOSES:
        return now
    day = wall.date() if wall.time() < OPENS else wall.date() + datetime.timedelta(days=1)
    return datetime.datetime.combine(day, OPENS, tzinfo=zone).astimezone(datetime.UTC)


def _on_the_wall(moment, zone):
    """What the clock of `zone` shows at `moment`. Days are counted on it, so that summer time moves no hour."""
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)
