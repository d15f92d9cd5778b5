from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "posthub.jobs"

    def ready(self) -> None:
        # Web processes ask for work by name, so they too must know the names.
        autodiscover_modules("tasks")
