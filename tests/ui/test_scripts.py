"""What the modules think, tested in the Node that Playwright brings along; what they do is tested in the journeys."""

import re
import subprocess
from pathlib import Path

from playwright._impl._driver import compute_driver_executable

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "static" / "js"


def test_the_modules_think_right() -> None:
    node = compute_driver_executable()[0]
    done = subprocess.run(
        [node, "--test", *sorted((ROOT / "tests" / "scripts").glob("*.test.mjs"))],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    passed = re.search(r"pass (\d+)", done.stdout)
    assert passed is not None
    assert int(passed[1]) >= 7


def test_what_few_pages_need_is_loaded_by_those_only() -> None:
    entry = (SCRIPTS / "posthub.js").read_text()
    always = set(re.findall(r'^import .*?"\./([\w-]+\.js)"', entry, re.MULTILINE))
    later = set(re.findall(r'import\("\./([\w-]+\.js)"\)', entry))
    assert always & later == set()
    imported = {
        name
        for path in SCRIPTS.glob("*.js")
        for name in re.findall(r'from "\./([\w-]+\.js)"', path.read_text())
    }
    ours = {path.name for path in SCRIPTS.glob("*.js")} - {"posthub.js", "calendar.js"}
    assert ours <= always | later | imported
