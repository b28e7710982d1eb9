"""Why no panel is possible, in the reader's words."""

from django.utils.translation import gettext as _

from councils.models import Draw, DrawQuota
from councils.services.draws.errors import NoPanelPossible
from councils.sortition import Change, Infeasible


def explained(error: Infeasible, draw: Draw) -> NoPanelPossible:
    """With the smallest change of quotas that would make a panel possible, if one was found."""
    if not error.changes:
        return NoPanelPossible(way_out=str(error))
    names = {
        (quota.feature.code, quota.code): f"{quota.feature}: {quota}"
        for quota in DrawQuota.objects.filter(feature__draw=draw).select_related("feature")
    }
    told = "; ".join(_change(change, names) for change in error.changes)
    return NoPanelPossible(
        way_out=_("The smallest change that makes one possible: %(changes)s.") % {"changes": told}
    )


def _change(change: Change, names: dict[tuple[str, str], str]) -> str:
    quota = change.quota
    said = {
        "quota": names.get((quota.feature, quota.value), quota.name),
        "now": quota.low if change.is_low else quota.high,
        "to": change.to,
    }
    if change.is_low:
        return _("%(quota)s: at least %(now)s → %(to)s") % said
    return _("%(quota)s: at most %(now)s → %(to)s") % said
