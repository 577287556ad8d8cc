"""The practice is told when a patient takes back the consent."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0006_found_by_words")]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("misunderstood", "Says that a question was misunderstood"),
                    ("link-locked", "Link locked after five wrong birth dates"),
                    ("mail-returned", "The mail came back"),
                    ("new-or-worse", "Says that something is new or worse"),
                    ("withdrawn", "Took back the consent to the care record"),
                ],
                max_length=15,
            ),
        ),
    ]
