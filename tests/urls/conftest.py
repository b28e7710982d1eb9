"""One world for all tests of a file: they only ask, and what an answer writes is undone."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings
from django.utils import translation

from participation.tasks import PULSE_KEY
from tests.urls.world import World, make_world


@pytest.fixture(autouse=True, scope="module")
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Rate limits live in the cache, so it is ours too."""
    folder = tmp_path_factory.mktemp("world")
    keys = {name: folder / name for name in dir(settings) if name.endswith("_KEY_DIR")}
    with override_settings(
        **keys,
        MEDIA_ROOT=folder / "media",
        CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    ):
        yield


@pytest.fixture(scope="module")
def world(_own_folders: None, django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once, in a transaction that is never committed."""
    with (
        django_db_blocker.unblock(),
        translation.override("en"),
        transaction.atomic(),
    ):
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _counts_start_at_zero(_own_folders: None) -> None:
    cache.clear()
    cache.set(PULSE_KEY, "now", timeout=300)
