from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "posthub.organizations"

    def ready(self) -> None:
        from posthub.organizations import receivers  # noqa: F401
