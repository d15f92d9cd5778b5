"""What a decision set going, taken back before it has begun."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from posthub.billing.models import Feature
from posthub.billing.operations import release
from posthub.content.allowances import counted_as_rewrite, give_back
from posthub.content.models import BlogPost, SocialPost, Topic
from posthub.core.database import connection
from posthub.core.errors import WrongState
from posthub.jobs.models import Job, JobState
from posthub.jobs.operations import cancel
from posthub.organizations.queries import current_organization
from posthub.worklist import operations as worklist

TASKS = ("content.write_article", "content.write_post", "content.rewrite", "content.rewrite_part")


def hold_work_on(ids: Collection[UUID]) -> None:
    """Lock the jobs that may have to be called off because of these topics, articles and posts.

    To be asked before any of the things themselves is locked: a worker that writes its result holds the job
    first and takes the thing then, and whoever goes the other way round waits for it, as it waits for them.
    """
    articles = BlogPost.objects.filter(Q(pk__in=ids) | Q(topic__in=ids)).values_list("pk", "revision")
    unwritten = Q(blog_post__in=ids, version=None)
    posts = SocialPost.objects.filter(Q(pk__in=ids) | unwritten).values_list("pk", "revision")
    keys = [key for pk, revision in [*articles, *posts] for key in _keys_of(pk, revision)]
    list(Job.objects.select_for_update(of=("self",)).filter(key__in=keys).order_by("pk").values_list("pk"))


def withdraw_work_on(subject: Topic | BlogPost | SocialPost) -> None:
    """Call off what was asked for because of `subject` and remove what was to hold it.

    Raises WrongState where a worker has begun: by then it costs money, and there is something to look at.
    """
    if isinstance(subject, Topic):
        article = BlogPost.objects.select_for_update(of=("self",)).filter(topic=subject).first()
        if subject.state == "APPROVED" and article is not None:
            _remove(article)
            release(current_organization(), Feature.POSTS, period=subject.month)
    elif subject.state == "GENERATING":
        _call_off(subject)
    elif isinstance(subject, BlogPost) and subject.state == "APPROVED":
        for post in subject.social_posts.select_for_update(of=("self",)).filter(version=None):
            _remove(post)


def _remove(empty: BlogPost | SocialPost) -> None:
    if empty.state != "GENERATING" or empty.version_id is not None:
        raise WrongState(_begun())
    _call_off(empty)
    worklist.forget(current_organization().pk, kind=empty.KIND, object_id=empty.pk)
    empty.delete()


def _call_off(subject: BlogPost | SocialPost) -> None:
    for job in Job.objects.filter(key__in=_keys_of(subject.pk, subject.revision)):
        if cancel(job, buried=False).state != JobState.CANCELLED:
            raise WrongState(_begun())
        if counted_as_rewrite(job.payload):
            give_back(job.payload)


def _keys_of(pk: UUID, revision: int) -> list[str]:
    return [f"{connection.schema_name}:{task}:{pk}:{revision}" for task in TASKS]


def _begun() -> str:
    return _("It is being written already. Wait for it, then ask for changes or reject it.")
