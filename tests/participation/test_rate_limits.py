"""Fixed windows in the cache; without the cache nobody is stopped."""

from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings as django_settings

from participation.rate_limits import Limit, TooManyTries

START = 1_900_000_200  # a whole number of windows


@pytest.fixture
def limit() -> Limit:
    """One that nothing has counted yet."""
    return Limit(f"test-{uuid4().hex}", 3, 600)


def test_the_fourth_try_in_a_window_waits_for_the_next(limit: Limit) -> None:
    with time_machine.travel(START + 400, tick=False):
        for _ in range(3):
            limit.hit("alice")
        with pytest.raises(TooManyTries) as refused:
            limit.hit("alice")
        assert refused.value.seconds == 200
        assert "3 minutes" in str(refused.value.way_out)
        limit.hit("bob")
    with time_machine.travel(START + 600, tick=False):
        limit.hit("alice")


def test_the_cache_names_nobody(limit: Limit) -> None:
    from redis import Redis

    limit.hit("192.0.2.7")
    with Redis.from_url(django_settings.REDIS_URL) as server:
        keys = [key.decode() for key in server.scan_iter(f"*{limit.name}*")]
    assert keys
    assert not [key for key in keys if "192.0.2.7" in key]


def test_without_the_cache_nobody_is_stopped(settings: Any, limit: Limit) -> None:
    settings.CACHES = {
        "default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}
    }
    for _ in range(10):
        limit.hit("alice")
