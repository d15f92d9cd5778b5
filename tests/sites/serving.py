"""Small websites on loopback: folders of pages as authors left them, or answers a test makes up."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

FOLDER = Path(__file__).parent
Answer = tuple[int, dict[str, str], bytes]
Respond = Callable[[BaseHTTPRequestHandler, str], Answer]


def page(text: str, content_type: str = "text/html; charset=utf-8") -> Answer:
    return 200, {"Content-Type": content_type}, text.encode()


def folder(name: str) -> Respond:
    """Serves tests/sites/<name>; "/" is index.html, "/about" is about.html. No charset in the header."""

    def respond(handler: BaseHTTPRequestHandler, path: str) -> Answer:
        wanted = urlsplit(path).path.strip("/") or "index"
        file = FOLDER / name / f"{wanted.removesuffix('.html')}.html"
        if "/" in wanted or not file.is_file():
            return 404, {"Content-Type": "text/html"}, b"<h1>Not found</h1>"
        return 200, {"Content-Type": "text/html"}, file.read_bytes()

    return respond


@contextmanager
def served(respond: Respond) -> Iterator[tuple[str, str, list[str]]]:
    """(address of the site, its entry for the allow-list, the paths asked for so far)."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = (
            True  # head and body go in two writes; waiting for an answer to the first takes 40 ms
        )

        def do_GET(self) -> None:
            asked.append(self.path)
            status, headers, body = respond(self, self.path)
            try:
                self.send_response(status)
                for key, value in headers.items():
                    self.send_header(key, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def log_message(self, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A reader that hangs up is what many of these sites are for."""

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        host = f"127.0.0.1:{server.server_address[1]}"
        yield f"http://{host}/", host, asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
