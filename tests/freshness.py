"""What is generated and committed must be what its sources give: `python tests/freshness.py NAME…`.

`templates`: formatted as djade does it; `messages`: every .mo compiled from its .po; `css`: the style sheet
and the icons built from theme/ (only where npm is present).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
BUILT = {"css": ROOT / "static/css/posthub.css", "icons": ROOT / "static/icons.svg"}


def templates() -> str | None:
    # Components stand inside lines and quoted text, where the line end that djade adds would show.
    files = [path for path in sorted((ROOT / "templates").rglob("*.html")) if "ui" not in path.parts]
    if not files:
        return None
    djade = Path(sys.executable).parent / "djade"
    done = subprocess.run([djade, "--target-version", "5.2", "--check", *files])
    return "templates: run djade over the files named above" if done.returncode else None


def messages() -> str | None:
    for source in sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po")):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.read_bytes() != polib.pofile(str(source)).to_binary():
            return f"messages: {compiled.relative_to(ROOT)} is not compiled from its .po; run `make messages`"
    return None


def css() -> str | None:
    theme = ROOT / "theme"
    if not shutil.which("npm") or not (theme / "package.json").exists():
        _say("css: npm is not here, so the committed style sheet is taken as it is")
        return None
    if not (theme / "node_modules").exists() and not _install(theme):
        _say("css: npm could not install theme/'s packages, so the committed style sheet is taken as it is")
        return None
    for script, path in BUILT.items():
        committed = path.read_bytes() if path.exists() else b""
        try:
            subprocess.run(["npm", "run", "--silent", script], cwd=theme, check=True, stdout=sys.stderr)
            fresh = path.read_bytes()
        finally:
            path.write_bytes(committed)
        if fresh != committed:
            return f"css: {path.relative_to(ROOT)} is not what theme/ builds; run `make css`"
    return None


def _install(theme: Path) -> bool:
    # Not `npm ci`: it refuses a lock file that lacks the optional packages of other platforms.
    command = ["npm", "install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"]
    try:
        return subprocess.run(command, cwd=theme, stdout=sys.stderr, timeout=180).returncode == 0
    except subprocess.TimeoutExpired:
        return False


CHECKS = {"templates": templates, "messages": messages, "css": css}


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def main(names: list[str]) -> int:
    problems = [problem for name in names if (problem := CHECKS[name]())]
    for problem in problems:
        _say(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
