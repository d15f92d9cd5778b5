import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organizations", "0007_unverified_claims_may_block"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="review_mail",
            field=models.CharField(
                blank=True,
                choices=[("batch", "As soon as a batch is ready"), ("daily", "Once a day"), ("off", "None")],
                db_default="",
                default="",
                max_length=10,
                verbose_name="mails about what waits",
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="review_hour",
            field=models.PositiveSmallIntegerField(
                blank=True,
                choices=[(hour, f"{hour}:00") for hour in range(7, 20)],
                null=True,
                verbose_name="at this hour",
            ),
        ),
        migrations.AlterField(
            model_name="membership",
            name="stands_in",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="who decides meanwhile",
            ),
        ),
    ]
