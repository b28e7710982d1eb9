"""What the pages of a discussion read: threads, the first replies, arguments side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db.models import F, Q, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber

from accounts.models import User
from participation.models import Attachment, Comment, Discussion
from participation.models.comments import CommentQuerySet

THREADS_A_PAGE = 20
ARGUMENTS_A_PAGE = 10
REPLIES_A_PAGE = 20
FIRST_REPLIES = 3
SORTS = {
    "newest": ["-pk"],
    "oldest": ["pk"],
    "support": ["-supporters", "-pk"],
}
FOR, AGAINST = Comment.Position.FOR, Comment.Position.AGAINST


@dataclass
class Thread:
    """A comment, its files, and its first replies; `more` says how many replies are not here."""

    comment: Comment
    files: list[Attachment] = field(default_factory=list)
    replies: list[Thread] = field(default_factory=list)

    @property
    def more(self) -> int:
        return max(0, self.comment.number_of_replies - len(self.replies))


class CountedPaginator(Paginator):
    """Pages of a list whose length a trigger has counted already."""

    def __init__(self, items: QuerySet[Comment], per_page: int, count: int) -> None:
        super().__init__(items, per_page)
        self.count = count


def page_of_threads(
    discussion: Discussion, person: User, *, sort: str, number: str | None
) -> tuple[Page[Comment], list[Thread]]:
    """One page of threads with their first replies: three queries, however long they are."""
    found = _of(discussion).threads().listed().for_reader(person).order_by(*SORTS[sort])
    page = CountedPaginator(found, THREADS_A_PAGE, discussion.threads).get_page(number)
    comments = list(page)
    replies = first_replies(comments, person)
    threads = with_files([*comments, *replies])
    by_parent: dict[int | None, list[Thread]] = {}
    for reply in threads[len(comments) :]:
        by_parent.setdefault(reply.comment.parent_id, []).append(reply)
    for thread in threads[: len(comments)]:
        thread.replies = by_parent.get(thread.comment.pk, [])
    return page, threads[: len(comments)]


def first_replies(comments: Sequence[Comment], person: User) -> list[Comment]:
    answered = [comment.pk for comment in comments if comment.number_of_replies]
    if not answered:
        return []
    place = Window(RowNumber(), partition_by=F("parent"), order_by="pk")
    replies = Comment.objects.listed().filter(parent__in=answered).for_reader(person)
    return list(replies.annotate(place=place).filter(place__lte=FIRST_REPLIES).order_by("pk"))


def page_of_replies(
    thread: Comment, person: User, *, number: str | None
) -> tuple[Page[Comment], list[Thread]]:
    replies = Comment.objects.listed().filter(parent=thread).for_reader(person).order_by("pk")
    page = CountedPaginator(replies, REPLIES_A_PAGE, thread.number_of_replies).get_page(number)
    return page, with_files(list(page))


def page_of_sides(
    discussion: Discussion, person: User, *, number: str | None
) -> tuple[Page[Comment], list[list[Thread]]]:
    """Arguments for and against, the most supported first, as many of each on a page."""
    longest = max(discussion.number_for, discussion.number_against)
    found = {
        side: _of(discussion)
        .threads()
        .public()
        .filter(position=side)
        .for_reader(person)
        .order_by("-supporters", "-pk")
        for side in (FOR, AGAINST)
    }
    page = CountedPaginator(found[FOR], ARGUMENTS_A_PAGE, longest).get_page(number)
    first = (page.number - 1) * ARGUMENTS_A_PAGE
    sides = [list(rows[first : first + ARGUMENTS_A_PAGE]) for rows in found.values()]
    threads = with_files([*sides[0], *sides[1]])
    return page, [threads[: len(sides[0])], threads[len(sides[0]) :]]


def highlights(discussion: Discussion, person: User) -> list[Comment]:
    """For the page of the dossier: the best argument of each side, else the three newest."""
    threads = _of(discussion).threads().public()
    if discussion.number_for and discussion.number_against:
        best = [
            Subquery(threads.filter(position=side).order_by("-supporters", "-pk").values("pk")[:1])
            for side in (FOR, AGAINST)
        ]
        shown = Comment.objects.filter(Q(pk=best[0]) | Q(pk=best[1])).for_reader(person)
        return sorted(shown, key=lambda comment: comment.position == AGAINST)
    return list(threads.for_reader(person).order_by("-pk")[:3])


def with_files(comments: list[Comment]) -> list[Thread]:
    """Each comment with its files; no query where none of them has any."""
    bearers = [comment.pk for comment in comments if comment.number_of_files]
    files: dict[int | None, list[Attachment]] = {}
    if bearers:
        for file in Attachment.objects.filter(comment__in=bearers):
            files.setdefault(file.comment_id, []).append(file)
    return [Thread(comment, files.get(comment.pk, [])) for comment in comments]


def _of(discussion: Discussion) -> CommentQuerySet:
    return Comment.objects.filter(dossier=discussion.dossier_id)
