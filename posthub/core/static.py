"""Our own static files: their address changes with what is in them, and they are sent packed.

All of `static/` has one version in its address, so that modules and sheets find each other by relative addresses,
browsers keep everything for a year, and nobody needs to collect anything before the first start.
"""

import gzip
import hashlib
import os
import re
from functools import cache
from pathlib import Path
from threading import get_ident
from typing import Any
from wsgiref.headers import Headers

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

PACKED = {".css", ".js", ".svg", ".html", ".txt", ".json"}
LEAST_BYTES = 500
OLDER = re.compile(r"^/static/[0-9a-f]{10}/")


class StaticMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]
    def __call__(self, request: HttpRequest) -> HttpResponse:
        # A page that was loaded before a release asks for parts by the address they had then.
        if OLDER.match(request.path_info) and not request.path_info.startswith(self.static_prefix):
            request.path_info = OLDER.sub(self.static_prefix, request.path_info)
        answer: HttpResponse = super().__call__(request)
        return answer

    def immutable_file_test(self, path: str, url: str) -> bool:
        return bool(OLDER.match(url))

    def get_static_file(self, path: str, url: str, stat_cache: Any = None) -> StaticFile:
        packed = None if self.autorefresh else pack(Path(path))
        if packed is None:
            return super().get_static_file(path, url, stat_cache)
        headers = Headers([])
        self.add_mime_headers(headers, path, url)
        self.add_cache_headers(headers, path, url)
        return StaticFile(path, headers.items(), encodings={"gzip": str(packed)})


@cache
def pack(path: Path) -> Path | None:
    """A packed copy in the data directory, named by what is in it; None where packing is not worth it."""
    ours = path.is_relative_to(settings.ROOT / "static") or "django_htmx" in path.parts
    if not ours or path.suffix not in PACKED or path.stat().st_size < LEAST_BYTES:
        return None
    content = path.read_bytes()
    packed: Path = settings.DATA_DIR / "packed" / f"{hashlib.sha256(content).hexdigest()[:20]}.gz"
    if not packed.exists():
        packed.parent.mkdir(parents=True, exist_ok=True)
        # Threads of one process may pack the same file at once.
        draft = packed.with_suffix(f".{os.getpid()}-{get_ident()}")
        draft.write_bytes(gzip.compress(content, 9, mtime=0))
        draft.replace(packed)
    return packed
