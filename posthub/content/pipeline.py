"""The worker's side of content: topics, articles, posts and rewrites. One function a job."""

import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from posthub.ai import gateway
from posthub.billing.queries import plan_of
from posthub.company.models import Company
from posthub.content import allowances, generation, material, planning
from posthub.content.events import keep_events
from posthub.content.guard import guarded, refuse_banned_title
from posthub.content.models import BlogPost, SocialPost, Topic
from posthub.content.operations.versions import add_version
from posthub.content.parts import TITLE, Part, part_named
from posthub.core.errors import WorkFailed
from posthub.core.similarity import repeats_title
from posthub.jobs.runner import RunningJob
from posthub.lifecycle.machine import advance, begin
from posthub.organizations.models import Organization, StaffStage
from posthub.organizations.queries import current_organization
from posthub.personas.models import Persona

Answer = dict[str, Any]


def propose_topics(job: RunningJob) -> None:
    """Fill the month's free places with topics, each on its day."""
    company = Company.objects.get(pk=job.payload["company"])
    organization = current_organization()
    month: str = job.payload["month"]
    job.step(_("Looking at the month"), 5)
    standing = Topic.objects.filter(company=company, month=month).exclude(state="REJECTED")
    slots = free_slots(company, organization, month, list(standing.values_list("date", flat=True)))
    if not slots:
        raise WorkFailed(_("This month has no free place for another topic."), permanent=True)
    job.step(_("Proposing %(count)s topics") % {"count": len(slots)}, 20)
    numbered = [slot.as_input(number) for number, slot in enumerate(slots)]
    inputs = material.for_topics(company, numbered)
    answer = generation.TopicsAnswer.model_validate(
        job.remember("topics", lambda: _ask("topics", company.language, inputs, generation.TopicsAnswer))
    )
    job.step(_("Checking for repetition"), 90)
    past = [*inputs["past_titles"]]
    with job.effect():
        for draft in answer.topics:
            if draft.slot < len(slots):
                begin(_topic(company, month, slots[draft.slot], draft, past), "DRAFT")
                past.append(draft.title)


def free_slots(
    company: Company, organization: Organization, month: str, taken: list[datetime.date]
) -> list[planning.Slot]:
    personas = list(Persona.objects.filter(company=company, state="ACTIVE"))
    missing = plan_of(organization).posts_a_month - len(taken)
    if missing <= 0 or not personas:
        return []
    today = timezone.now().astimezone(ZoneInfo(organization.zone)).date()
    days = planning.days_of(
        month, organization.post_days, after=today + datetime.timedelta(days=planning.LEAD_DAYS)
    )
    free = [day for day in days if day not in taken] or days
    events = keep_events(month, country=organization.country, language=company.language)
    used = set(
        Topic.objects.filter(company=company, month=month)
        .exclude(event=None)
        .values_list("event_id", flat=True)
    )
    fresh = [event for event in events if event.pk not in used]
    return planning.plan_slots(planning.spread(free, missing), personas, fresh, start=len(taken))


def _topic(
    company: Company, month: str, slot: planning.Slot, draft: generation.TopicDraft, past: list[str]
) -> Topic:
    return Topic(
        company=company,
        persona=slot.persona,
        event=slot.event,
        month=month,
        date=slot.date,
        title=draft.title,
        angle=draft.angle,
        theme=draft.theme,
        funnel_stage=draft.funnel_stage,
        plan=draft.model_dump(),
        similar_to=repeats_title(draft.title, past),
    )


def replace_topic(job: RunningJob) -> None:
    """Another topic for the day of a refused one."""
    refused = Topic.objects.select_related("company", "persona", "event").get(pk=job.payload["topic"])
    if refused.state != "REJECTED" or refused.revision != job.payload["revision"]:
        return
    job.step(_("Looking for another topic"), 20)
    slot = planning.Slot(refused.date, refused.persona, refused.funnel_stage, refused.theme, refused.event)
    inputs = material.for_topics(refused.company, [slot.as_input(0)])
    answer = generation.TopicsAnswer.model_validate(
        job.remember(
            "topics", lambda: _ask("topics", refused.company.language, inputs, generation.TopicsAnswer)
        )
    )
    with job.effect():
        begin(_topic(refused.company, refused.month, slot, answer.topics[0], inputs["past_titles"]), "DRAFT")


