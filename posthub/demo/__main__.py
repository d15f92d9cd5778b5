"""`python -m posthub.demo [--tied]`; tied, it stops when the program that started it is gone."""

import signal
import sys

from posthub.core.processes import tie_to_parent
from posthub.demo.runner import main

if __name__ == "__main__":
    if "--tied" in sys.argv[1:]:
        tie_to_parent(signal.SIGTERM)
    sys.exit(main())
