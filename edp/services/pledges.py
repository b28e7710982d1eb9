"""Pledging to take part in an idea, and taking it back: both in public."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from edp.models import Idea, Pledge
from participation.errors import Refused
from participation.services import follow, notify, record

# An idea that was refused for good, or goes on in another one, takes no pledges.
TAKEN_IN = (Idea.State.SUBMITTED, *Idea.ADMITTED)


class PledgesClosed(Refused):
    message = _("Nothing can be pledged for this idea as it stands.")
    way_out = _("An idea takes pledges once it is submitted, unless it was left out or merged.")


class AlreadyPledged(Refused):
    message = _("You have pledged something of this kind for the idea already.")
    way_out = _("Withdraw that pledge first, then make the new one.")


class PledgeWithdrawn(Refused):
    message = _("This pledge is withdrawn already.")


def are_pledges_taken(idea: Idea) -> bool:
    return idea.state in TAKEN_IN and idea.state != Idea.State.NOT_SELECTED


@transaction.atomic
def make_pledge(
    *,
    by: User,
    idea: Idea,
    kind: str,
    text: str,
    amount: int | None = None,
    organisation: Organisation | None = None,
) -> Pledge:
    """Promise something in public, without legal force; `amount` is in whole tenge.

    Raises PledgesClosed, AlreadyPledged.
    """
    idea = (
        Idea.objects.select_for_update(of=("self",), no_key=True)
        .select_related("dossier", "proposer")
        .get(pk=idea.pk)
    )
    if not are_pledges_taken(idea):
        raise PledgesClosed
    try:
        with transaction.atomic():
            pledge = Pledge.objects.create(
                idea=idea, person=by, organisation=organisation, kind=kind, text=text, amount=amount
            )
    except IntegrityError as error:
        raise AlreadyPledged from error
    follow(person=by, dossier=idea.dossier)
    if idea.proposer and idea.proposer != by:
        notify(kind="idea_pledged", recipients=[idea.proposer], dossier=idea.dossier, actor=by)
    record(kind="edp.pledge_made", dossier=idea.dossier, pledged=kind, amount=amount)
    return pledge


@transaction.atomic
def withdraw_pledge(*, by: User, pledge: Pledge) -> Pledge:
    """Take a pledge back; that it was made stays visible. Raises PledgeWithdrawn."""
    pledge = (
        Pledge.objects.select_for_update(of=("self",))
        .select_related("idea__dossier")
        .get(pk=pledge.pk)
    )
    if pledge.withdrawn_at is not None:
        raise PledgeWithdrawn
    pledge.withdrawn_at = timezone.now()
    pledge.save(update_fields=["withdrawn_at"])
    record(
        kind="edp.pledge_withdrawn",
        dossier=pledge.idea.dossier,
        pledged=pledge.kind,
        amount=pledge.amount,
    )
    return pledge
