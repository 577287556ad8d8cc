"""Answers, consents and decisions are added, never changed; a decision is not removed either."""

from django.db import migrations

from backup_plan_site.staff import append_only

TABLES = {
    "intake_answer": {"update": True, "delete": False},
    "intake_consent": {"update": True, "delete": False},
    "intake_clearance": {"update": True, "delete": True},
}


def protect(apps, schema_editor):
    for table, refused in TABLES.items():
        append_only.protect(schema_editor, table, **refused)


def unprotect(apps, schema_editor):
    for table in TABLES:
        append_only.unprotect(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_people_and_screening")]
    operations = [migrations.RunPython(protect, unprotect)]
