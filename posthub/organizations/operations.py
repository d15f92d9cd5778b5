"""Making organizations, letting people in, changing what was chosen."""

import re
import secrets
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from posthub.accounts import mail
from posthub.accounts.models import User
from posthub.accounts.operations import accept_documents
from posthub.audit import operations as audit
from posthub.core.errors import Refused
from posthub.core.tenancy import HOSTS
from posthub.organizations.models import (
    Assignment,
    Domain,
    Invitation,
    Membership,
    Organization,
    Registration,
)
from posthub.organizations.provisioning import make_schema
from posthub.organizations.queries import address_of, is_taken, taken_among
from posthub.organizations.telling import tell_removed

TRIAL_DAYS = 14
INVITATION_SECONDS = 7 * 24 * 3600
LABEL = re.compile(r"[a-z][a-z0-9-]{1,38}[a-z0-9]")
RESERVED = frozenset(
    [
        "admin",
        "api",
        "app",
        "apex",
        "assets",
        "auth",
        "billing",
        "blog",
        "cdn",
        "demo",
        "dev",
        "docs",
        "email",
        "ftp",
        "git",
        "health",
        "help",
        "imap",
        "login",
        "mail",
        "mailbox",
        "media",
        "metrics",
        "ns",
        "ns1",
        "ns2",
        "pop",
        "posthub",
        "public",
        "root",
        "signup",
        "smtp",
        "sso",
        "staff",
        "static",
        "status",
        "stripe",
        "support",
        "template",
        "test",
        "webhook",
        "webmail",
        "www",
    ]
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
    if is_taken(label):
        return _("This address is taken. Choose another one.")
    return ""


def free_labels(name: str, *, most: int = 3) -> list[str]:
    """Addresses like `name` that can be had; the first is the plainest."""
    base = suggest_label(name)[:32].rstrip("-")
    ends = ["", "-team", "-online", *(f"-{number}" for number in range(2, 7)), f"-{secrets.token_hex(2)}"]
    candidates = [f"{base}{end}" for end in ends if f"{base}{end}" not in RESERVED]
    taken = taken_among(candidates)
    return [label for label in candidates if label not in taken and LABEL.fullmatch(label)][:most]


def note_registration(user: User, *, name: str, label: str, language: str) -> Registration:
    """Keep what a new person asked for until their e-mail address is confirmed."""
    return Registration.objects.update_or_create(
        user=user, defaults={"name": name, "label": label, "language": language}
    )[0]


@transaction.atomic
def finish_registration(user: User) -> Organization | None:
    """Make the organization `user` asked for at sign-up; None where there is none, or its address has gone since."""
    asked = Registration.objects.select_for_update().filter(user=user).first()
    if asked is None or label_problem(asked.label):
        return None
    try:
        with transaction.atomic():
            organization = register_organization(
                name=asked.name, label=asked.label, by=user, language=asked.language
            )
    except Refused:
        return None
    asked.delete()
    return organization


def forget_registration(user: User) -> None:
    Registration.objects.filter(user=user).delete()


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
                # Whoever registers is alone for now: nobody else could approve what they wrote.
                own_words=True,
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


@transaction.atomic
def remove_member(organization: Organization, *, user: User, by: User) -> None:
    """Take somebody's right away. Raises Refused for the last one: an organization without people is lost."""
    members = list(Membership.objects.select_for_update().filter(organization=organization))
    if not any(member.user_id == user.pk for member in members):
        return
    if len(members) == 1:
        raise Refused(_("This is the only member. Add another one first."))
    Membership.objects.filter(organization=organization, user=user).delete()
    audit.record("member.removed", subject=f"user:{user.pk}", actor_id=by.pk, chain=organization.schema_name)
    tell_removed(organization, user=user, by=by)


@transaction.atomic
def invite(organization: Organization, *, email: str, by: User) -> User | None:
    """Add the person with this address, or mail them an invitation; returns whom it added.

    Raises OverAllowance where the plan has no room for one more, Refused for who belongs here already and for
    who was asked and may still come. Whoever was asked before has a place already.
    """
    audit.hold(organization.schema_name)
    Organization.objects.select_for_update(of=("self",), no_key=True).get(pk=organization.pk)
    if Membership.objects.filter(organization=organization, user__email=email).exists():
        raise Refused(_("%(email)s is a member already.") % {"email": email})
    asked = Invitation.objects.filter(organization=organization, email=email).first()
    open_since = timezone.now() - timedelta(seconds=INVITATION_SECONDS)
    user = User.objects.filter(email=email, is_active=True).first()
    if user is None and asked is not None and asked.sent_at > open_since:
        raise Refused(
            _("%(email)s is invited already. To send another invitation, withdraw the first one.")
            % {"email": email}
        )
    if asked is None:
        import_string(settings.PLAN_ROOM)(organization, "seats")
    if user is not None:
        add_member(organization, user=user, by=by)
        _tell(
            "added", organization, to=email, language=user.language or organization.language, by=by,
            url=address_of(organization),
        )  # fmt: skip
        return user
    invitation, _made = Invitation.objects.update_or_create(
        organization=organization, email=email, defaults={"invited_by": by, "sent_at": timezone.now()}
    )
    audit.record("member.invited", subject=f"email:{email}", actor_id=by.pk, chain=organization.schema_name)
    token = signing.dumps(str(invitation.pk), salt="posthub.invitation")
    url = address_of(organization, f"/invitation/{token}/")
    _tell("invitation", organization, to=email, language=organization.language, by=by, url=url)
    return None


def _tell(name: str, organization: Organization, *, to: str, language: str, by: User, url: str) -> None:
    context = {"organization": organization.name, "inviter": by.name or by.email, "action_url": url}
    transaction.on_commit(lambda: mail.send(name, to=to, language=language, context=context))


def withdraw_invitation(organization: Organization, *, email: str, by: User) -> None:
    if Invitation.objects.filter(organization=organization, email=email).delete()[0]:
        audit.record(
            "invitation.withdrawn", subject=f"email:{email}", actor_id=by.pk, chain=organization.schema_name
        )


def invitation_of(token: str, *, organization_id: Any) -> Invitation | None:
    """The open invitation a link stands for; None where it is forged, old, withdrawn, used or another's."""
    try:
        pk = signing.loads(token, salt="posthub.invitation", max_age=INVITATION_SECONDS)
    except signing.BadSignature:
        return None
    return (
        Invitation.objects.select_related("organization", "invited_by")
        .filter(pk=pk, organization_id=organization_id)
        .first()
    )


@transaction.atomic
def accept_invitation(invitation: Invitation, *, user: User) -> Membership:
    """Make `user`, whose address was invited, a member; the invitation is used up."""
    if user.email.lower() != invitation.email.lower():
        raise Refused(_("This invitation was sent to another address. Sign in with that one."))
    membership = add_member(invitation.organization, user=user, by=invitation.invited_by or user)
    invitation.delete()
    return membership


@transaction.atomic
def join_as_newcomer(invitation: Invitation, *, name: str, password: str) -> User:
    """Make the invited person's account. Following the link proved that the mailbox is theirs."""
    language = get_language() or invitation.organization.language
    user = User.objects.create_user(invitation.email, password, name=name, language=language)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    accept_documents(user)
    accept_invitation(invitation, user=user)
    return user


@transaction.atomic
def change_membership(membership: Membership, *, by: User, **choices: Any) -> dict[str, Any]:
    """Whether somebody approves, until when they are away and who decides meanwhile, and which mails they get.

    Returns what stood there before. Raises Refused where nobody would be left who approves.
    """
    before = {name: getattr(membership, name) for name in choices}
    for name, value in choices.items():
        setattr(membership, name, value)
    membership.save(update_fields=[*choices, "updated_at"])
    members = Membership.objects.filter(organization=membership.organization_id)
    if not membership.approves and not members.filter(approves=True).exists():
        raise Refused(_("Somebody has to approve. Choose who, then change this."))
    audit.record(
        "member.changed",
        subject=f"user:{membership.user_id}",
        actor_id=by.pk,
        chain=membership.organization.schema_name,
        detail={name: str(value) for name, value in choices.items()},
    )
    return before


def assign(organization: Organization, *, marketer: User, by: User) -> Assignment:
    assignment, made = Assignment.objects.get_or_create(organization=organization, marketer=marketer)
    if made:
        audit.record(
            "marketer.assigned", subject=f"user:{marketer.pk}", actor_id=by.pk, chain=organization.schema_name
        )
    return assignment


def unassign(organization: Organization, *, marketer: User, by: User) -> None:
    if Assignment.objects.filter(organization=organization, marketer=marketer).delete()[0]:
        audit.record(
            "marketer.unassigned",
            subject=f"user:{marketer.pk}",
            actor_id=by.pk,
            chain=organization.schema_name,
        )


@transaction.atomic
def change_settings(organization: Organization, *, by: User, **choices: Any) -> Organization:
    audit.hold(organization.schema_name)
    if choices.get("fallback", organization.fallback) != organization.fallback:
        choices |= {"fallback_by": by.pk, "fallback_since": timezone.now()}
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
