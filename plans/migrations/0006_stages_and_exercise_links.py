"""Where a patient is with exercising, and the address at which the exercises of a release move (never changed)."""

import django.db.models.deletion
import plans.models
import uuid
from django.db import migrations, models

from backup_plan_site.staff import append_only

TABLE = "plans_exerciselink"


def protect(apps, schema_editor):
    append_only.protect(schema_editor, TABLE)


def unprotect(apps, schema_editor):
    append_only.unprotect(schema_editor, TABLE)


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0005_french'),
        ('staff', '0003_french'),
    ]

    operations = [
        migrations.AddField(
            model_name='plan',
            name='stage',
            field=models.CharField(choices=[('relieve', 'Relieve'), ('strong', 'Regain strength and mobility'), ('maintain', 'Maintain and prevent')], default='relieve', max_length=8),
        ),
        migrations.CreateModel(
            name='ExerciseLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('token', models.CharField(default=plans.models.new_token, max_length=43, unique=True)),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.practice')),
                ('release', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='exercise_link', to='plans.release')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RunPython(protect, unprotect),
    ]
