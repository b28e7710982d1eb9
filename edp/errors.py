"""What can be refused in a discovery process, and why, in words for people."""

from django.utils.translation import gettext_lazy as _

from participation.errors import Refused


class NotOurs(Refused):
    message = _("This process did not take place here: it stays as it was written.")


class ReasonsMissing(Refused):
    message = _("A decision needs its reasons in Kazakh and in Russian.")


class DecidedInFuture(Refused):
    message = _("The day of a decision cannot lie in the future.")


class WrongStage(Refused):
    message = _("This cannot be done at the stage at which the process stands.")


class NoGate(Refused):
    message = _("There is no gate to pass at this stage.")
    way_out = _("A decision moves the process from here.")


class GateClosed(Refused):
    message = _("The gate stays closed: not all conditions are met.")


class AlreadyMoved(Refused):
    message = _("The process has moved on meanwhile.")
    way_out = _("Reload the page to see where it stands.")


class UnknownCondition(Refused):
    message = _("The gate has no such condition.")


class NothingToWaive(Refused):
    message = _("This condition is met or set aside already.")
