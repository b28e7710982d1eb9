"""A cycle's envelopes as one person sees them: where they vote, have voted, may not and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from budgeting import errors
from budgeting.models import Cycle, Election, Envelope, RollEntry
from budgeting.services.scopes import Reach, place_of_voters, reach_of


@dataclass(frozen=True)
class OwnEnvelope:
    """`status` with its `tone`, why not in `note`, and the one thing to do there."""

    envelope: Envelope
    status: str
    tone: str = ""
    note: str = ""
    url: str = ""
    action: str = ""


def own_envelopes(cycle: Cycle, person: User | None, now: datetime) -> list[OwnEnvelope]:
    """Four queries, however many envelopes; `person` is None for a stranger."""
    envelopes = list(cycle.envelopes.select_related("territory", "election").prefetch_related(None))
    for envelope in envelopes:
        envelope.cycle = cycle
    reach = reach_of(person, cycle) if person else None
    voted = _voted(person, envelopes) if person else set()
    return [_seen(envelope, now, person, reach, voted) for envelope in envelopes]


def _voted(person: User, envelopes: Iterable[Envelope]) -> set[int]:
    elections = [envelope.election.pk for envelope in envelopes]
    entries = RollEntry.objects.filter(voter=person, election__in=elections, casts__gt=0)
    return set(entries.values_list("election", flat=True))


def _seen(
    envelope: Envelope, now: datetime, person: User | None, reach: Reach | None, voted: set[int]
) -> OwnEnvelope:
    election = envelope.election
    election.envelope = envelope
    is_open = election.state == Election.State.FROZEN
    if not (is_open and election.opens_at <= now < election.closes_at):
        return _not_open(envelope, election, now)
    booth = reverse("budgeting:ballot-cast", args=[envelope.cycle.slug, envelope.number])
    if election.pk in voted:
        return OwnEnvelope(envelope, _("You have voted"), "ok", "", booth, _("See your ballot"))
    if person is not None and reach is not None:
        return _within_reach(envelope, election, reach, booth)
    refusal = errors.NotSignedIn() if person is None else errors.ResidenceNotConfirmed()
    note = f"{refusal} {refusal.way_out}".strip()
    return OwnEnvelope(envelope, _("Open"), "", note, booth, _("See the projects"))


def _within_reach(envelope: Envelope, election: Election, reach: Reach, booth: str) -> OwnEnvelope:
    if reach.votes_in(election):
        button = pgettext("button", "Vote")
        return OwnEnvelope(envelope, _("Not voted yet"), "warn", "", booth, button)
    if reach.may_choose(election):
        url = reverse("budgeting:envelope-choose", args=[envelope.cycle.slug, envelope.number])
        note = _("Beside home you may vote on one more envelope, this or another one.")
        return OwnEnvelope(envelope, _("Open to your choice"), "", note, url, _("Choose this one"))
    note = _("This vote is for residents of %(place)s.") % {"place": place_of_voters(election)}
    return OwnEnvelope(envelope, _("Not yours"), "", note, booth, _("See the projects"))


def _not_open(envelope: Envelope, election: Election, now: datetime) -> OwnEnvelope:
    if election.state == Election.State.PUBLISHED:
        url = reverse("budgeting:results-detail", args=[envelope.cycle.slug])
        return OwnEnvelope(envelope, _("Decided"), "", "", url, _("See the results"))
    if election.state == Election.State.SETUP or now < election.opens_at:
        return OwnEnvelope(envelope, _("Not open yet"))
    return OwnEnvelope(envelope, _("The vote is over"), "", _("The results are not public yet."))
