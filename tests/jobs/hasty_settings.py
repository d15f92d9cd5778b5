"""PostHub's settings with one place in the quick queue, for a second at most."""

from posthub.settings import *  # noqa: F403
from posthub.settings import QUEUES

QUEUES = QUEUES | {"quick": (1, 1)}
