from datetime import timedelta

from posthub.content import allowances, illustrating, pipeline, reminding
from posthub.core.tasks import periodic_task, tenant_task
from posthub.jobs.operations import on_burial, on_retry
from posthub.jobs.runner import RunningJob


@tenant_task("content.propose_topics", queue="ai_priority")
def propose_topics(job: RunningJob) -> None:
    pipeline.propose_topics(job)


@tenant_task("content.replace_topic", queue="ai_priority")
def replace_topic(job: RunningJob) -> None:
    pipeline.replace_topic(job)


@tenant_task("content.write_article", queue="ai_jobs")
def write_article(job: RunningJob) -> None:
    pipeline.write_article(job)


@tenant_task("content.write_post", queue="ai_jobs")
def write_post(job: RunningJob) -> None:
    pipeline.write_post(job)


@tenant_task("content.rewrite", queue="ai_jobs")
def rewrite(job: RunningJob) -> None:
    pipeline.rewrite(job)


@tenant_task("content.make_picture", queue="ai_jobs")
def make_picture(job: RunningJob) -> None:
    illustrating.make_picture(job)


@tenant_task("content.make_film", queue="ai_priority")
def make_film(job: RunningJob) -> None:
    illustrating.make_film(job)


@tenant_task("content.rewrite_part", queue="ai_jobs")
def rewrite_part(job: RunningJob) -> None:
    pipeline.rewrite_part(job)


@periodic_task("content.turn_month", every=timedelta(hours=6))
def turn_month(job: RunningJob) -> None:
    pipeline.turn_month(job)


@periodic_task("content.watch_setups", every=timedelta(hours=1))
def watch_setups(job: RunningJob) -> None:
    reminding.watch_setups()


@tenant_task("content.mail_setup", queue="default")
def mail_setup(job: RunningJob) -> None:
    reminding.mail_setup(job)


for task in ("content.make_picture", "content.make_film"):
    on_burial(task)(allowances.nothing_made)
    on_retry(task)(allowances.count_again)
for task in ("content.write_article", "content.write_post", "content.rewrite", "content.rewrite_part"):
    on_burial(task)(pipeline.generation_failed)
    on_retry(task)(pipeline.generation_wanted_again)
