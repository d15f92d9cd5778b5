"""A decision says by which rule it was made where nobody pressed anything, and keeps saying it."""

from importlib import import_module

from django.db import migrations, models

KEEP_DECISION: str = import_module("posthub.approvals.migrations.0003_posts_go_out_as_approved").KEEP_DECISION
WITH_RULE = KEEP_DECISION.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
WITH_RULE = WITH_RULE.replace("NEW.by_id, NEW.created_at", "NEW.by_id, NEW.created_at, NEW.rule")
WITH_RULE = WITH_RULE.replace("OLD.by_id, OLD.created_at", "OLD.by_id, OLD.created_at, OLD.rule")


class Migration(migrations.Migration):
    dependencies = [("approvals", "0007_remarks_wait_answer_and_suggest")]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="rule",
            field=models.CharField(
                blank=True,
                choices=[
                    ("hold", "Nothing: it waits, and the slot stays empty"),
                    ("evergreen", "Something from your reserve goes out instead"),
                    ("approve", "It goes out as it is, and the certificate says so"),
                ],
                db_default="",
                default="",
                max_length=10,
            ),
        ),
        migrations.RunSQL(
            [WITH_RULE.strip()],
            [KEEP_DECISION.strip().replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")],
        ),
    ]
