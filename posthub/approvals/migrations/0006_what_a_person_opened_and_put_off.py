"""What each person opened and in which words, and until when they put it off."""

import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("approvals", "0005_pictures_go_out_as_approved")]
    operations = [
        migrations.CreateModel(
            name="Look",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("by_id", models.UUIDField()),
                ("kind", models.CharField(max_length=20)),
                ("object_id", models.UUIDField()),
                ("seen_hash", models.CharField(blank=True, max_length=64)),
                ("snoozed_until", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("by_id", "object_id"), name="look_once_a_person")],
            },
        ),
    ]
