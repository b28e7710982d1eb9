"""Who may vote: where a person lives and how old they are on the last day of the vote."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from budgeting import errors
from budgeting.models import Election
from budgeting.services.scopes import place_of_voters, reach_of
from budgeting.voting_rules import VotingRules
from participation.models import Residence


def check_eligible(*, voter: User, election: Election) -> None:
    """Raises NotEligible with the reason and the way out; says nothing about any other person."""
    residence = Residence.objects.filter(person=voter, valid_to=None).first()
    reach = reach_of(voter, election.envelope.cycle)
    if residence is None or reach is None:
        raise errors.ResidenceNotConfirmed
    if not reach.votes_in(election):
        raise errors.LivesElsewhere(
            _("This vote is for residents of %(place)s.") % {"place": place_of_voters(election)}
        )
    min_age = VotingRules.from_data(election.rules).min_age
    if _age_on(residence.born_on, timezone.localdate(election.closes_at)) < min_age:
        raise errors.TooYoung(_("Age for voting here: %(age)s or older.") % {"age": min_age})


def _age_on(born_on: date, day: date) -> int:
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
