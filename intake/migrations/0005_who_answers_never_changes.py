"""Who filled something in is written down once and never changed."""

from django.db import migrations

from backup_plan_site.staff import append_only

# The answers' and consents' own protection is laid again: SQLite may have made these tables anew.
TABLES = ("intake_respondent", "intake_answer", "intake_consent")


def protect(apps, schema_editor):
    for table in TABLES:
        append_only.protect(schema_editor, table, update=True, delete=False)


def unprotect(apps, schema_editor):
    append_only.unprotect(schema_editor, TABLES[0])


class Migration(migrations.Migration):
    dependencies = [("intake", "0004_who_answers")]
    operations = [migrations.RunPython(protect, unprotect)]
