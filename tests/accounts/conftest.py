from typing import Any

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _counts_start_at_zero(settings: Any) -> None:
    """Rate limits live in the cache: each test has its own."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
