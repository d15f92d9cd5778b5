"""An undo and a worker that writes its result in the same moment: one waits for the other, never both."""

import threading
from typing import Any

from django.db import transaction

from posthub.accounts.models import User
from posthub.approvals import operations
from posthub.approvals.models import Decision
from posthub.company.models import Company
from posthub.content.models import SocialPost
from posthub.core.errors import WrongState
from posthub.core.tenancy import in_schema
from posthub.jobs.models import Job
from posthub.jobs.runner import RunningJob
from posthub.lifecycle.machine import locked
from posthub.organizations.models import Organization
from tests.shelf import Shelf
from tests.support.databases import until_somebody_waits
from tests.support.threads import at_once


def test_the_worker_finishes_and_the_undo_says_that_it_is_too_late(own_database: str) -> None:
    acme, sofia = Organization.objects.get(name="Acme"), User.objects.get(email="sofia@example.com")
    with in_schema(acme.schema_name):
        article = Shelf(Company.objects.create(name="Bakery", language="en"), acme).article()
        operations.approve(article, by=sofia, seen=article.content_hash)
        batch = Decision.objects.latest("created_at").batch
        post = SocialPost.objects.order_by("-pk").first()
    assert (batch, post) != (None, None)
    Job.objects.filter(key__contains=post.pk).update(state="RUNNING", fence=1)
    writing = threading.Event()

    def work(number: int) -> Any:
        with in_schema(acme.schema_name):
            if number:
                writing.wait(20)
                return operations.undo(batch, by=sofia)
            with RunningJob(Job.objects.get(key__contains=post.pk)).effect():
                writing.set()
                until_somebody_waits()
                with transaction.atomic():
                    return locked(post).pk

    done, refused = at_once(2, work)
    assert done == post.pk
    assert isinstance(refused, WrongState), refused
