"""What gaps, warnings and progress are called, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as LazyText

GAPS: dict[str, LazyText] = {
    "no_priority": _("The strategy has no priority yet"),
    "no_objective": _("The priority has no objective"),
    "no_outcome": _("The priority has no outcome indicator"),
    "no_action": _("The objective has no action"),
    "no_indicator": _("The objective has no indicator"),
    "no_operator": _("Nobody is named who does it"),
    "no_money": _("It has no money and does not say that it needs none"),
    "no_risk": _("It names no risk"),
    "no_mitigation": _("A risk does not say in Kazakh and Russian what is done about it"),
    "no_evaluation": _("So large a sum needs an evaluation in advance with the verdict to go on"),
}
WARNINGS: dict[str, LazyText] = {
    "many_indicators": _("More indicators than anybody will keep: choose the few that matter"),
    "many_reports": _("Reported more often than it is worth"),
    "one_activity": _("Everything rests on one economic activity"),
    "nothing_nascent": _("Nothing new: no priority is emerging or a wild card"),
    "one_domain": _("All actions lie in one domain of policy"),
    "no_education": _("No action concerns education"),
    "no_innovation": _("No action concerns technology and innovation"),
    "no_business": _("No action concerns small and medium business"),
    "no_investment": _("No action concerns investment"),
}
# Word and tone of the tag: the word carries the meaning.
PROGRESS: dict[str, tuple[LazyText, str]] = {
    "overdue": (_("value overdue"), "bad"),
    "waiting": (_("no value due yet"), ""),
    "measured": (_("measured, without a target"), ""),
    "reached": (_("target reached"), "ok"),
    "on_track": (_("on track"), "ok"),
    "behind": (_("behind"), "warn"),
    "backwards": (_("going the wrong way"), "bad"),
}
STEPS: dict[str, LazyText] = {
    "context": _("1. Context and potential"),
    "governance": _("2. Governance"),
    "vision": _("3. Shared vision"),
    "priorities": _("4. Priorities"),
    "policy_mix": _("5. Policy mix"),
    "monitoring": _("6. Monitoring and evaluation"),
}
FACTORS: dict[str, LazyText] = {
    "assets": _("Regional assets"),
    "beyond_borders": _("Beyond the borders of the region"),
    "dynamics": _("Entrepreneurial dynamics"),
    "structures": _("Governance structures"),
    "participation": _("Broad participation"),
    "management": _("Management and communication"),
    "broad_innovation": _("Broad view of innovation"),
    "grand_challenges": _("Grand challenges"),
    "scenarios": _("Scenario analysis"),
    "past_priorities": _("Revision of past priorities"),
    "consistency": _("Consistency"),
    "critical_mass": _("Critical mass"),
    "roadmap": _("Roadmap"),
    "balance": _("Balance"),
    "framework": _("Framework conditions"),
    "indicators": _("Output and result indicators"),
    "monitoring": _("Monitoring"),
    "update": _("Updating the strategy"),
}
SCORES: dict[int, LazyText] = {
    0: _("no information"),
    1: _("poor"),
    2: _("to be improved"),
    3: _("fair"),
    4: _("strong"),
    5: _("excellent"),
}
