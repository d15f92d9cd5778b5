"""`python -m tests.proofs.lighthouse`: how Lighthouse judges the demo's pages on a phone; the last line is JSON.

{"pages": {name: {"performance", "accessibility", "best_practices", "cls", "tbt_ms", "lcp_ms", "bytes"}}, "runs"}. The
median of the runs counts. CHROME_PATH names the browser, where it is none of the usual ones.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.proofs.gallery.__main__ import demo
from tests.run import ROOT, chromium
from tests.support.ports import free_port

PROGRAM = ROOT / "tests" / "tools" / "lighthouse" / "node_modules" / ".bin" / "lighthouse"
ARTEFACTS = ROOT / "test-artefacts" / "lighthouse"
# Name: organization's label, "" for the apex, and path.
PAGES = {
    "landing": ("", "/"),
    "dashboard": ("podhorka", "/"),
    "inbox": ("podhorka", "/inbox/"),
    "calendar": ("podhorka", "/calendar/"),
    "billing": ("podhorka", "/billing/"),
}
TRIES = 4
LEAST = {"performance": 95, "accessibility": 100, "best_practices": 100}
MOST = {"cls": 0.001, "tbt_ms": 100}


def measured(url: str, session: str, path: Path) -> dict[str, Any]:
    """In a browser that is signed in: headers that Lighthouse adds itself would not go with the page's own requests."""
    for _try in range(TRIES):
        with tempfile.TemporaryDirectory() as profile, sync_playwright() as program:
            port = free_port()
            context = program.chromium.launch_persistent_context(
                profile,
                executable_path=os.environ.get("CHROME_PATH") or chromium(),
                args=["--no-sandbox", f"--remote-debugging-port={port}"],
            )
            if session:
                context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
            found = run_once(url, port, path)
            context.close()
        if found and None not in found.values():
            return found
    raise SystemExit(f"{url}: Lighthouse came to no judgement in {TRIES} tries")


def run_once(url: str, port: int, path: Path) -> dict[str, Any]:
    """Nothing where Lighthouse itself broke off, as it does now and then: "Please run Lighthouse again"."""
    command = [
        str(PROGRAM), url, "--quiet", "--output=json", f"--output-path={path}", f"--port={port}",
        "--only-categories=performance,accessibility,best-practices",
    ]  # fmt: skip
    if subprocess.run(command, stdout=subprocess.DEVNULL).returncode:
        return {}
    return figures(json.loads(path.read_text(encoding="utf-8")))


def figures(report: dict[str, Any]) -> dict[str, Any]:
    if report["finalDisplayedUrl"].split("?")[0].endswith("/accounts/login/"):
        raise SystemExit(f"{report['requestedUrl']}: not signed in")
    # None where one of its audits broke off, as happens on a machine that has no time.
    scores = {
        name.replace("-", "_"): None if one["score"] is None else round(100 * one["score"])
        for name, one in report["categories"].items()
    }
    value = {name: report["audits"][name]["numericValue"] for name in AUDITS}
    return scores | {
        "cls": round(value["cumulative-layout-shift"], 4),
        "tbt_ms": round(value["total-blocking-time"]),
        "lcp_ms": round(value["largest-contentful-paint"]),
        "bytes": round(value["total-byte-weight"]),
    }


AUDITS = (
    "cumulative-layout-shift", "total-blocking-time", "largest-contentful-paint", "total-byte-weight",
)  # fmt: skip


def median(runs: list[dict[str, Any]]) -> dict[str, Any]:
    return {name: statistics.median(run[name] for run in runs) for name in runs[0]}


def missed(found: dict[str, Any]) -> list[str]:
    low = [f"{name} {found[name]} < {least}" for name, least in LEAST.items() if found[name] < least]
    return low + [f"{name} {found[name]} > {most}" for name, most in MOST.items() if found[name] > most]


def session_of(label: str) -> str:
    """A session of the demo's client on that organization's host."""
    from posthub.accounts.models import User
    from posthub.demo.cast import CLIENT
    from posthub.organizations.models import Organization
    from tests.proofs.gallery.places import place
    from tests.proofs.gallery.tour import signed_in

    if not label:
        return ""
    person = User.objects.get(email=CLIENT.email)
    organization = Organization.objects.get(domains__domain__startswith=f"{label}.")
    client = signed_in(person, place("filled", organization, {"supervisor": person}), "cs")
    return str(client.cookies["sessionid"].value)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="tests.proofs.lighthouse", description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", nargs="+", default=list(PAGES), choices=list(PAGES))
    chosen = parser.parse_args(arguments)
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    with demo() as port:
        import django

        django.setup()
        found = {}
        for name in chosen.only:
            label, path = PAGES[name]
            url = f"http://{label + '.' if label else ''}posthub.localhost:{port}{path}"
            session = session_of(label)
            runs = [
                measured(url, session, ARTEFACTS / f"{name}-{number}.json") for number in range(chosen.runs)
            ]
            found[name] = median(runs)
            print(
                f"{name:10}",
                *(f"{key} {value}" for key, value in found[name].items()),
                *missed(found[name]),
                sep="  ",
            )
    print(json.dumps({"pages": found, "runs": chosen.runs}), flush=True)
    return 1 if any(missed(page) for page in found.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
