"""Making organizations, letting people in, carrying them over from one host to another."""

import hashlib
import re
import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from posthub.accounts.models import User
from posthub.audit import operations as audit
from posthub.core.errors import Refused
from posthub.core.tenancy import HOSTS
from posthub.organizations.models import Assignment, Domain, HandOver, Membership, Organization
from posthub.organizations.provisioning import make_schema
from posthub.organizations.queries import organizations_of

TRIAL_DAYS = 14
HAND_OVER_SECONDS = 60 * 10
LABEL = re.compile(r"[a-z][a-z0-9-]{1,38}[a-z0-9]")
RESERVED = frozenset(
    ["admin", "api", "app", "apex", "assets", "auth", "billing", "blog", "cdn", "demo", "dev", "docs", "email", "ftp", "git", "health", "help", "imap", "login", "mail", "mailbox", "media", "metrics", "ns", "ns1", "ns2", "pop", "posthub", "public", "root", "signup", "smtp", "sso", "staff", "static", "status", "stripe", "support", "template", "test", "webhook", "webmail", "www"]
)


def suggest_label(name: str) -> str:
    label = slugify(name)[:40].strip("-")
    return label if LABEL.fullmatch(label) else f"org-{label}"[:40].strip("-")


def label_problem(label: str) -> str:
    """Why the address cannot be had, "" where it can."""
    if not LABEL.fullmatch(label):
        return _("Use 3 to 40 letters, digits and hyphens, beginning with a letter.")
    if label in RESERVED or label.startswith("xn--"):
        return _("This address is reserved. Choose another one.")
    if Domain.objects.filter(domain=f"{label}.{settings.BASE_HOST}").exists():
        return _("This address is taken. Choose another one.")
    return ""


@transaction.atomic
def register_organization(*, name: str, label: str, by: User, **choices: Any) -> Organization:
    """Make an organization with its schema and address, and `by` its supervisor. Raises Refused."""
    problem = label_problem(label)
    if problem:
        raise Refused(problem)
    schema_name = f"o_{re.sub('[^a-z0-9]', '_', label)[:30]}_{secrets.token_hex(3)}"
    try:
        with transaction.atomic():
            organization = Organization.objects.create(
                name=name,
                schema_name=schema_name,
                trial_ends=timezone.now() + timedelta(days=TRIAL_DAYS),
                **choices,
            )
            Domain.objects.create(
                domain=f"{label}.{settings.BASE_HOST}", tenant=organization, is_primary=True
            )
    except IntegrityError as problem_:
        raise Refused(_("This address is taken. Choose another one.")) from problem_
    make_schema(schema_name)
    Membership.objects.create(user=by, organization=organization)
    audit.record(
        "organization.registered",
        subject=f"organization:{organization.pk}",
        actor_id=by.pk,
        chain=schema_name,
    )
    return organization


def add_member(organization: Organization, *, user: User, by: User) -> Membership:
    membership, made = Membership.objects.get_or_create(organization=organization, user=user)
    if made:
        audit.record(
            "member.added", subject=f"user:{user.pk}", actor_id=by.pk, chain=organization.schema_name
        )
    return membership


def assign(organization: Organization, *, marketer: User, by: User) -> Assignment:
    assignment, made = Assignment.objects.get_or_create(organization=organization, marketer=marketer)
    if made:
        audit.record(
            "marketer.assigned", subject=f"user:{marketer.pk}", actor_id=by.pk, chain=organization.schema_name
        )
    return assignment


def hand_over_token(user: User, organization: Organization) -> str:
    """A token that signs `user` in on this organization's host once, within ten minutes.

    Making it writes nothing, so a page may offer one for each organization; using it writes its hash.
    """
    claim = {"user": str(user.pk), "organization": str(organization.pk), "once": secrets.token_urlsafe(16)}
    return signing.dumps(claim, salt="posthub.hand-over")


@transaction.atomic
def accept_hand_over(token: str, *, organization_id: Any) -> User | None:
    """The person the token stands for; None where it is forged, old, used or meant for another organization."""
    try:
        claim = signing.loads(token, salt="posthub.hand-over", max_age=HAND_OVER_SECONDS)
    except signing.BadSignature:
        return None
    if claim["organization"] != str(organization_id):
        return None
    user = User.objects.filter(pk=claim["user"], is_active=True).first()
    organization = organizations_of(user).filter(pk=organization_id).first() if user else None
    if user is None or organization is None:
        return None
    token_hash = hashlib.sha256(token.encode()).hexdigest()
    _row, first_use = HandOver.objects.get_or_create(
        token_hash=token_hash, defaults={"user": user, "organization": organization}
    )
    return user if first_use else None


def purge_hand_overs() -> int:
    """Forget tokens that could not be used again anyway, because they are too old."""
    old = timezone.now() - timedelta(seconds=HAND_OVER_SECONDS * 2)
    return HandOver.objects.filter(used_at__lt=old).delete()[0]


def change_settings(organization: Organization, *, by: User, **choices: Any) -> Organization:
    for name, value in choices.items():
        setattr(organization, name, value)
    organization.save(update_fields=[*choices, "updated_at"])
    HOSTS.forget()
    audit.record(
        "organization.changed",
        subject=f"organization:{organization.pk}",
        actor_id=by.pk,
        chain=organization.schema_name,
        detail={name: str(value) for name, value in choices.items()},
    )
    return organization
