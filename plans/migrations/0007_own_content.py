"""What a practice adds of its own: items, every version of their words (never changed), photos, helpers on a plan."""
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models

from backup_plan_site.staff import append_only

TABLE = "plans_ownversion"


def protect(apps, schema_editor):
    append_only.protect(schema_editor, TABLE)


def unprotect(apps, schema_editor):
    append_only.unprotect(schema_editor, TABLE)


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0006_stages_and_exercise_links'),
        ('staff', '0003_french'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='planglass',
            name='helpers',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.CreateModel(
            name='OwnItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('tip', 'Tip'), ('exercise', 'Exercise'), ('helper', 'Helper nearby'), ('text', 'Text')], max_length=8)),
                ('place', models.CharField(blank=True, choices=[('welcome', "Welcome on the patient's first page"), ('bring', 'What to bring'), ('out-of-hours', 'What to do outside opening hours'), ('closing', 'Last line of the plan on paper')], max_length=12)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('in-use', 'In use'), ('withdrawn', 'Withdrawn')], default='draft', max_length=9)),
                ('state_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.practice')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='OwnPhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=80, unique=True)),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveIntegerField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='plans.ownitem')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.practice')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OwnVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('number', models.PositiveSmallIntegerField()),
                ('body', models.JSONField()),
                ('by_name', models.CharField(max_length=200)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='plans.ownitem')),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.practice')),
            ],
            options={
                'ordering': ['item', 'number'],
            },
        ),
        migrations.AddField(
            model_name='ownitem',
            name='latest',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.ownversion'),
        ),
        migrations.AddField(
            model_name='ownitem',
            name='used',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.ownversion'),
        ),
        migrations.CreateModel(
            name='GivenPhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='staff.practice')),
                ('release', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='given_photos', to='plans.release')),
                ('photo', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='given', to='plans.ownphoto')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('release', 'photo'), name='photo_given_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='ownversion',
            constraint=models.UniqueConstraint(fields=('item', 'number'), name='own_version_once'),
        ),
        migrations.AddIndex(
            model_name='ownitem',
            index=models.Index(fields=['practice', 'kind'], name='own_items_of_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='ownitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'text'), models.Q(('place', ''), _negated=True)), models.Q(models.Q(('kind', 'text'), _negated=True), ('place', '')), _connector='OR'), name='own_text_has_a_place'),
        ),
        migrations.AddConstraint(
            model_name='ownitem',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'in-use'), _negated=True), ('used__isnull', False), _connector='OR'), name='own_in_use_names_its_words'),
        ),
        migrations.AddConstraint(
            model_name='ownitem',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'text')), fields=('practice', 'place'), name='one_own_text_per_place'),
        ),
        migrations.RunPython(protect, unprotect),
    ]
