"""What is to do before a vote about its conditions: conflicts, kept money, length of the ballot."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgeting.issues import Issue
from budgeting.models import Election, Proposal
from budgeting.voting_rules import VotingRules
from participation.templatetags.kenes import money


def issues_of_conditions(election: Election) -> Iterator[Issue]:
    """Nothing about rules that cannot be read: that is an issue of its own."""
    try:
        rules = VotingRules.from_data(election.envelope.cycle.ruleset.data)
        earmark = rules.counting_rule().earmark
    except (ValueError, TypeError):
        return
    listed = set(election.envelope.proposals.shortlisted().values_list("pk", flat=True))
    yield from _about_conflicts(election, listed)
    if earmark:
        yield _about_earmark(election, int(-(-election.envelope.amount * earmark // 1)))
    if rules.max_choices and rules.max_choices > len(listed) > 0:
        yield _about_length(rules.max_choices, len(listed))
    if not rules.revocable:
        yield Issue("final", _("Ballots are final: every page of the booth says so."), is_done=True)


def _about_conflicts(election: Election, listed: set[int]) -> Iterator[Issue]:
    sets: dict[int, set[int]] = {}
    for number, proposal in election.envelope.conflict_entries.values_list("number", "proposal"):
        sets.setdefault(number, set()).add(proposal)
    idle = sorted(number for number, group in sets.items() if len(group & listed) < 2)
    if not sets:
        return
    yield Issue(
        "conflicts",
        _("Take away the sets of projects that no longer exclude each other: %(numbers)s.")
        % {"numbers": ", ".join(map(str, idle))}
        if idle
        else ngettext(
            "In %(number)s set projects exclude each other.",
            "In %(number)s sets projects exclude each other.",
            len(sets),
        )
        % {"number": len(sets)},
        not idle,
    )


def _about_earmark(election: Election, kept: int) -> Issue:
    marked = election.envelope.earmarked_projects.filter(proposal__state=Proposal.State.SHORTLISTED)
    total = sum(entry.proposal.cost for entry in marked.select_related("proposal"))
    numbers = {"kept": money(kept), "total": money(total)}
    if not total:
        text = _("Mark the projects that may use the %(kept)s kept for some: there is none yet.")
    elif total < kept:
        text = _("%(kept)s are kept for marked projects that cost only %(total)s together.")
    else:
        text = _("%(kept)s are kept for marked projects, which cost %(total)s together.")
    return Issue("earmark", text % numbers, total >= kept)


def _about_length(longest: int, listed: int) -> Issue:
    return Issue(
        "length",
        _("The ballot takes %(longest)s projects, but only %(listed)s are on it.")
        % {"longest": longest, "listed": listed},
        is_done=False,
    )
