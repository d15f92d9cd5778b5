from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organizations", "0008_members_choose_their_mails")]

    operations = [
        migrations.AddField(
            model_name="organization",
            name="fallback",
            field=models.CharField(
                choices=[
                    ("hold", "Nothing: it waits, and the slot stays empty"),
                    ("evergreen", "Something from your reserve goes out instead"),
                    ("approve", "It goes out as it is, and the certificate says so"),
                ],
                db_default="hold",
                default="hold",
                max_length=10,
                verbose_name="when nobody decides in time",
            ),
        ),
        migrations.AddField(
            model_name="organization",
            name="fallback_by",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="organization",
            name="fallback_since",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
