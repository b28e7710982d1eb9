"""What can be refused around paper, and the way out."""

from django.utils.translation import gettext_lazy as _

from participation.errors import Refused


class StationsNeedRegister(Refused):
    message = _("Stations need a register of residents, so that nobody votes twice.")
    way_out = _("The rules of this budget have to ask for a line of the register.")


class ServesAlready(Refused):
    message = _("This person serves at the station already.")


class GivesToOneself(Refused):
    message = _("Nobody gives a ballot to themselves.")
    way_out = _("Another officer of the station does it.")


class NotGiven(Refused):
    """The same words whether the person voted on the web or was given a ballot before."""

    message = _("A vote of this person is recorded already: no ballot can be given.")


class NothingToGive(Refused):
    message = _("Choose at least one ballot to give.")


class MorePapersThanGiven(Refused):
    message = _("The station gave fewer ballots than this.")
    way_out = _("Count the papers again; what is too much is written into the protocol.")


class PapersKeyedBeyond(Refused):
    message = _("Papers with higher numbers have been keyed already.")


class BatchClosed(Refused):
    message = _("This batch is closed: its papers are among the ballots.")


class PapersDeclared(Refused):
    message = _("The papers of this station are declared complete.")


class PaperUnknown(Refused):
    message = _("This batch has no such paper, or it needs no look now.")
    way_out = _("Go on with the next paper.")


class KeyedByYou(Refused):
    message = _("You have keyed this paper already; the second look is another person's.")


class DecidedByAnother(Refused):
    message = _("You have keyed this paper: somebody else decides, or both of you together.")


class BatchNotReady(Refused):
    message = _("Every paper has to be keyed twice, and every difference decided, before that.")


class BatchesOpen(Refused):
    message = _("A batch of this station is still open.")


class VoteNotOver(Refused):
    message = _("Papers are declared complete after the vote has closed.")


class NothingGiven(Refused):
    message = _("The station gave no ballot of this vote: there is nothing to declare.")


class FewerThanAccepted(Refused):
    message = _("The box cannot have held fewer papers than were keyed.")


class ReasonMissing(Refused):
    message = _("The numbers differ: say why, in Kazakh and Russian.")


class NumbersDisagree(Exception):
    """Ballots on the web and on paper do not add up to those that were opened."""
