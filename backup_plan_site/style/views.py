"""The two pages. Nothing on them comes out of the database, and nothing that is typed goes anywhere."""

from dataclasses import dataclass

from django.shortcuts import render
from django.views.decorators.http import require_safe

from backup_plan_site.staff.access import public
from intake.languages import own_names

from . import desk_samples, patient_samples


@dataclass(frozen=True)
class Somebody:
    """Whom the bar of the desk shows. No rights go with it."""

    practice_name: str = "Praktijk De Linde"
    user_name: str = "Anneleen Vandenbroucke-Vansteenkiste"
    roles: frozenset = frozenset({"owner", "practitioner", "desk"})


@public
@require_safe
def patient(request):
    """Everything that a patient's page is made of."""
    context = {**patient_samples.everything(), "languages": own_names(), "language_url": "."}
    return render(request, "style/patient.html", context)


@public
@require_safe
def desk(request):
    """Everything that a page of the desk is made of."""
    request.actor = Somebody()
    return render(request, "style/desk.html", desk_samples.everything())
