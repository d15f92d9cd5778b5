"""The guards: what each looks like in the source, what is left when it is removed, and which test must notice."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Guard:
    """`source` → `mutant` in `file`, everywhere it stands; one of `tests` must fail then."""

    name: str
    file: str
    source: str
    mutant: str
    tests: tuple[str, ...]


GUARDS = (
    Guard(
        "a job's fence",
        "posthub/jobs/runner.py",
        "Job.objects.filter(pk=self.job.pk, fence=self.job.fence, state=JobState.RUNNING)",
        "Job.objects.filter(pk=self.job.pk)",
        ("tests/jobs/test_runner.py::test_a_worker_that_was_taken_for_dead_writes_nothing",),
    ),
    Guard(
        "a job's lease",
        "posthub/jobs/sweeper.py",
        "lease_until__lt=Now()",
        "lease_until__isnull=False",
        ("tests/jobs/test_sweeper.py::test_a_living_workers_job_is_left_alone",),
    ),
    Guard(
        "a paid answer is kept",
        "posthub/jobs/runner.py",
        "if name not in self._answers:",
        "if True:",
        ("tests/jobs/test_runner.py::test_an_answer_is_paid_for_once_and_is_the_same_at_the_second_attempt",),
    ),
    Guard(
        "a job's unique key",
        "posthub/jobs/operations.py",
        'f"{schema_name}:{task}:{key}"',
        'f"{schema_name}:{task}:{key}:" + __import__("uuid").uuid4().hex',
        ("tests/jobs/test_operations.py::test_the_same_work_asked_for_by_twelve_at_once_is_one_job",),
    ),
    Guard(
        "the organization in a job's key",
        "posthub/jobs/operations.py",
        'f"{schema_name}:{task}:{key}"',
        'f"{task}:{key}"',
        ("tests/jobs/test_operations.py::test_the_same_key_in_another_organization_is_other_work",),
    ),
    Guard(
        "the table of moves",
        "posthub/lifecycle/machine.py",
        "if to not in current.MOVES.get(before, frozenset()):",
        "if False:",
        ("tests/lifecycle/test_machine.py::test_a_move_that_is_not_in_the_table_is_refused",),
    ),
    Guard(
        "a decision's content hash",
        "posthub/lifecycle/machine.py",
        'if seen != getattr(current, "content_hash", ""):',
        "if False:",
        ("tests/lifecycle/test_machine.py::test_a_decision_on_another_text_than_was_shown_decides_nothing",),
    ),
    Guard(
        "the organization in cache keys",
        "posthub/settings.py",
        '"KEY_FUNCTION": "django_tenants.cache.make_key",',
        "",
        (
            "tests/core/test_isolation.py::test_a_cache_entry_of_one_organization_does_not_exist_for_another",
            "tests/core/test_checks.py::test_these_settings_pass",
        ),
    ),
    Guard(
        "the organization of a hand-over",
        "posthub/organizations/hand_over.py",
        'if claim["organization"] != str(organization_id):',
        "if False:",
        (
            "tests/organizations/test_replay.py::test_a_hand_over_opens_its_own_organization_to_its_own_person",
        ),
    ),
    Guard(
        "where a hand-over comes from",
        "posthub/backoffice/views/arrival.py",
        'return same_door and (host == settings.BASE_HOST or host.endswith(f".{settings.BASE_HOST}"))',
        "return same_door",
        ("tests/organizations/test_hand_over.py::test_only_our_own_pages_may_send_somebody_in",),
    ),
    Guard(
        "the way back to public",
        "posthub/core/tenancy.py",
        "        finally:\n            connection.set_schema_to_public()\n",
        "        finally:\n",
        (
            "tests/core/test_isolation.py::test_over_two_thousand_reads_of_ten_organizations_none_is_another_ones",
        ),
    ),
    Guard(
        "a role for each organization",
        "posthub/core/postgres/base.py",
        "with_role = self.schema_name != PUBLIC",
        "with_role = False and self.schema_name != PUBLIC",
        ("tests/organizations/test_roles.py::test_a_wrong_schema_is_an_error_and_no_row",),
    ),
    Guard(
        "own rows of public only",
        "posthub/organizations/roles.py",
        "if own == ALL:",
        "if True:",
        (
            "tests/organizations/test_roles.py::test_of_public_an_organization_sees_and_changes_its_own_rows_only",
        ),
    ),
    Guard(
        "membership",
        "posthub/organizations/queries.py",
        "return alive.filter(own).distinct()",
        "return alive",
        ("tests/organizations/test_settings.py::test_who_sees_the_pages",),
    ),
    Guard(
        "a closed organization has no host",
        "posthub/organizations/queries.py",
        "Domain.objects.filter(domain=host, tenant__deleted_at__isnull=True)",
        "Domain.objects.filter(domain=host)",
        ("tests/core/test_tenancy.py::test_a_deleted_organization_has_no_host",),
    ),
    Guard(
        "where an object belongs",
        "posthub/core/belonging.py",
        "if schema_name not in {None, PUBLIC, connection.schema_name}:",
        "if False:",
        ("tests/core/test_belonging.py::test_what_was_made_here_is_refused_elsewhere_and_kept_here",),
    ),
    Guard(
        "names of schemas",
        "posthub/core/tenancy.py",
        "if not (schema_name == PUBLIC or SCHEMA_NAME.fullmatch(schema_name)):",
        "if False:",
        ("tests/core/test_tenancy.py::test_a_name_that_is_not_ours_is_no_schema",),
    ),
    Guard(
        "no way from one organization into another",
        "posthub/core/tenancy.py",
        "if PUBLIC not in {before, schema_name} and before != schema_name:",
        "if False:",
        ("tests/core/test_tenancy.py::test_from_one_organization_there_is_no_way_straight_into_another",),
    ),
    Guard(
        "an address that declares nobody",
        "posthub/organizations/access.py",
        'raise Http404("no access declared")',
        "return None",
        ("tests/organizations/test_access.py::test_a_view_without_a_declaration_answers_nobody",),
    ),
    Guard(
        "a session's host",
        "posthub/core/sessions.py",
        'return f"posthub.sessions.{connection.schema_name}"',
        'return "posthub.sessions"',
        ("tests/organizations/test_replay.py::test_a_session_of_one_host_is_none_on_another",),
    ),
    Guard(
        "the name typed before a deletion",
        "posthub/organizations/erasure.py",
        "if typed.strip() != organization.name:",
        "if False:",
        ("tests/organizations/test_deletion.py::test_a_wrong_name_is_refused",),
    ),
    Guard(
        "a deletion waits for running work",
        "posthub/organizations/erasure.py",
        "if _call_off_work(organization):",
        "if _call_off_work(organization) and False:",
        ("tests/organizations/test_deletion.py::test_a_running_job_is_waited_for",),
    ),
)
