"""The cache may be lost at any time without costing a page."""

from typing import Any

import structlog
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = structlog.get_logger()


def _fail_open(name: str, when_away: Any) -> Any:
    def method(self: RedisCache, *args: Any, **kwargs: Any) -> Any:
        try:
            return getattr(super(FailOpenRedisCache, self), name)(*args, **kwargs)
        except (RedisError, OSError) as error:
            log.warning("cache_away", method=name, error=type(error).__name__)
            if name == "get":
                return kwargs.get("default", args[1] if len(args) > 1 else None)
            return when_away() if callable(when_away) else when_away

    return method


class FailOpenRedisCache(RedisCache):
    """Django's Redis cache, in which an unreachable server counts as an empty one."""

    get = _fail_open("get", None)
    get_many = _fail_open("get_many", dict)
    add = _fail_open("add", True)
    set = _fail_open("set", None)
    set_many = _fail_open("set_many", list)
    touch = _fail_open("touch", False)
    delete = _fail_open("delete", False)
    delete_many = _fail_open("delete_many", None)
    has_key = _fail_open("has_key", False)
    incr = _fail_open("incr", 1)
    clear = _fail_open("clear", False)
