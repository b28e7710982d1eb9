"""What can be refused in a budget cycle, and why, in words for people."""

from django.utils.translation import gettext_lazy as _

from participation.errors import Refused


class BallotInvalid(Refused):
    message = _("This ballot does not follow the rules of the vote.")


class EmptyBallot(BallotInvalid):
    message = _("You have not chosen anything yet.")
    way_out = _("Choose at least one project.")


class TooFewChoices(BallotInvalid):
    pass


class TooManyChoices(BallotInvalid):
    pass


class BudgetExceeded(BallotInvalid):
    pass


class PointsExceeded(BallotInvalid):
    pass


class UnknownProject(BallotInvalid):
    message = _("A project that you chose is not on this ballot.")
    way_out = _("Reload the page and choose again.")


class UnknownGrade(BallotInvalid):
    message = _("A project was given a grade that this ballot does not have.")
    way_out = _("Choose one of the four grades.")


class PlaceTwice(BallotInvalid):
    pass


class PlaceMissing(BallotInvalid):
    message = _("A place is missing in your order.")
    way_out = _("Give the places one after the other, from the first on.")


class VotingClosed(Refused):
    message = _("The vote is not open now.")


class NotSignedIn(Refused):
    message = _("Sign in to vote.")


class NotEligible(Refused):
    message = _("You may not vote here.")


class ResidenceNotConfirmed(NotEligible):
    message = _("You may vote once your place of residence is confirmed.")
    way_out = _(
        "Bring an identity document to a service desk of the akimat; it takes a few minutes."
    )


class LivesElsewhere(NotEligible):
    message = _("This vote is for residents of another place.")


class TooYoung(NotEligible):
    pass


class ProofNotAccepted(NotEligible):
    message = _("The way in which your place of residence was shown does not count in this vote.")
    way_out = _("The page of the budget says which ways count.")


class NotThereLongEnough(NotEligible):
    message = _("It is not shown that you have been registered there for long enough.")
    way_out = _("Bring your document to a service desk if you have.")


class NotInRegister(NotEligible):
    message = _("You may vote once you are found in the register of residents.")
    way_out = _("Prove it with your number, with the code of a letter, or at a service desk.")


class VotedOnPaper(NotEligible):
    message = _("You have voted on paper, so you cannot vote on the web as well.")


class BallotFinal(NotEligible):
    message = _("You have voted. In this vote a ballot cannot be changed once it is cast.")


class NoFreeChoice(Refused):
    message = _("You cannot choose this vote now.")


class ConflictTooSmall(Refused):
    message = _("Only two or more projects can exclude each other.")
    way_out = _("Choose another project.")


class ConflictExists(Refused):
    message = _("These projects exclude each other already.")


class BudgetExists(Refused):
    message = _("This place has a budget for this year already.")
    way_out = _("Give this one a word of its own for its address.")


class NotReady(Refused):
    """The to-do list before opening is not empty."""

    message = _("Some things have to be done before the vote can be frozen.")


class NothingToCount(Refused):
    message = _("No project is on the ballot now, so there is nothing to count.")
    way_out = _("Put projects on the ballot first.")


class TrialFull(Refused):
    message = _("The trial has as many ballots as a trial may have.")
    way_out = _("Add fewer, or delete the trial and open a new one.")


class WrongState(Refused):
    message = _("This has been done already, or it is not time for it yet.")
