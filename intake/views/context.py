"""What every page of a patient shows around its own content."""

from django.urls import reverse

from intake import tablet
from intake.contact import numbers
from intake.journey import BACK_TO_THE_DESK
from intake.languages import own_names
from intake.models import Respondent


def patient_context(request, **extra):
    """Practice, languages and emergency number, and what the page itself adds."""
    practice = request.intake.practice
    return {
        "practice": practice,
        "numbers": numbers(practice.country),
        "intake": request.intake,
        "languages": own_names(),
        **_around(request, extra.get("form")),
        **extra,
    }


def _around(request, form):
    """Who fills in for the patient, and on whose screen: the banner and the bar above each page."""
    name = request.intake.patient.given_name
    filled_in_for = request.respondent is not None and request.respondent.who == Respondent.Who.FOR
    around = {"answering_for": name if filled_in_for else "", "may_change_hands": True}
    if request.way == Respondent.Way.TABLET:
        around["tablet"] = tablet.IDLE_SECONDS
        _offer_nothing(form)
    if request.way == Respondent.Way.CONSULT:
        around["together"] = {"name": name, "url": reverse(BACK_TO_THE_DESK, args=[request.intake.code])}
        around["may_change_hands"] = False
    return around


def _offer_nothing(form):
    """Let no browser offer on a shared tablet what somebody else typed there."""
    for field in form.fields.values() if form else ():
        field.widget.attrs["autocomplete"] = "off"
