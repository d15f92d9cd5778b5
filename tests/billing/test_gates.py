"""Every operation that a plan limits, one below its limit, at it and one above, for each plan."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from posthub.billing.forms import NetworksForm
from posthub.billing.models import Feature, Plan, UsageMeter
from posthub.billing.models.plans import COUNTED
from posthub.billing.operations import choose_plan
from posthub.billing.queries import TRIAL, all_in_use, period_of, terms_of
from posthub.company.models import Company
from posthub.company.operations import start_company
from posthub.content.allowances import count_again
from posthub.content.models import BlogPost, SocialPost, Topic
from posthub.content.operations import articles, media, posts, review, together, topics
from posthub.content.parts import parts_of
from posthub.core.errors import OverAllowance
from posthub.core.tenancy import in_schema
from posthub.lifecycle.machine import Ledger, advance, begin
from posthub.organizations.models import Invitation, Organization
from posthub.organizations.operations import invite
from posthub.personas.models import Persona
from posthub.personas.operations import activate_persona, choose_personas
from tests.conftest import PLATFORMS
from tests.shelf import DAY, Shelf

MONTH = DAY.strftime("%Y-%m")
# As the plans are sold, and with the add-ons that are taken along here.
LIMITS = {
    TRIAL: {"posts": 12, "rewrites": 30, "personas": 3, "networks": 2, "seats": 3, "companies": 1},
    "basic": {"posts": 12, "rewrites": 30, "personas": 3, "networks": 3, "seats": 3, "companies": 1},
    "pro": {
        "posts": 24, "rewrites": 60, "images": 150, "videos": 12, "personas": 6, "networks": 5, "seats": 5,
        "companies": 2,
    },
    "ultimate": {
        "posts": 84, "rewrites": 180, "images": 450, "videos": 24, "personas": 12, "networks": 5, "seats": 15,
        "companies": 6,
    },
}  # fmt: skip
ADD_ONS = {"pro": {"video": 1}, "ultimate": {"video": 2, "extra-posts": 1, "extra-company": 1}}


class Desk:
    """Something of everything that can be worked on, made before there is a plan with pictures."""

    def __init__(self, organization: Organization, cast: Any) -> None:
        self.organization, self.by = organization, cast.sofia
        shelf = Shelf(Company.objects.create(name="Bakery Novak", language="en"), organization)
        self.company, self.persona = shelf.company, shelf.persona
        self._topic, self._article = shelf.topic(), shelf.article()
        born_dead = begin(BlogPost(topic=shelf.topic("APPROVED")), "GENERATING")
        self._unwritten = advance(born_dead, "FAILED")
        self._pictured, self._filmed = shelf.posts("PENDING_APPROVAL", ("facebook", "tiktok"))

    def on(self, subject: Any) -> dict[str, Any]:
        return {"by": self.by, "seen": subject.content_hash}

    @property
    def topic(self) -> Topic:
        return Topic.objects.get(pk=self._topic.pk)

    @property
    def article(self) -> BlogPost:
        return BlogPost.objects.get(pk=self._article.pk)

    @property
    def unwritten(self) -> BlogPost:
        return BlogPost.objects.get(pk=self._unwritten.pk)

    @property
    def pictured(self) -> SocialPost:
        return SocialPost.objects.get(pk=self._pictured.pk)

    @property
    def filmed(self) -> SocialPost:
        return SocialPost.objects.get(pk=self._filmed.pk)

    def approve_all(self) -> None:
        for refused in together.reserve_for([self.topic], self.organization).values():
            raise refused

    def rewrite_part(self) -> None:
        article = self.article
        part = parts_of(article.text, article.title)[1].id
        articles.regenerate_part(article, part=part, **self.on(article))

    def illustrate(self, post: SocialPost) -> None:
        if media.have_illustrated(post) is None:
            raise OverAllowance("no picture")


# What is counted: what it takes of, and how it is done.
TAKES: dict[str, tuple[str, Callable[[Desk], object]]] = {
    "approve a topic": ("posts", lambda desk: topics.approve_topic(desk.topic, **desk.on(desk.topic))),
    "approve topics at once": ("posts", Desk.approve_all),
    "approve one of many": (
        "posts", lambda desk: together.approve_one(desk.topic, desk.organization, ledger=Ledger(desk.by))
    ),
    "write what never came": ("posts", lambda desk: articles.regenerate(desk.unwritten, **desk.on(desk.unwritten))),
    "try an article again": ("posts", lambda desk: count_again({"counted": {"feature": "posts", "period": MONTH}})),
    "write an article anew": ("rewrites", lambda desk: articles.regenerate(desk.article, **desk.on(desk.article))),
    "write a part anew": ("rewrites", Desk.rewrite_part),
    "write a post anew": ("rewrites", lambda desk: posts.regenerate(desk.pictured, **desk.on(desk.pictured))),
    "work remarks in": (
        "rewrites",
        lambda desk: review.request_changes(
            desk.article, remarks=[review.Remark("", "Shorter.")], **desk.on(desk.article)
        ),
    ),
    "try a text again": ("rewrites", lambda desk: count_again({"counted": {"feature": "rewrites", "period": ""}})),
    "make a picture": ("images", lambda desk: desk.illustrate(desk.pictured)),
    "make a film": ("videos", lambda desk: desk.illustrate(desk.filmed)),
}  # fmt: skip


def may(operation: Callable[[], object]) -> bool:
    """Whether it is done; whatever it did is taken back."""
    try:
        with transaction.atomic():
            operation()
            transaction.set_rollback(True)
    except OverAllowance:
        return False
    return True


def counted(desk: Desk, limits: dict[str, int]) -> dict[str, list[bool]]:
    """Each with two units left, with one, and with none."""
    done = {}
    for name, (feature, operation) in TAKES.items():
        period, limit = MONTH, limits.get(feature, 0)
        if feature != "posts":
            period = ""
        done[name] = []
        for left in (2, 1, 0):
            put(desk.organization, feature, period, limit=limit, used=max(0, limit - left))
            done[name].append(may(lambda operation=operation: operation(desk)))
    return done


def put(organization: Organization, feature: str, period: str, *, limit: int, used: int) -> None:
    period = period or period_of(organization, terms=terms_of(organization), feature=Feature(feature))
    where = {"organization": organization, "feature": feature, "period": period}
    UsageMeter.objects.update_or_create(**where, defaults={"used": used, "limit": limit})


def companies(cast: Any, limit: int) -> list[bool]:
    """From none on: the only one of a small plan is one at its limit."""
    done = []
    for there in range(max(0, limit - 2), limit + 1):
        for number in range(Company.objects.count(), there):
            Company.objects.create(name=f"C{number}", language="en")
        done.append(may(lambda: start_company(name="One more", website="", language="en", by=cast.sofia)))
    return done


def seats(organization: Organization, cast: Any, limit: int) -> list[bool]:
    done = []
    for there in range(limit - 2, limit + 1):
        taken = all_in_use(organization, [Feature.SEATS])[Feature.SEATS]
        Invitation.objects.bulk_create(
            Invitation(organization=organization, email=f"{number}@example.com", sent_at=timezone.now())
            for number in range(taken, there)
        )
        done.append(may(lambda: invite(organization, email="more@example.com", by=cast.sofia)))
    return done


def voices(desk: Desk, limit: int) -> list[tuple[bool, bool]]:
    """One more of them, and all that there would be at once."""
    made = [desk.persona]
    for number in range(limit):
        row = Persona(
            company=desk.company, name=f"P{number}", role_title="x", one_line="x", sample="x", voice={}
        )
        made.append(begin(row, "DRAFT"))
    done = []
    for there in range(limit - 2, limit + 1):
        active = Persona.objects.filter(company=desk.company, state="ACTIVE").count()
        for persona in made[active:there]:
            advance(persona, "ACTIVE")
        one_more = Persona.objects.get(pk=made[there].pk)
        wanted = [persona.pk for persona in made[: there + 1]]
        done.append((
            may(lambda one_more=one_more: activate_persona(one_more, by=desk.by)),
            may(lambda wanted=wanted: choose_personas(desk.company, wanted, by=desk.by)),
        ))  # fmt: skip
    return done


def put_on(organization: Organization, code: str) -> None:
    with in_schema("public"):
        choose_plan(organization, Plan.objects.get(code=code), add_ons=ADD_ONS.get(code, {}))


@pytest.mark.parametrize("code", LIMITS)
def test_each_gated_operation_stops_at_its_limit(
    code: str, acme: Organization, cast: Any, settings: Any
) -> None:
    settings.AI_CHAINS = {**settings.AI_CHAINS, "video": ["omni"]}
    limits = LIMITS[code]
    with in_schema("public"):
        Plan.objects.filter(code=TRIAL).update(platforms=2)  # the other tests try everything on all networks
    connection.set_tenant(acme)
    put_on(acme, code)
    terms = terms_of(acme)
    assert {
        feature.value: terms.limit_of(feature) for feature in Feature if terms.limit_of(feature)
    } == limits
    room = companies(cast, limits["companies"])
    assert room == [True] * (len(room) - 1) + [False]
    with in_schema("public"):
        assert seats(acme, cast, limits["seats"]) == [True, True, False]
    put_on(acme, TRIAL)
    desk = Desk(acme, cast)
    put_on(acme, code)
    assert voices(desk, limits["personas"]) == [(True, True), (True, True), (False, False)]
    assert counted(desk, limits) == {
        name: [True, True, False] if feature in limits else [False] * 3
        for name, (feature, _do) in TAKES.items()
    }
    acme.platforms = PLATFORMS
    fits = [
        NetworksForm({"platforms": PLATFORMS[:count]}, limit=terms.plan.platforms).is_valid()
        for count in range(limits["networks"] - 1, len(PLATFORMS) + 1)
    ]
    assert fits == [True, True] + [False] * (len(PLATFORMS) - limits["networks"])
    assert articles.chosen_platforms(acme) == PLATFORMS[: limits["networks"]]
    assert {Feature(feature) for feature, _do in TAKES.values()} == set(COUNTED)
