"""Two ideas that say the same become one, which keeps what both came from and who thought of it."""

from django.db import transaction

from accounts.models import User
from edp.models import Idea, IdeaCredit, IdeaMerge, IdeaSource
from edp.services.ideas.admission import people_of, tell_of_decision
from edp.services.ideas.errors import NotMergeable, ReasonsMissing
from edp.services.ideas.moving import locked, move_idea
from participation.models import Follow, Support
from participation.services import record
from participation.services.links import link_dossiers

INTO = (Idea.State.SUBMITTED, Idea.State.ADMITTED)


@transaction.atomic
def merge_ideas(*, by: User, idea: Idea, into: Idea, reasons: str) -> Idea:
    """Let `idea` go into another one: sources, credits and supporters with it, each once.

    Raises NotMergeable, ReasonsMissing.
    """
    if not reasons.strip():
        raise ReasonsMissing
    # In the order of their keys: two who merge crosswise do not wait for each other.
    first, second = (locked(each) for each in sorted((idea, into), key=lambda each: each.pk))
    idea, into = (first, second) if first.pk == idea.pk else (second, first)
    is_other = idea.pk != into.pk and idea.process_id == into.process_id
    if not is_other or idea.state != Idea.State.SUBMITTED or into.state not in INTO:
        raise NotMergeable
    _carry_sources(idea, into)
    _carry_credits(idea, into)
    _carry_supporters(idea, into)
    IdeaMerge.objects.create(source=idea, into=into, by=by, reason=reasons.strip())
    move_idea(idea=idea, state=Idea.State.MERGED, reason=reasons.strip(), merged_into=into)
    link_dossiers(by=by, source=idea.dossier, target=into.dossier, relation="merged_into")
    tell_of_decision(by, idea, also=people_of(into))
    record(
        kind="edp.idea_merged",
        dossier=idea.dossier,
        actor=by,
        into=into.dossier.reference,
        reasons=idea.reason,
    )
    return into


def _carry_sources(idea: Idea, into: Idea) -> None:
    things = [f"{name}_id" for name in IdeaSource.KINDS]
    known = set(into.sources.values_list(*things))
    IdeaSource.objects.bulk_create(
        IdeaSource(
            idea=into,
            why=source.why,
            came_with_id=source.came_with_id or idea.pk,
            **{name: getattr(source, name) for name in things},
        )
        for source in idea.sources.all()
        if tuple(getattr(source, name) for name in things) not in known
    )


def _carry_credits(idea: Idea, into: Idea) -> None:
    own = IdeaCredit(person=idea.proposer, organisation=idea.organisation, helix=idea.helix)
    IdeaCredit.objects.bulk_create(
        [
            IdeaCredit(
                idea=into,
                person=credit.person,
                organisation=credit.organisation,
                helix=credit.helix,
                came_with=idea,
            )
            for credit in (own, *idea.credits.select_related("person", "organisation"))
            if credit.person is None or credit.person != into.proposer
        ],
        ignore_conflicts=True,
    )


def _carry_supporters(idea: Idea, into: Idea) -> None:
    """Whoever backed it or follows it; a support of a comment stays with the comment."""
    backers = Support.objects.filter(dossier=idea.dossier, comment=None).order_by("person")
    Support.objects.bulk_create(
        [Support(person_id=support.person_id, dossier=into.dossier) for support in backers],
        ignore_conflicts=True,
    )
    followers = Follow.objects.filter(dossier=idea.dossier).order_by("person")
    Follow.objects.bulk_create(
        [Follow(person_id=follow.person_id, dossier=into.dossier) for follow in followers],
        ignore_conflicts=True,
    )
