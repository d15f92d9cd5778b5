"""What the pages say, in the language of whoever looks: looked up in the catalogue the pages use."""

from dataclasses import dataclass

from django.utils import translation


@dataclass(frozen=True)
class Words:
    language: str

    def __call__(self, source: str, **values: object) -> str:
        with translation.override(self.language):
            text = translation.gettext(source)
            return text % values if values else text

    def plural(self, one: str, many: str, count: int) -> str:
        with translation.override(self.language):
            return translation.ngettext(one, many, count) % {"count": count}
