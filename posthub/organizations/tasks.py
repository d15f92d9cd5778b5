from datetime import timedelta
from typing import Any

from posthub.core.tasks import periodic_task
from posthub.organizations import erasure, export, hand_over


@periodic_task("organizations.purge_hand_overs", every=timedelta(days=1))
def purge_hand_overs(job: Any) -> None:
    hand_over.purge_hand_overs()


@periodic_task("organizations.purge_exports", every=timedelta(days=1))
def purge_exports(job: Any) -> None:
    export.purge_exports()


@periodic_task("organizations.erase_due", every=timedelta(hours=1))
def erase_due(job: Any) -> None:
    erasure.erase_due()
    erasure.purge_leftovers()
