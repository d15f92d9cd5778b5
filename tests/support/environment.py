"""Loaded before the settings are read, however pytest was started."""

import os

os.environ["TESTING"] = "1"
