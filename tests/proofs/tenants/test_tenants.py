"""The short version of `make tenants`: what must hold whatever the machine; times are for the long one."""

from tests.proofs.tenants.clocks import in_this_process
from tests.proofs.tenants.proof import prove


def test_a_dozen_organizations_migrate_but_for_the_poisoned_one(own_database: str) -> None:
    figures = prove(12, 1, in_this_process, rounds=3, kill=False)
    assert (figures["poisoned_named"], figures["succeeded"], figures["in_maintenance"]) == (1, 11 + 2, 1)
    assert (figures["extra_statements"], figures["extra_statements_first_time"]) == (1, 3)
    assert figures["tenancy_cpu_ms"] < 2
    assert figures["backend_mb"]["own"] < 60
