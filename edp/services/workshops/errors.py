"""What a meeting refuses, and the way out."""

from django.utils.translation import gettext_lazy as _

from participation.errors import Refused


class NotAtWork(Refused):
    message = _("This process does not hold meetings now.")
    way_out = _("Meetings are held from the preparation of a process until its review.")


class WrongTime(Refused):
    message = _("This cannot be done at this stage of the meeting.")
    way_out = _("The state of the meeting stands at the top of its page.")


class TextsMissing(Refused):
    message = _("The title and the invitation are needed in Kazakh and in Russian.")
    way_out = _("Write the missing ones, then announce the meeting.")


class ReasonsMissing(Refused):
    message = _("Give the reasons in Kazakh and in Russian: whoever wanted to come will read them.")


class ReportMissing(Refused):
    message = _("The report is needed in Kazakh and in Russian.")


class PlacesGiven(Refused):
    message = _("More places are given away already than you would leave.")
    way_out = _("Write a larger number, or ask people to give their places back.")


class RegistrationClosed(Refused):
    message = _("Places are not given any more.")
    way_out = _("Come to another meeting of this process, or write your idea on its page.")


class AlreadyInvited(Refused):
    message = _("This person is invited already.")


class ConsentMissing(Refused):
    message = _("Nothing is published that its speaker has not agreed to publish.")
    way_out = _("Ask the speaker, then tick the box.")


class StatementPublished(Refused):
    message = _("This statement is published: it stays as it was said.")
    way_out = _("What has changed since is a new statement that takes the place of the old one.")


class PhonesNotAsked(Refused):
    message = _("This meeting does not take words from phones now.")
    way_out = _("Say it in the hall: the rapporteur writes down what is said.")


class DotsNotOpen(Refused):
    message = _("Dots are not given now.")
    way_out = _("The moderator says when they can be given; each of you has the same number.")


class TooManyDots(Refused):
    message = _("You have put more dots than you have.")


class NoThemes(Refused):
    message = _("There are no themes to put dots on.")
    way_out = _("Write at least two themes on the board first.")


class DotsGiven(Refused):
    message = _("Themes cannot be added or renamed once dots are given.")
