"""Noting the sentences that may be repeated. A number once given to a sentence is never given to another."""

from dataclasses import dataclass

from posthub.company.models import Company, Document, Fact


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    kind: str
    subject: str = ""
    source_url: str = ""


def note_facts(company: Company, sentences: list[Sentence], *, document: Document | None) -> int:
    """Make the facts of the site (or of `document`) these sentences; returns how many are new.

    What stands there still keeps its number and its refusal. What is gone from the site is forgotten,
    unless the client refused it: then it stays, so that it is refused if it comes back. `company` is locked.
    """
    found = {sentence.text: sentence for sentence in sentences}
    known = {fact.text: fact for fact in company.facts.all()}
    own = [fact for fact in known.values() if fact.document_id == (document.pk if document else None)]
    gone = [fact.pk for fact in own if fact.text not in found and not fact.refused]
    Fact.objects.filter(pk__in=gone).delete()
    for fact in own:
        sentence = found.get(fact.text)
        if sentence and (fact.source_url, fact.kind) != (sentence.source_url, sentence.kind):
            fact.source_url, fact.kind, fact.subject = sentence.source_url, sentence.kind, sentence.subject
            fact.save()
    new = [sentence for text, sentence in found.items() if text not in known]
    Fact.objects.bulk_create(
        Fact(
            company=company,
            document=document,
            text=sentence.text[:400],
            kind=sentence.kind,
            subject=sentence.subject[:160],
            source_url=sentence.source_url[:500],
            position=company.facts_given + number,
        )
        for number, sentence in enumerate(new)
    )
    company.facts_given += len(new)
    company.save(update_fields=["facts_given", "updated_at"])
    return len(new)
