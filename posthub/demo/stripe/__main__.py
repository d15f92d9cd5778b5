"""`python -m posthub.demo.stripe --port N [--file STATE] [--tell URL]`.

STRIPE_SECRET_KEY is the key it takes, STRIPE_WEBHOOK_SECRET signs what it tells to URL.
"""

import argparse
import os
from pathlib import Path

from posthub.demo.stripe.server import StandIn

if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m posthub.demo.stripe")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--tell")
    given = parser.parse_args()
    stand_in = StandIn(key=os.environ["STRIPE_SECRET_KEY"], port=given.port, file=given.file)
    if given.tell:
        stand_in.tell(given.tell, os.environ["STRIPE_WEBHOOK_SECRET"])
    stand_in.serve()
