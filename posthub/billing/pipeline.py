"""The worker's side of billing: messages of Stripe's, mails, and what the calendar brings."""

from datetime import timedelta

from django.conf import settings
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.module_loading import import_string

from posthub.billing import mailing, reminders, webhooks
from posthub.billing.following import subscriptions
from posthub.billing.mirror import keeping
from posthub.billing.models import StripeEvent, Subscription
from posthub.billing.stripe_api import StripeRefused
from posthub.jobs.operations import enqueue
from posthub.jobs.runner import RunningJob
from posthub.organizations.queries import current_organization

WAITS_AT_MOST = timedelta(minutes=2)
KEPT_FOR = timedelta(days=90)
AT_ONCE = 500


def take_event(job: RunningJob) -> None:
    """Bring our rows to where Stripe is, if the message was not worked through before."""
    event = StripeEvent.objects.filter(pk=job.payload["event"], taken_at=None).first()
    if event is None:
        return
    try:
        outcome = webhooks.follow(event)
    except StripeRefused as problem:
        # Gone at Stripe: there is nothing left to follow.
        if problem.code != "resource_missing":
            raise
        outcome = "gone"
    with job.effect():
        StripeEvent.objects.filter(pk=event.pk).update(taken_at=Now(), outcome=outcome[:200])


def catch_up(job: RunningJob) -> None:
    """Ask again for messages whose work came to nothing, as after an hour in which Stripe did not answer."""
    due = timezone.now() - WAITS_AT_MOST
    waiting = StripeEvent.objects.filter(taken_at=None, received_at__lt=due, kind__in=webhooks.FOLLOWS)
    for event in waiting.order_by("received_at").values_list("pk", flat=True)[:AT_ONCE]:
        enqueue("billing.take_event", key=f"{event}~{job.job.pk}", payload={"event": event})


def watch(job: RunningJob) -> None:
    """Trials and payments that people are reminded of; what is old enough goes."""
    reminders.remind()
    keeping.forget_gone(timezone.now() - timedelta(days=1))
    StripeEvent.objects.filter(received_at__lt=timezone.now() - KEPT_FOR).delete()


def send_mail(job: RunningJob) -> None:
    mailing.send(job)


def begin_work(job: RunningJob) -> None:
    with job.effect():
        subscriptions.begin_work()


def fit_in(job: RunningJob) -> None:
    """A smaller plan began: what was chosen for that goes out of use, and what is too much all the same."""
    organization = current_organization()
    with job.effect():
        row = Subscription.objects.filter(organization=organization).first()
        for name, path in settings.PLAN_LEAVING.items():
            import_string(path)(organization, (row.leaving if row else {}).get(name, []))
        Subscription.objects.filter(organization=organization, next_plan=None).update(leaving={})
