from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "posthub.accounts"

    def ready(self) -> None:
        from posthub.accounts import receivers  # noqa: F401
