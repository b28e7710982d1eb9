"""Files that people add to what they say."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from participation.models.comments import Comment
from participation.models.dossier import Dossier


def _unguessable(attachment: "Attachment", _name: str) -> str:
    """Nothing of the sender's name for the file reaches the disk."""
    return f"attachments/{attachment.key.hex[:2]}/{uuid.uuid4().hex}"


class Attachment(models.Model):
    """An image, re-encoded, or a document of an allowed kind; of a comment, or of the dossier.

    Its address is a random key and answers only while what it belongs to is public.
    """

    class Kind(models.TextChoices):
        IMAGE = "image", _("image")
        DOCUMENT = "document", _("document")

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="attachments")
    comment = models.ForeignKey(Comment, models.PROTECT, null=True, related_name="attachments")
    uploaded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="attachments")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    content_type = models.CharField(max_length=80)
    name = models.CharField(_("name"), max_length=120)
    size = models.PositiveIntegerField(_("size in bytes"))
    width = models.PositiveSmallIntegerField(null=True)
    height = models.PositiveSmallIntegerField(null=True)
    file = models.FileField(upload_to=_unguessable, max_length=200)
    preview = models.FileField(upload_to=_unguessable, max_length=200, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["added_at", "key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="document", width=None, height=None)
                | Q(kind="image", width__gt=0, height__gt=0),
                name="attachment_images_are_measured",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("participation:attachment-detail", args=[self.key])

    @property
    def is_image(self) -> bool:
        return self.kind == self.Kind.IMAGE

    @property
    def is_public(self) -> bool:
        if self.comment is not None and not self.comment.is_public:
            return False
        return self.dossier.published_at is not None
