"""`make quality`: the pipeline over all fictional companies; a line for each, what was found, one JSON line last."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))
TEST = "tests/quality/test_pipeline_quality.py"


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--texts", default="4", help="articles written for each company, with their posts")
    asked.add_argument("--only", default="", help="part of a company's name")
    asked.add_argument("--detail", action="store_true", help="every point, finding and claim by itself")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="posthub-quality-") as directory:
        report = Path(directory) / "report.jsonl"
        environment = {**os.environ, "QUALITY_REPORT": str(report), "QUALITY_TEXTS": given.texts}
        chosen = ["-k", given.only] if given.only else []
        command = [sys.executable, "tests/run.py", TEST, "-q", "-p", "no:warnings", *chosen]
        done = subprocess.run(command, cwd=ROOT, env=environment, stdout=sys.stderr)
        lines = report.read_text(encoding="utf-8").splitlines() if report.exists() else []
    show([json.loads(line) for line in lines], detail=given.detail)
    return done.returncode


def show(rows: list[dict[str, object]], *, detail: bool) -> None:
    from tests.quality.reporting import Measured, line, summary
    from tests.quality.scoring import Score

    measured = [Measured(**{**row, "score": Score(**row["score"])}) for row in rows]  # type: ignore[arg-type]
    for one in measured:
        print(line(one))
        for finding in one.findings if detail else one.blocking:
            print(f"    {finding['severity']} {finding['rule']}: {finding['cause']} ({finding['where']})")
        for sentence in one.unverified if detail else one.unverified[:3]:
            print(f"    unverified {sentence}")
        if detail:
            print("    wrong", *one.score.items_wrong, sep="\n        ")
            print("    missed", *one.score.items_missed, sep="\n        ")
    print(json.dumps(summary(measured), ensure_ascii=False))


if __name__ == "__main__":
    sys.exit(main())
