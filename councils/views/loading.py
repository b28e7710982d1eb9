"""From an address to the object it names, or 404."""

from django.shortcuts import get_object_or_404

from councils.models import Council


def public_council(slug: str) -> Council:
    return get_object_or_404(Council.objects.published().for_display(), slug=slug)


def any_council(slug: str) -> Council:
    """Also one that is being set up: for those who keep it."""
    return get_object_or_404(Council.objects.for_display(), slug=slug)
