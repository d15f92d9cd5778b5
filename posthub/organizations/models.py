"""Clients: one organization is one schema and one subdomain."""

from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Value
from django.utils.translation import gettext_lazy as _
from django_tenants.models import DomainMixin, TenantMixin

from posthub.core.models import Row
from posthub.core.tenancy import SCHEMA_NAME


class StaffStage(models.TextChoices):
    OFF = "off", _("Nobody: straight to the client")
    MARKETER = "marketer", _("The marketer")
    BOTH = "both", _("The marketer and the manager")


class Quorum(models.TextChoices):
    ANYONE = "anyone", _("One of them is enough")
    EVERYONE = "everyone", _("Everyone has to agree")


class ReviewMail(models.TextChoices):
    BATCH = "batch", _("As soon as a batch is ready")
    DAILY = "daily", _("Once a day")
    OFF = "off", _("None")


class Fallback(models.TextChoices):
    """What happens to a slot for which nobody has decided when its hour comes."""

    HOLD = "hold", _("Nothing: it waits, and the slot stays empty")
    EVERGREEN = "evergreen", _("Something from your reserve goes out instead")
    APPROVE = "approve", _("It goes out as it is, and the certificate says so")


# At which a daily mail may be wanted; in the organization's quiet hours it comes when they end.
MAIL_HOURS = [(hour, f"{hour}:00") for hour in range(6, 21)]


class Organization(Row, TenantMixin):  # type: ignore[misc, django-manager-missing]
    """`zone` is where its clocks hang, `language` what its screens speak until a person chooses otherwise."""

    schema_name = models.CharField(
        max_length=63, unique=True, validators=[RegexValidator(f"^{SCHEMA_NAME.pattern}$")], editable=False
    )
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(
        _("language"), max_length=5, choices=[("cs", "Čeština"), ("en", "English")], default="cs"
    )
    zone = models.CharField(_("time zone"), max_length=40, default="Europe/Prague")
    country = models.CharField(_("country"), max_length=2, default="CZ")
    staff_stage = models.CharField(
        _("who checks first"), max_length=10, choices=StaffStage, default=StaffStage.OFF
    )
    block_unverified = models.BooleanField(_("approve only what has a source"), default=False)
    staff_quorum = models.CharField(
        _("how many of the team"), max_length=10, choices=Quorum, default=Quorum.ANYONE
    )
    client_quorum = models.CharField(
        _("how many of you"), max_length=10, choices=Quorum, default=Quorum.ANYONE
    )
    review_mail = models.CharField(
        _("mails about what waits"), max_length=10, choices=ReviewMail, default=ReviewMail.BATCH
    )
    review_hour = models.PositiveSmallIntegerField(_("at this hour"), default=8, choices=MAIL_HOURS)
    # Between these two hours nobody is woken by a mail that can wait; the same hour twice: at any time.
    quiet_from = models.PositiveSmallIntegerField(
        _("quiet from"), default=20, db_default=20, choices=[(hour, f"{hour}:00") for hour in range(24)]
    )
    quiet_to = models.PositiveSmallIntegerField(
        _("quiet until"), default=7, db_default=7, choices=[(hour, f"{hour}:00") for hour in range(24)]
    )
    link_epoch = models.PositiveIntegerField(default=1, editable=False)
    own_words = models.BooleanField(
        _("whoever wrote a text may approve it"),
        default=False,
        help_text=_("Otherwise somebody else has to look at what a person wrote or changed by hand."),
    )
    fallback = models.CharField(
        _("when nobody decides in time"),
        max_length=10,
        choices=Fallback,
        default=Fallback.HOLD,
        db_default=Fallback.HOLD,
    )
    # Who switched it to what it is, and when: what goes out by the rule goes out in this person's name.
    fallback_by = models.UUIDField(null=True, editable=False)
    fallback_since = models.DateTimeField(null=True, editable=False)
    post_hours = models.CharField(_("posting times"), max_length=60, default="09:00")
    post_days = models.CharField(_("posting days"), max_length=13, default="1,2,3,4,5")
    platforms = models.JSONField(_("networks"), default=list)
    trial_ends = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)

    # Provisioning is ours (see provisioning.py): saving a row makes and drops nothing.
    auto_create_schema = False
    auto_drop_schema = False

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(schema_name__regex=f"^{SCHEMA_NAME.pattern}$"), name="schema_name_is_ours"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def is_quiet(self, hour: int) -> bool:
        """Whether the hour lies between the two, over midnight where the first is the later one."""
        begins, ends = self.quiet_from, self.quiet_to
        if begins <= ends:
            return begins <= hour < ends
        return hour >= begins or hour < ends

    @property
    def email(self) -> str:
        """Of whoever has been with it longest: where bills go until somebody says otherwise."""
        first = self.memberships.order_by("created_at").values_list("user__email", flat=True).first()
        return first or ""


