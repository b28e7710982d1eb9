"""From an address to the discussion, comment or file it names, or 404."""

from collections.abc import Callable
from typing import cast

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import User
from participation.models import Attachment, Comment, Discussion, Dossier, Role
from participation.models.territory import lies_within


def person_of(request: HttpRequest) -> User:
    return cast(User, request.user)


def discussion_for(request: HttpRequest, reference: str) -> Discussion:
    """With its dossier, and whether the reader backs it."""
    discussions = Discussion.objects.for_reader(person_of(request)).select_related("dossier")
    return get_object_or_404(
        discussions.prefetch_related("dossier__texts"),
        dossier__reference=reference,
        dossier__published_at__isnull=False,
    )


def public_dossier(reference: str) -> Dossier:
    return get_object_or_404(Dossier.objects.published(), reference=reference)


def any_comment(number: int) -> Comment:
    """Whatever its state: the guard says who may see it."""
    comments = Comment.objects.select_related("dossier", "author", "parent")
    return get_object_or_404(comments.prefetch_related("dossier__texts"), pk=number)


def public_comment(number: int) -> Comment:
    comment = any_comment(number)
    if not comment.is_public:
        raise Http404
    return comment


def may_see(person: User, comment: Comment) -> bool:
    """Text and files: everybody's while public, else its author's and the moderators'."""
    if comment.is_public or (person.is_authenticated and comment.author_id == person.pk):
        return True
    return person.has_perm("participation.moderate_comment", comment)


def visible_comment(request: HttpRequest, number: int) -> Comment:
    """A comment or its stub; one that waits for a moderator exists for few."""
    comment = any_comment(number)
    if comment.state == Comment.State.WAITING and not may_see(person_of(request), comment):
        raise Http404
    return comment


def shown_comment(person: User, number: int) -> Comment:
    return Comment.objects.for_reader(person).get(pk=number)


def visible_attachment(request: HttpRequest, key: object) -> Attachment:
    files = Attachment.objects.select_related("dossier", "comment__dossier")
    attachment = get_object_or_404(files, pk=key)
    comment = attachment.comment
    if not attachment.is_public and (comment is None or not may_see(person_of(request), comment)):
        raise Http404
    return attachment


def in_charge_of(person: User) -> Callable[[str], Q]:
    """Makes the condition that this person moderates the dossier behind a field."""
    held = Role.objects.in_force().filter(person=person, kind=Role.Kind.MODERATOR)
    scopes = list(held.values_list("dossier", "territory"))
    territories = [territory for _, territory in scopes if territory]
    dossiers = [number for number, _ in scopes if number]
    return lambda field: (
        lies_within(f"{field}__territory", territories) | Q(**{f"{field}__in": dossiers})
    )


def safe_next(request: HttpRequest, otherwise: str) -> str:
    """Where a button leads back to, if the form says so and it is on this site."""
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if is_ours else otherwise
