"""What a council and its seats refuse, and the way out."""

from django.utils.translation import gettext_lazy as _

from participation.errors import Refused


class AddressTaken(Refused):
    message = _("Another council has this address already.")
    way_out = _("Choose another one: the name of the place and of the body, for example.")


class SeatsOutsideLimits(Refused):
    message = _("The number of seats is outside the limits of the law.")


class StateSeatsTooMany(Refused):
    message = _("So many seats of the state leave civil society less than its share.")


class TextsMissing(Refused):
    message = _("The name and the task of the council are needed in Kazakh and in Russian.")


class StateShareExceeded(Refused):
    message = _("This appointment would leave civil society less than its share of the council.")
    way_out = _("Fill a vacant seat of civil society first, or choose a later day.")


class SeatClosed(Refused):
    message = _("There is no such seat any more; its days stay as they are.")


class SeatHeld(Refused):
    message = _("Somebody sits on this seat on that day or later.")
    way_out = _("End that mandate first, or choose a later day.")


class SeatTaken(Refused):
    message = _("Somebody sits on this seat in these days.")
    way_out = _("End that mandate first, or choose a vacant seat.")


class SitsAlready(Refused):
    message = _("This person sits on this council in these days already.")
    way_out = _("Nobody holds two seats of one council.")


class OrganisationSitsAlready(Refused):
    message = _("This organisation has a member on this council in these days already.")
    way_out = _("One organisation of civil society has one seat; choose somebody of another one.")


class ChairTaken(Refused):
    message = _("The council has a chair in these days.")
    way_out = _("Appoint a member; the council elects its chair.")


class StateMayNotChair(Refused):
    message = _("Whoever sits for the state does not chair the council.")


class OrganisationMissing(Refused):
    message = _("Say on behalf of which organisation this member of civil society sits.")
    way_out = _("Only whoever was drawn by lot sits for nobody but themselves.")


class NotOfCivilSociety(Refused):
    message = _("A state body is not represented on a seat of civil society.")


class Incompatible(Refused):
    message = _("This person holds an office of the state on that day.")
    way_out = _("A seat of civil society is not open to whoever serves the state.")


class OutsideTerm(Refused):
    message = _("The council has no term on that day.")
    way_out = _("A mandate begins within a term of the council and of its seat.")


class TermOverlaps(Refused):
    message = _("The last term is not over on that day.")
    way_out = _("Choose the first day after it, or a later one.")


class ActMissing(Refused):
    message = _("Name the act by which the member was appointed: its number and date.")


class NameMissing(Refused):
    message = _("Say who takes the seat: who sits on a council is public.")


class NameUnchanged(Refused):
    message = _("The name is written like this already.")


class ReasonMissing(Refused):
    message = _("Say what was wrong: the correction and its reason are public.")


class EndsBeforeItBegins(Refused):
    message = _("A mandate lasts at least a day, and an office lies within it.")


class MandateOver(Refused):
    message = _("This mandate is over already; its dates stay as they are.")


class NotOfThisCouncil(Refused):
    message = _("This seat or this member belongs to another council.")


class InterestUnnamed(Refused):
    message = _("Name the organisation that the interest is in.")


class InterestOver(Refused):
    message = _("This interest is over already; its dates stay as they are.")


class DatesTurned(Refused):
    message = _("The end comes after the beginning.")
