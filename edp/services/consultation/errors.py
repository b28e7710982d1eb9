"""What can be refused about a consultation, in words for people."""

from django.utils.translation import gettext_lazy as _

from participation.errors import Refused


class NotTheTime(Refused):
    message = _("The process is not at the stage of consultation.")
    way_out = _("The stages and their dates stand on the page of the process.")


class OneIsOpen(Refused):
    message = _("Another consultation of this process is open.")
    way_out = _("Close it first.")


class TextIncomplete(Refused):
    message = _("An official text needs every passage in Kazakh and in Russian, with a heading.")
    way_out = _("The passages that lack one are marked.")


class NothingToConsult(Refused):
    message = _("There is no text yet.")
    way_out = _("Add its passages first.")


class TermTooShort(Refused):
    pass


class OpensInThePast(Refused):
    message = _("The first day has passed: nobody could have taken part since.")
    way_out = _("Set the dates anew.")


class OpenedAlready(Refused):
    message = _("The consultation was announced: this cannot change any more.")


class VersionPublished(Refused):
    message = _("This version is published and stays as it is.")
    way_out = _("Start the next version.")


class VersionInPreparation(Refused):
    message = _("The next version is being prepared already.")


class ConsultationClosed(Refused):
    message = _("The consultation does not take comments now.")
    way_out = _("Its dates stand at the top of its page.")


class ConsultationReported(Refused):
    message = _("The report is published: the text does not change here any more.")
    way_out = _("It goes on in the strategy.")


class VotingOver(Refused):
    message = _("The statements are not put to the vote now.")
    way_out = _("The results show what was voted.")


class NotOverYet(Refused):
    message = _("Its last day has not passed.")


class AnswersMissing(Refused):
    message = _("Comments wait for an answer: the report is published when all are answered.")


class DayNotPossible(Refused):
    message = _("This day is before the first day of the consultation or in the future.")


class NoSuchComment(Refused):
    pass


class TooManyProposals(Refused):
    message = _("Three of your statements wait for a decision.")
    way_out = _("You can propose another when they are decided.")


class DecidedAlready(Refused):
    message = _("This statement has been decided already.")


class ReasonMissing(Refused):
    message = _("Give the reason: it is published.")


class StatementIncomplete(Refused):
    message = _("What is put to the vote is written in Kazakh and in Russian.")
