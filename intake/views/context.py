"""What every page of a patient shows around its own content."""

from intake.contact import numbers
from intake.languages import own_names


def patient_context(request, **extra):
    """Practice, languages and emergency number, and what the page itself adds."""
    practice = request.intake.practice
    return {
        "practice": practice,
        "numbers": numbers(practice.country),
        "intake": request.intake,
        "languages": own_names(),
        **extra,
    }
