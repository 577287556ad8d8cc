"""What builds up: activities by weeks, rungs, tasks in pieces, hours at work; habits told whole, worksheets."""
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0007_own_content'),
        ('staff', '0003_french'),
    ]

    operations = [
        migrations.AddField(
            model_name='planglass',
            name='who_helps',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='bucketlistitem',
            name='nudge',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='bucketlistitem',
            name='reward',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='bucketlistitem',
            name='with_whom',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='plan',
            name='ladder_closed_by',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='plan',
            name='worksheets',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.CreateModel(
            name='PacedTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('task', models.CharField(max_length=200)),
                ('minutes', models.PositiveSmallIntegerField()),
                ('work', models.PositiveSmallIntegerField(default=20)),
                ('rest', models.PositiveSmallIntegerField(default=15)),
                ('other', models.CharField(blank=True, max_length=200)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='paced_tasks', to='plans.plan')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.practice')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Rung',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('text', models.CharField(max_length=200)),
                ('expects', models.CharField(blank=True, max_length=200)),
                ('happened', models.CharField(blank=True, max_length=200)),
                ('done_on', models.DateField(blank=True, null=True)),
                ('calmer', models.BooleanField(blank=True, null=True)),
                ('not_now', models.BooleanField(default=False)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rungs', to='plans.plan')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.practice')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BuildUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('activity', models.CharField(max_length=200)),
                ('unit', models.CharField(choices=[('minutes', 'Minutes'), ('metres', 'Metres'), ('steps', 'Steps'), ('times', 'Times')], default='minutes', max_length=8)),
                ('first', models.FloatField()),
                ('second', models.FloatField()),
                ('third', models.FloatField()),
                ('percent', models.PositiveSmallIntegerField(default=20)),
                ('goal', models.PositiveIntegerField()),
                ('weeks', models.PositiveSmallIntegerField()),
                ('sessions', models.PositiveSmallIntegerField(default=3)),
                ('starts_on', models.DateField()),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='build_ups', to='plans.plan')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.practice')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('percent__gte', 20), ('percent__lte', 30)), name='build_up_starts_below'), models.CheckConstraint(condition=models.Q(('weeks__gte', 1), ('weeks__lte', 26)), name='build_up_has_weeks'), models.CheckConstraint(condition=models.Q(('sessions__gte', 3), ('sessions__lte', 14)), name='build_up_has_sessions')],
            },
        ),
        migrations.CreateModel(
            name='ReturnToWork',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('starts_on', models.DateField()),
                ('hours', models.FloatField()),
                ('days', models.PositiveSmallIntegerField(default=5)),
                ('weeks_per_step', models.PositiveSmallIntegerField(default=2)),
                ('shape', models.CharField(choices=[('shorter-days', 'Shorter days'), ('fewer-days', 'Fewer days')], default='shorter-days', max_length=12)),
                ('replaced', models.CharField(blank=True, max_length=500)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='works', to='plans.plan')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.practice')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('plan',), name='one_return_to_work')],
            },
        ),
    ]
