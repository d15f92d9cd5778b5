from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from posthub.ui import reference
from posthub.ui.templatetags import ui  # noqa: F401  registers every component


class Command(BaseCommand):
    help = "Writes docs/components.md from the components themselves."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        target = Path(settings.ROOT) / "docs" / "components.md"
        target.write_text(reference.as_markdown(), encoding="utf-8")
        self.stdout.write(f"{target.relative_to(settings.ROOT)} written")