def write_article(job: RunningJob) -> None:
    """Outline, then section by section, then the checks; one version at the end."""
    post = _subject(BlogPost.KIND, job.payload["id"])
    if not isinstance(post, BlogPost) or not _still_wanted(post, job):
        return
    refuse_banned_title(post)
    organization = current_organization()
    plan = plan_of(organization)
    language = post.topic.company.language
    inputs = material.for_article(
        post, words={"min": plan.words_min, "max": plan.words_max}, remarks=job.payload["remarks"]
    )
    job.step(_("Outlining the article"), 5)
    outline: Answer = job.remember(
        "outline", lambda: _ask("outline", language, inputs, generation.OutlineAnswer)
    )
    sections = _sections(job, language, inputs, outline)
    job.step(_("Checking the text"), 95)
    text = "\n\n".join(
        f"## {plan['heading']}\n\n{section['markdown'].strip()}"
        if plan["heading"]
        else section["markdown"].strip()
        for plan, section in zip(outline["sections"], sections, strict=True)
    )
    extra: Answer = {
        "seo": {key: value for key, value in outline.items() if key != "sections"},
        "claims": [claim for section in sections for claim in section["claims"]],
    }
    extra = guarded(post, title=outline["title"], text=text, extra=extra)
    with job.effect():
        add_version(
            post,
            title=outline["title"],
            text=text,
            extra=extra,
            reason="; ".join(job.payload["remarks"]),
            prompt=_made_by("section", job),
        )
        advance(post, first_stage(organization))


def _sections(job: RunningJob, language: str, inputs: Answer, outline: Answer) -> list[Answer]:
    written: list[Answer] = []
    count = len(outline["sections"])
    for number in range(count):
        job.step(
            _("Writing part %(number)s of %(count)s") % {"number": number + 1, "count": count},
            10 + 80 * number // count,
        )
        so_far = [section["markdown"] for section in written]
        asked = {**inputs, "outline": outline, "section": number, "written": so_far}
        written.append(
            job.remember(
                f"section-{number}",
                partial(_ask, "section", language, asked, generation.SectionAnswer),
            )
        )
    return written


def write_post(job: RunningJob) -> None:
    """One social post from an approved article, inside its network's limits."""
    post = _subject(SocialPost.KIND, job.payload["id"])
    if not isinstance(post, SocialPost) or not _still_wanted(post, job):
        return
    refuse_banned_title(post)
    job.step(_("Writing the post"), 20)
    inputs = material.for_post(post, remarks=job.payload["remarks"])
    language = post.blog_post.topic.company.language
    answer: Answer = job.remember("social", lambda: _ask("social", language, inputs, generation.SocialAnswer))
    job.step(_("Checking the text"), 80)
    extra = {key: value for key, value in answer.items() if key != "text"}
    extra = guarded(post, title=post.title, text=answer["text"], extra=extra)
    with job.effect():
        add_version(
            post,
            title=post.title,
            text=answer["text"],
            extra=extra,
            reason="; ".join(job.payload["remarks"]),
            prompt=_made_by("social", job),
        )
        advance(post, first_stage(current_organization()))


def rewrite(job: RunningJob) -> None:
    """The same text with somebody's remarks worked in."""
    subject = _subject(job.payload["kind"], job.payload["id"])
    if subject is None or not _still_wanted(subject, job) or subject.version is None:
        return
    organization = current_organization()
    plan = plan_of(organization)
    topic = subject.topic if isinstance(subject, BlogPost) else subject.blog_post.topic
    job.step(_("Working your remarks in"), 30)
    remarks = job.payload["remarks"]
    inputs = material.for_rewrite(
        subject, remarks=remarks, words={"min": plan.words_min, "max": plan.words_max}
    )
    language = topic.company.language
    answer: Answer = job.remember(
        "rewrite", lambda: _ask("rewrite", language, inputs, generation.RewriteAnswer)
    )
    kept = [claim for claim in subject.version.extra.get("claims", []) if claim["sentence"] in answer["text"]]
    new = [claim for claim in answer["claims"] if claim not in kept]
    extra = {**subject.version.extra, "claims": [*kept, *new], "change_log": answer["change_log"]}
    extra = guarded(subject, title=subject.title, text=answer["text"], extra=extra)
    with job.effect():
        reason = " · ".join(remark["text"] for remark in remarks)
        add_version(
            subject,
            title=subject.title,
            text=answer["text"],
            extra=extra,
            reason=reason,
            prompt=_made_by("rewrite", job),
        )
        advance(subject, first_stage(organization))


