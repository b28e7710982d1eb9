"""From an address to the object it names, or 404."""

from django.shortcuts import get_object_or_404

from councils.models import Council, Docket


def public_council(slug: str) -> Council:
    return get_object_or_404(Council.objects.published().for_display(), slug=slug)


def any_council(slug: str) -> Council:
    """Also one that is being set up: for those who keep it."""
    return get_object_or_404(Council.objects.for_display(), slug=slug)


def public_docket(slug: str, number: int) -> Docket:
    return get_object_or_404(
        Docket.objects.public().for_display(), council__slug=slug, number=number
    )
