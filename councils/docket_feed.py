"""The story of a matter as an Atom feed (RFC 4287); an entry keeps its identity for ever."""

from collections.abc import Iterable
from datetime import datetime, time

from django.conf import settings
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language

from councils.docket_story import Entry
from councils.models import Docket

LATEST = 50


def atom_of(docket: Docket, story: Iterable[Entry], address: str) -> str:
    """The latest first. `address` is that of the feed itself."""
    site = settings.SITE_URL
    page = f"{site}{docket.get_absolute_url()}"
    feed = Atom1Feed(
        title=docket.dossier.title,
        link=page,
        description=docket.dossier.summary,
        language=(get_language() or "kk")[:2],
        feed_url=f"{site}{address}",
        feed_guid=f"{site}/{docket.dossier.path}",
    )
    for entry in reversed(list(story)[-LATEST:]):
        midnight = timezone.make_aware(datetime.combine(entry.day, time.min))
        feed.add_item(
            title=f"{entry.what}: {entry.title}",
            link=entry.url if "://" in entry.url else f"{site}{entry.url}",
            description=entry.note,
            unique_id=f"{site}/{docket.dossier.path}#{entry.key}",
            pubdate=midnight,
            updateddate=midnight,
        )
    return str(feed.writeString("utf-8"))
