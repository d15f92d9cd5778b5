"""Getters that can fail."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from posthub.content.models import BlogPost, SocialPost, Topic
from posthub.content.policies import can_edit
from posthub.core.tenancy import TenantRequest
from posthub.organizations.access import Forbidden


def texts(kind: str) -> QuerySet[Any]:
    if kind == "article":
        return BlogPost.objects.select_related("topic__company", "topic__persona", "version")
    return SocialPost.objects.select_related(
        "blog_post__topic__company", "blog_post__topic__persona", "blog_post__version", "version"
    )


def topic_for(pk: UUID) -> Topic:
    found = Topic.objects.select_related("company", "persona", "event").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def text_for(kind: str, pk: UUID) -> Any:
    """The article or post with its current version, or 404."""
    found = texts(kind).filter(pk=pk).first()
    if found is None or found.version is None:
        raise Http404
    return found


def editable(request: TenantRequest, subject: Any) -> Any:
    if not can_edit(subject, supervises=request.supervises):
        raise Forbidden(
            _("This cannot be edited now: it is being written, is with somebody else, or has gone out.")
        )
    return subject


def language_of(subject: Any) -> str:
    topic = subject.topic if isinstance(subject, BlogPost) else subject.blog_post.topic
    language: str = topic.company.language
    return language
