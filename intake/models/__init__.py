"""What intake stores. People and links never hold an answer; the screening and its flags are clinical."""

from .people import Consent, Intake, Invitation, Notice, Patient, Respondent
from .screening import Answer, Clearance, Flag, PrivateNote, Screening

__all__ = [
    "Answer",
    "Clearance",
    "Consent",
    "Flag",
    "Intake",
    "Invitation",
    "Notice",
    "Patient",
    "PrivateNote",
    "Respondent",
    "Screening",
]
