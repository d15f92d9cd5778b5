from importlib import import_module

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "posthub.ui"
    label = "ui"
    verbose_name = "Visual Book"

    def ready(self) -> None:
        import_module(
            "posthub.ui.templatetags.ui"
        )  # the table of components is whole before anybody reads it
