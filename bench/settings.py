"""The embedded settings with a database of fictional people and an empty page of their own."""

import os
from pathlib import Path

os.environ["SPRING_VAR"] = str(Path(__file__).resolve().parent.parent / "var" / "bench")

from spring.settings.embedded import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
LOGGING_CONFIG = None
