"""Patients are found by words, and what waits for somebody is found by indexes of its own."""

import django.db.models.deletion
from django.db import migrations, models

import intake.models.finding
from intake.search_words import words_of

AT_ONCE = 2_000


def write_words(apps, schema_editor):
    """The words of everybody who is known already."""
    Patient, PatientWord = (apps.get_model("intake", name) for name in ("Patient", "PatientWord"))
    rows = []
    fields = ("pk", "practice_id", "given_name", "family_name", "birth_date")
    for pk, practice, *told in Patient.objects.values_list(*fields).iterator(AT_ONCE):
        rows += [PatientWord(practice_id=practice, patient_id=pk, word=word) for word in words_of(*told)]
        if len(rows) >= AT_ONCE:
            PatientWord.objects.bulk_create(rows)
            rows = []
    PatientWord.objects.bulk_create(rows)


class Migration(migrations.Migration):
    dependencies = [("intake", "0005_who_answers_never_changes"), ("staff", "0003_french")]

    operations = [
        migrations.CreateModel(
            name="PatientWord",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", intake.models.finding.ByteOrderedField(max_length=60)),
                (
                    "patient",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="words",
                        to="intake.patient",
                    ),
                ),
                (
                    "practice",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="staff.practice",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["practice", "word", "patient"], name="patient_by_word"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("patient", "word"), name="patient_word_once"),
                ],
            },
        ),
        migrations.AddField("intake", "look_again_since", models.DateTimeField(editable=False, null=True)),
        migrations.AddIndex(
            "intake",
            models.Index(
                condition=models.Q(("closed_at", None), ("opened_at", None)),
                fields=["practice", "closed_at", "opened_at", "appointment_at"],
                name="intake_not_opened",
            ),
        ),
        migrations.AddIndex(
            "intake",
            models.Index(
                condition=models.Q(("closed_at", None), ("look_again_since__isnull", False)),
                fields=["practice", "closed_at", "look_again_since"],
                name="intake_to_look_at_again",
            ),
        ),
        migrations.AddIndex(
            "notice",
            models.Index(condition=models.Q(("handled_at", None)), fields=["practice"], name="notice_open"),
        ),
        migrations.AddIndex(
            "screening",
            models.Index(
                condition=models.Q(("unhandled__lt", 9)),
                fields=["practice", "unhandled"],
                name="screening_to_decide",
            ),
        ),
        # PostgreSQL refuses to change a table in the transaction that filled it: the rows come last, by themselves.
        migrations.RunPython(write_words, migrations.RunPython.noop),
    ]
