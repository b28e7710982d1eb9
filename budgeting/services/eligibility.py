"""Who may vote: where a person lives, how old they are, how both were shown."""

from datetime import date, timedelta

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from budgeting import errors
from budgeting.ages import age_on
from budgeting.models import Election, RegisterLine
from budgeting.services.scopes import place_of_voters, reach_of
from budgeting.voter_rules import VoterRules
from budgeting.voting_rules import VotingRules
from participation.models import Residence


def voter_rules_of(election: Election) -> VoterRules:
    """The frozen ones; before the freeze those of the cycle."""
    data = election.rules or election.envelope.cycle.ruleset.data
    return VotingRules.from_data(data).voter_rules


def check_eligible(*, voter: User, election: Election) -> None:
    """Raises NotEligible with the reason and the way out; says nothing about any other person."""
    rules = voter_rules_of(election)
    residence = Residence.objects.filter(person=voter, valid_to=None).first()
    reach = reach_of(voter, election.envelope.cycle)
    if residence is None or reach is None:
        raise errors.ResidenceNotConfirmed
    if residence.method not in rules.proofs:
        raise errors.ProofNotAccepted
    if not reach.votes_in(election):
        raise errors.LivesElsewhere(
            _("This vote is for residents of %(place)s.") % {"place": place_of_voters(election)}
        )
    if age_on(residence.born_on, timezone.localdate(election.closes_at)) < rules.min_age:
        raise errors.TooYoung(_("Age for voting here: %(age)s or older.") % {"age": rules.min_age})
    if rules.residence_days and not _lives_there_since(residence, _latest_start(election, rules)):
        raise errors.NotThereLongEnough
    if rules.needs_line and not _is_on_a_line(voter, election):
        raise errors.NotInRegister


def _latest_start(election: Election, rules: VoterRules) -> date:
    return timezone.localdate(election.opens_at) - timedelta(days=rules.residence_days)


def _lives_there_since(residence: Residence, day: date) -> bool:
    return residence.lives_since is not None and residence.lives_since <= day


def _is_on_a_line(voter: User, election: Election) -> bool:
    return RegisterLine.objects.filter(
        register__cycle=election.envelope.cycle_id, person=voter
    ).exists()


def write_roll(election: Election) -> None:
    """Everyone shown to be a voter so far; those shown later join as they vote."""
    rules = voter_rules_of(election)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH RECURSIVE place AS (
              SELECT id FROM participation_territory WHERE id = %s
              UNION SELECT t.id FROM participation_territory t JOIN place ON t.parent_id = place.id
            )
            INSERT INTO budgeting_rollentry (election_id, voter_id, casts)
            SELECT %s, r.person_id, 0
            FROM participation_residence r JOIN place ON place.id = r.territory_id
            WHERE r.valid_to IS NULL
              AND r.born_on <= (%s::date - make_interval(years => %s))
              AND r.method = ANY(%s)
              AND (NOT %s OR r.lives_since <= %s::date)
              AND (NOT %s OR EXISTS (
                SELECT FROM budgeting_registerline line
                JOIN budgeting_register register ON register.id = line.register_id
                WHERE register.cycle_id = %s AND line.person_id = r.person_id))
            ORDER BY r.person_id
            ON CONFLICT DO NOTHING
            """,
            [
                place_of_voters(election).pk,
                election.pk,
                timezone.localdate(election.closes_at),
                rules.min_age,
                list(rules.proofs),
                rules.residence_days > 0,
                _latest_start(election, rules),
                rules.needs_line,
                election.envelope.cycle_id,
            ],
        )


def proof_of(person: User) -> Residence | None:
    """What shows where a person lives, if anything does; for the person's own eyes."""
    proofs = Residence.objects.filter(person=person, valid_to=None)
    return proofs.select_related("territory").first()
