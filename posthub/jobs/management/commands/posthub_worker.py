from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from posthub.core.pooling import require_own_sessions
from posthub.jobs import worker


class Command(BaseCommand):
    help = "Work on background jobs: the queues named, or all of them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("queues", nargs="*", metavar="QUEUE", help=", ".join(settings.QUEUES))

    def handle(self, *args: Any, **options: Any) -> None:
        unknown = set(options["queues"]) - set(settings.QUEUES)
        if unknown:
            self.stderr.write(
                f"No such queue: {', '.join(sorted(unknown))}. There are {', '.join(settings.QUEUES)}."
            )
            raise SystemExit(2)
        require_own_sessions(settings.DATABASES["default"])
        worker.serve(options["queues"] or list(settings.QUEUES))
