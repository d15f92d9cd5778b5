from collections.abc import Callable
from typing import Any

import pytest

from posthub.jobs.models import Job
from posthub.jobs.runner import run
from tests.shelf import back, shelf

__all__ = ["back", "shelf"]


@pytest.fixture
def mail_work(back: Any) -> Callable[[], None]:
    """Do the mail jobs that wait, delayed ones too."""

    def work() -> None:
        waiting = Job.objects.filter(state="QUEUED", task__in=["approvals.mail_link", "approvals.escalate"])
        for pk in waiting.order_by("created_at").values_list("pk", flat=True):
            Job.objects.filter(pk=pk).update(run_after="2020-01-01T00:00Z")
            run(str(pk))
        back()

    return work
