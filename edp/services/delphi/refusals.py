"""What a Delphi study refuses, in words for people."""

from django.utils.translation import gettext_lazy as _

from participation.errors import Refused


class NoForesight(Refused):
    message = _("Delphi studies are held from the stage of evidence on, while a process is open.")


class AlreadyBegun(Refused):
    message = _("The study has begun: its statements, rules and panel are fixed.")


class NotRunning(Refused):
    message = _("The study is not under way.")


class StatementsMissing(Refused):
    message = _("Write at least one statement.")


class PanelTooSmall(Refused):
    message = _("The panel needs more people, of at least two helices.")
    way_out = _("Invite more people first: some never answer.")


class AlreadyInvited(Refused):
    message = _("This person is invited already.")


class NotInvited(Refused):
    message = _("You are not on this panel.")


class NoOpenRound(Refused):
    message = _("No round is open now.")
    way_out = _("You are told when the next one opens.")


class RoundOpen(Refused):
    message = _("A round is open already.")


class OffScale(Refused):
    message = _("Choose one of the ratings of the scale.")


class ClosesInPast(Refused):
    message = _("A round has to close later than now.")
