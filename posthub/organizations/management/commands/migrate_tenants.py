from typing import Any

from django.core.management.base import BaseCommand

from posthub.core.tasks import make_transport_tables
from posthub.organizations.provisioning import migrate_everything


class Command(BaseCommand):
    help = "Bring the database up to this release: public schema, template for new organizations, each organization."

    def handle(self, *args: Any, **options: Any) -> None:
        migrate_everything()
        make_transport_tables()
