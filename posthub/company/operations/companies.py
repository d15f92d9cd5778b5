"""A company: begun, changed, its website read."""

from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from posthub.audit import operations as audit
from posthub.billing.models import Feature
from posthub.billing.operations import require_room
from posthub.company.changes import blank_points
from posthub.company.models import Company, Dna, DnaPoint, Verdict
from posthub.company.queries import readings_of
from posthub.company.register import Entry
from posthub.company.register.points import points_of
from posthub.core.database import connection
from posthub.core.errors import Refused
from posthub.jobs.models import Job, JobState
from posthub.jobs.operations import cancel, enqueue
from posthub.lifecycle.machine import begin
from posthub.organizations.models import Organization
from posthub.organizations.queries import current_organization

READ = "company.read_website"


@transaction.atomic
def start_company(*, name: str, website: str, language: str, by: Any, entry: Entry | None = None) -> Company:
    """Begin a company with an empty first draft of its DNA. Either of `name` and `website` may be "".

    `entry` is the company as a register has it; somebody said that it is theirs.

    Asked twice for the same company, it stays one.
    """
    # The log before the organization, as whoever follows Stripe's messages holds them.
    audit.hold(connection.schema_name)
    organization = Organization.objects.select_for_update(no_key=True).get(pk=current_organization().pk)
    called = name.strip() or host_of(website)
    if not called:
        raise Refused(_("Write the name of the company or the address of its website."))
    known = Company.objects.filter(name=called, website=website.strip()).first()
    if known is not None:
        return known
    require_room(organization, Feature.COMPANIES)
    company = Company.objects.create(name=called[:160], website=website.strip(), language=language)
    dna = begin(Dna(company=company, number=1), "DRAFT", by=by)
    DnaPoint.objects.bulk_create(blank_points(dna))
    _known_already(company, name, entry)
    return company


@transaction.atomic
def change_company(
    company: Company, *, name: str, website: str, language: str, by: Any, entry: Entry | None = None
) -> Company:
    """Another name, address or language of content; what is known already stays.

    A name alone takes the place of an address that nobody could read yet, and keeps one that was read.
    """
    current = locked_company(company)
    before = current.name
    current.website = website.strip() or (current.website if current.read_at else "")
    current.language = language
    current.name = (name.strip() or host_of(website) or current.name)[:160]
    current.save()
    _take_back_name(current, before)
    _known_already(current, name, entry)
    return current


def _take_back_name(company: Company, before: str) -> None:
    """The name that was typed before is no longer what somebody says; the website may give the true one."""
    if before == company.name:
        return
    typed = DnaPoint.objects.filter(
        dna__company=company, dna__state="DRAFT", key="identity.brand_name", by_person=True, value=before
    )
    typed.update(value=None, by_person=False, verdict=Verdict.UNCHECKED, confidence=0)


def _known_already(company: Company, name: str, entry: Entry | None) -> None:
    """What was typed or chosen are points that no reading overwrites, unless they were settled already."""
    points = DnaPoint.objects.filter(dna__company=company, dna__state="DRAFT", verdict=Verdict.UNCHECKED)
    if entry is None and name.strip():
        points.filter(key="identity.brand_name").update(
            value=company.name, by_person=True, verdict=Verdict.RIGHT, confidence=1
        )
    for found in points_of(entry) if entry else ():
        # By choosing the company somebody said that this is right; how it calls itself in shops is a guess.
        points.filter(key=found.key).update(
            value=found.value,
            source_url=found.source_url,
            quote=found.quote,
            confidence=found.confidence,
            inferred=found.inferred,
            verdict=Verdict.UNCHECKED if found.inferred else Verdict.RIGHT,
        )


@transaction.atomic
def read_website(company: Company, *, by: Any) -> Job:
    """Have the website read (again). While a reading is under way, asking again gives that one.

    One of an address that is no longer the company's is called off.
    """
    current = locked_company(company)
    if not current.website:
        raise Refused(_("Fill in the address of the website first."))
    earlier = list(readings_of(current))
    if earlier and earlier[0].active and not earlier[0].cancel_requested:
        if earlier[0].payload.get("website", current.website) == current.website:
            return earlier[0]
        cancel(earlier[0])
    first_time = not current.versions.filter(state="ACCEPTED").exists()
    return enqueue(
        READ,
        key=f"{current.pk}:{len(earlier)}",
        payload={"company": str(current.pk), "website": current.website},
        title=_("Reading %(site)s") % {"site": host_of(current.website) or current.website},
        by=by,
        result_url=reverse("company:welcome_dna" if first_time else "company:dna"),
    )


def reading_failed(job: Job | None) -> bool:
    return job is not None and job.state in {JobState.DEAD, JobState.CANCELLED}


def locked_company(company: Company) -> Company:
    """The same row, fresh; whoever changes points or versions of a company waits here for their turn."""
    return Company.objects.select_for_update().get(pk=company.pk)


def host_of(website: str) -> str:
    """ "https://www.acme.example/cs" and "acme.example" are both "acme.example"; "" for no address."""
    text = website.strip()
    host = urlsplit(text if "://" in text else f"//{text}").hostname or ""
    return host.removeprefix("www.")
