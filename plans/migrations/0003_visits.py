"""Visits of an intake; what people chose when the fourth was not halfway is never changed and never removed."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models

from backup_plan_site.staff import append_only

TABLE = "plans_visitchoice"


def protect(apps, schema_editor):
    append_only.protect(schema_editor, TABLE)


def unprotect(apps, schema_editor):
    append_only.unprotect(schema_editor, TABLE)


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0002_what_never_changes'),
        ('plans', '0002_releases_never_change'),
        ('staff', '0002_audit_is_append_only'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Visit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('on', models.DateField()),
                ('better', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('worse', models.BooleanField(default=False)),
                ('note', models.TextField(blank=True, max_length=500)),
                ('by_name', models.CharField(max_length=200)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('changed_by_name', models.CharField(blank=True, max_length=200)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('intake', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='intake.intake')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.practice')),
            ],
            options={
                'ordering': ['intake', 'on'],
            },
        ),
        migrations.CreateModel(
            name='VisitChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('steps', models.JSONField()),
                ('explanation', models.TextField(max_length=2000)),
                ('by_name', models.CharField(max_length=200)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('intake', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='visit_choice', to='intake.intake')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.practice')),
                ('visit', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='choice', to='plans.visit')),
            ],
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.UniqueConstraint(fields=('intake', 'on'), name='one_visit_a_day'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(('better', None), models.Q(('better__gte', 0), ('better__lte', 100)), _connector='OR'), name='better_is_a_percentage'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(('better', None), ('worse', False), _connector='OR'), name='better_or_worse'),
        ),
        migrations.AddConstraint(
            model_name='visitchoice',
            constraint=models.CheckConstraint(condition=models.Q(('steps', []), _negated=True), name='choice_names_a_step'),
        ),
        migrations.AddConstraint(
            model_name='visitchoice',
            constraint=models.CheckConstraint(condition=models.Q(('explanation', ''), _negated=True), name='choice_is_explained'),
        ),
        migrations.RunPython(protect, unprotect),
    ]