class Domain(DomainMixin):  # type: ignore[misc]
    """A host name in full, such as acme.posthub.work."""


class RetiredAddress(models.Model):
    """The host name of an erased organization; nobody gets it before `until`, so that nobody poses as it."""

    domain = models.CharField(max_length=253, primary_key=True)
    until = models.DateTimeField(db_index=True)


class Membership(Row):
    """A supervisor's right to an organization. Who does not approve reads and comments.

    `stands_in` decides until `away_until`, that day included; `review_mail` is "" for what the organization set.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="memberships")
    approves = models.BooleanField(_("approves content"), default=True)
    asked: Any  # whom organizations.queries.approvers_of names for it
    away_until = models.DateField(_("away until"), null=True, blank=True)
    stands_in = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who decides meanwhile"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    review_mail = models.CharField(
        _("mails about what waits"), max_length=10, choices=ReviewMail, blank=True, default="", db_default=""
    )
    review_hour = models.PositiveSmallIntegerField(
        _("at this hour"), null=True, blank=True, choices=MAIL_HOURS
    )

    # Kind of mail (organizations.mails) → how often; what stands nowhere comes as usual.
    mails = models.JSONField(_("mails"), default=dict, db_default=Value({}, models.JSONField()), blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "organization"], name="member_once")]

    def wants(self, kind: str) -> bool:
        return bool(self.mails.get(kind) != "off")


class Assignment(Row):
    """Which marketer looks after which organization."""

    marketer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assignments"
    )
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="assignments")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["marketer", "organization"], name="assigned_once")]


class HandOver(models.Model):
    """A one-time token that carries a signed-in person to one organization's host. Only its hash is kept."""

    token_hash = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE)
    used_at = models.DateTimeField(auto_now_add=True)


class SchemaPlan(models.Model):
    """The DDL of an organization's schema as of `fingerprint`, the set of its migrations.

    `migrations` are pairs of app and name in their order, `statements` the list of statements of each.
    """

    fingerprint = models.CharField(max_length=64, primary_key=True)
    statements = models.JSONField()
    migrations = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)


class SchemaState(models.TextChoices):
    DONE = "DONE", _("up to date")
    FAILED = "FAILED", _("in maintenance")


class SchemaMigration(models.Model):
    """The ledger: to which set of migrations a schema was brought last, or could not be brought, and why."""

    schema_name = models.CharField(max_length=63, primary_key=True)
    fingerprint = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=SchemaState)
    error = models.TextField(blank=True)
    milliseconds = models.PositiveIntegerField(default=0)
    migrated_at = models.DateTimeField(auto_now=True)


class Registration(Row):
    """An organization somebody asked for before their address was confirmed. Its address is not held for it."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="registration"
    )
    name = models.CharField(max_length=120)
    label = models.CharField(max_length=40)
    language = models.CharField(max_length=5)


class Invitation(Row):
    """Somebody without an account was asked to join; open until accepted, withdrawn or a week old."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "email"], name="invited_once")]
