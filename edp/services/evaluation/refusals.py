"""What an evaluation refuses, in words for people."""

from django.utils.translation import gettext_lazy as _

from edp.models import DiscoveryProcess, Stage
from edp.phases import ORDER
from participation.errors import Refused

# Ideas stay welcome later on, so they are judged later on too.
SCORED_FROM = ORDER.index(Stage.EVALUATION)


class NotEvaluating(Refused):
    message = _("Ideas are assessed from the stage of evaluation on.")
    way_out = _("The dates of every stage stand at the top of the page of the process.")


class CriteriaMissing(Refused):
    message = _("There are no criteria yet.")
    way_out = _("Choose a set of criteria first.")


class CriteriaFrozen(Refused):
    message = _("The criteria are frozen: a sheet has been locked by them.")


class CriterionInUse(Refused):
    message = _("A criterion that has scores already cannot be taken away.")
    way_out = _("Give it another weight, zero if it should not count.")


class WrongWeights(Refused):
    message = _("The weights have to sum to exactly 1.")


class NotYours(Refused):
    message = _("This idea was not given to you to assess.")


class NotDeclared(Refused):
    message = _("Declare your interests first: scores come after that.")


class WaitsForRuling(Refused):
    message = _("Your declared interest waits for a ruling.")
    way_out = _("The chair of the panel decides; you are told at once.")


class IsRecused(Refused):
    message = _("You do not score this idea: you are recused from it.")


class IsLocked(Refused):
    message = _("This sheet is locked.")
    way_out = _("The chair of the panel can reopen it, with a reason that is published.")


class IsExpired(Refused):
    message = _("The time for this sheet is over.")
    way_out = _("The chair of the panel can give you a new last day.")


class SheetNotWhole(Refused):
    message = _("Every criterion needs a score or “no information” before the sheet is locked.")


class JustificationMissing(Refused):
    message = _("Give the reasons for every score of 0, 1 or 5.")


class SummaryMissing(Refused):
    message = _("Say in one sentence what may be published of your interest.")


class ReasonMissing(Refused):
    message = _("Give the reason: it is kept in the public record.")


class NothingToRule(Refused):
    message = _("There is no declared interest that waits for a ruling.")


class NotToReopen(Refused):
    message = _("Only a locked or an expired sheet can be opened again.")


class NothingNew(Refused):
    message = _("Nothing has changed since the results were last published.")


class OwnInterest(Refused):
    message = _("Nobody rules on an interest of their own.")
    way_out = _("An organiser of the process can decide on it.")


class NothingToDeclare(Refused):
    message = _("You have declared already; a later declaration is for an interest that exists.")


class NothingToPublish(Refused):
    message = _("No idea has been assessed by its whole panel yet.")


class NoReport(Refused):
    message = _("Publish the results first: the decision says how it relates to them.")


class NotEveryIdea(Refused):
    message = _("Every idea of the evaluation needs an outcome with its reason.")


class TooManyPriorities(Refused):
    message = _("These are more candidates than the rules of this process allow.")


class NoCandidates(Refused):
    message = _("Choose at least one candidate.")


class DepartureUnexplained(Refused):
    message = _(
        "This departs from the ranking. Say why, in Kazakh and in Russian: it is published."
    )


class TextsMissing(Refused):
    message = _("A candidate priority needs its title in Kazakh and in Russian.")


class AlreadyExcused(Refused):
    message = _("There is a decision on this idea already.")


def require_evaluation(process: DiscoveryProcess) -> None:
    """Raises NotEvaluating before that stage, and where a process stands still or is over."""
    stage = process.stage
    if stage not in ORDER or not SCORED_FROM <= ORDER.index(Stage(stage)) < len(ORDER) - 1:
        raise NotEvaluating
