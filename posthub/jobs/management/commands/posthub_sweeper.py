from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from posthub.core.pooling import require_own_sessions
from posthub.jobs import sweeper


class Command(BaseCommand):
    help = "Free the jobs of dead workers, give lost hints again, start periodic work. Run one or more."

    def handle(self, *args: Any, **options: Any) -> None:
        require_own_sessions(settings.DATABASES["default"])
        sweeper.serve()
