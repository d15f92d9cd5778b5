from django.db import migrations
from django.db.models import F, Value
from django.db.models.functions import Concat


def name_the_language(apps, schema_editor):
    """What was published before there were Czech prompts was English."""
    override = apps.get_model("ai", "PromptOverride")
    override.objects.exclude(name__contains=".").update(name=Concat(F("name"), Value(".en")))


class Migration(migrations.Migration):
    dependencies = [("ai", "0003_first_prices_and_limits")]
    operations = [migrations.RunPython(name_the_language, migrations.RunPython.noop)]
