from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_sign_ins")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="morning_mail",
            field=models.BooleanField(
                db_default=True, default=True, verbose_name="a mail in the morning about your clients"
            ),
        ),
    ]
