"""What can be refused in a discovery process, and why, in words for people."""

from django.utils.translation import gettext_lazy as _

from participation.errors import Refused


class NotOurs(Refused):
    message = _("This process did not take place here: it stays as it was written.")


class ReasonsMissing(Refused):
    message = _("A decision needs its reasons in Kazakh and in Russian.")


class DecidedInFuture(Refused):
    message = _("The day of a decision cannot lie in the future.")


class NotAnnounced(Refused):
    message = _("Nobody can read decisions of a process that is not announced.")
    way_out = _("Announce the process first.")


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


class PlanMissing(Refused):
    message = _("Name the plan around which this process goes.")


class AddressTaken(Refused):
    message = _("This place has a process for these years already.")


class NoDraft(Refused):
    message = _("The process is announced: what it says of itself is fixed.")
    way_out = _("A decision to go one stage back makes it a draft again.")


class StageIsOver(Refused):
    message = _("This stage is over: its dates are history.")


class RulesUnusable(Refused):
    message = _("The rules cannot be read.")


class SeatTaken(Refused):
    message = _("This person sits in the group already.")


class ChairTaken(Refused):
    message = _("The group has a chair already.")


class NobodyNamed(Refused):
    message = _("Give a name, or the e-mail address of an account.")


class InterestsMissing(Refused):
    message = _("Write down the interests, or that there are none.")
