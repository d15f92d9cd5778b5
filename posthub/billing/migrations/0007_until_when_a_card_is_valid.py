from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0006_interval_from_the_next_period'),
    ]

    operations = [
        migrations.AddField(
            model_name='billingdetails',
            name='card_until',
            field=models.DateField(blank=True, null=True),
        ),
    ]
