"""The bound of `--cov-fail-under` holds for branches alone, too: the total with its many lines would hide them.

Read from coverage's own JSON report, so it counts where a run is asked for one (`--cov-report=json:FILE`).
"""

import json
from pathlib import Path
from typing import Any

import pytest

SHARE = pytest.StashKey[float]()


def branch_share(report: Path) -> float:
    """Percent of the branches that were taken."""
    totals = json.loads(report.read_text())["totals"]
    return 100 * float(totals["covered_branches"]) / max(1, totals["num_branches"])


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> Any:
    """Around pytest-cov, which has written its report by the end of the loop."""
    result = yield
    options = session.config.option
    report = (getattr(options, "cov_report", None) or {}).get("json")
    if report and not hasattr(session.config, "workerinput"):
        share = session.config.stash[SHARE] = branch_share(Path(report))
        if share < (options.cov_fail_under or 0):
            session.testsfailed += 1
    return result


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if (share := config.stash.get(SHARE, None)) is not None:
        least = config.option.cov_fail_under or 0
        colour = {"red": True} if share < least else {"green": True}
        terminalreporter.write_line(f"Branches alone: {share:.2f}% of at least {least:g}%", **colour)
