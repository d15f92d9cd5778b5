"""PostHub's own settings, and in the commands this proof starts the migrations of a later release."""

import os

from posthub.settings import *  # noqa: F403
from posthub.settings import MIGRATION_MODULES as OF_TODAY

if later := os.environ.get("LATER_RELEASE"):
    app, _equals, package = later.partition("=")
    MIGRATION_MODULES = {**OF_TODAY, app: package}
