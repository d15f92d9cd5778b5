"""The database itself refuses a post in the calendar that nobody approved as it is.

The functions live in each organization's schema and name their tables by the schema of the row at hand,
so that they hold whatever the search path of the statement is.
"""

from django.db import migrations

# The hash is computed as posthub.content.models.post_hash does it.
REQUIRE_DECISION = """
CREATE FUNCTION approvals_require_decision() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
  words text;
  shown text;
  latest text;
BEGIN
  EXECUTE format('SELECT content_hash FROM %I.content_version WHERE id = $1', TG_TABLE_SCHEMA)
     INTO words USING NEW.version_id;
  shown := encode(sha256(convert_to(format('["%s", "%s", "%s"%s]', words, NEW.platform,
    to_char(NEW.scheduled_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"'),
    CASE WHEN NEW.media_hash = '' THEN '' ELSE format(', "%s"', NEW.media_hash) END), 'UTF8')), 'hex');
  EXECUTE format('SELECT outcome FROM %I.approvals_decision WHERE kind = ''post'' AND object_id = $1
     AND content_hash = $2 AND voided_at IS NULL AND outcome IN (''approved'', ''changes'', ''rejected'', ''regenerated'')
     ORDER BY created_at DESC LIMIT 1', TG_TABLE_SCHEMA)
     INTO latest USING NEW.id, shown;
  IF latest IS DISTINCT FROM 'approved' THEN
    RAISE EXCEPTION 'post % may not be %: nobody approved it as it is', NEW.id, NEW.state
      USING ERRCODE = 'check_violation', CONSTRAINT = 'post_goes_out_as_approved';
  END IF;
  RETURN NEW;
END $body$
"""
ON_POST = """
CREATE TRIGGER post_goes_out_as_approved
BEFORE INSERT OR UPDATE OF state, version_id, platform, scheduled_at, media_hash ON content_socialpost
FOR EACH ROW WHEN (NEW.state IN ('SCHEDULED', 'DELIVERING')) EXECUTE FUNCTION approvals_require_decision()
"""

KEEP_DECISION = """
CREATE FUNCTION approvals_keep_decision() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
  out_there boolean;
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a decision is not deleted' USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_is_kept';
  END IF;
  IF (NEW.kind, NEW.object_id, NEW.outcome, NEW.content_hash, NEW.by_id, NEW.created_at)
     IS DISTINCT FROM (OLD.kind, OLD.object_id, OLD.outcome, OLD.content_hash, OLD.by_id, OLD.created_at)
     OR (OLD.voided_at IS NOT NULL AND NEW.voided_at IS DISTINCT FROM OLD.voided_at) THEN
    RAISE EXCEPTION 'a decision is not changed' USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_is_kept';
  END IF;
  EXECUTE format('SELECT EXISTS (SELECT FROM %I.content_socialpost WHERE id = $1 AND state IN (''SCHEDULED'', ''DELIVERING''))',
     TG_TABLE_SCHEMA) INTO out_there USING NEW.object_id;
  IF NEW.outcome = 'approved' AND OLD.voided_at IS NULL AND NEW.voided_at IS NOT NULL AND out_there THEN
    RAISE EXCEPTION 'a post goes out by this decision' USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_is_kept';
  END IF;
  RETURN NEW;
END $body$
"""
ON_DECISION = """
CREATE TRIGGER decision_is_kept BEFORE UPDATE OR DELETE ON approvals_decision
FOR EACH ROW EXECUTE FUNCTION approvals_keep_decision()
"""

KEEP_VERSION = """
CREATE FUNCTION approvals_keep_version() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  RAISE EXCEPTION 'a text once written is not changed' USING ERRCODE = 'check_violation', CONSTRAINT = 'version_is_kept';
END $body$
"""
ON_VERSION = """
CREATE TRIGGER version_is_kept BEFORE UPDATE OF title, text, content_hash ON content_version
FOR EACH ROW WHEN ((NEW.title, NEW.text, NEW.content_hash) IS DISTINCT FROM (OLD.title, OLD.text, OLD.content_hash))
EXECUTE FUNCTION approvals_keep_version()
"""


def made(function: str, trigger: str, table: str, function_name: str, trigger_name: str) -> list[migrations.RunSQL]:
    return [
        migrations.RunSQL([function.strip()], [f"DROP FUNCTION {function_name}()"]),
        migrations.RunSQL([trigger.strip()], [f"DROP TRIGGER {trigger_name} ON {table}"]),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("approvals", "0002_decisions_stand_or_are_void"),
        ("content", "0004_bind_media_to_decisions"),
    ]
    operations = [
        *made(REQUIRE_DECISION, ON_POST, "content_socialpost", "approvals_require_decision", "post_goes_out_as_approved"),
        *made(KEEP_DECISION, ON_DECISION, "approvals_decision", "approvals_keep_decision", "decision_is_kept"),
        *made(KEEP_VERSION, ON_VERSION, "content_version", "approvals_keep_version", "version_is_kept"),
    ]
