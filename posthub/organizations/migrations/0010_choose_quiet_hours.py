from django.db import migrations, models

HOURS = [(hour, f"{hour}:00") for hour in range(24)]
MAIL_HOURS = [(hour, f"{hour}:00") for hour in range(6, 21)]


class Migration(migrations.Migration):
    dependencies = [("organizations", "0009_what_happens_when_nobody_decides")]

    operations = [
        migrations.AddField(
            model_name="organization",
            name="quiet_from",
            field=models.PositiveSmallIntegerField(
                choices=HOURS, db_default=20, default=20, verbose_name="quiet from"
            ),
        ),
        migrations.AddField(
            model_name="organization",
            name="quiet_to",
            field=models.PositiveSmallIntegerField(
                choices=HOURS, db_default=7, default=7, verbose_name="quiet until"
            ),
        ),
        migrations.AlterField(
            model_name="membership",
            name="review_hour",
            field=models.PositiveSmallIntegerField(
                blank=True, choices=MAIL_HOURS, null=True, verbose_name="at this hour"
            ),
        ),
    ]
