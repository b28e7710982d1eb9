"""The navigation of a council."""

from django import template

from councils.models import Council
from councils.navigation import Link, parts_of

register = template.Library()


@register.simple_tag
def council_parts(council: Council, here: str = "") -> list[Link]:
    return parts_of(council, here)
