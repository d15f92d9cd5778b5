from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "posthub.ui"
    label = "ui"
    verbose_name = "Visual Book"
