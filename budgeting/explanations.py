"""A tally in words: winners with their cut line, and every loser with its reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgeting.grade_names import name_of_grade
from budgeting.graded_results import GradeRow, grade_rows
from budgeting.models import Election, RollEntry, ShortlistEntry, Tally
from budgeting.rule_words import METHOD_EXPLANATIONS, conditions_of_count, rule_name
from participation.templatetags.kenes import money

Numbers = Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """One project in the result; `position` is its place among the winners, or None."""

    entry: ShortlistEntry
    votes: str
    share: int
    position: int | None = None
    left: Any = None
    reason: str = ""
    needed: str = ""
    was_announced: bool | None = None
    from_reserve: Any = None
    grade: str = ""


@dataclass(frozen=True)
class OtherRule:
    """What another rule would have given: who comes in and who falls out."""

    name: str
    number: int
    cost: Any
    added: list[ShortlistEntry]
    dropped: list[ShortlistEntry]


class Counted(Protocol):
    """A count of an election's ballots: a tally, or that of a trial."""

    @property
    def rule(self) -> str: ...
    @property
    def engine_version(self) -> str: ...
    @property
    def input_sha256(self) -> str: ...
    @property
    def result(self) -> Any: ...


@dataclass(frozen=True)
class Explained:
    election: Election
    tally: Counted
    rule_name: str
    rule_explanation: str
    conditions: list[str]
    grades: list[GradeRow]
    earmarked: Any
    spent_on_earmarked: Any
    winners: list[Row]
    losers: list[Row]
    cost: Any
    left: Any
    ballots: int
    entitled: int | None
    others: list[OtherRule]
    ties: list[str]
    matches_announced: bool | None

    @property
    def spent_percent(self) -> int:
        return int(100 * Fraction(self.cost) / Fraction(self.tally.result["budget"] or 1))

    @property
    def turnout_percent(self) -> int | None:
        return round(100 * self.ballots / self.entitled) if self.entitled else None


def explained_results(elections: QuerySet[Election]) -> list[Explained]:
    """Published counts in words. Four queries, however many envelopes and projects."""
    entitled = RollEntry.objects.filter(election=OuterRef("pk")).values("election")
    shortlist = ShortlistEntry.objects.select_related("proposal__dossier").prefetch_related(
        "proposal__dossier__texts"
    )
    rows = (
        elections.select_related("envelope__cycle", "envelope__territory", "ballot_file")
        .defer("ballot_file__text")
        .prefetch_related(
            Prefetch("tallies", Tally.objects.order_by("-is_official", "rule")),
            Prefetch("shortlist", shortlist),
        )
        .annotate(entitled=Subquery(entitled.annotate(number=Count("*")).values("number")))
        .order_by("envelope__number")
    )
    return [_explained(election) for election in rows]


def _explained(election: Any) -> Explained:
    """`election` carries what `explained_results` has fetched with it."""
    return explain(
        election,
        list(election.shortlist.all()),
        list(election.tallies.all()),
        ballots=election.ballot_file.number_of_ballots,
        entitled=election.entitled if election.key_fingerprint else None,
    )


def explain(
    election: Election,
    shortlist: Sequence[ShortlistEntry],
    counts: Sequence[Counted],
    *,
    ballots: int,
    entitled: int | None = None,
) -> Explained:
    """The first of these counts in words, and what the others would have given."""
    tally, result = counts[0], counts[0].result
    entries = {entry.project_id: entry for entry in shortlist}
    announced = result.get("announced")
    most = max((_number(r["score"]) for r in [*result["rounds"], *result["losers"]]), default=0)
    rows = _Rows(entries, most, announced, election.envelope.cycle.currency)
    rule = result["rule_data"]
    return Explained(
        election=election,
        tally=tally,
        rule_name=rule_name(rule),
        rule_explanation=str(METHOD_EXPLANATIONS[rule["method"]]),
        conditions=conditions_of_count(rule),
        grades=grade_rows(entries, result),
        earmarked=result["facts"].get("earmarked"),
        spent_on_earmarked=result["facts"].get("spent_on_earmarked"),
        winners=[rows.winner(entry) for entry in result["rounds"]],
        losers=[rows.loser(entry) for entry in result["losers"]],
        cost=result["cost"],
        left=_text(max(_number(result["budget"]) - _number(result["cost"]), Fraction(0))),
        ballots=ballots,
        entitled=entitled,
        others=[_other(entries, result["winners"], other) for other in counts[1:]],
        ties=[_tie(entries, tie) for tie in result["ties"]],
        matches_announced=set(announced) == set(result["winners"]) if announced else None,
    )


def _number(value: Any) -> Fraction:
    return Fraction(str(value))


