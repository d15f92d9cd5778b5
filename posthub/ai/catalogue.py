"""The providers there are and the shapes of their answers, by name. Read by the settings: no models here."""

from django.core.exceptions import ImproperlyConfigured

PROVIDERS = {
    "offline": "posthub.ai.providers.offline.provider.OfflineProvider",
    "gemini": "posthub.ai.providers.gemini.Gemini",
    "perplexity": "posthub.ai.providers.perplexity.Perplexity",
    "openai_compatible": "posthub.ai.providers.openai_compatible.OpenAICompatible",
    "omni": "posthub.ai.providers.film.Omni",
    "veo": "posthub.ai.providers.film.Veo",
}
# use → the shape of its answer, which stands beside the domain that owns it
ANSWERS = {
    "dna": "posthub.company.generation.DnaAnswer",
    "personas": "posthub.personas.generation.PersonasAnswer",
    **{
        use: f"posthub.content.generation.{use.title()}Answer"
        for use in ("topics", "outline", "section", "social", "rewrite")
    },
}


def known(variable: str, chain: list[str]) -> list[str]:
    """The chain, if every step of it is a provider of ours: "gemini" or "gemini:model"."""
    for entry in chain:
        if entry.partition(":")[0] not in PROVIDERS:
            raise ImproperlyConfigured(f"{variable}: {entry!r} is none of {', '.join(PROVIDERS)}.")
    return chain
