"""Whether markup is valid: a strict HTML 5 parser, and html-validate where Node's tools are installed."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import html5lib

TOOLS = Path(__file__).resolve().parents[2] / "tools"
# A page of ours never runs in quirks mode, and what stands in a <noscript> is markup to somebody without scripts.
ACCEPTED: frozenset[str] = frozenset()


def parse_errors(markup: str) -> list[str]:
    """What a browser would have to mend."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"))
    parser.parse(markup)
    return [
        f"line {place[0]}: {html5lib.constants.E.get(code, code) % data}"
        for place, code, data in parser.errors
        if code not in ACCEPTED
    ]


def rule_breaches(files: Mapping[str, Path]) -> dict[str, list[str]]:
    """What html-validate finds in each file, by the name given; nothing where it is not installed."""
    program = TOOLS / "node_modules" / ".bin" / "html-validate"
    if not program.exists() or not shutil.which("node"):
        return {}
    folder = next(iter(files.values())).parent
    told = folder / "breaches.json"  # a pipe is cut off where there is much to tell
    command = [str(program), "--config", str(TOOLS / "html-validate.json"), "--formatter", f"json={told}"]
    subprocess.run([*command, str(folder)], capture_output=True)
    reports: list[dict[str, Any]] = json.loads(told.read_text(encoding="utf-8"))
    by_file = {Path(report["filePath"]).name: report["messages"] for report in reports}
    return {
        name: [
            f"line {one['line']}: {one['ruleId']}: {one['message']} {one.get('selector') or ''}"
            for one in by_file.get(path.name, [])
        ]
        for name, path in files.items()
    }


def validators() -> list[str]:
    installed = (TOOLS / "node_modules" / ".bin" / "html-validate").exists() and shutil.which("node")
    return ["html5lib", *(["html-validate"] if installed else [])]
