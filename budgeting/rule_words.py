"""Counting rules in words: their names, what they do, and on what conditions."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from budgeting.voting_rules import ALL, ONE_FREE, VotingRules

Numbers = Mapping[str, Any]

METHOD_NAMES = {
    "greedy": gettext_lazy("Most votes first"),
    "greedy-no-skip": gettext_lazy("Most votes first, stop at the first that does not fit"),
    "greedy-threshold": gettext_lazy("Most votes first, with a threshold"),
    "greedy-per-cost": gettext_lazy("Most votes for the money first"),
    "poznan": gettext_lazy("Most votes first, Poznań's rule of 80 per cent"),
    "equal-shares": gettext_lazy("Equal Shares"),
    "phragmen": gettext_lazy("Phragmén's sequential rule"),
    "majority-judgement": gettext_lazy("Majority judgement"),
}
COMPLETION_NAMES = {
    "add1": gettext_lazy("shares raised step by step"),
    "add1u": gettext_lazy("shares raised step by step, then filled by votes"),
    "greedy": gettext_lazy("then filled by votes"),
}
METHOD_EXPLANATIONS = {
    "greedy": gettext_lazy(
        "Projects are taken in the order of their votes; one that no longer fits into the money "
        "left is passed over."
    ),
    "greedy-no-skip": gettext_lazy(
        "Projects are taken in the order of their votes until one no longer fits."
    ),
    "greedy-threshold": gettext_lazy(
        "Projects with enough votes are taken in the order of their votes as long as they fit."
    ),
    "greedy-per-cost": gettext_lazy(
        "Projects are taken in the order of their votes for each unit of money."
    ),
    "poznan": gettext_lazy(
        "Projects are taken in the order of their votes; the first that does not fit is funded if "
        "80 per cent of its cost is there."
    ),
    "equal-shares": gettext_lazy(
        "The money is divided equally among the voters. A project is funded when those who voted "
        "for it can pay for it together from their shares, each paying as equally as possible; "
        "the project that costs its supporters least comes first."
    ),
    "phragmen": gettext_lazy(
        "Voters earn money at the same pace; a project is funded at the moment its supporters "
        "can pay for it."
    ),
    "majority-judgement": gettext_lazy(
        "The grade of a project is the highest that more than half of the voters give it at "
        "least. Projects are taken in the order of their grades; of two with the same grade the "
        "one comes first that keeps the better one when middle grades are taken away from both, "
        "one by one."
    ),
}


def told_rules(data: Numbers, place: str) -> dict[str, Any]:
    """All that voters of a place read of a ruleset: the ballot, who may vote, the count.

    ValueError: rules that cannot be used.
    """
    rules = VotingRules.from_data(data)
    return {
        "limit": rules.limit_text,
        "who": rules.voter_rules.sentence(place),
        "ways": rules.voter_rules.ways,
        "needs_line": rules.voter_rules.needs_line,
        "conditions": conditions_of_vote(rules),
        "count": told_rule(rules.count),
    }


def told_rule(rule: Numbers) -> dict[str, Any]:
    """Name, explanation and conditions of a counting rule, given as its data."""
    return {
        "name": rule_name(rule),
        "explanation": str(METHOD_EXPLANATIONS[rule["method"]]),
        "conditions": conditions_of_count(rule),
    }


def rule_name(rule: Numbers) -> str:
    name = str(METHOD_NAMES[rule["method"]])
    completion = COMPLETION_NAMES.get(rule.get("completion", ""))
    return f"{name} ({completion})" if completion else name


def conditions_of_count(rule: Numbers) -> list[str]:
    """What the rule adds to its method, one sentence each."""
    return [
        sentence
        for sentence in (
            _missing_text(rule),
            _threshold_text(rule),
            _part_text(rule),
            _earmark_text(rule),
        )
        if sentence
    ]


def conditions_of_vote(rules: VotingRules) -> list[str]:
    """What the rules say of where and how often one votes, where it is not the usual."""
    found = []
    if rules.envelopes == ALL:
        found.append(_("Every resident votes on every envelope."))
    if rules.envelopes == ONE_FREE:
        found.append(_("One votes on the envelopes of one's home and on one more of one's choice."))
    if not rules.revocable:
        found.append(_("A ballot that is cast cannot be changed."))
    if rules.position_points:
        points = ", ".join(map(str, rules.position_points))
        found.append(_("Places count %(points)s points, from the first on.") % {"points": points})
    return found


def _missing_text(rule: Numbers) -> str:
    if rule["method"] != "majority-judgement":
        return ""
    texts = [
        _("Voters who did not grade a project count as “not convinced” of it.")
        if rule.get("missing", "worst") == "worst"
        else _("A project is judged by those who graded it; the others are ignored for it."),
        _("A project that no longer fits is passed over.")
        if rule.get("no_fit", "skip") == "skip"
        else _("The count ends at the first project that no longer fits."),
    ]
    return " ".join(texts)


def _threshold_text(rule: Numbers) -> str:
    if not rule.get("threshold"):
        return ""
    number = Fraction(str(rule["threshold"]))
    return ngettext(
        "A project needs at least %(number)s vote.",
        "A project needs at least %(number)s votes.",
        int(number),
    ) % {"number": number}


def _part_text(rule: Numbers) -> str:
    if not rule.get("partial"):
        return ""
    return _(
        "The first project that does not fit is funded if %(percent)s per cent of its cost is "
        "left; a reserve pays the rest."
    ) % {"percent": _percent(rule.get("part_funding", "4/5"))}


def _earmark_text(rule: Numbers) -> str:
    if not Fraction(str(rule.get("earmark", 0))):
        return ""
    return _(
        "At least %(percent)s per cent of the money is kept for marked projects: all others "
        "together cost at most the rest."
    ) % {"percent": _percent(rule["earmark"])}


def _percent(share: Any) -> str:
    value = 100 * Fraction(str(share))
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.1f}"
