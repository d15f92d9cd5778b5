from datetime import timedelta
from typing import Any

from posthub.core.tasks import periodic_task
from posthub.organizations import operations


@periodic_task("organizations.purge_hand_overs", every=timedelta(days=1))
def purge_hand_overs(job: Any) -> None:
    operations.purge_hand_overs()
