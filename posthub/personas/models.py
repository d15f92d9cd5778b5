"""Writers' voices, as many active as the plan allows, and the rules that hold for all of them."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from posthub.company.models import Company
from posthub.lifecycle.models import Stateful


class Persona(Stateful):
    """`voice` is the whole PersonaDraft as the gateway validated it; the other fields are what was edited."""

    KIND = "persona"
    MOVES = {
        "DRAFT": frozenset({"ACTIVE", "RETIRED"}),
        "ACTIVE": frozenset({"RETIRED"}),
        "RETIRED": frozenset({"ACTIVE"}),
    }

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="personas")
    batch = models.PositiveIntegerField(default=0)
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("name"), max_length=60)
    role_title = models.CharField(_("who it is"), max_length=80)
    one_line = models.CharField(_("style in one line"), max_length=140)
    sample = models.TextField(_("sample paragraph"))
    voice = models.JSONField()

    class Meta:
        ordering = ["batch", "position"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("personas:persona", args=[self.pk])

    def as_input(self) -> dict[str, Any]:
        """The persona as the AI is given it (docs/ai-inputs.md)."""
        own = {
            "name": self.name,
            "role_title": self.role_title,
            "one_line": self.one_line,
            "sample": self.sample,
        }
        return {**self.voice, **own, "id": str(self.pk)}


class VoiceRule(Stateful):
    """What people asked for more than this once: "say guest, not customer". Given to every later prompt while ACTIVE.

    `avoid` and `instead` are the words it is about, where it is about words; `text` says it for people and the AI.
    `source` is what was being read when it was asked for, `asked` how many times that was.
    """

    KIND = "voice_rule"
    MOVES = {
        "PROPOSED": frozenset({"ACTIVE", "DISMISSED"}),
        "ACTIVE": frozenset({"RETIRED"}),
        "RETIRED": frozenset({"ACTIVE"}),
        "DISMISSED": frozenset({"ACTIVE"}),
    }

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="voice_rules")
    text = models.CharField(_("rule"), max_length=300)
    avoid = models.CharField(max_length=80, blank=True)
    instead = models.CharField(max_length=80, blank=True)
    asked = models.PositiveSmallIntegerField(default=1)
    source_kind = models.CharField(max_length=20, blank=True)
    source_id = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [models.UniqueConstraint(fields=["company", "text"], name="voice_rule_once")]

    def __str__(self) -> str:
        return self.text
