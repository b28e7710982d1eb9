from collections.abc import Sequence
from typing import Any

from django import template

from participation.services.territories import RegionActivity
from participation.territories import shapes

register = template.Library()


@register.inclusion_tag("components/region_map.html")
def region_map(regions: Sequence[RegionActivity], list_id: str = "") -> dict[str, Any]:
    """The map of regions as links; `list_id` is the id of a list to which one may skip."""
    outlines = shapes()
    order = {code: number for number, code in enumerate(outlines)}
    drawn = [region for region in regions if region.territory.iso_code in order]
    drawn.sort(key=lambda region: order[region.territory.iso_code])
    return {
        "marks": [(region, outlines[region.territory.iso_code]) for region in drawn],
        "list_id": list_id,
    }
