"""A decision is for the picture too: what changes a scheduled post's picture or its alt text is refused."""

from django.db import migrations

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
    ]
    operations = [
        migrations.RunSQL([CARRY_MEDIA.strip()], ["DROP FUNCTION approvals_carry_media()"]),
        migrations.RunSQL([ON_MEDIA.strip()], ["DROP TRIGGER post_carries_media ON content_media"]),
    ]
