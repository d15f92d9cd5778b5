"""/api/health/: is this installation able to work? Answered on every host name, before tenancy."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.module_loading import import_string

from posthub.core.database import connection

HEALTH_PATH = "/api/health/"


class HealthMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == HEALTH_PATH and request.method in {"GET", "HEAD"}:
            report = health()
            return JsonResponse(report, status=200 if report["ok"] else 503)
        return self.get_response(request)


def health() -> dict[str, Any]:
    report: dict[str, Any] = {"database": _database(), "redis": _redis()}
    if report["database"] == "ok":
        report |= {name: import_string(path)() for name, path in settings.HEALTH_REPORTS.items()}
    report["ok"] = report["database"] == "ok" and report["redis"] in {"ok", "unused"}
    return report


def _database() -> str:
    try:
        connection.set_schema_to_public()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return "unreachable"
    return "ok"


def _redis() -> str:
    if not settings.REDIS_URL:
        return "unused"
    import redis

    try:
        redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2).ping()
    except redis.RedisError:
        return "unreachable"
    return "ok"
