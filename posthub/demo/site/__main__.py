"""`python -m posthub.demo.site --port N`: the demo's company on 127.0.0.1."""

import argparse

from posthub.demo.site.server import serve

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m posthub.demo.site")
    parser.add_argument("--port", type=int, required=True)
    serve(parser.parse_args().port)
