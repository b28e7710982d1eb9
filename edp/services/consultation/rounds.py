"""A round of consultation: prepared, opened, closed with a count, reported when all is answered."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Organisation, User
from edp import phases
from edp.consultation_rules import ConsultationRules
from edp.models import Consultation, DiscoveryProcess, Stage, TextVersion
from edp.services.consultation.errors import (
    AnswersMissing,
    NothingToConsult,
    NotOverYet,
    NotTheTime,
    OneIsOpen,
    OpenedAlready,
    OpensInThePast,
    TermTooShort,
)
from edp.services.consultation.results import take_snapshot
from edp.services.consultation.texts import publish_version
from edp.services.numbering import next_number
from participation import answer_rules
from participation.models import Comment, Ruleset
from participation.services import (
    Wording,
    change_state,
    create_dossier,
    follow,
    notify_followers,
    publish_dossier,
    record,
    write_text,
)
from participation.services.answers import current_calendar
from participation.services.links import AlreadyLinked, link_dossiers

State = Consultation.State
PREPARED_FROM = (Stage.EVALUATION, Stage.CONSULTATION)


@dataclass(frozen=True)
class Terms:
    """When, who answers, and what can still change (by language)."""

    opens_on: date
    closes_on: date
    decider: Organisation
    what_can_change: dict[str, str]

    def fields(self) -> dict[str, Any]:
        return {
            "opens_on": self.opens_on,
            "closes_on": self.closes_on,
            "decider": self.decider,
            **{f"what_can_change_{code}": text for code, text in self.what_can_change.items()},
        }


def locked(consultation: Consultation) -> Consultation:
    """Looked at again under a lock: what happened meanwhile counts."""
    rows = Consultation.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("dossier__territory", "process__dossier", "process__ruleset").get(
        pk=consultation.pk
    )


@transaction.atomic
def create_consultation(
    *, by: User | None, process: DiscoveryProcess, wordings: list[Wording], terms: Terms
) -> Consultation:
    """Prepare a round with an empty first version of its text. Raises NotTheTime."""
    if process.stage not in PREPARED_FROM:
        raise NotTheTime
    number = next_number(process, process.consultations)
    dossier = create_dossier(
        kind=phases.CONSULTATION,
        territory=process.dossier.territory,
        state=State.DRAFT,
        path=f"edp/{process.slug}/consultation/{number}/",
        wordings=wordings,
    )
    consultation = Consultation.objects.create(
        dossier=dossier,
        process=process,
        number=number,
        answer_rules=_answer_rules(process.ruleset),
        **terms.fields(),
    )
    TextVersion.objects.create(consultation=consultation, number=1)
    record(kind="edp.consultation_prepared", dossier=process.dossier, actor=by, number=number)
    return consultation


def _answer_rules(ruleset: Ruleset) -> Ruleset:
    """Of the kind that answers go by; made once for each number of days."""
    days = ConsultationRules.from_data(ruleset.data).answer_days
    found, _is_new = Ruleset.objects.get_or_create(
        kind=answer_rules.KIND,
        key=f"consultation-{days}",
        version=1,
        defaults={
            "name": f"Кеңес: {days} жұмыс күні · Консультация: {days} рабочих дней",
            "data": {
                "working_days": days,
                "reminders": [-3, 5, 10],
                "escalation": {"5": ["organiser"], "10": ["organiser", "council_secretary"]},
                "longest_extension": days,
                "names_change": True,
            },
            "legal_basis": ruleset.legal_basis,
        },
    )
    return found


@transaction.atomic
def change_consultation(
    *, by: User | None, consultation: Consultation, wordings: list[Wording], terms: Terms
) -> None:
    """Change what was prepared. Raises OpenedAlready once it was announced."""
    consultation = locked(consultation)
    if consultation.state != State.DRAFT:
        raise OpenedAlready
    for wording in wordings:
        write_text(dossier=consultation.dossier, wording=wording)
    Consultation.objects.filter(pk=consultation.pk).update(**terms.fields())


def working_days_of(opens_on: date, closes_on: date) -> int:
    """Working days on which it is open, the first and the last day included."""
    calendar = current_calendar()
    first = int(calendar.is_working(opens_on))
    return first + calendar.working_days(opens_on, closes_on)


@transaction.atomic
def open_consultation(
    *, by: User | None, consultation: Consultation, at: datetime | None = None
) -> None:
    """Announce it with its text; everybody who took part in the process is told.

    `at` is for what was opened before it came here.
    Raises NotTheTime, OneIsOpen, NothingToConsult, TextIncomplete, TermTooShort, OpensInThePast.
    """
    consultation = locked(consultation)
    if consultation.state != State.DRAFT:
        raise OpenedAlready
    process = consultation.process
    if process.stage != Stage.CONSULTATION or process.dossier.published_at is None:
        raise NotTheTime
    _check_term(by, consultation)
    draft = consultation.versions.filter(published_at=None).first()
    if draft is not None:
        publish_version(by=by, version=draft, at=at)
    elif not consultation.versions.exists():
        raise NothingToConsult
    consultation.state = State.OPEN
    try:
        with transaction.atomic():
            consultation.save(update_fields=["state"])
    except IntegrityError as error:
        raise OneIsOpen from error
    publish_dossier(dossier=consultation.dossier)
    change_state(dossier=consultation.dossier, state=State.OPEN)
    _link_priorities(by, consultation)
    if by is not None:
        follow(person=by, dossier=consultation.dossier)
    notify_followers(
        kind="consultation_opened",
        dossier=process.dossier,
        actor=by,
        also=participants_of(process),
        consultation=consultation.pk,
        path=consultation.dossier.path,
    )
    record(
        kind="edp.consultation_opened",
        dossier=consultation.dossier,
        actor=by,
        opens_on=consultation.opens_on.isoformat(),
        closes_on=consultation.closes_on.isoformat(),
        working_days=working_days_of(consultation.opens_on, consultation.closes_on),
    )


def _check_term(by: User | None, consultation: Consultation) -> None:
    if by is not None and consultation.opens_on < timezone.localdate():
        raise OpensInThePast
    least = ConsultationRules.from_data(consultation.process.ruleset.data).min_days
    found = working_days_of(consultation.opens_on, consultation.closes_on)
    if found < least:
        raise TermTooShort(
            ngettext(
                "It is open on %(found)s working day; the rules ask for %(least)s.",
                "It is open on %(found)s working days; the rules ask for %(least)s.",
                found,
            )
            % {"found": found, "least": least},
            way_out=_("Move its last day."),
        )


def _link_priorities(by: User | None, consultation: Consultation) -> None:
    """From each priority that the text is about to its consultation, in the chain of evidence."""
    priorities = consultation.process.priorities.public().filter(
        passages__version__consultation=consultation
    )
    for priority in priorities.distinct().select_related("dossier"):
        try:
            link_dossiers(
                by=by,
                source=priority.dossier,
                target=consultation.dossier,
                relation="led_to",
            )
        except AlreadyLinked:
            continue


def participants_of(process: DiscoveryProcess) -> list[User]:
    """Who sits in a group, proposed an idea or said something that was published."""
    people = User.objects.filter(is_active=True)
    sits = people.filter(group_memberships__process=process, group_memberships__until=None)
    proposed = people.filter(ideas__process=process)
    spoke = people.filter(statements__process=process)
    return list(people.filter(pk__in=sits.union(proposed, spoke).values("pk")).order_by("pk"))


@transaction.atomic
def extend_consultation(*, by: User | None, consultation: Consultation, closes_on: date) -> None:
    """Give everybody more days, never fewer. Raises OpenedAlready, TermTooShort."""
    consultation = locked(consultation)
    if consultation.state != State.OPEN:
        raise OpenedAlready
    if closes_on <= consultation.closes_on:
        raise TermTooShort(_("An open consultation can only be extended."))
    before, consultation.closes_on = consultation.closes_on, closes_on
    consultation.save(update_fields=["closes_on"])
    record(
        kind="edp.consultation_extended",
        dossier=consultation.dossier,
        actor=by,
        before=before.isoformat(),
        closes_on=closes_on.isoformat(),
    )


@transaction.atomic
def close_consultation(*, by: User | None, consultation: Consultation) -> None:
    """Close it once its last day has passed, and count the votes for good. Raises NotOverYet."""
    consultation = locked(consultation)
    if consultation.is_over:
        return
    if consultation.state != State.OPEN or timezone.localdate() <= consultation.closes_on:
        raise NotOverYet
    consultation.state, consultation.closed_at = State.CLOSED, timezone.now()
    consultation.save(update_fields=["state", "closed_at"])
    snapshot = take_snapshot(consultation)
    change_state(dossier=consultation.dossier, state=State.CLOSED)
    record(
        kind="edp.consultation_closed",
        dossier=consultation.dossier,
        actor=by,
        comments=consultation.comments.count(),
        results_sha256=snapshot.sha256,
    )


def due_to_close() -> list[Consultation]:
    """Open ones whose last day has passed."""
    rows = Consultation.objects.filter(state=State.OPEN, closes_on__lt=timezone.localdate())
    return list(rows.order_by("pk"))


def unanswered_in(consultation: Consultation) -> int:
    """Comments whose text is public and that still wait for an answer, passed on or not."""
    public = consultation.dossier.comments.public().threads()
    waiting = public.filter(answers_due__answered_on=None)
    return int(waiting.distinct().count())


@transaction.atomic
def publish_report(*, by: User | None, consultation: Consultation) -> None:
    """Say that all is answered and what changed. Raises NotOverYet, AnswersMissing."""
    consultation = locked(consultation)
    if consultation.state == State.REPORTED:
        return
    if consultation.state != State.CLOSED:
        raise NotOverYet
    # No answer is taken back, so what is answered now stays so.
    if unanswered_in(consultation):
        raise AnswersMissing
    consultation.state, consultation.reported_at = State.REPORTED, timezone.now()
    consultation.save(update_fields=["state", "reported_at"])
    change_state(dossier=consultation.dossier, state=State.REPORTED)
    spoke = Comment.objects.filter(dossier=consultation.dossier).values("author")
    notify_followers(
        kind="consultation_reported",
        dossier=consultation.dossier,
        actor=by,
        also=User.objects.filter(pk__in=spoke, is_active=True),
        consultation=consultation.pk,
        path=f"{consultation.dossier.path}report/",
    )
    record(
        kind="edp.consultation_reported",
        dossier=consultation.dossier,
        actor=by,
        comments=consultation.comments.count(),
        changes=consultation.comments.filter(changed__isnull=False).distinct().count(),
    )
