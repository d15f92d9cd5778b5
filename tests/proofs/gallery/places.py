"""The states of the product, each an organization that is in it with the people who see it there."""

import datetime
import io
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone
from PIL import Image

from posthub.accounts.models import StaffRole, User
from posthub.approvals import linking
from posthub.approvals.models import Reviewer
from posthub.billing.models import UsageMeter
from posthub.billing.queries import plan_of
from posthub.company.models import Company
from posthub.company.operations import add_document
from posthub.company.uploads import checked
from posthub.content.models import BlogPost, MarketingEvent, Media, SocialPost, Topic
from posthub.content.operations.pictures import add_picture
from posthub.core.tenancy import in_schema
from posthub.demo.cast import ADMIN, CLIENT, MANAGER, MARKETER, NETWORKS, NEWCOMER, PASSWORD
from posthub.demo.mail import opened
from posthub.demo.models import StoredMail
from posthub.jobs.models import Job
from posthub.organizations.models import Organization
from posthub.organizations.operations import assign, invite, register_organization
from tests.shelf import Shelf

STATES = ("filled", "first-run", "error")
MAIL_SECONDS = 60


@dataclass(frozen=True)
class Place:
    """`people` by role; nobody in particular is "anonymous".

    `letters` are paths that mails lead to, `besides` those that only a key or another choice on a page leads to.
    """

    state: str
    host: str
    schema: str
    people: dict[str, User | None]
    letters: list[str] = field(default_factory=list)
    besides: list[str] = field(default_factory=list)


def places() -> list[Place]:
    """What the demo filled, what it left empty, and an organization in which everything went wrong."""
    person = {one.email: one for one in User.objects.all()}
    staff = {
        "marketer": person[MARKETER.email],
        "manager": person[MANAGER.email],
        "admin": person[ADMIN.email],
    }
    tereza, alex = person[CLIENT.email], person[NEWCOMER.email]
    demo, empty = (Organization.objects.get(name=name) for name in ("Pekárna Podhorka", "Alder & Finch"))
    dora, otto = (
        newcomer("dora", "Dora Dvořáková"),
        newcomer("otto", "Otto Bez", staff_role=StaffRole.MARKETER),
    )
    broken = troubled(by=dora, marketers=[otto, staff["marketer"]], admin=staff["admin"])
    nina = newcomer("nina", "Nina Nová", staff_role=StaffRole.MARKETER)
    noe = newcomer("noe", "Noe Nový")
    mira = newcomer("mira", "Mira Malá", staff_role=StaffRole.MANAGER)
    write_letters(demo, by=tereza)
    fill_shelves(demo, by=tereza)
    apex = settings.BASE_HOST
    return [
        Place("filled", apex, "public", {"anonymous": None, "supervisor": tereza, **staff}, mailed_to(apex)),
        Place("first-run", apex, "public", {"supervisor": noe, "marketer": nina, "manager": mira}),
        Place("error", apex, "public", {"supervisor": dora, "marketer": otto}),
        place("filled", demo, {"supervisor": tereza, **staff}),
        place("first-run", empty, {"supervisor": alex, **staff}),
        place("error", broken, {"supervisor": dora, **staff}, ["/r/not-a-token/", "/invitation/not-a-token/"]),
    ]  # fmt: skip


def place(state: str, organization: Organization, people: dict[str, User], letters: list[str] = []) -> Place:  # noqa: B006
    host = organization.domains.get(is_primary=True).domain
    everybody = {"anonymous": None, **people}
    return Place(
        state, host, organization.schema_name, everybody, letters + mailed_to(host), besides(organization)
    )


def besides(organization: Organization) -> list[str]:
    paths = ["/billing/plans/pro/", "/billing/plans/basic/down/?interval=month"]
    with in_schema(organization.schema_name):
        waiting = Topic.objects.filter(state="DRAFT").first()
        written = BlogPost.objects.annotate(count=Count("versions")).order_by("-count").first()
        drawn = Media.objects.first()
        approved = BlogPost.objects.filter(state="APPROVED").first()
    paths += [f"/inbox/topic/{waiting.pk}/reject/"] if waiting else []
    paths += [f"/content/article/{written.pk}/versions/"] if written else []
    paths += [f"/certificate/article/{approved.pk}.pdf"] if approved else []
    return paths + ([f"/media/{drawn.pk}/edit/"] if drawn else [])


