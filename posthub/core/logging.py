"""Log lines that say for whom: request, organization and job stand in every one."""

import contextvars
import json
import logging
from typing import Any

request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="")
job_id: contextvars.ContextVar[str] = contextvars.ContextVar("job_id", default="")
organization: contextvars.ContextVar[str] = contextvars.ContextVar("organization", default="")


# Where a decision comes from, for the audit log: the address ("ip"), and by what way ("via", "link").
origin: contextvars.ContextVar[dict[str, str]] = contextvars.ContextVar("origin", default={})  # noqa: B039


class ContextFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        record.job = job_id.get()
        record.organization = organization.get()
        return True


class LineFormatter(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        for name, attribute in (("request", "request_id"), ("organization", "organization"), ("job", "job")):
            if value := getattr(record, attribute, ""):
                line[name] = value
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def lines_to_stderr(level: str) -> dict[str, Any]:
    """The LOGGING setting."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"context": {"()": "posthub.core.logging.ContextFilter"}},
        "formatters": {"line": {"()": "posthub.core.logging.LineFormatter"}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "filters": ["context"], "formatter": "line"}
        },
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            name: {"level": "WARNING"} for name in ("huey", "httpx", "httpx2", "google_genai", "stripe")
        },
    }
