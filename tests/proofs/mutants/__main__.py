"""`make mutants`: removes one guard at a time from a copy of the source; a test must notice each time.

The last line but one says "22 of 22 caught", the last is JSON. With words, only guards whose name holds one of
them are tried: python -m tests.proofs.mutants fence lease
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from posthub.core import embedded
from tests.proofs.mutants.guards import GUARDS, Guard

ROOT = Path(__file__).resolve().parents[3]
SECONDS = 600


def main(words: list[str]) -> int:
    guards = [guard for guard in GUARDS if not words or any(word in guard.name for word in words)]
    with tempfile.TemporaryDirectory(prefix="posthub-mutants-") as directory:
        # PostgreSQL may have to run as somebody else, who must be able to come in.
        Path(directory).chmod(0o711)
        tree = copied_tree(Path(directory) / "tree")
        with embedded.serving(Path(directory) / "data", durable=False) as url:
            tests = sorted({test for guard in guards for test in guard.tests})
            code, said = run(tree, url, tests)
            if code:
                print(f"The tests fail with all guards in place:\n{said}")
                return 1
            survivors = [guard.name for guard in guards if not is_caught(guard, tree, url)]
    caught = len(guards) - len(survivors)
    print(f"{caught} of {len(guards)} caught")
    print(json.dumps({"guards": len(guards), "caught": caught, "survivors": survivors}))
    return int(bool(survivors))


def copied_tree(tree: Path) -> Path:
    """What the repository holds, and what is new in it."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, tree / name)
    return tree


def is_caught(guard: Guard, tree: Path, url: str) -> bool:
    path = tree / guard.file
    whole = path.read_text()
    if guard.source not in whole:
        print(f"NOT FOUND  {guard.name}: {guard.file} holds no {guard.source!r}", flush=True)
        return False
    path.write_text(whole.replace(guard.source, guard.mutant))
    try:
        code, said = run(tree, url, list(guard.tests))
    finally:
        path.write_text(whole)
    # A test has to fail by what it says; one that cannot even begin proves nothing.
    caught = code == 1 and any(f"FAILED {test.partition('::')[0]}" in said for test in guard.tests)
    print(f"{'caught' if caught else 'SURVIVED'}  {guard.name}", flush=True)
    if not caught:
        print(said[-2000:], flush=True)
    return caught


def run(tree: Path, url: str, tests: list[str]) -> tuple[int, str]:
    # Bytecode is told from its source by time and size, which a quick change may leave as they were.
    environment = os.environ | {"DATABASE_URL": url, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "--tb=line", "--show-capture=no", *tests]
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, timeout=SECONDS)
    return done.returncode, done.stdout + done.stderr


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