def newcomer(label: str, name: str, **fields: Any) -> User:
    user = User.objects.create_user(f"{label}@example.org", PASSWORD, name=name, language="cs", **fields)
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    return user


def troubled(*, by: User, marketers: list[User], admin: User) -> Organization:
    """Nothing could be read, what was written failed, what is allowed is used up."""
    made = register_organization(
        name="Rozbitá dílna", label="rozbita", by=by, language="cs", platforms=NETWORKS
    )
    for marketer in marketers:
        assign(made, marketer=marketer, by=admin)
    UsageMeter.objects.create(
        organization=made, feature="posts", period=f"{timezone.localdate():%Y-%m}", **used_up(made)
    )
    for number, task in enumerate(("company.read_website", "content.write_article", "content.write_post")):
        Job.objects.create(
            schema_name=made.schema_name, task=task, queue="default", key=f"{made.schema_name}:{task}",
            state="DEAD", title=f"Úloha {number}", cause="Server neodpověděl včas.", finished_at=timezone.now(),
        )  # fmt: skip
    with in_schema(made.schema_name):
        company = Company.objects.create(
            name="Rozbitá dílna", language="cs", website="https://rozbita.example/"
        )
        shelf = Shelf(company, made)
        shelf.topic()
        shelf.article("FAILED")
        shelf.article("FAILED")
        shelf.posts("FAILED")
        shelf.article("REJECTED")
    return made


def used_up(organization: Organization) -> dict[str, int]:
    limit = plan_of(organization).posts_a_month
    return {"used": limit, "limit": limit}


def write_letters(organization: Organization, *, by: User) -> None:
    """An invitation, and a mail with what waits; the demo's own worker sends the second one."""
    invite(organization, email="ivana@example.org", by=by)
    with in_schema(organization.schema_name), transaction.atomic():
        ruth = Reviewer.objects.create(name="Rút Fialová", email="rut@example.org", language="cs")
        kinds: tuple[Any, ...] = (Topic, BlogPost, SocialPost)
        waiting = [kind.objects.filter(state__in=["DRAFT", "PENDING_APPROVAL"]).first() for kind in kinds]
        linking.open_round(
            [subject for subject in waiting if subject], [ruth], organization=organization, due_at=None
        )
    deadline = time.monotonic() + MAIL_SECONDS
    while not any("/r/" in path for path in mailed_to(organization.domains.get(is_primary=True).domain)):
        if time.monotonic() > deadline:
            raise AssertionError("the mail about what waits was not sent")
        time.sleep(0.5)


def fill_shelves(organization: Organization, *, by: User) -> None:
    """What people bring themselves: a picture, a day and a document."""
    drawn = io.BytesIO()
    Image.new("RGB", (800, 600), "#c9d8c5").save(drawn, "PNG")
    with in_schema(organization.schema_name):
        add_picture(SimpleUploadedFile("pec.png", drawn.getvalue(), "image/png"), by=by)
        MarketingEvent.objects.create(
            name="Den otevřených dveří", date=timezone.localdate() + datetime.timedelta(days=9), own=True
        )
        company = Company.objects.get()
        add_document(company, upload=checked(SimpleUploadedFile("cenik.txt", b"Chleba 64 Kc")), by=by)


def mailed_to(host: str) -> list[str]:
    """The paths on this host that mails lead to, newest first."""
    assert connection.schema_name == "public"
    links = [urlsplit(link) for mail in StoredMail.objects.all() for link in opened(mail).links]
    return list(
        dict.fromkeys(
            link.path + (f"?{link.query}" if link.query else "") for link in links if link.hostname == host
        )
    )
