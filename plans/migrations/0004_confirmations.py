"""What practitioners decided on the texts of the method: never changed and never removed."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models

from backup_plan_site.staff import append_only

TABLE = "plans_textconfirmation"


def protect(apps, schema_editor):
    append_only.protect(schema_editor, TABLE)


def unprotect(apps, schema_editor):
    append_only.unprotect(schema_editor, TABLE)


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0003_visits'),
        ('staff', '0002_audit_is_append_only'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TextConfirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('key', models.CharField(max_length=64)),
                ('fingerprint', models.CharField(max_length=64)),
                ('version', models.CharField(max_length=64)),
                ('kind', models.CharField(choices=[('confirmed', 'Confirmed'), ('withdrawn', 'Confirmation withdrawn')], max_length=9)),
                ('by_name', models.CharField(max_length=200)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.practice')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['practice', 'key'], name='confirmations_of_a_text')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['confirmed', 'withdrawn'])), name='confirmed_or_withdrawn')],
            },
        ),
        migrations.RunPython(protect, unprotect),
    ]
