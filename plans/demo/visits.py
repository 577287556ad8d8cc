"""The visits of a demo patient, by the desk's own pages."""

from django.urls import reverse
from django.utils import timezone


def record(practitioner, intake, visit):
    """Write one visit down, on the day that it is."""
    practitioner.send(
        reverse("desk:visit-new", args=[intake.code]),
        **{
            "visit-on": str(timezone.localdate()),
            "visit-better": str(visit.better),
            "visit-note": visit.note,
        },
    )


def come_today(desk, intake, person, practitioner_id):
    """Move the appointment to today, at this person's hour."""
    desk.send(
        reverse("desk:intake-edit", args=[intake.code]),
        appointment_at=f"{timezone.localdate()}T{person.hour:02}:{person.minute:02}",
        practitioner=practitioner_id,
    )
