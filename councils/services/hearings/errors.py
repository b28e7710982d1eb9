"""Why something is not done at a hearing."""

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from councils.notice import NoticeTerm
from participation.errors import Refused


class WrongTime(Refused):
    message = _("The hearing is not at the stage at which this can be done.")


class NoticeTooLate(Refused):
    """`term` says what was counted."""

    def __init__(self, term: NoticeTerm) -> None:
        self.term = term
        counted = ngettext(
            "Between the notice on %(notice)s and the hearing on %(hearing)s lies %(number)s full "
            "working day; the rules ask for %(needed)s.",
            "Between the notice on %(notice)s and the hearing on %(hearing)s lie %(number)s full "
            "working days; the rules ask for %(needed)s.",
            term.between,
        )
        way_out = _(
            "The last day for a notice of that date was %(last)s. With a notice on %(notice)s the "
            "hearing can be on %(first)s or later."
        )
        told = {
            "notice": date_format(term.notice_on, "DATE_FORMAT"),
            "hearing": date_format(term.hearing_on, "DATE_FORMAT"),
            "last": date_format(term.last_notice_on, "DATE_FORMAT"),
            "first": date_format(term.first_hearing_on, "DATE_FORMAT"),
            "number": term.between,
            "needed": term.needed,
        }
        super().__init__(counted % told, way_out=way_out % told)


class BothLanguagesNeeded(Refused):
    message = _("A notice is written in Kazakh and in Russian.")


class RegistrationClosed(Refused):
    message = _("Registration for this hearing is closed.")
    way_out = _("You can follow it on its page, and read its minutes there afterwards.")


class RegisteredAlready(Refused):
    message = _("Somebody has registered with this address or number.")
    way_out = _("If it was you, open the page that you were given then.")


class HallFull(Refused):
    message = _("There is no free place in the hall.")
    way_out = _("Mark those who did not come as absent, or let the person take part online.")


class PlacesGiven(Refused):
    message = _("More places than that are given already.")


class FloorTaken(Refused):
    message = _("Somebody else has the floor.")
    way_out = _("End that speech first.")


class NotInQueue(Refused):
    message = _("This speaker is not at the stage at which this can be done.")


class AsksAlready(Refused):
    message = _("You are on the list of speakers already.")


class QuestionSettled(Refused):
    message = _("What becomes of this question is decided already.")


class QuestionsOpen(Refused):
    """`number` questions that nobody has decided about."""

    way_out = _("Answer each, let it be answered in writing, or say why it is not put.")

    def __init__(self, number: int) -> None:
        told = ngettext(
            "%(number)s question is not decided about.",
            "%(number)s questions are not decided about.",
            number,
        )
        super().__init__(told % {"number": number})


class AlreadyWithdrawn(Refused):
    message = _("This was withdrawn already.")
