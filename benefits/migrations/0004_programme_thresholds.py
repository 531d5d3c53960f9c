from datetime import UTC, date, datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# The values were kept without dates: they held for every date, and nobody knows since when they were known.
ALWAYS = date(2000, 1, 1)
KNOWN_SINCE = datetime(2000, 1, 1, tzinfo=UTC)


def carry_over(apps, schema_editor):
    """Make a dated row of each number a programme had chosen for itself."""
    Programme = apps.get_model("projects", "Programme")
    Threshold = apps.get_model("benefits", "ProgrammeThreshold")
    Threshold.objects.bulk_create(
        Threshold(programme=programme, name=name, value=value, valid_from=ALWAYS, recorded_at=KNOWN_SINCE)
        for programme in Programme.objects.order_by("pk")
        for name, value in sorted(programme.thresholds.items())
        if isinstance(value, int | float) and not isinstance(value, bool)
    )


class Migration(migrations.Migration):
    dependencies = [
        ("benefits", "0003_answered_cause"),
        ("projects", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    run_before = [("projects", "0002_remove_programme_thresholds")]

    operations = [
        migrations.CreateModel(
            name="ProgrammeThreshold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("value", models.FloatField(null=True)),
                ("valid_from", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.TextField(blank=True)),
                (
                    "programme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="own_thresholds",
                        to="projects.programme",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["programme", "name", "valid_from", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("superseded_at", None)),
                        fields=("programme", "name", "valid_from"),
                        name="threshold_live_once_per_day",
                    )
                ],
            },
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
    ]
