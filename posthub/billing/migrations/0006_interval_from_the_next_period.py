from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0005_trials_in_the_admin'),
    ]

    operations = [
        migrations.AddField(
            model_name='subscription',
            name='next_interval',
            field=models.CharField(blank=True, choices=[('month', 'monthly'), ('year', 'yearly')], db_default='', default='', max_length=5),
        ),
    ]
