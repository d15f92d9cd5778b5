from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("approvals", "0008_decisions_by_rule")]

    operations = [
        migrations.AddField("comment", "picture", models.UUIDField(blank=True, null=True)),
        migrations.AddField("comment", "x", models.PositiveSmallIntegerField(blank=True, null=True)),
        migrations.AddField("comment", "y", models.PositiveSmallIntegerField(blank=True, null=True)),
        migrations.AddConstraint(
            "comment",
            models.CheckConstraint(
                condition=models.Q(("picture", None), ("x", None), ("y", None))
                | models.Q(("picture__isnull", False), ("x__lte", 100), ("y__lte", 100)),
                name="spot_lies_in_a_picture",
            ),
        ),
    ]
