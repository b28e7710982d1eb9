"""What can be refused while a proposal is checked, in words for people."""

from django.utils.translation import gettext_lazy as _

from participation.errors import Refused


class DeskOpenAlready(Refused):
    message = _("The desk of this budget is open already.")


class DeskNotOpen(Refused):
    message = _("The desk of this budget is not open yet.")
    way_out = _("The organiser opens it, with the rules of the check.")


class RulesUnusable(Refused):
    pass


class NotAReviewer(Refused):
    message = _("This person does not check proposals of this budget.")
    way_out = _("The organiser appoints reviewers on the page of the desk.")


class OwnProposal(Refused):
    message = _("Nobody checks a proposal of their own.")
    way_out = _("Hand it to somebody else.")


class SameReviewer(Refused):
    message = _("The second look is given to somebody else than the first.")


class NotYours(Refused):
    message = _("This proposal is in somebody else's hands.")
    way_out = _("Have it handed to you first, with the reasons.")


class AssignedAlready(Refused):
    message = _("One of these proposals has a department already.")
    way_out = _("Hand it over on its own page, with the reasons.")


class NotBeingChecked(Refused):
    message = _("This proposal is not being checked any more.")


class DecidedAlready(Refused):
    message = _("This has been decided already.")


class AnswerByVerdict(Refused):
    message = _("The answer to this is the verdict on the proposal.")
    way_out = _("Give it on the reviewers' page of the proposal.")


class ReasonsMissing(Refused):
    message = _("Give the reasons in Kazakh and in Russian: they are published.")


class SupersedingReasonMissing(Refused):
    message = _("There is a verdict already. Say why a new one replaces it.")


class ObjectionUnexplained(Refused):
    message = _("Say what you do not agree to: it is published.")


class ChangesMissing(Refused):
    message = _("Say in Kazakh and in Russian what changes.")


class ReviewsInHand(Refused):
    message = _("This reviewer still has proposals to check for the department.")
    way_out = _("Hand them over to somebody else first.")


class SignatureMissing(Refused):
    message = _("Say who signs, by name and post.")


class ChecksMissing(Refused):
    message = _("The check list is not complete yet.")
    way_out = _("Fill it in first: it is published with the verdict.")


class NoExplained(Refused):
    message = _("A line that is answered with no needs a note that says why.")


class CostBeyondEnvelope(Refused):
    message = _("The checked cost is more than the whole envelope.")
    way_out = _("Lower it with changes, or say that it is not feasible.")


class NotAnAuthor(Refused):
    message = _("Only an author of the proposal may do this.")


class AnsweredAlready(Refused):
    message = _("This was answered already.")


class TooLate(Refused):
    message = _("The time for this is over.")


class NothingToAppeal(Refused):
    message = _("There is no verdict here against which one may appeal.")


class AppealUnderWay(Refused):
    message = _("The author has appealed: the second look decides.")


class NothingToList(Refused):
    message = _("There is no feasible proposal that could go on the ballot now.")
