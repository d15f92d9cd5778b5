"""Remarks: unsent ones, answers to others, the place of the words, and words suggested instead."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("approvals", "0006_what_a_person_opened_and_put_off")]
    operations = [
        migrations.AddField("comment", "pending", models.BooleanField(db_default=False, default=False)),
        migrations.AddField("comment", "offset", models.PositiveIntegerField(blank=True, null=True)),
        migrations.AddField("comment", "suggestion", models.TextField(blank=True, db_default="", default="")),
        migrations.AddField(
            "comment",
            "answers",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="replies",
                to="approvals.comment",
            ),
        ),
    ]
