"""Which mails a member can choose, and how often each may come. What stands nowhere is as it usually is."""

from typing import NamedTuple

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Often(models.TextChoices):
    """`AS_ALL` is what the organization has set."""

    AS_ALL = "", _("As for everybody")
    BATCH = "batch", _("At once")
    DAILY = "daily", _("Once a day")
    WEEKLY = "weekly", _("Once a week")
    OFF = "off", _("Never")


class Kind(NamedTuple):
    """A kind of mail; the first of `choices` is the usual one."""

    name: str
    label: Promise
    text: Promise
    choices: tuple[Often, ...]


REVIEW = "review"  # kept in fields of their own (Membership.review_mail, review_hour)
REMINDER, WEEK, USAGE = "reminder", "week", "usage"
KINDS = (
    Kind(
        REVIEW,
        _("What waits for your decision"),
        _("One mail for everything that is new, with a link to decide."),
        (Often.AS_ALL, Often.BATCH, Often.DAILY, Often.OFF),
    ),
    Kind(
        REMINDER,
        _("Reminders"),
        _("After a day and after two, while something still waits for you."),
        (Often.BATCH, Often.OFF),
    ),
    Kind(
        WEEK,
        _("What goes out this week"),
        _("On Monday morning, with what is still missing."),
        (Often.WEEKLY, Often.OFF),
    ),
    Kind(
        USAGE,
        _("How much of the plan is used"),
        _("When four fifths and when all of something are used up."),
        (Often.BATCH, Often.OFF),
    ),
)  # fmt: skip
