"""Freeze, close, seal, open: the life of an election, each step once and in order."""

import structlog
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from budgeting import errors, phases
from budgeting.keys import create_key
from budgeting.models import Election, Envelope, RollEntry, ShortlistEntry
from budgeting.readiness import issues_before_opening
from budgeting.services.conditions import conditions_of
from budgeting.services.counting import count_election, write_ballot_file
from budgeting.services.eligibility import write_roll
from budgeting.services.frozen_ballots import planned_shortlist, take_rules_of_cycle
from budgeting.services.paper.protocols import check_number_of_ballots, papers_are_complete
from budgeting.services.participation import count_participation
from budgeting.services.sealing import open_final_ballots, seal_finished_epochs
from budgeting.services.trials import discard_trial
from budgeting.services.works import open_works
from participation.models import Delivery, Event
from participation.services import notify_followers, record

log = structlog.get_logger()


def prepare_election(*, envelope: Envelope) -> Election:
    """The envelope's election in preparation, with the dates of the cycle's voting phase."""
    voting = envelope.cycle.dossier.phases.get(kind=phases.VOTING)
    election, _created = Election.objects.get_or_create(
        envelope=envelope,
        defaults={"opens_at": voting.opens_at, "closes_at": voting.closes_at},
    )
    return election


@transaction.atomic
def freeze_election(*, by: User, election: Election) -> Election:
    """Fix projects, costs, money, dates and rules, make the key, and write the roll.

    From here on the database refuses any change of them. The vote then opens by its date.
    Raises NotReady with the first open item of the to-do list, WrongState if frozen already.
    """
    election = Election.objects.select_for_update().get(pk=election.pk)
    if election.state != Election.State.SETUP:
        raise errors.WrongState
    for issue in issues_before_opening(election):
        if not issue.is_done:
            raise errors.NotReady(issue.text)
    cycle = election.envelope.cycle
    take_rules_of_cycle(election)
    if cycle.ruleset.frozen_at is None:
        cycle.ruleset.frozen_at = timezone.now()
        cycle.ruleset.save(update_fields=["frozen_at"])
    discard_trial(by=by, election=election)
    ShortlistEntry.objects.bulk_create(planned_shortlist(election))
    key = create_key(election.pk)
    election.key_fingerprint = key.fingerprint
    election.receipt_public_key = key.receipt_public_key
    election.state = Election.State.FROZEN
    election.save()
    write_roll(election)
    record(
        kind="budgeting.election_frozen",
        dossier=cycle.dossier,
        actor=by,
        election=election.pk,
        amount=election.envelope.amount,
        opens_at=election.opens_at.isoformat(),
        closes_at=election.closes_at.isoformat(),
        projects=[
            {"id": entry.project_id, "cost": entry.cost} for entry in election.shortlist.all()
        ],
        rules=election.rules,
        **conditions_of(election.envelope),
        key_fingerprint=election.key_fingerprint,
        receipt_public_key=election.receipt_public_key,
    )
    return election


def advance_election(election: Election) -> None:
    """Do what is due: seal full epochs while the vote is open; close, open and count after it.

    The count waits until the papers of all stations are declared complete.

    Every step asks the database whether it was done, so a killed worker or a second one at the
    same time does no harm.
    """
    if election.state == Election.State.FROZEN and not _close_if_due(election):
        seal_finished_epochs(election)
        return
    if election.state == Election.State.CLOSED and not papers_are_complete(election):
        # The last ballots of the web and the papers go into one epoch, which hides both.
        seal_finished_epochs(election)
        if _tells_times_of_casts(election):
            forget_times_of_casts(election)
    elif election.state == Election.State.CLOSED:
        seal_finished_epochs(election, is_final=True)
        open_final_ballots(election)
        check_number_of_ballots(election)
        forget_times_of_casts(election)
        write_ballot_file(election=election)
        count_election(election=election)
    forget_told_notices(election)


def _close_if_due(election: Election) -> bool:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT budgeting_close_election(%s)", [election.pk])
        (has_closed,) = cursor.fetchone()
        if has_closed:
            record(
                kind="budgeting.voting_closed",
                dossier=election.envelope.cycle.dossier,
                election=election.pk,
                voters=RollEntry.objects.filter(election=election, casts__gt=0).count(),
            )
    election.refresh_from_db()
    return election.state != Election.State.FROZEN


def forget_times_of_casts(election: Election) -> None:
    """Take from the roll what its rows still tell of when each person voted.

    The table is written anew in the order of voters, in one transaction and without the rows'
    old versions. Waits 2 s for others at the roll, then leaves it to the next try.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        Election.objects.select_for_update(no_key=True).get(pk=election.pk)  # one worker at a time
        cursor.execute("SET LOCAL lock_timeout = '2s'")
        cursor.execute("SELECT budgeting_rewrite_roll(%s)", [election.pk])


def _tells_times_of_casts(election: Election) -> bool:
    """False once the roll was written anew: all its rows are then of one transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT xmin::text) > 1 FROM budgeting_rollentry WHERE election_id = %s",
            [election.pk],
        )
        return bool(cursor.fetchone()[0])


def forget_told_notices(election: Election) -> None:
    """Take from the outbox the notices of casts that nobody waits for any more.

    Those still to be sent at the close go later: `due_elections` lists their elections.
    """
    notices = Event.objects.filter(kind="ballot_cast", dossier=election.envelope.cycle.dossier)
    waiting = [Delivery.State.WAITING, Delivery.State.SENDING]
    told = notices.exclude(deliveries__state__in=waiting)
    Delivery.objects.filter(event__in=told).delete()
    told.filter(deliveries=None).delete()


@transaction.atomic
def publish_results(*, by: User, election: Election) -> None:
    """Make the official tally public. Raises WrongState unless the election is counted."""
    election = Election.objects.select_for_update(no_key=True).get(pk=election.pk)
    if election.state != Election.State.COUNTED:
        raise errors.WrongState
    tally = election.tallies.get(is_official=True)
    election.state = Election.State.PUBLISHED
    election.save(update_fields=["state"])
    count_participation(election=election)
    open_works(election=election)
    cycle = election.envelope.cycle
    notify_followers(
        kind="results_published",
        dossier=cycle.dossier,
        actor=by,
        path=f"{cycle.dossier.path}results/",
    )
    record(
        kind="budgeting.results_published",
        dossier=election.envelope.cycle.dossier,
        actor=by,
        election=election.pk,
        rule=tally.rule,
        input_sha256=tally.input_sha256,
        winners=tally.result["winners"],
    )


def due_elections() -> list[Election]:
    """Elections with something left for a worker to do."""
    open_states = [Election.State.FROZEN, Election.State.CLOSED]
    notices = Event.objects.filter(kind="ballot_cast", dossier=OuterRef("envelope__cycle__dossier"))
    return list(
        Election.objects.filter(Q(state__in=open_states) | Exists(notices)).select_related(
            "envelope__cycle__dossier"
        )
    )
