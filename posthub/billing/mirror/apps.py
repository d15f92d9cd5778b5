from django.apps import AppConfig


class MirrorConfig(AppConfig):
    """dj-stripe's models. Its own start also asks the database for its web hooks, which PostHub has no use for."""

    name = "djstripe"
    default_auto_field = "django.db.models.AutoField"

    def ready(self) -> None:
        # What Stripe answers behaves like a dictionary again, as dj-stripe expects.
        from djstripe import _stripe_compat  # noqa: F401
