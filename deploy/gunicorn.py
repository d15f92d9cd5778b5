"""gunicorn's settings, for production and demo alike: threads, because the pages wait for the database."""

import os
from pathlib import Path
from typing import Any

from posthub.core.processes import tie_to_parent

bind = os.environ.get("WEB_BIND", f"127.0.0.1:{os.environ.get('PORT', '8000')}")
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
# Django is imported once and shared by the workers; nothing of it opens a connection while being imported.
preload_app = True
timeout = 60
graceful_timeout = 5
keepalive = 5
max_requests = 5000
max_requests_jitter = 500
# Addresses of review links are secrets: no access log here; the application logs requests without them.
accesslog = None
errorlog = "-"
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - gunicorn's own advice


def on_starting(server: Any) -> None:
    from django.conf import settings

    from posthub.core.pooling import require_own_sessions

    require_own_sessions(settings.DATABASES["default"])


def post_fork(server: Any, worker: Any) -> None:
    # Workers of a killed server would keep its port.
    tie_to_parent()
