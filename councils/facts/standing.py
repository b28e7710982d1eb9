"""Where a council stands on a day: who sits, which seats are vacant, whether it is lawful."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils import timezone

from councils.composition import Interval, composition, is_lawful, least_civil_members
from councils.council_rules import CouncilRules
from councils.facts.composition import seats_from
from councils.models import CompositionBreach, Convocation, Council, Mandate, Post, Side
from councils.terms import formation_begins


def _covers(row: Post | Mandate | CompositionBreach, day: date) -> bool:
    return row.since <= day and (row.until is None or day < row.until)


@dataclass(frozen=True)
class Standing:
    """All seats, mandates, terms and breaches of a council, looked at on one day."""

    day: date
    rules: CouncilRules
    terms: list[Convocation]
    posts: list[Post]
    mandates: list[Mandate]
    breaches: list[CompositionBreach]

    @cached_property
    def term(self) -> Convocation | None:
        """The one of that day, else the last that began before, else the first."""
        begun = [term for term in self.terms if term.begins_on <= self.day]
        return begun[-1] if begun else next(iter(self.terms), None)

    @cached_property
    def sitting(self) -> list[Mandate]:
        return [mandate for mandate in self.mandates if _covers(mandate, self.day)]

    @cached_property
    def vacancies(self) -> list[Post]:
        taken = {mandate.post_id for mandate in self.sitting}
        return [p for p in self.posts if _covers(p, self.day) and p.pk not in taken]

    @cached_property
    def breach(self) -> CompositionBreach | None:
        return next((each for each in self.breaches if _covers(each, self.day)), None)

    @cached_property
    def chair(self) -> Mandate | None:
        chairs = (m for m in self.sitting if m.office == m.Office.CHAIR and m.office_on(self.day))
        return next(chairs, None)

    @cached_property
    def seated(self) -> list[tuple[Mandate, str]]:
        """Who sits, each with the office held on that day."""
        return [(mandate, mandate.office_on(self.day)) for mandate in self.sitting]

    @cached_property
    def intervals(self) -> list[Interval]:
        """The term day by day; none without a term."""
        if self.term is None:
            return []
        return composition(
            seats_from(self.mandates),
            self.term.begins_on,
            self.term.ends_on,
            self.rules.civil_share,
        )

    @property
    def members(self) -> int:
        return len(self.sitting)

    @property
    def civil(self) -> int:
        return sum(mandate.side == Side.CIVIL for mandate in self.sitting)

    @property
    def state(self) -> int:
        return self.members - self.civil

    @property
    def needed(self) -> int:
        return least_civil_members(self.members, self.rules.civil_share)

    @property
    def is_lawful(self) -> bool:
        return is_lawful(self.civil, self.members, self.rules.civil_share)

    @property
    def formation_begins(self) -> date | None:
        """By when the next term must be prepared, if nothing follows this one yet."""
        if self.term is None or self.term != self.terms[-1]:
            return None
        return formation_begins(self.term.ends_on, self.rules.formation_months)

    @property
    def is_formation_due(self) -> bool:
        begins = self.formation_begins
        return begins is not None and begins <= self.day

    @property
    def is_term_over(self) -> bool:
        return self.term is not None and self.term.ends_on <= self.day


def standing_of(council: Council, day: date | None = None) -> Standing:
    """Four queries."""
    return Standing(
        day or timezone.localdate(),
        CouncilRules.from_data(council.ruleset.data),
        list(council.convocations.order_by("begins_on")),
        list(council.posts.all()),
        list(council.mandates.select_related("post", "on_behalf_of")),
        list(council.breaches.all()),
    )


@dataclass(frozen=True)
class Summary:
    council: Council
    standing: Standing


def summaries_of(councils: Iterable[Council]) -> list[Summary]:
    """Every council with who sits on it today; three queries however many they are."""
    shown = list(councils)
    day = timezone.localdate()
    posts: dict[int, list[Post]] = {council.pk: [] for council in shown}
    mandates: dict[int, list[Mandate]] = {council.pk: [] for council in shown}
    breaches: dict[int, list[CompositionBreach]] = {council.pk: [] for council in shown}
    for post in Post.objects.filter(council__in=shown):
        posts[post.council_id].append(post)
    for mandate in Mandate.objects.on(day).filter(council__in=shown):
        mandates[mandate.council_id].append(mandate)
    for breach in CompositionBreach.objects.filter(council__in=shown):
        breaches[breach.council_id].append(breach)
    return [
        Summary(
            council,
            Standing(
                day,
                CouncilRules.from_data(council.ruleset.data),
                [],
                posts[council.pk],
                mandates[council.pk],
                breaches[council.pk],
            ),
        )
        for council in shown
    ]
