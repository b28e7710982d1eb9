"""What assessors and Delphi panels are told of."""

from django.utils.translation import gettext_lazy as _

from participation.event_kinds import FOLLOWED, OWN, EventKind

PANEL_KINDS = [
    EventKind("assessment_assigned", OWN, _("Ideas were given to you to assess")),
    EventKind("interest_declared", OWN, _("An assessor declared an interest")),
    EventKind("interest_ruled", OWN, _("An interest that you declared was ruled on")),
    EventKind("sheet_reopened", OWN, _("A sheet of yours was reopened")),
    EventKind("evaluation_published", FOLLOWED, _("The results of an evaluation were published")),
    EventKind("delphi_invited", OWN, _("You are invited to a Delphi panel")),
    EventKind("delphi_round", OWN, _("A round of a Delphi study opened")),
    EventKind("delphi_ended", FOLLOWED, _("A Delphi study ended"), tells_area=False),
]
