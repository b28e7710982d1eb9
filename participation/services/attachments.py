"""Keeping and removing files; what they may be is participation.uploads' business."""

from collections.abc import Sequence

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.models import User
from participation.models import Attachment, Comment, Dossier
from participation.uploads import Upload


@transaction.atomic
def attach(
    *, by: User, dossier: Dossier, uploads: Sequence[Upload], comment: Comment | None = None
) -> list[Attachment]:
    """Keep the files with their comment, or with the dossier itself.

    A transaction that fails later leaves files that nothing names, and that nobody can reach.
    """
    return [_keep(by, dossier, comment, upload) for upload in uploads]


def _keep(by: User, dossier: Dossier, comment: Comment | None, upload: Upload) -> Attachment:
    attachment = Attachment(
        dossier=dossier,
        comment=comment,
        uploaded_by=by,
        kind=Attachment.Kind.IMAGE if upload.is_image else Attachment.Kind.DOCUMENT,
        content_type=upload.content_type,
        name=upload.name,
        size=len(upload.data),
        width=upload.width,
        height=upload.height,
    )
    attachment.file.save(upload.name, ContentFile(upload.data), save=False)
    if upload.preview:
        attachment.preview.save(upload.name, ContentFile(upload.preview), save=False)
    attachment.save(force_insert=True)
    return attachment


@transaction.atomic
def remove_attachments(*, person: User) -> None:
    """Erase all that a person has sent; the files go when the rows are gone for good."""
    attachments = list(Attachment.objects.filter(uploaded_by=person))
    Comment.objects.filter(author=person, number_of_files__gt=0).update(number_of_files=0)
    Attachment.objects.filter(pk__in=[attachment.pk for attachment in attachments]).delete()

    files = [file for one in attachments for file in (one.file, one.preview) if file.name]

    def remove_files() -> None:
        for file in files:
            file.storage.delete(str(file.name))

    transaction.on_commit(remove_files)
