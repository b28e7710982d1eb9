"""Why office hours, a booking or a note were refused, for people."""

from django.utils.translation import gettext_lazy as _

from participation.errors import Refused


class NotSitting(Refused):
    message = _("Only who sits on the council on all these days holds office hours.")


class NoTimes(Refused):
    message = _("Between these days and times there is no time for a single talk.")
    way_out = _("Choose a later end or shorter talks.")


class TooManyTimes(Refused):
    message = _("These are too many talks to be opened at once.")
    way_out = _("Choose an earlier last day: you can open the next weeks later.")


class ElsewhereAlready(Refused):
    message = _("The member has other office hours at one of these times.")
    way_out = _("Choose another day or time.")


class SlotTaken(Refused):
    message = _("Somebody has just taken this time.")
    way_out = _("Choose another one from the list; what you wrote is kept.")


class SlotWithdrawn(Refused):
    message = _("The member has withdrawn this time.")
    way_out = _("Choose another one from the list.")


class TooLate(Refused):
    message = _("This talk has begun or is over.")


class BookedAlready(Refused):
    message = _("You have a time of these office hours already.")
    way_out = _("Cancel it first if you want another one.")


class CannotBeReached(Refused):
    message = _("Leave your name and a telephone or e-mail, so that the member can reach you.")


class NotYet(Refused):
    message = _("The talk has not begun yet.")


class ClosedAlready(Refused):
    message = _("This talk is closed already.")


class ReasonsMissing(Refused):
    message = _("Say why, in a few words: whoever booked is told.")


class DocketOpened(Refused):
    message = _("A matter was opened from this note already.")
