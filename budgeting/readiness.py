"""The organiser's to-do list before a vote: what must be true before it can be frozen."""

import os
from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgeting import phases
from budgeting.conditions_ready import issues_of_conditions
from budgeting.issues import Issue
from budgeting.models import Election, Proposal
from budgeting.voting_rules import VotingRules
from participation.models import Dossier, Phase, Residence

OFFICIAL_LANGUAGES = {"kk", "ru"}
FEWEST_PROJECTS = 2


def issues_before_opening(election: Election) -> list[Issue]:
    """Everything that is checked, done or not, in the order an organiser would do it."""
    if election.state != Election.State.SETUP:
        return []
    return [
        *_about_publication(election),
        *_about_rules(election),
        *_about_dates(election),
        *_about_projects(election),
        *issues_of_conditions(election),
        *_about_people(election),
    ]


def _about_publication(election: Election) -> Iterator[Issue]:
    is_public = election.envelope.cycle.dossier.published_at is not None
    yield Issue(
        "published",
        _("The budget is public.")
        if is_public
        else _("Publish this budget: nobody could find the vote."),
        is_public,
    )


def _about_rules(election: Election) -> Iterator[Issue]:
    data = election.envelope.cycle.ruleset.data
    try:
        VotingRules.from_data(data).counting_rule()
        problem = ""
    except (ValueError, TypeError) as error:
        problem = str(error)
    yield Issue(
        "rules",
        _("Correct the rules of the vote: %(problem)s") % {"problem": problem}
        if problem
        else _("The rules of ballot and count are complete, ties included."),
        not problem,
    )


def _about_dates(election: Election) -> Iterator[Issue]:
    by_kind: dict[str, Phase] = {
        phase.kind: phase for phase in election.envelope.cycle.dossier.phases.all()
    }
    voting, results = by_kind.get(phases.VOTING), by_kind.get(phases.RESULTS)
    is_ahead = voting is not None and voting.closes_at > timezone.now()
    yield Issue(
        "voting_dates",
        _("The vote has its dates.")
        if is_ahead
        else _("Give the voting phase dates that are not over yet."),
        is_ahead,
    )
    has_results = voting is not None and results is not None
    in_order = has_results and results.opens_at >= voting.closes_at  # type: ignore[union-attr]
    yield Issue(
        "results_date",
        _("The day of the results is announced.")
        if in_order
        else _("Announce the day of the results, after the close of the vote."),
        bool(in_order),
    )


def _about_projects(election: Election) -> Iterator[Issue]:
    envelope = election.envelope
    listed = list(envelope.proposals.shortlisted().for_display())
    yield Issue(
        "shortlist",
        ngettext(
            "%(number)s project is on the ballot.",
            "%(number)s projects are on the ballot.",
            len(listed),
        )
        % {"number": len(listed)}
        if len(listed) >= FEWEST_PROJECTS
        else _("Put at least two projects on the ballot."),
        len(listed) >= FEWEST_PROJECTS,
    )
    waiting = envelope.proposals.filter(state=Proposal.State.SUBMITTED).count()
    yield Issue(
        "verdicts",
        ngettext(
            "Decide on %(number)s proposal that is still being checked.",
            "Decide on %(number)s proposals that are still being checked.",
            waiting,
        )
        % {"number": waiting}
        if waiting
        else _("Every proposal has a verdict with its reasons."),
        not waiting,
    )
    misfits = [p for p in listed if not 0 < p.cost <= envelope.amount]
    yield Issue(
        "costs",
        _("Correct the cost of %(titles)s: more than nothing, at most the whole envelope.")
        % {"titles": ", ".join(p.dossier.title for p in misfits)}
        if misfits
        else _("Every project fits into the envelope."),
        not misfits,
    )
    lacking = [d for d in [envelope.cycle.dossier, *(p.dossier for p in listed)] if _lacks_text(d)]
    yield Issue(
        "languages",
        _("Add the Kazakh or Russian text of: %(titles)s")
        % {"titles": ", ".join(dossier.title for dossier in lacking)}
        if lacking
        else _("Everything on the ballot can be read in Kazakh and in Russian."),
        not lacking,
    )


def _lacks_text(dossier: Dossier) -> bool:
    return not {text.language for text in dossier.texts.all()} >= OFFICIAL_LANGUAGES


def _about_people(election: Election) -> Iterator[Issue]:
    has_voters = Residence.objects.filter(valid_to=None).exists()
    yield Issue(
        "roll",
        _("There are residents who may vote.")
        if has_voters
        else _("Confirm residents or import the register: nobody could vote yet."),
        has_voters,
    )
    folder = settings.BALLOT_KEY_DIR
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    is_safe = os.access(folder, os.W_OK)
    yield Issue(
        "key",
        _("The key of the vote can be stored outside the database.")
        if is_safe
        else _("Ask the operator to make the folder for ballot keys writable."),
        is_safe,
    )
