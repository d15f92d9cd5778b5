"""Taking a job off the line, and putting one back. Single statements, safe however many workers run them.

The line is fair: next comes the organization that has the fewest jobs of the queue running, among those the
one that was served longest ago, and of that the job that has waited longest. The statement looks at one row
an organization, so that ten thousand jobs of one of them cost no more than one. An organization whose schema
is not at this release keeps its jobs until it is.
"""

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.conf import settings

from posthub.core.database import connection
from posthub.core.tenancy import PUBLIC, in_schema
from posthub.jobs.models import Job

# The lease is the database's own clock, so that a worker with a wrong clock does no harm.
_TAKE = """
UPDATE jobs_job SET state = 'RUNNING', fence = fence + 1, attempts = attempts + 1,
       lease_until = statement_timestamp() + %(lease)s * interval '1 second',
       started_at = COALESCE(started_at, statement_timestamp()), claimed_at = statement_timestamp(),
       cause = '', updated_at = statement_timestamp()
 WHERE id = ({chosen})
RETURNING *
"""
_ONE = """
SELECT id FROM jobs_job WHERE id = %(id)s AND state = 'QUEUED' AND run_after <= statement_timestamp()
   AND NOT EXISTS (SELECT 1 FROM organizations_schemamigration ledger
                    WHERE ledger.schema_name = jobs_job.schema_name AND ledger.state = 'FAILED')
   FOR UPDATE SKIP LOCKED
"""
_NEXT = """
WITH RECURSIVE waiting AS (
    (SELECT schema_name FROM jobs_job WHERE state = 'QUEUED' AND queue = %(queue)s ORDER BY schema_name LIMIT 1)
    UNION ALL
    SELECT (SELECT job.schema_name FROM jobs_job job
             WHERE job.state = 'QUEUED' AND job.queue = %(queue)s AND job.schema_name > waiting.schema_name
             ORDER BY job.schema_name LIMIT 1)
      FROM waiting WHERE waiting.schema_name IS NOT NULL
), running AS (
    SELECT schema_name, count(*) AS jobs FROM jobs_job
     WHERE state = 'RUNNING' AND queue = %(queue)s GROUP BY schema_name
), line AS MATERIALIZED (
    SELECT waiting.schema_name FROM waiting
      LEFT JOIN running USING (schema_name)
      LEFT JOIN LATERAL (SELECT claimed_at FROM jobs_job job
                          WHERE job.queue = %(queue)s AND job.schema_name = waiting.schema_name
                            AND job.claimed_at IS NOT NULL
                          ORDER BY job.claimed_at DESC LIMIT 1) served ON true
     WHERE waiting.schema_name IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM organizations_schemamigration ledger
                        WHERE ledger.schema_name = waiting.schema_name AND ledger.state = 'FAILED')
     ORDER BY COALESCE(running.jobs, 0), served.claimed_at NULLS FIRST
)
SELECT first.id FROM line CROSS JOIN LATERAL (
    SELECT id FROM jobs_job job
     WHERE job.state = 'QUEUED' AND job.queue = %(queue)s AND job.schema_name = line.schema_name
       AND job.run_after <= statement_timestamp()
     ORDER BY job.run_after LIMIT 1 FOR UPDATE SKIP LOCKED) first
 LIMIT 1
"""
# No attempt of the job's own: it was cut off, or not begun. The old fence holds nothing once it is QUEUED.
_PUT_BACK = """
UPDATE jobs_job SET state = 'QUEUED', attempts = GREATEST(attempts - 1, 0), lease_until = NULL, hinted_at = NULL,
       run_after = statement_timestamp() + %(seconds)s * interval '1 second', updated_at = statement_timestamp()
 WHERE id = %(id)s AND fence = %(fence)s AND state = 'RUNNING' AND NOT cancel_requested
"""


def take(job_id: str) -> Job | None:
    """This very job, if it is free to run."""
    return _taken(_ONE, {"id": job_id})


def take_next(queue: str) -> Job | None:
    """The job of `queue` whose turn it is; None where nothing is due."""
    return _taken(_NEXT, {"queue": queue})


def _taken(chosen: str, parameters: dict[str, Any]) -> Job | None:
    parameters["lease"] = settings.JOB_LEASE_SECONDS
    with _in_public():
        return next(iter(Job.objects.raw(_TAKE.format(chosen=chosen), parameters)), None)


def _in_public() -> AbstractContextManager[None]:
    # Entering a schema costs a statement even where one is there already, as workers are.
    return nullcontext() if connection.schema_name == PUBLIC else in_schema(PUBLIC)


def put_back(job: Job, *, seconds: float = 0) -> bool:
    """Let go of a job that this process holds, for whoever comes next, as if it had not been begun."""
    with _in_public(), connection.cursor() as cursor:
        cursor.execute(_PUT_BACK, {"id": job.pk, "fence": job.fence, "seconds": seconds})
        return bool(cursor.rowcount)
