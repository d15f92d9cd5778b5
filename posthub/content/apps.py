from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "posthub.content"

    def ready(self) -> None:
        from posthub.content import receivers  # noqa: F401
