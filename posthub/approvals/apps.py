from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "posthub.approvals"

    def ready(self) -> None:
        from posthub.approvals import receivers  # noqa: F401
