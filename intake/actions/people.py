"""Patients, kept together with the words by which they are found."""

from django.db import transaction

from intake.models import PatientWord
from intake.search_words import words_of


@transaction.atomic
def save_patient(patient):
    """Write a patient, new or changed, and the words that find this patient."""
    patient.save()
    write_words(patient)


def write_words(patient):
    """Bring the search words in step with the names and the date of birth. Two queries when nothing changed."""
    words = words_of(patient.given_name, patient.family_name, patient.birth_date)
    rows = PatientWord.objects.filter(patient=patient)
    rows.exclude(word__in=words).delete()
    PatientWord.objects.bulk_create(
        [PatientWord(practice_id=patient.practice_id, patient=patient, word=word) for word in sorted(words)],
        ignore_conflicts=True,
    )
