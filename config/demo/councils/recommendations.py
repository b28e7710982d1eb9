"""Astana's recommendations from the vote of 14 May 2026 to what citizens say in November."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone

from accounts.models import Helix, Organisation, User
from accounts.multilingual import Told
from config.demo.councils import spring_answers as spring
from config.demo.councils.control import look_over_transport
from config.demo.councils.dockets import open_others, transport, wordings_of
from config.demo.people import organisation_named
from councils.models import (
    CheckInvitation,
    Council,
    Docket,
    HearingRegistration,
    Meeting,
    Motion,
    Question,
    Recommendation,
)
from councils.services.citizen_checks import Invitee, answer_check, open_check
from councils.services.recommendations import (
    Proof,
    add_act,
    add_commitment,
    add_evidence,
    add_update,
    adopt_recommendation,
    deliver_recommendation,
    draft_recommendation,
)
from participation.models import AnswerDue, Delivery, Event, FanOut, Territory
from participation.services.answers import (
    Words,
    pause_clock,
    publish_answer,
    resume_clock,
    send_due_reminders,
)

ASKED_FROM, ASKED_UNTIL = date(2026, 11, 2), date(2026, 11, 30)
# Of the 51 who came to the first hearing and 8 who asked in writing; the others are silent yet.
SAID = {"yes": 21, "partly": 14, "no": 6, "unknown": 3}
CAME, ASKED = 51, 8
DRAFT = {
    "kk": ("Барлық емханаға пандус пен автоматты есік",
           "Он екі емханаға арбамен өз бетінше кіру мүмкін емес."),
    "ru": ("Пандусы и автоматические двери во всех поликлиниках",
           "В двенадцать поликлиник на коляске самому не войти."),
    "en": ("Ramps and automatic doors at every clinic",
           "Twelve clinics cannot be entered in a wheelchair without help."),
}  # fmt: skip


def load(*, council: Council, people: dict[str, User], places: dict[str, Territory]) -> None:
    secretary = people["secretary"]
    docket = transport(council, by=secretary)
    body = organisation_named(spring.TRANSPORT_BODY, Helix.GOVERNMENT)
    motions = _motions(council)
    # Before that summer the story has not happened yet.
    if len(motions) == len(spring.RECOMMENDATIONS) and timezone.localdate() > spring.LAST_ANSWER:
        found = {
            number: _deliver(council, docket, number, motion, body, by=secretary)
            for number, motion in enumerate(motions, start=1)
        }
        _answer_all(found)
        _follow_up(found, body, by=secretary)
        forget_messages([one.dossier_id for one in found.values()])
        if timezone.localdate() >= ASKED_FROM:
            _ask_citizens(council, found[1], people["citizen"], by=secretary)
    _draft_ramps(council, open_others(council, by=secretary), by=secretary)
    look_over_transport(council, docket, body, by=secretary)


def _motions(council: Council) -> list[Motion]:
    """What the council adopted on that day, in the order of the agenda."""
    adopted = Motion.objects.filter(
        item__meeting__council=council,
        item__meeting__starts_at__date=spring.VOTED,
        state=Motion.State.ADOPTED,
    )
    return list(adopted.select_related("item__meeting__dossier").order_by("item__number", "number"))


def _hearing(council: Council, on: date) -> Meeting | None:
    return council.meetings.filter(kind=Meeting.Kind.HEARING, starts_at__date=on).first()


def _deliver(
    council: Council, docket: Docket, number: int, motion: Motion, body: Organisation, *, by: User
) -> Recommendation:
    words = wordings_of(spring.RECOMMENDATIONS[number])
    made = draft_recommendation(by=by, council=council, wordings=words, docket=docket)
    add_evidence(by=by, recommendation=made, proof=_proof(council, docket, number))
    adopt_recommendation(by=by, recommendation=made, motion=motion)
    return deliver_recommendation(by=by, recommendation=made, bodies=[body], on=spring.DELIVERED)


def _proof(council: Council, docket: Docket, number: int) -> Proof:
    """The question as it was asked at the hearing, or what the appeals say."""
    day, asked, said = spring.PROOFS[number]
    hearing = _hearing(council, day)
    language = "kk" if set(said) & set("әғқңөұүһіӘҒҚҢӨҰҮҺІ") else "ru"
    if hearing is None:
        return Proof("appeal", said, dossier=docket.dossier, language=language)
    question = Question.objects.public().filter(meeting=hearing, number=asked).first()
    if question is not None and not question.is_hidden:
        said, language = question.text[:500], question.language
    return Proof("question", said, dossier=hearing.dossier, number=str(asked), language=language)


def _due(recommendation: Recommendation) -> AnswerDue:
    return recommendation.dossier.answers_due.get()


def _answer_all(found: dict[int, Recommendation]) -> None:
    """Five in time, one 23 working days late after three escalations."""
    pause_clock(by=None, answer_due=_due(found[5]), reason=spring.QUESTION, on=date(2026, 5, 26))
    send_due_reminders(today=date(2026, 5, 26))
    for number in (1, 3, 2, 6):
        _answer(found[number], number)
    resume_clock(by=None, answer_due=_due(found[5]), reason=spring.REPLY, on=date(2026, 6, 3))
    send_due_reminders(today=date(2026, 6, 4))
    _answer(found[5], 5)
    for day in (date(2026, 6, 8), date(2026, 6, 15), date(2026, 6, 29)):
        send_due_reminders(today=day)
    _answer(found[4], 4)


def _answer(recommendation: Recommendation, number: int) -> None:
    disposition, day, kk, ru, change = spring.ANSWERS[number]
    words = Words(
        disposition=disposition,
        reasoning_kk=kk,
        reasoning_ru=ru,
        change_reference=change,
        signed_name="Қ. Жүнісов",
        signed_post="Басқарма басшысы · руководитель управления",
    )
    publish_answer(by=None, answer_due=_due(recommendation), words=words, on=day)


def _follow_up(found: dict[int, Recommendation], body: Organisation, *, by: User) -> None:
    today = timezone.localdate()
    for number, (until, text) in spring.PROMISES.items():
        promise = add_commitment(
            by=by,
            recommendation=found[number],
            answer_due=_due(found[number]),
            text=Told(*text),
            due_on=until,
            on=spring.ANSWERS[number][1],
        )
        day, how, news = spring.NEWS[number]
        if day <= today:
            add_update(
                by=by,
                recommendation=found[number],
                kind=how,
                text=Told(*news),
                commitment=promise,
                on=day,
            )
    for number, (day, act, names) in spring.ACTS.items():
        if day <= today:
            add_act(
                by=by,
                recommendation=found[number],
                body=body,
                number=act,
                name=Told(*names),
                adopted_on=day,
            )


def forget_messages(dossiers: Sequence[int]) -> None:
    """Nobody is written to today of what happened in spring."""
    told = Event.objects.filter(dossier__in=dossiers)
    Delivery.objects.filter(event__in=told).delete()
    FanOut.objects.filter(event__in=told).delete()
    told.delete()


def _ask_citizens(
    council: Council, recommendation: Recommendation, citizen: User, *, by: User
) -> None:
    """The demo's citizen came too, was asked, and has not answered yet."""
    present = HearingRegistration.objects.filter(
        meeting=_hearing(council, spring.ROUTES),
        state=HearingRegistration.State.PRESENT,
        person=None,
    )
    rows = [*present.order_by("pk")[: CAME - 1]]
    rows_and_gaps: list[HearingRegistration | None] = [*rows, *[None] * (CAME - 1 - len(rows))]
    basis = CheckInvitation.Basis
    check = open_check(
        by=by,
        recommendation=recommendation,
        invitees=[
            Invitee(citizen, basis.PARTICIPANT),
            *(Invitee(None, basis.PARTICIPANT, row) for row in rows_and_gaps),
            *[Invitee(None, basis.ASKER)] * ASKED,
        ],
        on=ASKED_FROM,
        closes_on=ASKED_UNTIL,
    )
    answers = [value for value, number in SAID.items() for _ in range(number)]
    last = min(timezone.localdate(), ASKED_UNTIL)
    asked = check.invitations.filter(person=None).order_by("pk")
    for place, (invitation, value) in enumerate(zip(asked, answers, strict=False)):
        day = min(ASKED_FROM + timedelta(days=place % 12), last)
        answer_check(invitation=invitation, value=value, on=day)


def _draft_ramps(council: Council, docket: Docket, *, by: User) -> None:
    """Not voted on yet: only the council sees it."""
    made = draft_recommendation(by=by, council=council, wordings=wordings_of(DRAFT), docket=docket)
    said = "Емханаға кіру үшін күн сайын біреуден көмек сұраймын."
    add_evidence(by=by, recommendation=made, proof=Proof("appeal", said, dossier=docket.dossier))
