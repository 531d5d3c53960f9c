"""Let a save say which page it came from, and what it wrote: an answer lost on the way is no conflict with oneself."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0002_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("savereceipt", "page", models.UUIDField(null=True)),
        migrations.AddField("savereceipt", "turn", models.PositiveIntegerField(default=0)),
        migrations.AddField("savereceipt", "wrote", models.JSONField(blank=True, default=dict)),
        migrations.AddField(
            "savereceipt",
            "by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex("savereceipt", models.Index(fields=["section", "page"], name="saves_of_a_page")),
    ]
