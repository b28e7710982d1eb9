"""What can be refused about a recommendation, in words for people."""

from django.utils.translation import gettext_lazy as _

from participation.errors import Refused


class NotADraft(Refused):
    message = _("This recommendation was adopted: its words and what it rests on stay.")
    way_out = _("Write another one, and let the council vote on it.")


class MotionNotAdopted(Refused):
    message = _("A recommendation comes from a motion that this council adopted.")
    way_out = _("Let the council vote on it at a meeting first.")


class EvidenceMissing(Refused):
    message = _("A recommendation rests on something that was said or written.")
    way_out = _("Name at least one question, paper or line of minutes.")


class NotAdopted(Refused):
    message = _("Only what the council adopted, and did not deliver yet, can be delivered.")


class NoBody(Refused):
    message = _("Name at least one state body: it owes the answer.")


class DayNotPossible(Refused):
    message = _("This day is before the council's decision or in the future.")


class NotDelivered(Refused):
    message = _("This recommendation was not delivered yet.")


class NotAnsweredYet(Refused):
    message = _("Commitments come with an answer, and this body has not answered.")


class DatesTurned(Refused):
    message = _("What is promised lies after the promise.")


class TextsMissing(Refused):
    message = _("An official text is needed in Kazakh and in Russian.")


class ActKnown(Refused):
    message = _("This act stands here already.")


class NothingToClose(Refused):
    message = _("Every body has answered: there is nothing to close.")


class TooEarlyToClose(Refused):
    message = _("A recommendation can be closed unanswered only after the last escalation.")
    way_out = _("Until then the reminders go on.")


class ReasonMissing(Refused):
    message = _("Give the reason: it is published.")
