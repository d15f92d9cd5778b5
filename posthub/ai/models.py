"""Whom to ask, at what price and within which bounds: rows that staff edit. And each call, for cost and blame."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from posthub.core.models import Row
from posthub.organizations.models import Organization


class Use(models.TextChoices):
    """What an AI is asked for."""

    RESEARCH = "research", _("Reading a company")
    PERSONAS = "personas", _("Personas")
    TOPICS = "topics", _("Topics")
    OUTLINE = "outline", _("Outline of an article")
    SECTION = "section", _("Part of an article")
    SOCIAL = "social", _("Social post")
    REWRITE = "rewrite", _("Revision")
    IMAGE = "image", _("Picture")
    VIDEO = "video", _("Film")


class ProviderName(models.TextChoices):
    OFFLINE = "offline", _("Offline, built in")
    GEMINI = "gemini", "Google Gemini"
    PERPLEXITY = "perplexity", "Perplexity"
    OPENAI_COMPATIBLE = "openai_compatible", _("OpenAI-compatible")
    OMNI = "omni", "Google Gemini Omni"
    VEO = "veo", "Google Veo"


class Answers(models.TextChoices):
    JSON_SCHEMA = "json_schema", _("a JSON Schema")
    JSON_OBJECT = "json_object", _("JSON of any shape")
    NONE = "none", _("nothing: it is asked in words")


class ProviderAccount(Row):
    """Where a provider is and with which key: PostHub's own, or an organization's.

    `sealed_key` is encrypted (vault.py) and never leaves through a form.
    """

    provider = models.CharField(_("provider"), max_length=40, choices=ProviderName)
    organization = models.ForeignKey(
        Organization,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="ai_accounts",
        verbose_name=_("organization"),
        help_text=_("Empty: for everybody who has no key of their own."),
    )
    base_url = models.URLField(
        _("address"), blank=True, max_length=300, help_text=_("Empty: as in the settings.")
    )
    sealed_key = models.TextField(blank=True, editable=False)
    answers = models.CharField(
        _("can be held to"), max_length=12, choices=Answers, default=Answers.JSON_SCHEMA
    )
    enabled = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("provider's account")
        verbose_name_plural = _("providers' accounts")
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "organization"], name="account_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_provider_display()} · {self.organization or 'PostHub'}"


class Route(Row):
    """One step of a use's chain. A use without steps goes by the settings (AI_CHAIN and its like)."""

    use = models.CharField(_("use"), max_length=20, choices=Use)
    position = models.PositiveSmallIntegerField(_("place in the chain"), default=1)
    provider = models.CharField(_("provider"), max_length=40, choices=ProviderName)
    model = models.CharField(_("model"), max_length=80, blank=True, help_text=_("Empty: as in the settings."))
    enabled = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["use", "position"]
        verbose_name = _("route")
        verbose_name_plural = _("routes")
        constraints = [models.UniqueConstraint(fields=["use", "position"], name="route_step_once")]

    def __str__(self) -> str:
        return f"{self.get_use_display()} {self.position}: {self.provider} {self.model}".strip()


class ModelPrice(Row):
    """What a model costs from a day on, in US dollars. `per_unit` is for a picture, or a second of film."""

    provider = models.CharField(_("provider"), max_length=40, choices=ProviderName)
    model = models.CharField(_("model"), max_length=80)
    valid_from = models.DateField(_("valid from"))
    input_per_million = models.DecimalField(
        _("input, a million tokens"), max_digits=10, decimal_places=4, default=0
    )
    output_per_million = models.DecimalField(
        _("output, a million tokens"), max_digits=10, decimal_places=4, default=0
    )
    per_call = models.DecimalField(_("a call"), max_digits=10, decimal_places=6, default=0)
    per_unit = models.DecimalField(_("a picture or second"), max_digits=10, decimal_places=6, default=0)
    source = models.CharField(_("source"), max_length=300)
    checked_on = models.DateField(_("checked on"))

    class Meta:
        ordering = ["provider", "model", "-valid_from"]
        verbose_name = _("price")
        verbose_name_plural = _("prices")
        constraints = [
            models.UniqueConstraint(fields=["provider", "model", "valid_from"], name="price_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.valid_from}"


class ModelLimit(Row):
    """How much may be asked of a model; an empty `model` stands for every other one of the provider."""

    provider = models.CharField(_("provider"), max_length=40, choices=ProviderName)
    model = models.CharField(_("model"), max_length=80, blank=True)
    calls_a_minute = models.PositiveIntegerField(_("calls a minute"))
    output_tokens = models.PositiveIntegerField(_("longest answer, tokens"))
    source = models.CharField(_("source"), max_length=300)
    checked_on = models.DateField(_("checked on"))

    class Meta:
        ordering = ["provider", "model"]
        verbose_name = _("limit")
        verbose_name_plural = _("limits")
        constraints = [models.UniqueConstraint(fields=["provider", "model"], name="limit_once")]

    def __str__(self) -> str:
        return f"{self.provider} {self.model}".strip()


class CallWindow(models.Model):
    """Calls begun in one minute, to one model: all together (`schema_name` empty) and by organization."""

    account = models.CharField(max_length=160)
    minute = models.DateTimeField()
    schema_name = models.CharField(max_length=63, blank=True)
    calls = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "minute", "schema_name"], name="window_once")
        ]


