from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "posthub.core"

    def ready(self) -> None:
        from posthub.core import checks, folding  # noqa: F401

        folding.register()
        autodiscover_modules("letters")  # the catalogue of mails, see posthub.accounts.mail
