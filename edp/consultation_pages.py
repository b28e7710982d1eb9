"""What pages of a consultation read: passages, threads with their answers, the report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Helix, User
from edp.models import Consultation, Passage, PassageComment, TextVersion
from participation.answer_figures import Figures, figures_of
from participation.answer_pages import Status, status_of
from participation.models import AnswerDue, Comment, Disposition
from participation.services.answers import current_calendar
from participation.threads import Thread, first_replies, with_files

THREADS_A_PAGE = 20
ROWS_A_PAGE = 20
WAITING = "waiting"
YES = (Disposition.ACCEPTED, Disposition.IN_PART)


def _received(consultation: Consultation) -> Any:
    """What counts as received: hidden ones leave a stub, those a moderator has not seen do not."""
    return consultation.comments.exclude(comment__state=Comment.State.WAITING)


@dataclass(frozen=True)
class ReadPassage:
    passage: Passage
    comments: int


def passages_with_counts(consultation: Consultation, version: TextVersion) -> list[ReadPassage]:
    """In two queries; comments on earlier wordings of a passage count with it."""
    counts = dict(
        _received(consultation).values_list("passage__key").annotate(Count("pk")).order_by()
    )
    rows = version.passages.select_related("priority__dossier")
    return [
        ReadPassage(row, counts.get(row.key, 0))
        for row in rows.prefetch_related("priority__dossier__texts")
    ]


@dataclass
class Heard:
    """A thread, how it came, and the answers of the bodies it went through, the last one last."""

    row: PassageComment
    thread: Thread
    answers: list[tuple[AnswerDue, Status]] = field(default_factory=list)


def threads_on(
    consultation: Consultation, key: int, person: User, number: str | None
) -> tuple[Page[Comment], list[Heard]]:
    """One page of what was said of a passage, the newest first."""
    about = {"passage": None} if key == 0 else {"passage__key": key}
    rows = consultation.comments.filter(**about).values("comment")
    found = Comment.objects.threads().listed().filter(pk__in=rows).for_reader(person)
    page = Paginator(found.order_by("-pk"), THREADS_A_PAGE).get_page(number)
    comments = list(page)
    threads = with_files([*comments, *first_replies(comments, person)])
    by_parent: dict[int | None, list[Thread]] = defaultdict(list)
    for reply in threads[len(comments) :]:
        by_parent[reply.comment.parent_id].append(reply)
    for thread in threads[: len(comments)]:
        thread.replies = by_parent[thread.comment.pk]
    known = PassageComment.objects.select_related("passage__version").in_bulk(
        [comment.pk for comment in comments]
    )
    answers = answers_to(comments)
    heard = [
        Heard(known[thread.comment.pk], thread, answers.get(thread.comment.pk, []))
        for thread in threads[: len(comments)]
    ]
    return page, heard


def answers_to(comments: Iterable[Comment]) -> dict[int, list[tuple[AnswerDue, Status]]]:
    """Answers due and given by comment, in the order in which bodies were asked; two queries."""
    rows = AnswerDue.objects.filter(comment__in=[comment.pk for comment in comments])
    today = timezone.localdate()
    found: dict[int, list[tuple[AnswerDue, Status]]] = defaultdict(list)
    for due in rows.select_related("addressee").prefetch_related("answers").order_by("pk"):
        found[due.comment_id or 0].append((due, status_of(due, today)))
    return found


# --- What you said, what changed ----------------------------------------------------------------


@dataclass(frozen=True)
class ReportFigures:
    """`received` counts hidden ones; `accepted_share` is of all that were answered, in hundredths.

    `changes` are comments that changed a passage.
    """

    received: int
    hidden: int
    answers: Figures
    accepted: int
    in_part: int
    rejected: int
    changes: int

    @property
    def accepted_share(self) -> Fraction | None:
        decided = self.accepted + self.in_part + self.rejected
        return Fraction(100 * (self.accepted + self.in_part), decided) if decided else None


def _last_dispositions(consultation: Consultation) -> dict[int, str]:
    """Of every answered comment the disposition in force; empty where it waits for an answer."""
    dues = AnswerDue.objects.filter(comment__in_consultation__consultation=consultation)
    found: dict[int, str] = {}
    for due in dues.prefetch_related("answers").order_by("pk"):
        answer = due.answer
        found[due.comment_id or 0] = answer.disposition if answer else ""
    return found


def report_figures(consultation: Consultation, today: date) -> ReportFigures:
    received = _received(consultation).aggregate(
        all=Count("pk"), hidden=Count("pk", filter=Q(comment__state=Comment.State.HIDDEN))
    )
    given = list(_last_dispositions(consultation).values())
    accepted, in_part = given.count(Disposition.ACCEPTED), given.count(Disposition.IN_PART)
    answered = sum(1 for disposition in given if disposition)
    dues = AnswerDue.objects.filter(
        comment__in_consultation__consultation=consultation,
        comment__state__in=[Comment.State.PUBLIC, Comment.State.ERASED],
    )
    return ReportFigures(
        received=received["all"],
        hidden=received["hidden"],
        answers=figures_of(dues, today),
        accepted=accepted,
        in_part=in_part,
        rejected=answered - accepted - in_part,
        changes=consultation.comments.filter(changed__version__published_at__isnull=False)
        .distinct()
        .count(),
    )


FILTERS = {
    "disposition": [(WAITING, gettext_lazy("Waits for its answer")), *Disposition.choices],
    "helix": Helix.choices,
    "channel": PassageComment.Channel.choices,
}


def filtered(consultation: Consultation, asked: QueryDict) -> tuple[Any, list[dict[str, str]]]:
    """The comments that the address asks for, and a pill for each filter that is on."""
    rows = _received(consultation)
    pills = []
    for name, choices in FILTERS.items():
        labels = {code: str(label) for code, label in choices}
        chosen = asked.get(name, "")
        if chosen not in labels:
            continue
        rows = rows.filter(_condition(name, chosen, consultation))
        rest = asked.copy()
        rest.pop(name)
        rest.pop("page", None)
        pills.append({"label": labels[chosen], "url": f"?{rest.urlencode()}"})
    return rows.order_by("pk"), pills


def _condition(name: str, chosen: str, consultation: Consultation) -> Q:
    if name == "helix":
        return Q(comment__helix=chosen)
    if name == "channel":
        return Q(channel=chosen)
    wanted = "" if chosen == WAITING else chosen
    given = _last_dispositions(consultation)
    return Q(pk__in=[comment for comment, last in given.items() if last == wanted])


@dataclass(frozen=True)
class ReportRow:
    row: PassageComment
    answers: list[tuple[AnswerDue, Status]]
    changed: list[Passage]

    @property
    def last(self) -> AnswerDue | None:
        return self.answers[-1][0] if self.answers else None


def report_rows(rows: Iterable[PassageComment]) -> list[ReportRow]:
    """With their answers and what changed because of them; a fixed number of queries."""
    rows = list(rows)
    answers = answers_to([row.comment for row in rows])
    return [
        ReportRow(
            row,
            answers.get(row.pk, []),
            [p for p in row.changed.all() if p.version.published_at is not None],
        )
        for row in rows
    ]


def for_report(rows: Any) -> Any:
    return rows.select_related("comment__author", "passage__version").prefetch_related(
        "changed__version"
    )


COLUMNS = (
    "comment", "passage", "version", "channel", "helix", "language", "received_on", "state",
    "text", "answered_by", "due_on", "answered_on", "working_days_taken", "working_days_late",
    "disposition", "reasons_kk", "reasons_ru", "change_reference", "changed",
)  # fmt: skip


def table_of(rows: Iterable[ReportRow]) -> Iterator[dict[str, Any]]:
    """Everything public about each comment, by the names in COLUMNS; never who wrote it."""
    for each in rows:
        due, comment = each.last, each.row.comment
        answer = due.answer if due else None
        values = (
            comment.pk,
            each.row.passage.number if each.row.passage else None,
            each.row.passage.version.number if each.row.passage else None,
            each.row.channel,
            comment.helix,
            comment.language,
            each.row.received_on.isoformat(),
            comment.state,
            comment.text if comment.is_public else "",
            due.addressee.name_ru if due else "",
            due.due_on.isoformat() if due else None,
            due.answered_on.isoformat() if due and due.answered_on else None,
            due.days_taken if due else None,
            due.days_late if due else None,
            answer.disposition if answer else "",
            answer.reasoning_kk if answer else "",
            answer.reasoning_ru if answer else "",
            answer.change_reference if answer else "",
            " ".join(f"v{p.version.number}:{p.number}" for p in each.changed),
        )
        yield dict(zip(COLUMNS, values, strict=True))


def days_left(consultation: Consultation, today: date) -> int:
    """Working days from tomorrow to the last one."""
    return current_calendar().working_days(today, consultation.closes_on)


def state_words(consultation: Consultation, today: date) -> str:
    """What stands beside the dates."""
    if consultation.state != Consultation.State.OPEN:
        return str(consultation.get_state_display())
    if today < consultation.opens_on:
        return _("Announced")
    if today > consultation.closes_on:
        return _("Its last day has passed")
    return str(consultation.get_state_display())
