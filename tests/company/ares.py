"""ARES on loopback: the two requests PostHub makes, and the refusals of the real one."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

BASE = "/ekonomicke-subjekty-v-be/rest"
MOST_ROWS = 100
MOST_MATCHES = 1000


def subject(ico: str, name: str, **more: Any) -> dict[str, Any]:
    """A company as ARES writes it; `ico` may be "" as in some of its rows."""
    row = {
        "ico": ico,
        "obchodniJmeno": name,
        "sidlo": {
            "kodStatu": "CZ",
            "nazevStatu": "Česká republika",
            "nazevObce": "Brno",
            "nazevUlice": "Hlavní",
            "cisloDomovni": 12,
            "cisloOrientacni": 3,
            "psc": 60200,
            "textovaAdresa": "Hlavní 12/3, 60200 Brno",
        },
        "pravniForma": "112",
        "financniUrad": "461",
        "datumVzniku": "1993-04-01",
        "dic": f"CZ{ico}",
        "czNace": ["10710"],
        "primarniZdroj": "ros",
        "seznamRegistraci": {"stavZdrojeRzp": "AKTIVNI"},
        **more,
    }
    return {key: value for key, value in row.items() if value not in ("", None)}


@dataclass
class FakeAres:
    """`broken` is a status and a body that it answers with instead of what it knows."""

    subjects: list[dict[str, Any]]
    broken: tuple[int, bytes] | None = None
    asked: list[str] = field(default_factory=list)
    url: str = ""

    def answer(self, method: str, path: str, content_type: str, body: bytes) -> tuple[int, bytes]:
        self.asked.append(f"{method} {path}")
        if self.broken:
            return self.broken
        if (method, path) == ("POST", f"{BASE}/ekonomicke-subjekty/vyhledat"):
            return self._search(content_type, body)
        number = path.removeprefix(f"{BASE}/ekonomicke-subjekty/")
        if method != "GET" or number == path:
            return _refusal(404, "OBECNA_CHYBA", "NENALEZENO", "Nenalezeno")
        if not (len(number) == 8 and number.isdigit()):
            return _refusal(400, "CHYBA_VSTUPU", "CHYBA_VSTUPU_ICO", "IČO má osm číslic")
        found = next((row for row in self.subjects if row.get("ico") == number), None)
        if found is None:
            return _refusal(404, "NENALEZENO", "EKONOMICKY_SUBJEKT_NENALEZEN", "Subjekt nebyl nalezen")
        return 200, json.dumps(found).encode()

    def _search(self, content_type: str, body: bytes) -> tuple[int, bytes]:
        if not content_type.startswith("application/json"):
            return _refusal(415, "CHYBA_VSTUPU", "", "Unsupported Media Type")
        wanted = json.loads(body)
        name, rows = wanted.get("obchodniJmeno", ""), wanted.get("pocet", 10)
        if set(wanted) - {"obchodniJmeno", "start", "pocet", "sidlo", "czNace", "pravniForma", "ico"}:
            return _refusal(400, "CHYBA_VSTUPU", "NEZNAMY_PARAMETR", "Neznámý parametr")
        if not name or not 0 <= rows <= MOST_ROWS:
            return _refusal(400, "CHYBA_VSTUPU", "CHYBNY_POCET", "Počet je nejvýše 100")
        matches = [row for row in self.subjects if name.lower() in row["obchodniJmeno"].lower()]
        if len(matches) > MOST_MATCHES:
            said = f"Nalezeno příliš mnoho subjektů ({len(matches):,}). Upřesněte zadání.".replace(",", " ")
            return _refusal(400, "CHYBA_VSTUPU", "VYSTUP_PRILIS_MNOHO_VYSLEDKU", said)
        page = matches[wanted.get("start", 0) :][:rows]
        return 200, json.dumps({"pocetCelkem": len(matches), "ekonomickeSubjekty": page}).encode()


def _refusal(status: int, code: str, sub_code: str, said: str) -> tuple[int, bytes]:
    return status, json.dumps({"kod": code, "subKod": sub_code, "popis": said}).encode()


@contextmanager
def ares(*subjects: dict[str, Any]) -> Iterator[FakeAres]:
    fake = FakeAres(list(subjects))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._reply()

        def do_POST(self) -> None:
            self._reply()

        def _reply(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            kind = self.headers.get("Content-Type", "")
            status, body = fake.answer(self.command, self.path, kind, self.rfile.read(length))
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    fake.url = f"http://127.0.0.1:{server.server_address[1]}{BASE}"
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
