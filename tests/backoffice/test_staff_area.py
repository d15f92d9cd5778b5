"""The staff area: whose clients one sees, in which order, at what cost."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from posthub.accounts.models import StaffRole, User
from posthub.approvals.operations import snooze
from posthub.backoffice import queries
from posthub.content.models import SocialPost
from posthub.jobs.models import Job, JobState
from posthub.organizations import operations
from posthub.organizations.models import Assignment, Domain, Organization
from posthub.worklist.models import WaitsOn, WorkItem
from posthub.worklist.operations import forget_past
from tests.shelf import Shelf, back, shelf

__all__ = ["back", "shelf"]

APEX = "posthub.localhost"


def organization(name: str, marketer: User | None = None) -> Organization:
    made = Organization.objects.create(name=name, schema_name=f"o_{name.lower()}")
    Domain.objects.create(domain=f"{name.lower()}.posthub.localhost", tenant=made, is_primary=True)
    if marketer:
        Assignment.objects.create(marketer=marketer, organization=made)
    return made


def waits(owner: Organization, side: WaitsOn, *, hours: float, due: float | None = None) -> None:
    now = timezone.now()
    number = WorkItem.objects.count()
    WorkItem.objects.create(
        organization=owner, kind="topic", object_id=f"00000000-0000-0000-0000-{number:012}", title="T",
        state="DRAFT", waits_on=side, since=now - timedelta(hours=hours),
        due=now + timedelta(hours=due) if due is not None else None,
    )  # fmt: skip


def failed(owner: Organization, cause: str = "The provider did not answer.", *, number: int = 1) -> Job:
    return Job.objects.create(
        schema_name=owner.schema_name,
        task="content.propose_topics",
        queue="ai_priority",
        key=f"{owner.schema_name}:content.propose_topics:{number}",
        state=JobState.DEAD,
        cause=cause,
        run_after=timezone.now(),
        finished_at=timezone.now(),
        title="Plan a month",
    )


def names(user: User) -> list[str]:
    return [client.organization.name for client in queries.portfolio(user)]


def test_everybody_sees_their_own_clients(cast: Any, acme: Organization, beta: Organization) -> None:
    assert names(cast.marek) == ["Acme"]
    assert names(cast.mona) == ["Acme"]
    assert names(cast.adam) == ["Acme", "Beta"]


@pytest.mark.parametrize(
    ("path", "statuses"),
    [
        ("/staff/", {"sofia": 404, "marek": 200, "mona": 200, "adam": 200}),
        ("/staff/team/", {"sofia": 404, "marek": 404, "mona": 200, "adam": 200}),
        ("/staff/failed/", {"sofia": 404, "marek": 200, "mona": 200, "adam": 200}),
    ],
)
def test_who_sees_the_pages(browser_of: Any, apex: Client, path: str, statuses: dict[str, int]) -> None:
    assert {name: browser_of(name, host=APEX).get(path).status_code for name in statuses} == statuses
    assert apex.get(path).status_code == 302
    assert browser_of("marek").get(path).status_code == 404


def test_the_most_urgent_comes_first(cast: Any) -> None:
    lina = User.objects.create_user("lina@example.com", "x", staff_role=StaffRole.MARKETER)
    made = {
        name: organization(name, lina)
        for name in ("Calm", "Mine", "Broken", "Slot", "Late", "Machine", "Theirs")
    }
    waits(made["Theirs"], WaitsOn.CLIENT, hours=1, due=200)
    waits(made["Machine"], WaitsOn.MACHINE, hours=1)
    waits(made["Mine"], WaitsOn.STAFF, hours=1)
    failed(made["Broken"])
    waits(made["Slot"], WaitsOn.CLIENT, hours=1, due=10)
    waits(made["Late"], WaitsOn.STAFF, hours=30)
    assert names(lina) == ["Late", "Slot", "Broken", "Mine", "Theirs", "Machine", "Calm"]


def test_a_row_leads_to_the_client_by_one_button(browser_of: Any, acme: Organization) -> None:
    waits(acme, WaitsOn.STAFF, hours=1)
    response = browser_of("marek", host=APEX).get("/staff/")
    page = response.content.decode()
    assert 'action="http://acme.posthub.localhost:8000/enter/"' in page
    assert "1 client needs you" in page
    assert response["Referrer-Policy"] == "strict-origin"


@pytest.mark.parametrize(("show", "found"), [("me", 1), ("client", 0), ("risk", 0), ("", 1), ("nonsense", 1)])
def test_saved_views_filter(browser_of: Any, acme: Organization, show: str, found: int) -> None:
    waits(acme, WaitsOn.STAFF, hours=1)
    page = browser_of("marek", host=APEX).get("/staff/", {"show": show}).content.decode()
    assert page.count("/enter/") == found


def test_a_client_is_found_by_name(browser_of: Any, acme: Organization, beta: Organization) -> None:
    page = browser_of("adam", host=APEX).get("/staff/", {"q": "bet"}).content.decode()
    assert page.count("/enter/") == 1


@pytest.mark.parametrize("many", [1, 30, 200])
def test_the_portfolio_costs_the_same_however_many_clients(browser_of: Any, cast: Any, many: int) -> None:
    for number in range(many):
        owner = organization(f"C{number}", cast.marek)
        waits(owner, WaitsOn.CLIENT, hours=1, due=30)
        failed(owner)
    assert statements(browser_of("marek", host=APEX), "/staff/") == 5


def statements(browser: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(path).status_code == 200
    return len([query for query in captured if "search_path" not in query["sql"]])


@pytest.mark.parametrize("many", [1, 30])
def test_team_and_failed_jobs_cost_the_same_however_many(browser_of: Any, cast: Any, many: int) -> None:
    for number in range(many):
        failed(organization(f"C{number}", cast.marek), f"Cause {number % 12}.")
    mona = browser_of("mona", host=APEX)
    assert statements(mona, "/staff/team/") == 7
    assert statements(mona, "/staff/failed/") == 6


def test_a_manager_gives_her_teams_clients_to_her_team(
    browser_of: Any, cast: Any, acme: Organization
) -> None:
    lina = User.objects.create_user("lina@example.com", "x", staff_role=StaffRole.MARKETER, manager=cast.mona)
    mona = browser_of("mona", host=APEX)
    assert mona.post("/staff/team/assign/", {"organization": acme.pk, "marketer": lina.pk}).status_code == 303
    assert names(lina) == ["Acme"]
    assert mona.post(f"/staff/team/{lina.pk}/{acme.pk}/unassign/").status_code == 303
    assert names(lina) == []


def test_a_manager_gives_away_nothing_that_is_not_hers(
    browser_of: Any, cast: Any, acme: Organization, beta: Organization
) -> None:
    stranger = User.objects.create_user("stranger@example.com", "x", staff_role=StaffRole.MARKETER)
    operations.assign(beta, marketer=stranger, by=cast.adam)
    mona = browser_of("mona", host=APEX)
    for owner, person in [(beta, cast.marek), (acme, stranger)]:
        answers = {"organization": owner.pk, "marketer": person.pk}
        assert mona.post("/staff/team/assign/", answers).status_code == 422
    assert mona.post(f"/staff/team/{stranger.pk}/{beta.pk}/unassign/").status_code == 404
    assert Assignment.objects.filter(marketer=stranger, organization=beta).exists()


def test_a_marketer_assigns_nobody(browser_of: Any, cast: Any, acme: Organization) -> None:
    answers = {"organization": acme.pk, "marketer": cast.marek.pk}
    assert browser_of("marek", host=APEX).post("/staff/team/assign/", answers).status_code == 404


def test_failed_work_is_shown_by_cause_and_only_ones_own(
    browser_of: Any, cast: Any, acme: Organization, beta: Organization
) -> None:
    failed(acme, "The website did not answer.")
    failed(beta, "A secret cause of Beta.")
    page = browser_of("marek", host=APEX).get("/staff/failed/").content.decode()
    assert "The website did not answer." in page
    assert "Beta" not in page


def test_all_of_a_cause_is_seen_and_started_again_by_one_button(
    browser_of: Any, cast: Any, acme: Organization, beta: Organization
) -> None:
    slow = [failed(acme, "Too slow.", number=number) for number in range(7)]
    other, foreign = failed(acme, "Refused.", number=20), failed(beta, "Too slow.")
    marek = browser_of("marek", host=APEX)
    page = marek.get("/staff/failed/").text
    assert (page.count("Plan a month"), "7 tasks · 1 client" in page, "Show 2 more" in page) == (
        6,
        True,
        True,
    )
    assert marek.get("/staff/failed/", {"cause": "Too slow."}).text.count("Plan a month") == 7
    assert marek.post("/staff/failed/retry/", {"cause": "Too slow."}).status_code == 303
    assert set(Job.objects.filter(state=JobState.QUEUED).values_list("retry_of", flat=True)) == {
        job.pk for job in slow
    }
    assert list(queries.failed_jobs(cast.adam).values_list("pk", flat=True)) == [other.pk, foreign.pk]


def test_all_of_a_cause_is_put_aside_by_one_button(
    browser_of: Any, cast: Any, acme: Organization, beta: Organization
) -> None:
    for number in range(3):
        failed(acme, "Refused.", number=number)
    foreign = failed(beta, "Refused.")
    assert (
        browser_of("marek", host=APEX).post("/staff/failed/dismiss/", {"cause": "Refused."}).status_code
        == 303
    )
    assert list(queries.failed_jobs(cast.adam)) == [foreign]


def test_a_group_without_a_name_touches_nothing(browser_of: Any, cast: Any, acme: Organization) -> None:
    kept = failed(acme, "")
    browser_of("marek", host=APEX).post("/staff/failed/dismiss/")
    assert list(queries.failed_jobs(cast.adam)) == [kept]


def test_what_no_release_knows_any_more_can_only_be_put_aside(
    browser_of: Any, cast: Any, acme: Organization
) -> None:
    Job.objects.filter(pk=failed(acme).pk).update(task="content.of_yesterday")
    marek, cause = browser_of("marek", host=APEX), {"cause": "The provider did not answer."}
    assert "1 task cannot be started again." in marek.post("/staff/failed/retry/", cause, follow=True).text
    assert "1 task put aside." in marek.post("/staff/failed/dismiss/", cause, follow=True).text


def test_failed_work_is_started_again_in_its_own_organization(
    browser_of: Any, cast: Any, acme: Organization
) -> None:
    job = failed(acme)
    assert browser_of("marek", host=APEX).post(f"/staff/failed/{job.pk}/retry/").status_code == 303
    again = Job.objects.get(retry_of=job)
    assert (again.schema_name, again.state) == (acme.schema_name, JobState.QUEUED)
    assert not queries.failed_jobs(cast.marek).exists()


def test_failed_work_is_put_aside(browser_of: Any, cast: Any, acme: Organization) -> None:
    job = failed(acme)
    assert browser_of("marek", host=APEX).post(f"/staff/failed/{job.pk}/dismiss/").status_code == 303
    assert not queries.failed_jobs(cast.marek).exists()


@pytest.mark.parametrize("verb", ["retry", "dismiss"])
def test_failed_work_of_others_cannot_be_touched(browser_of: Any, beta: Organization, verb: str) -> None:
    job = failed(beta)
    assert browser_of("marek", host=APEX).post(f"/staff/failed/{job.pk}/{verb}/").status_code == 404


def test_what_waits_is_counted_the_same_everywhere(
    shelf: Shelf, tenant: Organization, browser_of: Any, back: Any
) -> None:
    """On the dashboard, in the queue, beside its name in the menu, and in the portfolio: the posts of an article once,
    articles of one name apart, and not what the person put off.
    """
    shelf.topic()
    for _number in range(2):
        shelf.count = 5  # the next ones have one name
        shelf.posts(platforms=("facebook", "x", "linkedin"))
    put_off = shelf.article()
    for state in ("IN_REVIEW", "FAILED", "SCHEDULED"):
        shelf.posts(state, ("facebook", "x"))
    shelf.article("IN_REVIEW")

    def counted(name: str) -> tuple[int, ...]:
        person = browser_of(name)
        dashboard, queue = person.get("/").context, person.get("/inbox/").context["queue"]
        (menu,) = [place["count"] for place in person.get("/calendar/").context["nav"] if place["key"] == "i"]
        return dashboard["waiting"], len(queue.mine), menu

    assert counted("sofia") == (4, 4, 4)
    back()
    snooze([put_off], by=User.objects.get(name="Sofia"), until=timezone.now() + timedelta(days=1))
    assert counted("sofia") == (3, 3, 3)
    assert counted("marek") == (3, 3, 3)
    (client,) = browser_of("marek", host=APEX).get("/staff/").context["rows"]
    assert (client[0].ball, client[0].count) == ("you", 3)


def test_the_portfolio_tells_what_goes_out_next_and_what_is_in_danger(
    shelf: Shelf, tenant: Organization, browser_of: Any, back: Any, cast: Any
) -> None:
    (post,) = shelf.posts("SCHEDULED", ("x",))
    shelf.posts(platforms=("x",))
    (client,) = queries.portfolio(cast.marek)
    assert (client.next_out, client.due) == (post.scheduled_at, post.scheduled_at + timedelta(days=1))
    move = {"version": post.content_hash, "date": "2027-01-20", "time": "9:00"}
    assert browser_of("sofia").post(f"/calendar/posts/{post.pk}/move/", move).status_code == 303
    back()
    assert queries.portfolio(cast.marek)[0].next_out == SocialPost.objects.get(pk=post.pk).scheduled_at
    failed(tenant)
    page = browser_of("marek", host=APEX).get("/staff/").context
    tab = next(view for view in page["views"] if view["label"] == "At risk")
    assert (page["risk_count"], tab["count"]) == (1, 1)
    assert forget_past(timezone.now() + timedelta(days=365)) == 1
