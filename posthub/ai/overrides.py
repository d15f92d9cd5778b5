"""Prompts as they are published: the file, or what staff put in its place."""

import difflib
import tomllib
from typing import Any

from django.db import transaction
from django.db.models import Max

from posthub.ai.models import PromptOverride
from posthub.ai.prompts import Prompt, PromptError, front_and_body, render, source_of

DRAFT = 0  # the version of a text that is being tried and not published


def current(name: str) -> PromptOverride | None:
    """What counts now; None where it is the file."""
    newest = PromptOverride.objects.filter(name=name).order_by("-version").first()
    return newest if newest and newest.body else None


def rendered(name: str, *, body: str | None = None, **variables: Any) -> Prompt:
    """The prompt with its variables: `body` where something unpublished is tried, else what counts now."""
    if body:
        return render(name, body=_whole(name, DRAFT, body), **variables)
    override = current(name)
    if override is None:
        return render(name, **variables)
    return render(name, body=_whole(name, override.version, override.body), **variables)


def file_body(name: str) -> str:
    return front_and_body(name, source_of(name))[1]


def file_version(name: str) -> int:
    return int(tomllib.loads(front_and_body(name, source_of(name))[0])["version"])


def current_body(name: str) -> str:
    override = current(name)
    return override.body if override else file_body(name)


def refuse_unsound(name: str, body: str) -> None:
    """Raise PromptError where a text lacks a variable, knows a stranger, or holds the data twice."""
    head = tomllib.loads(front_and_body(name, source_of(name))[0])
    variables = {variable: f"\x00{variable}\x00" for variable in head["variables"]}
    text = render(name, body=_whole(name, DRAFT, body), **variables).text
    for variable, value in variables.items():
        if variable in {"data", "schema", "subject"} and text.count(value) != 1:
            raise PromptError(f"{{{{ {variable} }}}} has to stand in it once.")


@transaction.atomic
def publish(name: str, *, body: str, note: str, by: Any) -> PromptOverride:
    """Make `body` the next version; an empty one goes back to the file."""
    if body:
        refuse_unsound(name, body)
    rows = PromptOverride.objects.select_for_update().filter(name=name)
    latest = max([file_version(name), *rows.values_list("version", flat=True)])
    return PromptOverride.objects.create(
        name=name, version=latest + 1, body=body, note=note[:300], published_by=by
    )


def roll_back(to: PromptOverride, *, by: Any) -> PromptOverride:
    """What an earlier version said becomes the newest; nothing that was published is changed or lost."""
    return publish(to.name, body=to.body, note=f"Back to version {to.version}", by=by)


def difference(before: str, after: str) -> str:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), "before", "after", lineterm="")
    return "\n".join(lines)


def newest_versions() -> dict[str, int]:
    rows = PromptOverride.objects.values("name").annotate(newest=Max("version"))
    return {row["name"]: row["newest"] for row in rows}


def _whole(name: str, version: int, body: str) -> str:
    """The text with the front matter of its file, but for the version."""
    head = tomllib.loads(front_and_body(name, source_of(name))[0])
    variables = ", ".join(f'"{variable}"' for variable in head["variables"])
    front = f'name = "{head["name"]}"\nversion = {version}\nvariables = [{variables}]'
    return f"+++\n{front}\n+++\n{body.strip()}\n"
