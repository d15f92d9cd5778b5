"""A provider that costs money: HTTP on a loopback port, with a book of every answer it was paid for."""

import json
import random
import threading
import time
from collections import Counter, deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.proofs.chaos.tasks import CALL_SECONDS, MOST_BYTES

FAULTS = ("timeout", "429", "500", "malformed", "oversized")


class Provider:
    """`paid` counts good answers by (who, key, part); `given` counts the bad ones by their kind.

    `busy` says which process waits for an answer just now: a fault that strikes there strikes hardest.
    """

    def __init__(self, seed: int) -> None:
        self.paid: Counter[tuple[str, str, str]] = Counter()
        self.given: Counter[str] = Counter()
        self.busy: Counter[int] = Counter()
        self.faults: dict[str, deque[str]] = {"durable": deque(), "control": deque()}
        self.lock = threading.Lock()
        self.dice = random.Random(seed)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(self))
        self.server.daemon_threads = True
        self.address = f"127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def spoil(self, kind: str) -> None:
        """The next call of each side gets a bad answer of this kind."""
        for faults in self.faults.values():
            faults.append(kind)

    def next_answer(self, who: str) -> tuple[str, float]:
        """The kind of the next answer and how many seconds it takes."""
        with self.lock:
            kind = self.faults[who].popleft() if self.faults[who] else "good"
            if kind != "good" and who == "durable":
                self.given[kind] += 1
            return kind, CALL_SECONDS + 0.5 if kind == "timeout" else self.dice.uniform(0.01, 0.08)

    def book(self, who: str, key: str, part: str) -> None:
        with self.lock:
            self.paid[who, key, part] += 1


ANSWERS = {
    "good": (200, json.dumps({"words": "well said"}).encode()),
    "timeout": (200, b"{}"),
    "429": (429, b"slower"),
    "500": (500, b"broken"),
    "malformed": (200, b'{"words": "well'),
    "oversized": (200, b" " * (MOST_BYTES * 4)),
}


def handler_of(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            _root, who, key, part = self.path.split("/")
            kind, seconds = provider.next_answer(who)
            caller = int(self.headers["X-Process"])
            provider.busy[caller] += 1
            time.sleep(seconds)
            provider.busy[caller] -= 1
            if kind == "good":
                # The work is done, and paid for, whether or not somebody is still there to hear of it.
                provider.book(who, key, part)
            status, body = ANSWERS[kind]
            try:
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Retry-After", "0.5")
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                self.close_connection = True

        def log_message(self, *details: object) -> None:
            """The book is the log."""

    return Handler
