from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("content", "0007_keep_pictures_of_people")]

    operations = [
        migrations.AddField(
            model_name="socialpost",
            name="missed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
    ]
