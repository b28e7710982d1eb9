"""What a meeting of a council refuses, and the way out."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from participation.errors import Refused


class WrongTime(Refused):
    message = pgettext_lazy("of a council", "This cannot be done at this stage of the meeting.")
    way_out = pgettext_lazy(
        "of a council", "The state of the meeting stands at the top of its page."
    )


class TextsMissing(Refused):
    message = _("The title is needed in Kazakh and in Russian.")
    way_out = _("Write the missing one, then announce the meeting.")


class CouncilNotPublic(Refused):
    message = _("The council itself is not public yet.")
    way_out = _("Publish the council, then announce its meetings.")


class ReasonMissing(Refused):
    message = _("Give the reasons: whoever wanted to come will read them.")


class OtherCouncil(Refused):
    message = _("This belongs to another council.")


class NotMember(Refused):
    message = _("Only members of the council can do this.")


class MandateEnded(Refused):
    message = _("Somebody is marked as present whose mandate has ended.")
    way_out = _("Mark them as gone first.")


class AlreadyThere(Refused):
    message = _("This member is marked as present already.")


class NotThere(Refused):
    message = _("This member is not marked as present.")


class VoteRestsOnIt(Refused):
    message = _("A vote rests on who was present at that moment; this cannot be changed behind it.")
    way_out = _("Enter the moment as it is now.")


class NoQuorum(Refused):
    """Too few are present, and how many are needed."""

    way_out = _("Wait until more members have come, or end the meeting: it failed.")

    def __init__(self, present: int, needed: int) -> None:
        told = ngettext(
            "There is no quorum: %(present)s member is present, %(needed)s are needed.",
            "There is no quorum: %(present)s members are present, %(needed)s are needed.",
            present,
        )
        super().__init__(told % {"present": present, "needed": needed})


class BlockedInBreach(Refused):
    message = _("The council's composition is in breach today: its rules let no vote open.")
    way_out = _("Fill the seats of civil society first.")


class OtherVoteOpen(Refused):
    message = _("A vote is open in this meeting.")
    way_out = _("Close it first.")


class MotionDecided(Refused):
    message = _("This motion is not on the table any more.")


class VoteClosed(Refused):
    message = _("This vote is closed.")
    way_out = _("Its outcome stands on the page of the meeting.")


class NobodyMayVote(Refused):
    message = _("Everybody who is present is recused from this item.")


class NotPresent(Refused):
    message = _("Only members who were present when the vote opened take part in it.")


class IsRecused(Refused):
    message = _("Who is recused from an item does not vote on it.")


class VotedAlready(Refused):
    message = _("You have voted already; a secret vote cannot be changed.")


class OnlyOnOwnPhone(Refused):
    message = _("In a secret vote everybody votes on their own phone.")


class RecusalTooLate(Refused):
    message = _("An interest is declared before the first vote on the item.")


class AlreadyRecused(Refused):
    message = _("This member is recused from the item already.")


class MinutesMissing(Refused):
    message = _("The minutes are needed in Kazakh and in Russian.")


class MinutesSigned(Refused):
    message = _("These minutes are signed or published already.")
    way_out = _("What is wrong in published minutes is corrected by the next version.")


class NotSigned(Refused):
    message = _("Minutes are published when the secretary and the chair have signed them.")


class TwoSignatures(Refused):
    message = _("The secretary and the chair are two people: each signs for themselves.")
