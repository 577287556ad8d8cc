"""What makes patients quick to find, however many there are. Everything here can be made anew from their names."""

from django.db import models

from backup_plan_site.staff.actors import ActorQuerySet
from intake.search_words import LONGEST

from .people import Patient

# No letter comes after it: from a word up to the word with this behind it lies everything that begins like it.
LAST = "\U0010ffff"


class ByteOrderedField(models.CharField):
    """Text in the order of its bytes on every database, so that all words with one beginning stand together."""

    def db_parameters(self, connection):
        parameters = super().db_parameters(connection)
        return parameters | ({"collation": "C"} if connection.vendor == "postgresql" else {})


class PatientWordQuerySet(ActorQuerySet):
    def beginning(self, *beginnings):
        """Words that begin with one of `beginnings`: ranges of the index, where LIKE would read every row."""
        ranges = [models.Q(word__gte=one, word__lt=one + LAST) for one in beginnings]
        return self.filter(models.Q(*ranges, _connector=models.Q.OR))


class PatientWord(models.Model):
    """One word by which a patient is found: of a name, folded, or the date of birth. Goes when the patient goes.

    It has no `code`: nobody ever asks for a single word.
    """

    clinical = False
    patient_path = None

    # Both keys lead the indexes below; an index of their own would only be written and never read.
    practice = models.ForeignKey("staff.Practice", on_delete=models.PROTECT, related_name="+", db_index=False)
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="words", db_index=False)
    word = ByteOrderedField(max_length=LONGEST)

    objects = PatientWordQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["patient", "word"], name="patient_word_once")]
        indexes = [models.Index(fields=["practice", "word", "patient"], name="patient_by_word")]

    def __str__(self):
        return str(self.pk)
