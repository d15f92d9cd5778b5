from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("content", "0004_bind_media_to_decisions")]

    operations = [
        migrations.AddField(
            model_name="socialpost",
            name="reserve",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
