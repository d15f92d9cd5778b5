"""The mails of approvals: the letter with its link, and what the team hears where nobody decides."""

import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone, translation

from posthub.accounts import mail
from posthub.approvals import linking
from posthub.approvals.models import ReviewLink
from posthub.approvals.queries import letter, missed
from posthub.jobs.mailing import mail_once
from posthub.jobs.runner import RunningJob
from posthub.organizations.models import Organization
from posthub.organizations.queries import address_of, approvers_of, carers_of, current_organization


def mail_link(job: RunningJob) -> None:
    """The mail itself. Sent, then noted: after a crash in between it may go out twice, never not at all."""
    link = ReviewLink.objects.select_related("round").filter(pk=job.payload["link"]).first()
    organization = current_organization()
    if link is None or not linking.is_good(link, organization) or linking.person_of(link) is None:
        return
    name = job.payload["name"]
    with translation.override(link.language), timezone.override(ZoneInfo(organization.zone)):
        context = letter.mail_context(link, organization, name)
    if context is None:
        return
    url = address_of(organization, f"/r/{linking.token_of(link)}/")
    mail.send(f"review_{name}", to=link.email, language=link.language, context={**context, "action_url": url})
    with job.effect():
        if link.sent_at is None:
            ReviewLink.objects.filter(pk=link.pk).update(sent_at=timezone.now())


def escalate(job: RunningJob) -> None:
    """Tell the marketer and the manager that nobody decides."""
    organization = current_organization()
    links = list(ReviewLink.objects.filter(round=job.payload["round"]).prefetch_related("round__items"))
    waiting = letter.still_open(links[0]) if links else []
    if not waiting:
        return
    for person in carers_of(organization):
        context = {
            "organization": organization.name,
            "count": len(waiting),
            "people": ", ".join(str(link) for link in links),
            "action_url": address_of(organization, "/inbox/?tab=others"),
        }
        mail_once(
            job,
            "review_escalation",
            to=person.email,
            language=person.language or organization.language,
            context=context,
        )


def tell_missed(job: RunningJob) -> None:
    """Slots came before anybody had decided: who approves and who looks after the organization hear what became of it.

    People outside have no page to look at; their letter says what waits for them.
    """
    organization = current_organization()
    slots = missed.slots_of({UUID(pk): what for pk, what in job.payload["slots"].items()})
    if not slots:
        return
    today = timezone.now().astimezone(ZoneInfo(organization.zone)).date()
    approvers = [member.asked for member in approvers_of(organization, today=today)]
    people = {person.pk: person for person in [*carers_of(organization), *approvers]}
    for person in people.values():
        context = {
            "organization": organization.name,
            "slots": slots,
            "count": len(slots),
            "zone": organization.zone,
            "action_url": address_of(organization, "/inbox/"),
        }
        language = person.language or organization.language
        with timezone.override(ZoneInfo(organization.zone)):
            mail_once(job, "review_missed", to=person.email, language=language, context=context)


def seconds_until_awake(organization: Organization) -> float:
    """How long the quiet hours still last, 0 outside of them."""
    now = timezone.now().astimezone(ZoneInfo(organization.zone))
    if not organization.is_quiet(now.hour):
        return 0
    ends = datetime.datetime.combine(now.date(), datetime.time(organization.quiet_to), now.tzinfo)
    if ends <= now:
        ends += datetime.timedelta(days=1)
    return (ends - now).total_seconds()