def _text(value: Fraction) -> Any:
    return value.numerator if value.denominator == 1 else f"{float(value):.2f}"


@dataclass(frozen=True)
class _Rows:
    """Makes the rows of one result: what they need beside the count's own numbers."""

    entries: Mapping[str, ShortlistEntry]
    most: Fraction | int
    announced: list[str] | None
    currency: str

    def winner(self, entry: Numbers) -> Row:
        return Row(
            entry=self.entries[entry["project"]],
            votes=str(entry["score"]),
            share=self._share(entry),
            position=entry["round"],
            left=entry["left"],
            from_reserve=entry.get("from_reserve"),
            grade=name_of_grade(entry.get("grade", -1)),
            was_announced=self._was_announced(entry),
        )

    def loser(self, entry: Numbers) -> Row:
        return Row(
            entry=self.entries[entry["project"]],
            votes=str(entry["score"]),
            share=self._share(entry),
            reason=reason_text(entry, self.currency, self.entries),
            grade=name_of_grade(entry.get("grade", -1)),
            needed=needed_text(entry, self.currency),
            was_announced=self._was_announced(entry),
        )

    def _share(self, entry: Numbers) -> int:
        return round(100 * _number(entry["score"]) / self.most) if self.most else 0

    def _was_announced(self, entry: Numbers) -> bool | None:
        return entry["project"] in self.announced if self.announced else None


def reason_text(
    loser: Numbers, currency: str, entries: Mapping[str, ShortlistEntry] | None = None
) -> str:
    """Why a project was not funded, in one sentence with its numbers."""
    numbers = {
        name: money(loser[name], currency)
        for name in ("needed", "left", "supporters_have")
        if name in loser
    } | {name: loser[name] for name in ("score", "threshold", "stopped_at") if name in loser}
    if "excluded_by" in loser:
        winner = (entries or {}).get(loser["excluded_by"])
        numbers["winner"] = winner.proposal.dossier.title if winner else loser["excluded_by"]
    sentence = {
        "withdrawn": _("It was withdrawn after the ballots were printed."),
        "over_budget": _("It costs more than the whole budget."),
        "no_supporters": _("Nobody voted for it."),
        "below_threshold": _("Votes: %(score)s; the threshold: %(threshold)s."),
        "not_enough_left": _("When its turn came it needed %(needed)s and %(left)s was left."),
        "stopped_here": _(
            "It was the first that did not fit: it needed %(needed)s and %(left)s was left."
        ),
        "after_stop": _("The count ended before its turn, at project %(stopped_at)s."),
        "supporters_money": _(
            "Its supporters had %(supporters_have)s left between them, and it costs %(needed)s."
        ),
        "excluded": _("It excludes “%(winner)s”, whose turn came first and which was funded."),
        "reserved": _(
            "It costs %(needed)s, and outside the money kept for marked projects %(left)s was left."
        ),
        "no_utility": _("It gives its supporters nothing to count."),
    }[loser["reason"]]
    return sentence % numbers


def needed_text(loser: Numbers, currency: str) -> str:
    """What would have been enough, all else equal, where the rule gives an honest number."""
    wishes = []
    if (more := loser.get("votes_more")) is not None:
        count = int(_number(more))
        wishes.append(
            ngettext("%(count)s more vote", "%(count)s more votes", count) % {"count": count}
        )
    if (cost := loser.get("cost_at_most")) is not None and _number(cost) >= 1:
        wishes.append(_("a cost of at most %(cost)s") % {"cost": money(cost, currency)})
    if not wishes:
        return ""
    return _("Enough would have been: %(wishes)s.") % {"wishes": _(" or ").join(wishes)}


def _other(entries: Mapping[str, ShortlistEntry], winners: list[str], tally: Counted) -> OtherRule:
    theirs = tally.result["winners"]
    return OtherRule(
        name=rule_name(tally.result["rule_data"]),
        number=len(theirs),
        cost=tally.result["cost"],
        added=[entries[project] for project in theirs if project not in winners],
        dropped=[entries[project] for project in winners if project not in theirs],
    )


def _tie(entries: Mapping[str, ShortlistEntry], tie: Numbers) -> str:
    titles = " — ".join(entries[project].proposal.dossier.title for project in tie["projects"])
    criterion = {
        "votes": _("more votes"),
        "cheapest": _("lower cost"),
        "costliest": _("higher cost"),
        "list-order": _("order on the ballot"),
        "lot": _("the published lot"),
    }[tie["by"]]
    return _("Round %(round)s: %(titles)s were equal; decided by: %(criterion)s.") % {
        "round": tie["round"],
        "titles": titles,
        "criterion": criterion,
    }
