"""The base of every stand-in: a real HTTP server on loopback with a log, and faults on order."""

import json
import socket
import struct
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Asked:
    """One request as it came in. `json` is its body where it said it was JSON, or did not say what it was."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    json: Any = None
    body: bytes = b""


@dataclass(frozen=True)
class Reply:
    """`drip` sends the body a byte at a time with a pause between; `cut` closes before its end."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    drip: float = 0
    cut: bool = False


def data(value: Any, status: int = 200, **headers: str) -> Reply:
    named = {name.replace("_", "-"): entry for name, entry in headers.items()}
    return Reply(status, json.dumps(value).encode(), {"Content-Type": "application/json", **named})


Answer = Callable[[Asked], Reply]
# A fault sees the request and how it would be answered; None leaves the caller without an answer.
Fault = Callable[[Asked, Answer], Reply | None]


class FakeServer:
    """`with Fake() as fake:` serves on `fake.url` until the end of the block.

    `fake.faults` is a queue: each request takes one from the front, and is answered as usual when there is none.
    `fake.always` takes the place of the queue where every answer is to be spoiled.
    """

    def __init__(self) -> None:
        self.log: list[Asked] = []
        self.faults: deque[Fault | None] = deque()
        self.always: Fault | None = None

    def parsed(self, body: bytes) -> Any:
        return json.loads(body) if body else None

    def answer(self, asked: Asked) -> Reply:
        return Reply(404)

    def __enter__(self) -> Self:
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Header and body leave in two writes; without this the second waits for an acknowledgement.
            disable_nagle_algorithm = True

            def serve(self) -> None:
                fake._serve(self)

            do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = serve  # noqa: N815

            def log_message(self, *args: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64

            def handle_error(self, request: object, client_address: object) -> None:
                """Clients that hang up are what many of the faults are for."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self._stopped = threading.Event()
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *details: object) -> None:
        self._stopped.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def pause(self, seconds: float) -> None:
        """Wait, but not past the end of the server."""
        self._stopped.wait(seconds)

    def _serve(self, handler: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(handler.path)
        body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in handler.headers.items()}
        asked = Asked(
            handler.command,
            parts.path,
            dict(parse_qsl(parts.query, keep_blank_values=True)),
            headers,
            self.parsed(body),
            body,
        )
        self.log.append(asked)
        fault = self.always or (self.faults.popleft() if self.faults else None)
        reply = fault(asked, self.answer) if fault else self.answer(asked)
        if reply is None:
            _reset(handler)
        else:
            self._send(handler, reply)

    def _send(self, handler: BaseHTTPRequestHandler, reply: Reply) -> None:
        handler.send_response(reply.status)
        for name, value in reply.headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(reply.body)))
        handler.end_headers()
        if handler.command == "HEAD":
            return
        if reply.drip:
            for byte in reply.body:
                if self._stopped.is_set():
                    break
                handler.wfile.write(bytes([byte]))
                handler.wfile.flush()
                time.sleep(reply.drip)
            return
        handler.wfile.write(reply.body[: len(reply.body) // 2] if reply.cut else reply.body)
        if reply.cut:
            handler.wfile.flush()
            handler.close_connection = True


def _reset(handler: BaseHTTPRequestHandler) -> None:
    """Close with RST instead of an answer."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    handler.close_connection = True


# -- faults that any server can have ---------------------------------------------------------------


def status(code: int, body: bytes = b"", **headers: str) -> Fault:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda asked, answer: Reply(code, body, named)


def html_page(code: int = 200) -> Fault:
    page = b"<!doctype html><title>Oops</title><h1>Something is in the way</h1>"
    return lambda asked, answer: Reply(code, page, {"Content-Type": "text/html"})


def dropped(asked: Asked, answer: Answer) -> Reply | None:
    return None


def empty_body(asked: Asked, answer: Answer) -> Reply:
    return Reply(200, b"", {"Content-Type": "application/json"})


def cut_off(asked: Asked, answer: Answer) -> Reply:
    usual = answer(asked)
    return Reply(usual.status, usual.body, usual.headers, cut=True)


def truncated_json(asked: Asked, answer: Answer) -> Reply:
    usual = answer(asked)
    return Reply(usual.status, usual.body[: len(usual.body) // 2], usual.headers)


def dripping(pause: float) -> Fault:
    def drip(asked: Asked, answer: Answer) -> Reply:
        usual = answer(asked)
        return Reply(usual.status, usual.body, usual.headers, drip=pause)

    return drip


def huge(size: int) -> Fault:
    return lambda asked, answer: Reply(
        200, b'{"a":"' + b"x" * size + b'"}', {"Content-Type": "application/json"}
    )


def delayed(fake: FakeServer, seconds: float) -> Fault:
    def wait(asked: Asked, answer: Answer) -> Reply:
        fake.pause(seconds)
        return answer(asked)

    return wait
