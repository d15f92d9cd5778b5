from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "posthub.core"

    def ready(self) -> None:
        from posthub.core import checks, folding  # noqa: F401

        folding.register()
