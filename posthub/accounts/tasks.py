from datetime import timedelta
from typing import Any

from posthub.accounts import operations
from posthub.core.tasks import periodic_task


@periodic_task("accounts.purge_sign_ins", every=timedelta(days=1))
def purge_sign_ins(job: Any) -> None:
    operations.purge_sign_ins()
