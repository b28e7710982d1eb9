"""What a selection refuses, and the way out."""

from django.utils.translation import gettext_lazy as _

from participation.errors import Refused


class WrongStep(Refused):
    message = _("This cannot be done at this step of the selection.")
    way_out = _("The steps stand on the page of the selection, in their order.")


class SupervisedBody(Refused):
    message = _("The body that this council supervises decides nothing about its composition here.")
    way_out = _("Its act is registered by the secretary of the council, with number and date.")


class TextsMissing(Refused):
    message = _("The call is needed in Kazakh and in Russian.")


class SeatsMissing(Refused):
    message = _("Say which seats are to be filled.")


class GroupFull(Refused):
    message = _("The working group has all its members.")


class TooManyOfState(Refused):
    message = _("The state would hold more seats of the working group than the law allows.")
    way_out = _("Choose somebody of civil society.")


class AlreadyInGroup(Refused):
    message = _("This person sits in the working group already.")


class GroupIncomplete(Refused):
    message = _("The working group has not as many members as it was given seats.")


class CriteriaMissing(Refused):
    message = _("Write down at least one criterion before the group is fixed.")


class CallClosed(Refused):
    message = _("Applications are not taken now.")
    way_out = _("The dates of the call stand on its page.")


class TooEarly(Refused):
    message = _("The call is still open: everybody has until its last minute.")


class AlreadyApplied(Refused):
    message = _("You have applied already.")
    way_out = _("You can withdraw on the page of the selection.")


class OrganisationMissing(Refused):
    message = _("Say for which body you stand: seats of the state are held for one.")


class Incompatible(Refused):
    message = _(
        "Whoever serves a state body cannot stand for a seat of civil society: these are "
        "incompatible offices."
    )
    way_out = _("Somebody else of civil society may stand.")


class ReasonsMissing(Refused):
    message = _("A refusal needs its reasons: the candidate and everybody else will read them.")


class Unscreened(Refused):
    message = _("Some applications are neither admitted nor refused.")


class NobodyAdmitted(Refused):
    message = _("No candidate was admitted.")
    way_out = _("The selection can be ended as failed, with its reasons.")


class NotJudgedNow(Refused):
    message = _("Candidates are not judged now.")


class WrongPoints(Refused):
    message = _("These are more points than the criterion has.")


class ScoresMissing(Refused):
    message = _("Some candidates were not scored by every criterion; what is missing is no zero.")
    way_out = _("At least one member has to score each candidate by each criterion.")


class VotesMissing(Refused):
    message = _("Nobody has voted on some of the candidates.")


class NotDrawn(Refused):
    message = _("The lot is not drawn yet.")
    way_out = _("Prepare the draw from the desk of this selection and take its steps.")


class ActMissing(Refused):
    message = _("Write down the act: what it is, its number, its date and where it stands.")
