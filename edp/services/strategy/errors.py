from django.utils.translation import gettext_lazy as _

from participation.errors import Refused


class StrategyFrozen(Refused):
    message = _("This version is approved: nothing in it changes any more.")
    way_out = _("Start the next version, which supersedes it.")


class TooEarly(Refused):
    message = _("A strategy is written from the consultation on.")
    way_out = _("Priorities come first: pass the gates before it.")


class VersionUnderWay(Refused):
    message = _("There is a version that is not in force yet.")
    way_out = _("Finish that version first.")


class TextMissing(Refused):
    message = _("Title and vision are needed in Kazakh and in Russian.")
    way_out = _("Write them under “Title, vision and foreword”.")


class PlanNotWhole(Refused):
    message = _("The plan is not whole yet.")
    way_out = _("The list of gaps says what is missing and where.")


class NotItsTurn(Refused):
    message = _("This step does not follow the one that the strategy is at.")
    way_out = _("The order is: public council, akimat, maslikhat, in force.")


class GateNotPassed(Refused):
    message = _("A strategy comes into force when the gate of adoption is passed.")
    way_out = _("Check the gate on the organiser's page of the process.")


class AnswerRulesMissing(Refused):
    message = _("There are no rules yet on how soon recommendations are answered.")
    way_out = _("An operator adds a ruleset of answers.")


class PartHasParts(Refused):
    message = _("Other parts hang on this one.")
    way_out = _("Remove or move what stands below it first.")


class PriorityNotSelectable(Refused):
    message = _("This priority was not selected or belongs to another process.")


class PeriodNotOver(Refused):
    message = _("The years of this strategy are not over yet.")
    way_out = _("A next version takes its place before that.")
