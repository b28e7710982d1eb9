"""Loaded by pytest before Django's settings (`-p tests.mode`): tests run in the mode `test`."""

import os

os.environ["KENES_MODE"] = "test"
