"""A decision is for the picture too: what changes a scheduled post's picture or its alt text is refused."""

from django.db import migrations

REQUIRE_DECISION = """
CREATE OR REPLACE FUNCTION approvals_require_decision() RETURNS trigger LANGUAGE plpgsql AS $body$
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
REQUIRE_DECISION_BEFORE = """
CREATE OR REPLACE FUNCTION approvals_require_decision() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
  words text;
  shown text;
  latest text;
BEGIN
  EXECUTE format('SELECT content_hash FROM %I.content_version WHERE id = $1', TG_TABLE_SCHEMA)
     INTO words USING NEW.version_id;
  shown := encode(sha256(convert_to(format('["%s", "%s", "%s"]', words, NEW.platform,
    to_char(NEW.scheduled_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"')), 'UTF8')), 'hex');
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
CREATE OR REPLACE TRIGGER post_goes_out_as_approved
BEFORE INSERT OR UPDATE OF state, version_id, platform, scheduled_at, media_hash ON content_socialpost
FOR EACH ROW WHEN (NEW.state IN ('SCHEDULED', 'DELIVERING')) EXECUTE FUNCTION approvals_require_decision()
"""
ON_POST_BEFORE = ON_POST.replace(", media_hash ON", " ON")

# Of the newest picture, as posthub.content.queries.newest_media chooses it.
CARRY_MEDIA = """
CREATE FUNCTION approvals_carry_media() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
  post uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.social_post_id ELSE NEW.social_post_id END;
  shown text;
BEGIN
  EXECUTE format('SELECT encode(sha256(convert_to(content_hash || E''\\n'' || alt_text, ''UTF8'')), ''hex'')
     FROM %I.content_media WHERE social_post_id = $1 ORDER BY version_number DESC, created_at DESC LIMIT 1',
     TG_TABLE_SCHEMA) INTO shown USING post;
  EXECUTE format('UPDATE %I.content_socialpost SET media_hash = $2 WHERE id = $1 AND media_hash <> $2', TG_TABLE_SCHEMA)
     USING post, coalesce(shown, '');
  RETURN NULL;
END $body$
"""
ON_MEDIA = """
CREATE TRIGGER post_carries_media AFTER INSERT OR UPDATE OR DELETE ON content_media
FOR EACH ROW EXECUTE FUNCTION approvals_carry_media()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("approvals", "0004_review_by_mail"),
        ("content", "0004_bind_media_to_decisions"),
    ]
    operations = [
        migrations.RunSQL([REQUIRE_DECISION.strip()], [REQUIRE_DECISION_BEFORE.strip()]),
        migrations.RunSQL([ON_POST.strip()], [ON_POST_BEFORE.strip()]),
        migrations.RunSQL([CARRY_MEDIA.strip()], ["DROP FUNCTION approvals_carry_media()"]),
        migrations.RunSQL([ON_MEDIA.strip()], ["DROP TRIGGER post_carries_media ON content_media"]),
    ]
