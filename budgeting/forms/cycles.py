"""What moves the dates of a cycle."""

import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from budgeting import phases
from participation.fields import MomentField
from participation.forms import OnceForm
from participation.models import Phase


class DatesForm(OnceForm):
    """From and to of every phase, in the time of the site."""

    def __init__(self, *args: Any, phases_now: list[Phase], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_kind = {phase.kind: phase for phase in phases_now}
        for kind in phases.PHASE_KINDS:
            phase = by_kind.get(kind.code)
            for end, label in (
                ("opens_at", _("%(phase)s: from")),
                ("closes_at", _("%(phase)s: to")),
            ):
                moment: datetime.datetime | None = getattr(phase, end, None)
                self.fields[f"{kind.code}_{end}"] = MomentField(
                    label=label % {"phase": kind.label},
                    required=phase is not None,
                    # To the minute, as it is shown: dates sent back untouched are no change.
                    initial=moment and moment.replace(second=0, microsecond=0),
                )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for kind in phases.ORDER:
            opens, closes = data.get(f"{kind}_opens_at"), data.get(f"{kind}_closes_at")
            if bool(opens) != bool(closes) or (opens and closes and closes <= opens):
                self.add_error(f"{kind}_closes_at", _("The end comes after the beginning."))
            for end, moment in (("opens_at", opens), ("closes_at", closes)):
                if moment and not 2000 <= moment.year <= 2100:
                    self.add_error(f"{kind}_{end}", _("Check the year: this date cannot be right."))
        return data

    @property
    def changed_kinds(self) -> list[str]:
        """The phases whose dates were moved, in their order."""
        return [
            kind
            for kind in phases.ORDER
            if {f"{kind}_opens_at", f"{kind}_closes_at"} & set(self.changed_data)
        ]
