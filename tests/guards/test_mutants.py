"""`make mutants` can only remove what it finds: each guard stands in the source as listed, and so does its test."""

from tests.guards.source import ROOT
from tests.proofs.mutants.guards import GUARDS


def test_every_guard_stands_in_the_source_as_it_is_listed() -> None:
    assert [guard.name for guard in GUARDS if guard.source not in (ROOT / guard.file).read_text()] == []
    assert len({guard.name for guard in GUARDS}) == len(GUARDS) >= 12


def test_every_test_that_must_notice_is_there() -> None:
    named = [test.split("::") for guard in GUARDS for test in guard.tests]
    missing = [name for file, name in named if f"def {name}(" not in (ROOT / file).read_text()]
    assert missing == []
