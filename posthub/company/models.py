"""The client's company: its DNA in versions, the facts it states, the documents it gave."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from posthub.core.models import Row
from posthub.lifecycle.models import Stateful


class Company(Row):
    """`language` is what its content is written in. `read_at` is when its website was last read.

    `facts_given` counts the facts ever noted: a fact's number is never given to another sentence.
    """

    name = models.CharField(_("company name"), max_length=160)
    website = models.URLField(_("website"), blank=True, max_length=300)
    language = models.CharField(
        _("content language"), max_length=5, choices=[("cs", "Čeština"), ("en", "English")], default="cs"
    )
    read_at = models.DateTimeField(null=True, blank=True)
    pages_read = models.JSONField(default=list)  # [{"url", "title", "status"}]
    facts_given = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class Dna(Stateful):
    """One version of what is known about the company. At most one is accepted at a time."""

    KIND = "dna"
    MOVES = {
        "DRAFT": frozenset({"ACCEPTED", "DISMISSED"}),
        "ACCEPTED": frozenset({"REPLACED"}),
        "REPLACED": frozenset(),
        "DISMISSED": frozenset(),
    }

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="dna_number_once"),
            models.UniqueConstraint(
                fields=["company"], condition=Q(state="ACCEPTED"), name="dna_accepted_once"
            ),
        ]


class Verdict(models.TextChoices):
    UNCHECKED = "unchecked", _("To check")
    RIGHT = "right", _("Right")
    WRONG = "wrong", _("Wrong")
    NEVER = "never", _("Never say")


class DnaPoint(Row):
    """One point: what is said, where it stands, how sure we are, and what the client thinks of it.

    A point with a verdict other than unchecked is never overwritten by a new reading.
    """

    dna = models.ForeignKey(Dna, on_delete=models.CASCADE, related_name="points")
    key = models.CharField(max_length=60)
    value = models.JSONField(null=True, blank=True)
    source_url = models.CharField(max_length=500, blank=True)
    quote = models.CharField(max_length=600, blank=True)
    confidence = models.FloatField(default=0)
    inferred = models.BooleanField(default=False)
    verdict = models.CharField(max_length=10, choices=Verdict, default=Verdict.UNCHECKED)
    by_person = models.BooleanField(default=False)
    refused_values = models.JSONField(default=list)  # values refused before somebody put the right one in

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dna", "key"], name="dna_point_once")]
        ordering = ["key"]


class Document(Stateful):
    """A file the client gave; its text is extracted by a job."""

    KIND = "document"
    MOVES = {
        "READING": frozenset({"READY", "FAILED"}),
        "FAILED": frozenset({"READING"}),
        "READY": frozenset(),
    }

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="documents")
    name = models.CharField(_("name"), max_length=200)
    file = models.FileField(max_length=300)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name


class Fact(Row):
    """A sentence of the website or of a document that may be repeated in articles."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="facts")
    document = models.ForeignKey(
        Document, null=True, blank=True, on_delete=models.CASCADE, related_name="facts"
    )
    text = models.CharField(max_length=400)
    kind = models.CharField(max_length=12)
    subject = models.CharField(max_length=160, blank=True)
    source_url = models.CharField(max_length=500, blank=True)
    position = models.PositiveIntegerField()
    refused = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["company", "text"], name="fact_once")]
