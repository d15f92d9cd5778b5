"""Prices and limits an installation starts with; staff keep them true in the admin."""

import datetime

from django.db import migrations

GOOGLE = "Google's pricing page as transcribed 2026-10-07"
THIRD = "third-party page, to be checked"
SONAR = "Perplexity's price list of 2025-07, to be checked"
START = datetime.date(2026, 11, 1)
NEXT_YEAR = datetime.date(2027, 1, 1)
CHECKED = datetime.date(2026, 11, 27)

# provider, model, valid from, input and output a million tokens, a call, a picture or second, source
PRICES = [
    ("gemini", "gemini-3.8-flash", START, "0.75", "3.75", 0, 0, GOOGLE),
    ("gemini", "gemini-3.8-flash", NEXT_YEAR, "1.50", "7.50", 0, 0, GOOGLE),
    ("gemini", "gemini-3.7-flash", START, "1.50", "7.50", 0, 0, GOOGLE),
    ("gemini", "gemini-3.6-flash", START, "1.50", "7.50", 0, 0, GOOGLE),
    ("gemini", "gemini-3.5-flash", START, "1.50", "9.00", 0, 0, GOOGLE),
    ("gemini", "gemini-3.5-flash-lite", START, "0.30", "2.50", 0, 0, GOOGLE),
    ("gemini", "gemini-3.1-flash-lite", START, "0.25", "1.50", 0, 0, GOOGLE),
    ("gemini", "gemini-3.1-pro-preview", START, "4.00", "18.00", 0, 0, GOOGLE + "; the rate above 200 thousand tokens"),
    ("gemini", "gemini-3.1-flash-image", START, "0.50", "60.00", 0, 0, THIRD),
    ("gemini", "gemini-3-pro-image", START, "2.00", "120.00", 0, 0, GOOGLE),
    ("gemini", "gemini-2.5-flash-image", START, "0.30", "30.00", 0, 0, THIRD),
    ("omni", "gemini-omni-1.2-flash", START, "1.50", 0, 0, "0.10", THIRD),
    ("veo", "veo-3.1-generate-preview", START, 0, 0, 0, "0.40", GOOGLE),
    ("perplexity", "sonar", START, 1, 1, "0.005", 0, SONAR),
    ("perplexity", "sonar-pro", START, 3, 15, "0.006", 0, SONAR),
    ("perplexity", "sonar-reasoning-pro", START, 2, 8, "0.006", 0, SONAR),
]
# provider, model, calls a minute, tokens of the longest answer, source
LIMITS = [
    ("gemini", "", 60, 32768, "chosen by PostHub; the real one stands in Google's console"),
    ("gemini", "gemini-3.1-flash-image", 20, 8192, "chosen by PostHub; the real one stands in Google's console"),
    ("omni", "", 10, 8192, "chosen by PostHub"),
    ("veo", "", 10, 8192, "chosen by PostHub"),
    ("perplexity", "", 50, 8192, "Perplexity's tiers 0 and 1"),
    ("openai_compatible", "", 60, 8192, "chosen by PostHub"),
]


def fill(apps, schema_editor):
    price_model, limit_model = apps.get_model("ai", "ModelPrice"), apps.get_model("ai", "ModelLimit")
    names = ("input_per_million", "output_per_million", "per_call", "per_unit", "source")
    for provider, model, valid_from, *figures in PRICES:
        given = dict(zip(names, figures), checked_on=CHECKED)
        price_model.objects.get_or_create(provider=provider, model=model, valid_from=valid_from, defaults=given)
    for provider, model, calls, tokens, source in LIMITS:
        given = {"calls_a_minute": calls, "output_tokens": tokens, "source": source, "checked_on": CHECKED}
        limit_model.objects.get_or_create(provider=provider, model=model, defaults=given)


class Migration(migrations.Migration):
    dependencies = [("ai", "0002_chains_prices_and_budgets")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
