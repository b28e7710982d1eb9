"""Why a plan or a claim was refused, for people."""

from django.utils.translation import gettext_lazy as _

from participation.errors import Refused


class LineTaken(Refused):
    message = _("The budget of this year has a line of this number already.")


class NotOfThisCouncil(Refused):
    message = _("The line of the budget or the member is of another council.")


class NotOfThisYear(Refused):
    message = _("The money was spent in another year than this line is of.")
    way_out = _("Choose the line of the year in which it was spent.")


class NotWhileSitting(Refused):
    message = _("The member did not sit on the council on that day.")


class NotYetSpent(Refused):
    message = _("This day is still to come.")


class OwnClaim(Refused):
    message = _("Nobody decides on a claim of their own.")
    way_out = _("The chair or the secretary decides, whichever of them you are not.")


class DecidedAlready(Refused):
    message = _("This claim has been decided already.")


class NotApproved(Refused):
    message = _("Only what was approved is paid.")


class ReasonsMissing(Refused):
    message = _("Say why the claim is refused.")


class OverTheLine(Refused):
    message = _("This would spend more than the line plans, and the rules do not allow that.")
    way_out = _("The council can plan more for this line first.")
