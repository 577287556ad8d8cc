"""What intake stores. People and links never hold an answer; the screening and its flags are clinical."""

from .finding import PatientWord
from .notices import Notice
from .people import Consent, Intake, Invitation, Patient, Respondent
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
    "PatientWord",
    "PrivateNote",
    "Respondent",
    "Screening",
]
