from django.db import migrations

from backup_plan_site.staff import append_only

TABLE = "staff_auditevent"


def protect(apps, schema_editor):
    append_only.protect(schema_editor, TABLE)


def unprotect(apps, schema_editor):
    append_only.unprotect(schema_editor, TABLE)


class Migration(migrations.Migration):
    dependencies = [("staff", "0001_people_and_practices")]
    operations = [migrations.RunPython(protect, unprotect)]