class Breaker(models.Model):
    """Whether a provider is being left alone. `failures` in a row; until `open_until` nobody asks it."""

    account = models.CharField(max_length=160, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    open_until = models.DateTimeField(null=True, blank=True)
    last_cause = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("provider's health")
        verbose_name_plural = _("providers' health")

    def __str__(self) -> str:
        return self.account


class SpendingLimit(Row):
    """What one organization may spend on AI a month, where it differs from the settings."""

    organization = models.OneToOneField(
        Organization, on_delete=models.CASCADE, related_name="ai_limit", verbose_name=_("organization")
    )
    usd_a_month = models.DecimalField(_("US dollars a month"), max_digits=10, decimal_places=2)

    class Meta:
        verbose_name = _("spending limit")
        verbose_name_plural = _("spending limits")

    def __str__(self) -> str:
        return f"{self.organization}: {self.usd_a_month}"


class Budget(models.Model):
    """One organization's month, in US dollars: what was paid, and what is reserved for calls under way."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="ai_budgets")
    period = models.CharField(max_length=7)  # "2026-12"
    limit = models.DecimalField(max_digits=14, decimal_places=8)
    used = models.DecimalField(max_digits=14, decimal_places=8, default=Decimal(0))
    reserved = models.DecimalField(max_digits=14, decimal_places=8, default=Decimal(0))

    class Meta:
        verbose_name = _("month's budget")
        verbose_name_plural = _("months' budgets")
        constraints = [
            models.UniqueConstraint(fields=["organization", "period"], name="budget_once"),
            models.CheckConstraint(condition=Q(reserved__gte=0), name="budget_reserves_something"),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.period}"


class CallRecord(Row):
    """One call: what for, who answered, how long it took, how it ended ("ok" or the name in FAULTS).

    A call that costs something stands here before it is made, as "pending", with what was `reserved` for it.
    `output_tokens` include those of thinking; `cost` is None where nobody knows it, and `cost_from` says
    whether the provider told it or the price list.
    """

    schema_name = models.CharField(max_length=63)
    use = models.CharField(max_length=20)
    provider = models.CharField(max_length=40)
    model = models.CharField(max_length=80, blank=True)
    prompt_name = models.CharField(max_length=60, blank=True)
    prompt_version = models.PositiveSmallIntegerField(default=1)
    input_tokens = models.PositiveIntegerField(default=0)
    output_tokens = models.PositiveIntegerField(default=0)
    thinking_tokens = models.PositiveIntegerField(default=0)
    cost = models.DecimalField(max_digits=14, decimal_places=8, null=True, blank=True)
    cost_from = models.CharField(
        max_length=10, choices=[("provider", _("the provider")), ("prices", _("the price list"))], blank=True
    )
    reserved = models.DecimalField(max_digits=12, decimal_places=6, default=Decimal(0))
    own_key = models.BooleanField(default=False)
    milliseconds = models.PositiveIntegerField(default=0)
    outcome = models.CharField(max_length=40)
    detail = models.CharField(max_length=500, blank=True)
    attempt = models.PositiveSmallIntegerField(default=1)
    job_id = models.UUIDField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["schema_name", "created_at"], name="call_of_organization"),
            models.Index(fields=["job_id"], condition=Q(job_id__isnull=False), name="call_of_job"),
            models.Index(fields=["created_at"], condition=Q(outcome="pending"), name="call_pending"),
        ]


class PromptOverride(Row):
    """A published text in place of a prompt's file. The newest of a name counts; an empty one is the file again."""

    name = models.CharField(_("prompt"), max_length=60)
    version = models.PositiveSmallIntegerField(_("version"))
    body = models.TextField(_("text"), blank=True)
    note = models.CharField(_("what changed, and why"), max_length=300)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["name", "-version"]
        verbose_name = _("prompt's version")
        verbose_name_plural = _("prompts' versions")
        constraints = [models.UniqueConstraint(fields=["name", "version"], name="prompt_version_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class Trial(Row):
    """A question staff put to try a route or a prompt: asked in the background, kept with its answer and cost."""

    use = models.CharField(max_length=20, choices=Use)
    provider = models.CharField(max_length=40, blank=True)
    model = models.CharField(max_length=80, blank=True)
    prompt_name = models.CharField(max_length=60, blank=True)
    prompt_version = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(blank=True)
    outcome = models.CharField(max_length=40, default="waiting")
    cause = models.CharField(max_length=500, blank=True)
    answer = models.TextField(blank=True)
    input_tokens = models.PositiveIntegerField(default=0)
    output_tokens = models.PositiveIntegerField(default=0)
    cost = models.DecimalField(max_digits=14, decimal_places=8, null=True, blank=True)
    milliseconds = models.PositiveIntegerField(default=0)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("trial")
        verbose_name_plural = _("trials")

    def __str__(self) -> str:
        return f"{self.get_use_display()} {self.created_at:%Y-%m-%d %H:%M}"