def rewrite_part(job: RunningJob) -> None:
    """One part of an article again; the rest stays byte for byte, because nobody but us puts it together."""
    post = _subject(BlogPost.KIND, job.payload["id"])
    if not isinstance(post, BlogPost) or not _still_wanted(post, job) or post.version is None:
        return
    part = part_named(post.text, post.title, job.payload["part"])
    if part is None:
        raise WorkFailed(_("That part is not in the text any more."), permanent=True)
    job.step(_("Writing a part again"), 30)
    inputs = material.for_part(post, part, wish=job.payload["wish"])
    language = post.topic.company.language
    answer: Answer = job.remember("part", lambda: _ask("rewrite", language, inputs, generation.RewriteAnswer))
    title, text = put_back(post.title, post.text, part, answer["text"])
    before = post.version.extra
    extra = {
        **before,
        "claims": [*before.get("claims", []), *answer["claims"]],
        "change_log": answer["change_log"],
    }
    extra = guarded(post, title=title, text=text, extra=extra)
    with job.effect():
        reason = job.payload["wish"] or _("Part written again: %(name)s") % {"name": part.name[:80]}
        add_version(post, title=title, text=text, extra=extra, reason=reason)
        advance(post, first_stage(current_organization()))


def put_back(title: str, text: str, part: Part, new: str) -> tuple[str, str]:
    """Title and text with the new words in place of the part. Raises WorkFailed where they do not fit there."""
    words = new.strip()
    if part.kind == "headline":
        words = " ".join(words.lstrip("#").split())
        if not 3 <= len(words) <= 110:
            raise WorkFailed(_("The AI gave no headline that fits."), permanent=False)
    if not words or (part.kind == "paragraph" and words.startswith("#")):
        raise WorkFailed(_("The AI gave no words for this part."), permanent=False)
    return (words, text) if part.id == TITLE else (title, part.put_into(text, words))


def _ask(use: str, language: str, inputs: Answer, answer: Any) -> Answer:
    got: Answer = gateway.ask(use, language=language, inputs=inputs, answer=answer).model_dump()
    return got


def _made_by(use: str, job: RunningJob) -> str:
    """Which prompt and model wrote it, also where the answer was kept from an attempt before."""
    return gateway.made_by(use, [job.job.pk, job.job.retry_of_id])[:80]


def _still_wanted(subject: BlogPost | SocialPost, job: RunningJob) -> bool:
    """False for a job whose object has moved on since it was asked for."""
    return subject.state == "GENERATING" and subject.revision == job.payload["revision"]


def first_stage(organization: Organization) -> str:
    return "PENDING_APPROVAL" if organization.staff_stage == StaffStage.OFF else "IN_REVIEW"


def _subject(kind: str, pk: str) -> BlogPost | SocialPost | None:
    if kind == BlogPost.KIND:
        return (
            BlogPost.objects.select_related("topic__company", "topic__persona", "version")
            .filter(pk=pk)
            .first()
        )
    posts = SocialPost.objects.select_related(
        "blog_post__topic__company", "blog_post__topic__persona", "blog_post__version", "version"
    )
    return posts.filter(pk=pk).first()


def generation_failed(payload: dict[str, Any], cause: str) -> None:
    """What could not be written says so, with the cause, and can be asked for again."""
    subject = _subject(payload["kind"], payload["id"])
    if subject and subject.state == "GENERATING" and subject.revision == payload["revision"]:
        advance(subject, "FAILED", why=cause)
        allowances.give_back(payload)


def generation_wanted_again(payload: dict[str, Any]) -> dict[str, Any]:
    """What failed is being written again; the new job carries its new revision."""
    subject = _subject(payload["kind"], payload["id"])
    if subject and subject.state == "FAILED":
        again = allowances.count_again(payload)
        return {**again, "revision": advance(subject, "GENERATING").revision}
    return payload


def turn_month(job: RunningJob) -> None:
    """From the 20th of a month on: ask for the next one's topics wherever somebody is there to write."""
    from posthub.content.operations.topics import propose_month
    from posthub.core.tenancy import in_schema

    for organization in Organization.objects.filter(deleted_at__isnull=True).iterator():
        with in_schema(organization.schema_name), translation.override(organization.language):
            today = timezone.now().astimezone(ZoneInfo(organization.zone)).date()
            month = planning.first_of_next(today).strftime("%Y-%m")
            for company in Company.objects.all() if today.day >= 20 else ():
                planned = Topic.objects.filter(company=company, month=month).exists()
                writers = Persona.objects.filter(company=company, state="ACTIVE").exists()
                if writers and not planned:
                    propose_month(company, month=month, by=None)
