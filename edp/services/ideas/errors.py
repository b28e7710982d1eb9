from django.utils.translation import gettext_lazy as _

from participation.errors import Refused


class IdeasClosed(Refused):
    message = _("Ideas are not taken now.")
    way_out = _("They are from the stage of discovery on, as long as the process is under way.")


class IdeaDecided(Refused):
    message = _("This idea stands otherwise than you saw: somebody has decided on it meanwhile.")
    way_out = _("Load the page again.")


class IdeaIncomplete(Refused):
    message = _("Something is still missing: the title or a part of the sentence.")
    way_out = _("Complete the text, then send it.")


class BareSector(Refused):
    message = _("A sector alone is no idea yet.")
    way_out = _("Say what you can do, with which technology, and for whom.")


class SourcesMissing(Refused):
    message = _("An idea says what it comes from: name at least one source.")
    way_out = _("Choose what was said in a workshop, a figure, an asset or a trend.")


class SourceElsewhere(Refused):
    message = _("This source is not public, or belongs to another process.")


class ReasonsMissing(Refused):
    message = _("Give the reasons: they are published beside the idea.")


class NotMergeable(Refused):
    message = _("Only a submitted idea is merged, and into one that is submitted or admitted.")
    way_out = _("Give the number of another idea of this process.")


class NotInReview(Refused):
    message = _("Parked ideas are taken up again when the process is under review.")
