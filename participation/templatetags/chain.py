from typing import Any

from django import template

from participation.chain import STRIP, steps_of
from participation.models import Dossier

register = template.Library()


@register.inclusion_tag("components/chain.html")
def chain(dossier: Dossier, may_link: bool = False) -> dict[str, Any]:
    """What a thing came from and what came of it, in one query; nothing where there is neither."""
    steps = steps_of(dossier, limit=STRIP)
    return {
        "before": [step for step in steps if not step.is_later],
        "after": [step for step in steps if step.is_later],
        "reference": dossier.reference,
        "may_link": may_link,
    }
