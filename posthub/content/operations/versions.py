"""New texts of an article or a post. A text once written is never changed."""

from typing import Any
from uuid import UUID

from posthub.content.models import BlogPost, SocialPost, Version, version_hash


def add_version(
    subject: BlogPost | SocialPost,
    *,
    title: str,
    text: str,
    extra: dict[str, Any],
    author_id: UUID | None = None,
    reason: str = "",
    prompt: str = "",
) -> Version:
    """Write the next version and make it the current one. Without an author it was the AI."""
    version = Version(
        number=subject.versions.count() + 1,
        title=title[:110],
        text=text,
        extra=extra,
        made_by="person" if author_id else "ai",
        author_id=author_id,
        reason=reason[:300],
        prompt=prompt,
        content_hash=version_hash(title[:110], text, extra),
    )
    if isinstance(subject, BlogPost):
        version.blog_post = subject
    else:
        version.social_post = subject
    version.save(force_insert=True)
    subject.version = version
    subject.save(update_fields=["version", "updated_at"])
    return version
