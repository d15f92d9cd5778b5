"""What the log shows are words: every code that is written has a name."""

import re

from django.apps import apps

from posthub.lifecycle.models import Stateful
from posthub.organizations.actions import in_words
from tests.guards.source import ROOT

CODE = re.compile(r"""(?:record|Said|_note|_record)\(\s*(?:organization,\s*)?"([a-z_]+\.[a-z_]+)\"""")


def test_every_move_of_every_kind_has_a_name() -> None:
    kinds = [model for model in apps.get_models() if issubclass(model, Stateful)]
    codes = {f"{model.KIND}.{state.lower()}" for model in kinds for state in model.MOVES}
    assert len(codes) > 20
    assert [code for code in sorted(codes) if in_words(code) == code] == []


def test_every_code_in_the_source_has_a_name() -> None:
    codes = {
        code
        for path in (ROOT / "posthub").rglob("*.py")
        for code in CODE.findall(path.read_text(encoding="utf-8"))
    }
    assert len(codes) > 10
    assert [code for code in sorted(codes) if in_words(code) == code] == []
