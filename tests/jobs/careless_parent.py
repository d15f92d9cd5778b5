"""Starts a worker and a sweeper as a shell would, with nothing that ties them to it, and writes down which."""

import subprocess
import sys
import time
from pathlib import Path

if __name__ == "__main__":
    commands = (["-m", "tests.jobs.worker_process", "quick"], ["manage.py", "posthub_sweeper"])
    children = [subprocess.Popen([sys.executable, *command]) for command in commands]
    Path(sys.argv[1]).write_text(" ".join(str(child.pid) for child in children))
    time.sleep(600)
