"""What is for sale at first, and for how much; staff change it in the admin."""

from django.db import migrations

PLANS = {
    "trial": {"for_sale": False, "platforms": 2, "rewrites_a_month": 30, "seats": 3, "companies": 1},
    "basic": {"rewrites_a_month": 30, "seats": 3, "companies": 1},
    "pro": {"rewrites_a_month": 60, "images_a_month": 150, "seats": 5, "companies": 2, "video": True},
    "ultimate": {"rewrites_a_month": 180, "images_a_month": 450, "seats": 15, "companies": 5},
}
ADD_ONS = [
    {"code": "video", "name": "Video", "order": 0, "feature": "videos", "units": 12},
    {"code": "extra-posts", "name": "12 articles more", "order": 1, "feature": "posts", "units": 12},
    {"code": "extra-company", "name": "One more company", "order": 2, "feature": "companies", "units": 1},
]
OFFERED_WITH = {
    "video": ["pro", "ultimate"],
    "extra-posts": ["basic", "pro", "ultimate"],
    "extra-company": ["pro", "ultimate"],
}
# A month in the smallest unit; a year costs ten months.
AMOUNTS = {
    "basic": {"czk": 99000, "eur": 3900},
    "pro": {"czk": 199000, "eur": 7900},
    "ultimate": {"czk": 479000, "eur": 18900},
    "video": {"czk": 79000, "eur": 3200},
    "extra-posts": {"czk": 69000, "eur": 2800},
    "extra-company": {"czk": 89000, "eur": 3600},
}


def set_prices(apps, schema_editor):
    plan_model, add_on_model = apps.get_model("billing", "Plan"), apps.get_model("billing", "AddOn")
    price_model = apps.get_model("billing", "Price")
    for code, values in PLANS.items():
        plan_model.objects.filter(code=code).update(**values)
    for values in ADD_ONS:
        add_on, made = add_on_model.objects.get_or_create(code=values["code"], defaults=values)
        if made:
            add_on.plans.set(plan_model.objects.filter(code__in=OFFERED_WITH[add_on.code]))
    for code, by_currency in AMOUNTS.items():
        plan = plan_model.objects.filter(code=code).first()
        add_on = add_on_model.objects.filter(code=code).first()
        for currency, amount in by_currency.items():
            for interval, months in (("month", 1), ("year", 10)):
                price_model.objects.get_or_create(
                    plan=plan, add_on=add_on, currency=currency, interval=interval, active=True,
                    defaults={"amount": amount * months},
                )


class Migration(migrations.Migration):
    dependencies = [("billing", "0003_paid_plans_and_stripe")]
    operations = [migrations.RunPython(set_prices, migrations.RunPython.noop)]
