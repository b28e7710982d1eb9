"""What all tests share: settings for tests, and a way to empty tables that refuse it."""

import os

os.environ.setdefault("KENES_MODE", "test")
