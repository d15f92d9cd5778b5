"""What is for sale. Plans, add-ons and prices are rows, so that staff change them without a release."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from posthub.core.models import Row


class Feature(models.TextChoices):
    """What a plan has a limit of: the first four are counted by the period, the others stand."""

    POSTS = "posts", _("Articles with their posts")
    REWRITES = "rewrites", _("Texts written again")
    IMAGES = "images", _("Pictures")
    VIDEOS = "videos", _("Films")
    PERSONAS = "personas", _("Active personas")
    NETWORKS = "networks", _("Networks")
    SEATS = "seats", _("People with access")
    COMPANIES = "companies", _("Companies")


COUNTED = (Feature.POSTS, Feature.REWRITES, Feature.IMAGES, Feature.VIDEOS)
STANDING = (Feature.PERSONAS, Feature.NETWORKS, Feature.SEATS, Feature.COMPANIES)


class Currency(models.TextChoices):
    CZK = "czk", "CZK"
    EUR = "eur", "EUR"


class Interval(models.TextChoices):
    MONTH = "month", _("monthly")
    YEAR = "year", _("yearly")


class Plan(Row):
    """Limits of one plan; `code` is what the code and Stripe's products call it."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=40)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    for_sale = models.BooleanField(_("for sale"), default=True, db_default=True)
    posts_a_month = models.PositiveSmallIntegerField(_("posts a month"))
    rewrites_a_month = models.PositiveSmallIntegerField(_("rewrites a month"), default=60, db_default=60)
    images_a_month = models.PositiveSmallIntegerField(_("pictures a month"), default=0, db_default=0)
    videos_a_month = models.PositiveSmallIntegerField(_("films a month"), default=0, db_default=0)
    active_personas = models.PositiveSmallIntegerField(_("active personas"))
    platforms = models.PositiveSmallIntegerField(_("networks"))
    seats = models.PositiveSmallIntegerField(_("people with access"), default=5, db_default=5)
    companies = models.PositiveSmallIntegerField(_("companies"), default=1, db_default=1)
    images = models.BooleanField(_("images"), default=False)
    video = models.BooleanField(
        _("video"), default=False, help_text=_("Whether films can be had, by the add-on.")
    )
    words_min = models.PositiveSmallIntegerField(_("words at least"), default=1500)
    words_max = models.PositiveSmallIntegerField(_("words at most"), default=2200)

    class Meta:
        ordering = ["order"]

    @property
    def title(self) -> str:
        """As people are told of it; what is sold keeps the name it is sold under."""
        return gettext("Trial") if self.code == "trial" else self.name

    def __str__(self) -> str:
        return self.name

    def limit_of(self, feature: Feature) -> int:
        """Of the plan alone; add-ons come on top."""
        return {
            Feature.POSTS: self.posts_a_month,
            Feature.REWRITES: self.rewrites_a_month,
            Feature.IMAGES: self.images_a_month if self.images else 0,
            Feature.VIDEOS: self.videos_a_month if self.video else 0,
            Feature.PERSONAS: self.active_personas,
            Feature.NETWORKS: self.platforms,
            Feature.SEATS: self.seats,
            Feature.COMPANIES: self.companies,
        }[feature]


class AddOn(Row):
    """More of one feature for those whose plan may have it: `units` of it for each one that is bought."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=40)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    for_sale = models.BooleanField(_("for sale"), default=True)
    feature = models.CharField(_("feature"), max_length=20, choices=Feature)
    units = models.PositiveSmallIntegerField(_("units"), validators=[MinValueValidator(1)])
    plans = models.ManyToManyField(Plan, verbose_name=_("plans"), related_name="add_ons", blank=True)

    class Meta:
        ordering = ["order"]

    @property
    def title(self) -> str:
        """The names of the first add-ons are translated, others stand as staff wrote them."""
        return gettext(self.name)

    def __str__(self) -> str:
        return self.name


class Price(Row):
    """What a plan or an add-on costs, in the currency's smallest unit. Stripe's prices never change: a new
    amount is a new row, and the old one stays for those who still pay it."""

    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.CASCADE, related_name="prices")
    add_on = models.ForeignKey(AddOn, null=True, blank=True, on_delete=models.CASCADE, related_name="prices")
    currency = models.CharField(_("currency"), max_length=3, choices=Currency)
    interval = models.CharField(_("interval"), max_length=5, choices=Interval)
    amount = models.PositiveIntegerField(
        _("amount"), help_text=_("In the smallest unit: 199000 is 1,990 crowns, with tax.")
    )
    active = models.BooleanField(_("active"), default=True)
    stripe_id = models.CharField(max_length=80, blank=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(plan__isnull=True) ^ Q(add_on__isnull=True), name="price_of_one_thing"
            ),
            models.UniqueConstraint(
                fields=["plan", "currency", "interval"], condition=Q(active=True), name="plan_price_once"
            ),
            models.UniqueConstraint(
                fields=["add_on", "currency", "interval"], condition=Q(active=True), name="add_on_price_once"
            ),
            models.UniqueConstraint(
                fields=["stripe_id"], condition=~Q(stripe_id=""), name="price_of_stripe_once"
            ),
        ]

    def __str__(self) -> str:
        return self.lookup_key

    @property
    def thing(self) -> Plan | AddOn:
        found = self.plan or self.add_on
        assert found is not None, "the database holds this"
        return found

    @property
    def lookup_key(self) -> str:
        return f"{self.thing.code}_{self.interval}_{self.currency}"
