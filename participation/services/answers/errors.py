"""What can be refused about an answer that is due, in words for people."""

from django.utils.translation import gettext_lazy as _

from participation.errors import Refused


class NotAStateBody(Refused):
    message = _("Only a state body owes an answer.")


class DayNotPossible(Refused):
    message = _("This day is before the receipt or in the future.")


class ReasonMissing(Refused):
    message = _("Give the reason: it is published.")


class AlreadyAnswered(Refused):
    message = _("This has been answered already.")
    way_out = _("A published answer is corrected by a new version with a reason.")


class NotAnswered(Refused):
    message = _("There is no answer yet that could be corrected.")


class ClockStandsStill(Refused):
    message = _("The clock stands still.")
    way_out = _("Start it again first.")


class ClockRuns(Refused):
    message = _("The clock is running already.")


class DateHasPassed(Refused):
    message = _("The date has passed: the clock can neither be stopped nor be extended any more.")
    way_out = _("Answer; how late the answer is stays visible.")


class ExtensionTooLong(Refused):
    pass


class AnswerIncomplete(Refused):
    pass


class PassedInACircle(Refused):
    message = _("This body has had the question already.")
    way_out = _("Choose another body, or answer.")


class SavedMeanwhile(Refused):
    message = _("This draft was saved meanwhile, perhaps by a colleague.")
    way_out = _(
        "Your text stands below. Compare it with the draft in another window; saving again"
        " replaces that draft."
    )


class NotAColleague(Refused):
    message = _("This person is not an officer of the body that owes the answer.")
