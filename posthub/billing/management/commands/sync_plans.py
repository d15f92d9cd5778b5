from typing import Any

from django.core.management.base import BaseCommand, CommandError

from posthub.billing.catalogue import sync_plans
from posthub.billing.queries import sells
from posthub.core.errors import WorkFailed


class Command(BaseCommand):
    help = "Makes Stripe's products and prices what our plans, add-ons and prices say."

    def handle(self, *args: Any, **options: Any) -> None:
        if not sells():
            raise CommandError("STRIPE_SECRET_KEY is not set: there is nothing to sell with.")
        try:
            synced = sync_plans()
        except WorkFailed as problem:
            raise CommandError(problem.message) from problem
        for line in synced.done:
            self.stdout.write(line)
        self.stdout.write(f"{len(synced.done)} changes")
