"""What can be set, and what runs by itself, is written down."""

import re

from django.conf import settings

from posthub.core.tasks import tasks
from tests.guards.source import ROOT

SETTINGS_PAGE = ROOT / "docs" / "settings.md"
READERS = re.compile(r"env\.(?:text|words|flag|whole|hosts|endpoints|url|secret|path)\(\s*\"([A-Z_]+)\"")


def test_every_setting_from_the_environment_is_documented_and_nothing_else() -> None:
    read = set(READERS.findall((ROOT / "posthub" / "settings.py").read_text()))
    documented = set(re.findall(r"^\| `([A-Z_]+)`", SETTINGS_PAGE.read_text(), re.MULTILINE))
    assert documented == read


def test_every_queue_is_documented_with_its_figures() -> None:
    rows = re.findall(r"^\| `([a-z_]+)` \| (\d+) \| (\d+) s", SETTINGS_PAGE.read_text(), re.MULTILINE)
    assert {name: (int(most), int(seconds)) for name, most, seconds in rows} == settings.QUEUES


def test_every_task_runs_in_a_queue_that_has_a_worker() -> None:
    assert {task.queue for task in tasks().values()} <= set(settings.QUEUES)
    procfile = (ROOT / "Procfile").read_text()
    assert set(re.findall(r"posthub_worker (\w+)", procfile)) == set(settings.QUEUES)


def test_every_decision_says_what_was_chosen_and_at_what_price() -> None:
    for path in sorted((ROOT / "docs" / "decisions").glob("*.md")):
        text = path.read_text()
        assert re.fullmatch(r"\d{3}-[a-z0-9-]+\.md", path.name), path.name
        assert [part for part in ("Choice", "Price") if f"**{part}.**" not in text] == [], path.name
