"""A proposal is made, and written anew as long as proposals are taken."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from budgeting import phases
from budgeting.models import Category, Cycle, Envelope, Proposal, ProposalVersion
from budgeting.services.proposals.errors import ProposalEnded, ProposalsClosed
from participation.models import Territory
from participation.services import (
    Wording,
    create_dossier,
    follow,
    notify_followers,
    publish_dossier,
    record,
    write_text,
)


@dataclass(frozen=True)
class Project:
    """What authors say of a project beside its words; cost in whole units of the currency."""

    cost: int
    category: Category | None = None
    place: str = ""
    district: Territory | None = None
    latitude: float | None = None
    longitude: float | None = None


def are_taken(cycle: Cycle) -> bool:
    """Whether citizens may propose at this moment."""
    return cycle.dossier.phases.open_at(timezone.now()).filter(kind=phases.PROPOSALS).exists()


@transaction.atomic
def submit_proposal(
    *,
    by: User | None,
    cycle: Cycle,
    envelope: Envelope,
    wordings: list[Wording],
    cost: int,
    category: Category | None = None,
    place: str = "",
    district: Territory | None = None,
    latitude: float | None = None,
    longitude: float | None = None,
) -> Proposal:
    """Publish a proposal at once, to be checked. Raises ProposalsClosed outside the phase."""
    # Numbers in a cycle have no gaps and no repeats: one submission at a time.
    cycle = Cycle.objects.select_for_update().get(pk=cycle.pk)
    if by is not None and not are_taken(cycle):
        raise ProposalsClosed
    number = (cycle.proposals.aggregate(last=Max("number"))["last"] or 0) + 1
    dossier = create_dossier(
        kind=phases.PROPOSAL,
        territory=district or envelope.territory,
        state=Proposal.State.SUBMITTED,
        path=f"budgeting/{cycle.slug}/proposals/{number}/",
        wordings=wordings,
    )
    publish_dossier(dossier=dossier)
    proposal = Proposal.objects.create(
        dossier=dossier,
        cycle=cycle,
        envelope=envelope,
        number=number,
        author=by,
        category=category,
        place=place,
        district=district,
        latitude=latitude,
        longitude=longitude,
        cost=cost,
    )
    _keep_version(proposal, wordings[0])
    if by is not None:
        follow(person=by, dossier=dossier)
    record(kind="budgeting.proposal_submitted", dossier=dossier, cost=cost)
    return proposal


@transaction.atomic
def edit_proposal(
    *, by: User, proposal: Proposal, wording: Wording, project: Project, note: str = ""
) -> Proposal:
    """Write a proposal anew in the language of its original; every version stays to be read.

    Translations of the words before go, because they say something else. Raises ProposalsClosed
    after the phase, ProposalEnded for one that is not being checked any more.
    """
    proposal = locked(proposal)
    if not are_taken(proposal.cycle):
        raise ProposalsClosed
    if proposal.state != Proposal.State.SUBMITTED:
        raise ProposalEnded
    dossier = proposal.dossier
    dossier.texts.exclude(language=wording.language).delete()
    write_text(dossier=dossier, wording=wording)
    for name in ("cost", "category", "place", "district", "latitude", "longitude"):
        setattr(proposal, name, getattr(project, name))
    proposal.save()
    dossier.territory = project.district or proposal.envelope.territory
    dossier.save(update_fields=["territory"])
    version = _keep_version(proposal, wording, note)
    follow(person=by, dossier=dossier)
    notify_followers(kind="proposal_changed", dossier=dossier, actor=by, note=note)
    record(
        kind="budgeting.proposal_edited",
        dossier=dossier,
        version=version.number,
        cost=proposal.cost,
    )
    return proposal


def locked(proposal: Proposal) -> Proposal:
    """The proposal as it stands now, held until the commit."""
    return (
        Proposal.objects.select_for_update(of=("self",), no_key=True)
        .select_related("dossier", "cycle__dossier", "cycle__ruleset", "envelope__territory")
        .get(pk=proposal.pk)
    )


def _keep_version(proposal: Proposal, wording: Wording, note: str = "") -> ProposalVersion:
    last = proposal.versions.aggregate(last=Max("number"))["last"] or 0
    return ProposalVersion.objects.create(
        proposal=proposal,
        number=last + 1,
        language=wording.language,
        title=wording.title,
        summary=wording.summary,
        body=wording.body,
        place=proposal.place,
        district=proposal.district,
        category=proposal.category,
        latitude=proposal.latitude,
        longitude=proposal.longitude,
        cost=proposal.cost,
        note=note,
    )
