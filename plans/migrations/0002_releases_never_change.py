"""A release is what a patient was given: never changed, never removed. Its PDF's hash is never changed."""

from django.db import migrations

from backup_plan_site.staff import append_only

TABLES = {
    "plans_release": {"update": True, "delete": True},
    "plans_document": {"update": True, "delete": False},
}


def protect(apps, schema_editor):
    for table, refused in TABLES.items():
        append_only.protect(schema_editor, table, **refused)


def unprotect(apps, schema_editor):
    for table in TABLES:
        append_only.unprotect(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_plans")]
    operations = [migrations.RunPython(protect, unprotect)]
