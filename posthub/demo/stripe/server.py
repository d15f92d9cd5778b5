"""The stand-in on loopback: API, hosted pages and control behind one port."""

from __future__ import annotations

import socket
import struct
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from posthub.demo.stripe import api, control
from posthub.demo.stripe.delivery import Courier
from posthub.demo.stripe.errors import Refused
from posthub.demo.stripe.hosted import pages
from posthub.demo.stripe.resources.endpoints import register
from posthub.demo.stripe.world import World

_MOST_BYTES = 1_000_000
_SPOILED = {
    "500": (500, "api_error", "Something went wrong on our end."),
    "503": (503, "api_error", "Stripe is temporarily unavailable."),
    "409": (
        409,
        "idempotency_error",
        "There is currently another in-progress request using this Idempotent Key.",
    ),
    "429": (429, "rate_limit_error", "Too many requests. Please retry later."),
}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "StandIn", ""
    # Header and body leave in two writes; without this the second waits for an acknowledgement.
    disable_nagle_algorithm = True
    timeout = 60
    server: Server

    def serve(self) -> None:
        parts = urlsplit(self.path)
        length = self.headers.get("Content-Length") or "0"
        if not length.isdigit() or int(length) > _MOST_BYTES:
            self.close_connection = True
            self.send_error(413)
            return
        body = self.rfile.read(int(length)).decode(errors="replace")
        if parts.path.startswith("/v1/"):
            self._answer_api(
                parts.path, body if self.command == "POST" else "&".join(filter(None, (parts.query, body)))
            )
        elif parts.path.startswith("/_control/"):
            answer = control.answer(self.server.stand_in, self.command, parts.path, body, self._headers())
            self._send(answer.status, "application/json", answer.bytes, answer.headers)
        else:
            page = pages.answer(self.server.stand_in.world, self.command, parts.path, body, self._headers())
            self._send(page.status, page.kind, page.body, page.headers)

    do_GET = do_POST = do_DELETE = serve  # noqa: N815

    def _headers(self) -> dict[str, str]:
        return {name.lower(): value for name, value in self.headers.items()}

    def _answer_api(self, path: str, sent: str) -> None:
        stand_in = self.server.stand_in
        fault = stand_in.next_fault()
        if fault == "reset":
            self._reset()
        elif fault in _SPOILED:
            status, kind, message = _SPOILED[fault]
            problem = Refused(status, kind, message)
            self._send(status, "application/json", api.Answer(status, problem.body).bytes, {})
        else:
            answer = api.answer(stand_in.world, stand_in.key, self.command, path, sent, self._headers())
            stand_in.log.append((self.command, path))
            if fault == "answer_lost":
                self._reset()
            else:
                self._send(answer.status, "application/json", answer.bytes, answer.headers)

    def _reset(self) -> None:
        """Close with RST instead of an answer."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def _send(self, status: int, kind: str, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in ({"Content-Type": kind, "Cache-Control": "no-store"} | headers).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64
    stand_in: StandIn

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that hang up are what some of the faults are for."""


class StandIn:
    """`serve` blocks; `key` is the API's secret key."""

    def __init__(self, *, key: str, port: int = 0, file: Path | None = None) -> None:
        self.key = key
        self.world = World(file=file)
        self.log: list[tuple[str, str]] = []
        self.server = Server(("127.0.0.1", port), Handler)
        self.server.stand_in = self
        self.world.base_url = self.url
        self.courier = Courier(self.world)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def next_fault(self) -> str:
        with self.world.lock:
            faults = self.world.faults
            return faults.down or (faults.api.pop(0) if faults.api else "")

    def tell(self, address: str, secret: str) -> None:
        """Register the receiver of all events, unless it is known already with this secret."""
        with self.world.lock:
            for endpoint in self.world.of("webhook_endpoint", url=address):
                endpoint["_secret"] = secret
                return
            register(self.world, address, secret, ["*"])
            self.world.save()

    def serve(self) -> None:
        self.courier.start()
        self.server.serve_forever(poll_interval=0.1)

    def stop(self) -> None:
        self.courier.stop()
        self.server.shutdown()
        self.server.server_close()
