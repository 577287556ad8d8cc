"""What the desk writes in the audit trail, in words."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "intake.changed": _("Appointment changed"),
    "intake.created": _("Intake made"),
    "link.shown": _("Slip shown"),
    "patient.changed": _("Patient changed"),
    "patient.created": _("Patient made"),
    "patient.viewed": _("Patient read"),
    "patients.viewed": _("List of patients read"),
    "review.viewed": _("Answers read"),
    "worklist.viewed": _("Worklist read"),
}
