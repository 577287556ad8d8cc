"""The sticky line above every page of one intake: who this is, so that nobody writes with the wrong person."""

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import ngettext

from .rows import URGENCY_OF_RANK
from .who_answered import answered_by


def head_of(intake, screening):
    """What components/patient_head.html reads. `screening` may be None."""
    patient = intake.patient
    age = patient.age_on(timezone.localdate())
    return {
        "name": patient.full_name,
        "born": date_format(patient.birth_date, "j F Y"),
        "age": ngettext("%(age)s year", "%(age)s years", age) % {"age": age},
        "language": dict(settings.LANGUAGES)[intake.language],
        "helper": answered_by(intake),
        "contact": patient.phone,
        "urgency": URGENCY_OF_RANK.get(screening.unhandled, "") if screening else "",
        "word": screening.get_state_display() if screening else "",
    }
