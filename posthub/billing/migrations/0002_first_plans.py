"""The plans an installation starts with; staff change them in the admin."""

from django.db import migrations

PLANS = [
    {"code": "trial", "name": "TRIAL", "order": 0, "posts_a_month": 12, "active_personas": 3, "platforms": 5},
    {"code": "basic", "name": "BASIC", "order": 1, "posts_a_month": 12, "active_personas": 3, "platforms": 3},
    {"code": "pro", "name": "PRO", "order": 2, "posts_a_month": 24, "active_personas": 6, "platforms": 5, "images": True},
    {"code": "ultimate", "name": "ULTIMATE", "order": 3, "posts_a_month": 72, "active_personas": 12, "platforms": 5, "images": True, "video": True},
]


def make_plans(apps, schema_editor):
    plan_model = apps.get_model("billing", "Plan")
    for plan in PLANS:
        plan_model.objects.get_or_create(code=plan["code"], defaults=plan)


class Migration(migrations.Migration):
    dependencies = [("billing", "0001_start")]
    operations = [migrations.RunPython(make_plans, migrations.RunPython.noop)]
