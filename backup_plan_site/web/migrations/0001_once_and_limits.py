"""Idempotency keys, and the shared table in which tries are counted (Django's database cache)."""

from django.core.management import call_command
from django.db import migrations, models


def make_limits_table(apps, schema_editor):
    call_command("createcachetable", "web_limits", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Once",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField()),
                ("owner", models.CharField(max_length=80)),
                ("body_hash", models.CharField(max_length=64)),
                ("location", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.AddConstraint(
            model_name="once",
            constraint=models.UniqueConstraint(fields=["owner", "key"], name="once_per_owner_and_key"),
        ),
        migrations.AddIndex(model_name="once", index=models.Index(fields=["at"], name="once_at")),
        migrations.RunPython(make_limits_table, migrations.RunPython.noop),
    ]
