"""Mails that a job sends to several people."""

from collections.abc import Mapping
from typing import Any

from posthub.accounts import mail
from posthub.jobs.runner import RunningJob


def mail_once(job: RunningJob, name: str, *, to: str, language: str, context: Mapping[str, Any]) -> None:
    """A second attempt of the job goes on with those who have not got theirs yet."""
    job.remember(f"mailed {to}", lambda: mail.send(name, to=to, language=language, context=context))
