"""`manage.py posthub_worker` with the tests' tasks: python -m tests.jobs.worker_process QUEUE…"""

import os
import sys

import django

from posthub.core import processes

assert processes  # remembers who started this process, as manage.py has it do

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "posthub.settings")
    django.setup()
    from django.core.management import execute_from_command_line

    import tests.jobs.tasks_for_tests  # noqa: F401

    execute_from_command_line(["manage.py", "posthub_worker", *sys.argv[1:]])
