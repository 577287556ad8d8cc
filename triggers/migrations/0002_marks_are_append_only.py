"""A practitioner's mark is added, never changed or removed."""

from django.db import migrations

from backup_plan_site.staff import append_only

TABLE = "triggers_practitionermark"


def protect(apps, schema_editor):
    append_only.protect(schema_editor, TABLE)


def unprotect(apps, schema_editor):
    append_only.unprotect(schema_editor, TABLE)


class Migration(migrations.Migration):
    dependencies = [("triggers", "0001_glasses")]
    operations = [migrations.RunPython(protect, unprotect)]
