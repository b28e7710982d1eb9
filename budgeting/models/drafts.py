"""A proposal on its way to the city: a draft kept from the first keystroke."""

import uuid
from typing import NamedTuple

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from budgeting.models.cycle import Cycle
from budgeting.models.proposal import Proposal


class Mark(NamedTuple):
    """The last save of one step."""

    revision: int = 0
    page: str = ""
    turn: int = 0


class DraftQuerySet(models.QuerySet["ProposalDraft"]):
    def unsent(self) -> "DraftQuerySet":
        return self.filter(proposal=None)

    def of(self, person: User, keys: list[uuid.UUID]) -> "DraftQuerySet":
        """Those of a person, and those whose keys the browser's session holds."""
        nobodys = Q(person=None, key__in=keys)
        return self.filter(Q(person=person) | nobodys if person.is_authenticated else nobodys)


class ProposalDraft(models.Model):
    """What somebody has typed so far, right or wrong. Only its writer sees it.

    A guest's draft has no person: its key in their session is all that leads to it. `marks` has
    for each step the save that was kept last: `revision` counts them, `page` and `turn` name it, so
    that a save which is repeated on a bad network is one save.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="drafts")
    person = models.ForeignKey(User, models.CASCADE, null=True, related_name="proposal_drafts")
    language = models.CharField(_("language"), max_length=2)
    values = models.JSONField(_("what was typed"), default=dict)
    marks = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(_("saved"))
    proposal = models.OneToOneField(
        Proposal, models.PROTECT, null=True, blank=True, related_name="draft"
    )

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft of a proposal")
        verbose_name_plural = _("drafts of proposals")
        ordering = ["-saved_at"]
        indexes = [models.Index(fields=["saved_at"])]

    def __str__(self) -> str:
        return str(self.values.get("title", ""))

    def mark(self, step: str) -> Mark:
        return Mark(*self.marks.get(step, ()))


class DraftPhoto(models.Model):
    """The photo of a draft, drawn anew. In the database, so that it goes when the draft goes."""

    draft = models.OneToOneField(
        ProposalDraft, models.CASCADE, primary_key=True, related_name="photo"
    )
    name = models.CharField(max_length=120)
    data = models.BinaryField()
    preview = models.BinaryField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("photo of a draft")
        verbose_name_plural = _("photos of drafts")

    def __str__(self) -> str:
        return self.name
