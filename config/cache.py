"""The cache may be lost at any time without costing a page."""

from collections.abc import Callable
from typing import Any

import structlog
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = structlog.get_logger()


def _fail_open(name: str, when_away: Callable[[], Any] = lambda: None) -> Any:
    def method(self: RedisCache, *args: Any, **kwargs: Any) -> Any:
        try:
            return getattr(super(FailOpenRedisCache, self), name)(*args, **kwargs)
        except (RedisError, OSError) as error:
            log.warning("cache_away", method=name, error=type(error).__name__)
            return when_away()

    return method


class FailOpenRedisCache(RedisCache):
    """Django's Redis cache, in which an unreachable server counts as an empty one."""

    get_many = _fail_open("get_many", dict)
    add = _fail_open("add", lambda: True)
    set = _fail_open("set")
    set_many = _fail_open("set_many", list)
    touch = _fail_open("touch", bool)
    delete = _fail_open("delete", bool)
    delete_many = _fail_open("delete_many")
    has_key = _fail_open("has_key", bool)
    incr = _fail_open("incr", lambda: 1)
    clear = _fail_open("clear", bool)

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        found = self.get_many([key], version=version)
        return found.get(key, default)
