"""What can be refused about a proposal, in words for people."""

from django.utils.translation import gettext_lazy as _

from participation.errors import Refused


class ProposalsClosed(Refused):
    message = _("Proposals are not taken now.")
    way_out = _("The dates of every phase stand at the top of the page of the budget.")


class DraftSent(Refused):
    message = _("This proposal has been sent already.")
    way_out = _("You find it among the proposals; its authors may edit it there.")


class DraftChanged(Refused):
    """`revision` is the one that is kept now."""

    message = _("This draft was changed on another page or device meanwhile.")
    way_out = _("What you typed is kept below. Send it once more to replace what was saved there.")

    def __init__(self, revision: int) -> None:
        self.revision = revision
        super().__init__()


class DraftTooLong(Refused):
    message = _("A text is too long to be saved.")
    way_out = _("Shorten it, then go on.")


class TooManyDrafts(Refused):
    message = _("You have many drafts here already.")
    way_out = _("Delete one of them, or go on with it.")


class ProposalEnded(Refused):
    message = _("This proposal goes no further: it was withdrawn, merged or refused.")


class ReasonMissing(Refused):
    message = _("Give the reason: it is published beside the proposal.")


class TooManyCoAuthors(Refused):
    message = _("No more people can be named as authors of this proposal.")


class InvitationAnswered(Refused):
    message = _("You have answered this invitation already.")


class NotMergeable(Refused):
    message = _("These two cannot be merged.")
    way_out = _(
        "A proposal goes on in another one of the same money, and both must still be under way."
    )


class MergeAsked(Refused):
    message = _("A merge of this proposal is being decided already.")


class MergeDecided(Refused):
    message = _("This merge has been decided already.")
    way_out = _("Load the page again.")


class SupportClosed(Refused):
    message = _("Support is given as long as proposals are taken.")


class ReceiptTaken(Refused):
    message = _("This receipt number stands on another proposal.")
