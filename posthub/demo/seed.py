"""Fills the demo: a month in every state, made by the pipeline itself and decided on by its client.

Each step looks first whether it was done, so that an interrupted start goes on where it stopped.
"""

import contextlib
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.utils import translation

from posthub.accounts.models import User
from posthub.billing.catalogue import sync_plans
from posthub.billing.models import Plan
from posthub.billing.operations import choose_plan
from posthub.billing.queries import TRIAL, plan_of, sells
from posthub.company.models import Company
from posthub.company.operations import accept_dna, read_website, start_company
from posthub.company.queries import current_dna
from posthub.content.models import Topic
from posthub.content.operations import propose_month
from posthub.core.database import connection
from posthub.core.errors import WorkFailed
from posthub.core.tenancy import base_url, in_schema
from posthub.demo.cast import ADMIN, CLIENT, MANAGER, MARKETER, NETWORKS, NEWCOMER, PASSWORD, PEOPLE
from posthub.demo.month import Month
from posthub.demo.payments import stands_in
from posthub.demo.purchase import buy
from posthub.jobs.models import Job, JobState
from posthub.organizations.models import Domain, Organization
from posthub.organizations.operations import assign, register_organization
from posthub.organizations.queries import address_of, current_organization
from posthub.personas.models import Persona
from posthub.personas.operations import activate_persona, propose_personas

JOB_SECONDS = 240
Say = Callable[[str], None]


class JobFailed(WorkFailed):
    """A job came to nothing."""


def seed(*, site_url: str, json_path: Path, say: Say) -> None:
    if sells():
        say("Putting prices up at the stand-in for Stripe")
        sync_plans()
    people = make_people()
    demo = make_organization("Pekárna Podhorka", "podhorka", people[CLIENT.email], "cs", "pro", people)
    empty = make_organization("Alder & Finch", "alder", people[NEWCOMER.email], "en", "trial", people)
    if stands_in():
        say("Buying a plan at the stand-in for Stripe")
        buy(demo, "pro", by=people[CLIENT.email])
    with in_schema(demo.schema_name), translation.override("cs"):
        fill(site_url, by=people[CLIENT.email], say=say)
    write_json(json_path, site_url, [demo, empty])


def make_people() -> dict[str, User]:
    people: dict[str, User] = {}
    for person in PEOPLE:
        user = User.objects.filter(email=person.email).first()
        if user is None:
            user = User.objects.create_user(
                person.email,
                PASSWORD,
                name=person.name,
                language=person.language,
                staff_role=person.staff_role,
                is_superuser=person == ADMIN,
            )
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        people[person.email] = user
    marketer, manager = people[MARKETER.email], people[MANAGER.email]
    if marketer.manager_id != manager.pk:
        marketer.manager = manager
        marketer.save(update_fields=["manager"])
    return people


def make_organization(
    name: str, label: str, owner: User, language: str, plan: str, people: dict[str, User]
) -> Organization:
    domain = Domain.objects.filter(domain=f"{label}.{settings.BASE_HOST}").select_related("tenant").first()
    if domain is not None:
        organization: Organization = domain.tenant
        return organization
    chosen = Plan.objects.get(code=plan)
    with transaction.atomic():
        organization = register_organization(
            name=name, label=label, by=owner, language=language, platforms=NETWORKS[: chosen.platforms]
        )
        if plan != TRIAL:
            choose_plan(organization, chosen)
        assign(organization, marketer=people[MARKETER.email], by=people[ADMIN.email])
    return organization


def fill(site_url: str, *, by: User, say: Say) -> None:
    """From the website to a month in every state."""
    plan_month(site_url, by=by, say=say)
    month = Month(client=by, organization=current_organization(), wait=wait_for_all)
    say("Writing articles")
    month.write_articles()
    say("Writing posts")
    month.decide_articles()
    month.decide_posts()
    month.ask_staff_to_look()
    month.let_writing_fail()


def plan_month(site_url: str, *, by: User, say: Say, language: str = "cs") -> None:
    """From the website to the topics of a month: each step waits for the workers that do it."""
    company = Company.objects.first()
    if company is None:
        company = start_company(name="", website=site_url, language=language, by=by)
    if company.read_at is None:
        say("Reading the company's website")
        wait(read_website(company, by=by))
        company.refresh_from_db()
    dna = current_dna(company)
    if dna is not None and dna.state == "DRAFT":
        accept_dna(dna, by=by)
    if not Persona.objects.exists():
        say("Proposing personas")
        wait(propose_personas(company, by=by))
    for persona in (
        Persona.objects.filter(state="DRAFT")[:3] if not Persona.objects.filter(state="ACTIVE") else []
    ):
        activate_persona(persona, by=by)
    if not Topic.objects.exists():
        say("Proposing topics")
        wait(propose_month(company, by=by))


def wait(job: Job, *, seconds: float = JOB_SECONDS) -> None:
    """Until the workers have done `job`. Raises JobFailed with the job's own cause."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        job.refresh_from_db()
        if job.state == JobState.DONE:
            return
        if not job.active:
            raise JobFailed(f"{job.title}: {job.cause}", permanent=True)
        time.sleep(0.2)
    raise WorkFailed(f"{job.title}: not done after {seconds:g} s. Is a worker running?", permanent=True)


def wait_for_all(task: str) -> None:
    """Until nothing of the task is left to do in this organization, however each job ended."""
    jobs = Job.objects.filter(task=task, schema_name=connection.schema_name)
    for job in jobs.filter(state__in=["QUEUED", "RUNNING"]):
        with contextlib.suppress(JobFailed):
            wait(job)


def write_json(path: Path, site_url: str, organizations: list[Organization]) -> None:
    """What scripts need to sign in. Written beside and renamed, so that nobody reads half of it."""
    content: dict[str, Any] = {
        "base_url": base_url(),
        "site_url": site_url,
        "organizations": [
            {"name": one.name, "url": address_of(one).rstrip("/"), "plan": plan_of(one).name}
            for one in organizations
        ],
        "people": [
            {"name": person.name, "email": person.email, "password": PASSWORD, "role": person.role}
            for person in PEOPLE
        ],
    }
    draft = path.with_suffix(".part")
    draft.write_text(json.dumps(content, ensure_ascii=False, indent=2), encoding="utf-8")
    draft.replace(path)
