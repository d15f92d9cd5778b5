from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("worklist", "0001_start")]

    operations = [
        migrations.AddField(
            model_name="workitem", name="group_id", field=models.UUIDField(blank=True, null=True)
        ),
        migrations.AlterField(
            model_name="workitem",
            name="waits_on",
            field=models.CharField(
                choices=[
                    ("client", "The client"),
                    ("staff", "The team"),
                    ("machine", "The machine"),
                    ("clock", "Its time"),
                    ("nobody", "Nobody"),
                ],
                max_length=10,
            ),
        ),
    ]
