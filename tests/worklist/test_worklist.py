from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from posthub.organizations.models import Organization
from posthub.worklist.models import WaitsOn, WorkItem
from posthub.worklist.operations import keep
from posthub.worklist.queries import balls, waiting_count
from tests.support.threads import all_well, at_once


def note(organization: Organization, waits_on: WaitsOn, *, object_id: object = None, hours: int = 0) -> None:
    keep(
        organization.pk,
        kind="topic",
        object_id=object_id or uuid4(),  # type: ignore[arg-type]
        title=f"{uuid4()} " * 8,
        state="DRAFT",
        waits_on=waits_on,
        since=timezone.now() - timedelta(hours=hours),
    )


def test_a_thing_is_listed_once_and_follows_its_moves(acme: Organization) -> None:
    thing = uuid4()
    note(acme, WaitsOn.MACHINE, object_id=thing)
    note(acme, WaitsOn.CLIENT, object_id=thing)
    item = WorkItem.objects.get(object_id=thing)
    assert (item.waits_on, len(item.title)) == ("client", 200)


def test_what_waits_for_nobody_leaves_the_list(acme: Organization) -> None:
    thing = uuid4()
    note(acme, WaitsOn.CLIENT, object_id=thing)
    note(acme, WaitsOn.NOBODY, object_id=thing)
    note(acme, WaitsOn.NOBODY)
    assert WorkItem.objects.count() == 0


def test_who_has_the_ball_over_many_organizations_is_one_statement(
    acme: Organization, beta: Organization, django_assert_num_queries: object
) -> None:
    for hours in (5, 30):
        note(acme, WaitsOn.CLIENT, hours=hours)
    note(acme, WaitsOn.STAFF)
    note(beta, WaitsOn.MACHINE)
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = balls([acme.pk, beta.pk])
    assert (found[acme.pk]["client"], found[acme.pk]["staff"], found[beta.pk]["machine"]) == (2, 1, 1)
    assert timezone.now() - found[acme.pk]["client_since"] > timedelta(hours=29)
    assert waiting_count(acme.pk, WaitsOn.CLIENT) == 2


def test_eight_notes_of_one_thing_at_once_are_one_row(own_database: str) -> None:
    acme = Organization.objects.get(name="Acme")
    thing = uuid4()
    all_well(at_once(8, lambda _number: note(acme, WaitsOn.CLIENT, object_id=thing)))
    assert WorkItem.objects.filter(object_id=thing).count() == 1
