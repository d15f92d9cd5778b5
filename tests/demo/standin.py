"""The demo's runner with tiny programs in place of the real ones: `python standin.py KIND`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from posthub.core.processes import Program
from posthub.demo.payments import OwnStripe
from posthub.demo.processes import Table
from posthub.demo.runner import main

WEB = """
import http.server, os
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        known = self.headers["Host"] == f"{os.environ['BASE_HOST']}:{os.environ['PORT']}"
        self.send_response(200 if known and self.path == "/api/health/" else 404)
        self.end_headers()
http.server.ThreadingHTTPServer.allow_reuse_address = True
http.server.ThreadingHTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
"""
# A stubborn program with a child of its own.
WORKER = """
import signal, subprocess, sys, time
if sys.argv[1] == "stubborn":
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)", sys.argv[-1]])
time.sleep(600)
"""
COUNT = "import sys; open(sys.argv[1], 'a').write('x')"


def python(name: str, code: str, *arguments: str) -> Program:
    return Program(name, (sys.executable, "-c", code, *arguments))


def table(kind: str, *, site_port: int, site_url: str, json_path: str, payments: OwnStripe) -> Table:
    data = Path(json_path).parent
    # The data directory is on every command line, so that the tests can find who is left.
    idle = "import time; time.sleep(600)"
    broken = "raise SystemExit('it does not start today')"
    write = "import os, sys; open(sys.argv[1], 'w').write('{}'); open(sys.argv[2], 'a').write('x'); "
    write += "open(sys.argv[3], 'w').write(os.environ['GRACE_SECONDS'])"
    return Table(
        site=python("site", idle, str(site_port), site_url, str(data)),
        payments=python("stripe", idle, str(payments.port), payments.hook, str(data)),
        prepare=(python("migrate", COUNT, str(data / "migrations")),),
        serve=(
            python("web", broken if kind == "broken" else WEB, str(data)),
            python("worker", WORKER, kind, str(data)),
        ),
        seed=python("seed", write, json_path, str(data / "seeds"), str(data / "grace")),
    )


if __name__ == "__main__":
    kind = sys.argv[1]
    sys.exit(main(lambda **facts: table(kind, **facts)))
