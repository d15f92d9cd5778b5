from django.db import models
from django.db.models import F, Q

from posthub.billing.models.plans import Feature


class UsageMeter(models.Model):
    """Units of `feature` used in `period`: a month of content ("2026-12"), or the day a paid month began
    ("2026-12-03"). The database itself refuses a unit too many."""

    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.CASCADE, related_name="meters"
    )
    feature = models.CharField(max_length=20, choices=Feature)
    period = models.CharField(max_length=10)
    used = models.PositiveIntegerField(default=0)
    limit = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "feature", "period"], name="meter_once"),
            models.CheckConstraint(condition=Q(used__lte=F("limit")), name="meter_within_limit"),
        ]
