"""The kinds of dossier of public councils. A council has no phases: its meetings have dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from councils.models import (
    Draw,
    Meeting,
    PublicControlAction,
    Recommendation,
    SelectionProcess,
)
from participation import kinds

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as LazyText

COUNCIL = "councils.council"
SELECTION = "councils.selection"
DRAW = "councils.draw"
DOCKET = "councils.docket"
MEETING = "councils.meeting"
RECOMMENDATION = "councils.recommendation"
CONTROL = "councils.control"

# What entries of the public record say, by the part that writes them.
COUNCIL_RECORDS: dict[str, LazyText] = {
    "councils.council_set_up": _("Council set up"),
    "councils.council_published": _("Council made public"),
    "councils.council_changed": _("Council's text changed"),
    "councils.term_begun": _("Term of a council begun"),
    "councils.mandate_begun": _("Member appointed"),
    "councils.mandate_ended": _("Mandate ended"),
    "councils.office_changed": _("Office in a council changed"),
    "councils.seat_added": _("Seat of a council added"),
    "councils.seat_closed": _("Seat of a council closed"),
    "councils.name_corrected": _("Name of a member corrected"),
    "councils.breach_opened": _("Composition of a council in breach"),
    "councils.breach_ended": _("Composition of a council lawful again"),
    "councils.interest_declared": _("Interest of a member declared"),
    "councils.interest_ended": _("Interest of a member ended"),
    "councils.commission_formed": _("Commission formed"),
    "councils.commission_changed": _("Commission changed"),
}
SELECTION_RECORDS: dict[str, LazyText] = {
    "councils.selection_planned": _("A selection of members is being prepared"),
    "councils.selection_working_group_formed": _("A working group was formed"),
    "councils.selection_call_open": _("A call for candidates was opened"),
    "councils.selection_screening": _("A call for candidates ended"),
    "councils.candidacy_screened": _("A candidate was admitted or not"),
    "councils.candidacy_withdrawn": _("A candidate withdrew"),
    "councils.selection_selection": _("The candidates of a selection are compared"),
    "councils.selection_decided": _("A selection was decided"),
    "councils.selection_approved": _("The act of a selection was registered"),
    "councils.selection_published": _("The selected members were appointed"),
    "councils.selection_failed": _("A selection failed"),
    "councils.draw_opened": _("Volunteers can register for a draw"),
    "councils.volunteers_entered": _("Volunteers from letters and telephone were entered"),
    "councils.draw_pool_frozen": _("The pool of a draw was frozen"),
    "councils.randomness_announced": _("The source of a random number was named"),
    "councils.secret_committed": _("A party committed itself to a secret"),
    "councils.draw_lottery_published": _("The lottery of a draw was published"),
    "councils.draw_randomness_due": _("The random number of a draw is due"),
    "councils.secret_revealed": _("A party revealed its secret"),
    "councils.draw_drawn": _("A panel was drawn"),
    "councils.seat_replaced": _("A seat of a panel was filled again"),
    "councils.draw_closed": _("A draw was closed"),
    "councils.draw_void": _("A draw was given up"),
}
MEETING_RECORDS: dict[str, LazyText] = {
    "councils.meeting_planned": _("A meeting is planned"),
    "councils.meeting_changed": _("A meeting is changed"),
    "councils.meeting_announced": _("A meeting is announced"),
    "councils.meeting_moved": _("A meeting is at another time or place"),
    "councils.meeting_cancelled": _("A meeting is cancelled"),
    "councils.meeting_open": _("A meeting has begun"),
    "councils.meeting_held": _("A meeting has ended"),
    "councils.meeting_no_quorum": _("A meeting failed: no quorum"),
    "councils.recusal_declared": _("A member is recused"),
    "councils.vote_opened": _("A vote is open"),
    "councils.vote_closed": _("A vote is counted"),
    "councils.motion_withdrawn": _("A motion is withdrawn"),
    "councils.minutes_signed": _("Minutes are signed"),
    "councils.minutes_published": _("Minutes are published"),
    "councils.decision_entered": _("A decision of a meeting is entered"),
}
HEARING_RECORDS: dict[str, LazyText] = {
    "councils.notice_published": _("Notice of a hearing is published"),
    "councils.question_declined": _("A question is not put at a hearing"),
    "councils.submission_withdrawn": _("A written submission is withdrawn"),
}
RECOMMENDATION_RECORDS: dict[str, LazyText] = {
    "councils.docket_opened": _("A council took up a matter"),
    "councils.papers_added": _("Papers of a matter were published"),
    "councils.recommendation_adopted": _("A council adopted a recommendation"),
    "councils.evidence_added": _("What a recommendation rests on was added to"),
    "councils.recommendation_delivered": _("A recommendation was delivered"),
    "councils.recommendation_moved": _("A recommendation went a step on"),
    "councils.recommendation_closed": _("A recommendation was closed unanswered"),
    "councils.commitment_made": _("A body made a commitment"),
    "councils.news_published": _("News of a recommendation was published"),
    "councils.act_adopted": _("An act carried out a recommendation"),
    "councils.check_opened": _("Citizens are asked whether it has changed"),
    "councils.control_planned": _("Public control was planned"),
    "councils.control_begun": _("Public control began"),
    "councils.control_finished": _("Public control ended in a document"),
    "councils.control_dropped": _("Public control ended without a document"),
}
WORK_RECORDS: dict[str, LazyText] = {
    "councils.office_hours_opened": _("A member of a council opened office hours"),
    "councils.slot_withdrawn": _("A time of office hours was withdrawn"),
    "councils.note_published": _("What came of a talk was published"),
    "councils.budget_planned": _("A line of a council's budget was planned"),
    "councils.claim_approved": _("A member's expenses were approved"),
    "councils.claim_refused": _("A member's expenses were refused"),
    "councils.claim_paid": _("A member's expenses were paid"),
    "councils.report_published": _("A council published its annual report"),
}
RECORDS = (
    COUNCIL_RECORDS,
    SELECTION_RECORDS,
    MEETING_RECORDS,
    HEARING_RECORDS,
    RECOMMENDATION_RECORDS,
    WORK_RECORDS,
)


def _states(choices: list[tuple[str, LazyText]], **tones: str) -> tuple[kinds.State, ...]:
    return tuple(kinds.State(code, label, tones.get(code, "")) for code, label in choices)


KINDS = (
    kinds.Kind(
        COUNCIL,
        "PC",
        _("Public council"),
        is_process=True,
        states=(kinds.State("sitting", _("Sits")),),
    ),
    kinds.Kind(DOCKET, "PD", _("Docket"), states=(kinds.State("open", _("Open")),)),
    kinds.Kind(
        SELECTION,
        "PS",
        _("Selection of members"),
        states=_states(
            SelectionProcess.State.choices, call_open="ok", published="ok", failed="bad"
        ),
    ),
    kinds.Kind(
        DRAW,
        "PL",
        _("Draw by lot"),
        states=_states(Draw.State.choices, draft="ok", drawn="ok", void="bad"),
    ),
    kinds.Kind(
        MEETING,
        "PM",
        pgettext_lazy("of a council", "Meeting"),
        states=_states(
            Meeting.State.choices, announced="ok", open="ok", cancelled="bad", no_quorum="bad"
        ),
    ),
    kinds.Kind(
        CONTROL,
        "PK",
        _("Public control"),
        states=_states(
            PublicControlAction.State.choices, under_way="warn", finished="ok", dropped="bad"
        ),
    ),
)


def register_kinds() -> None:
    # Services name the kinds of this module.
    from councils.services.recommendations.states import on_answers

    for records in RECORDS:
        kinds.register_records(records)
    recommendation = kinds.Kind(
        RECOMMENDATION,
        "PR",
        _("Recommendation"),
        states=_states(
            Recommendation.State.choices,
            delivered="warn",
            implemented="ok",
            rejected="bad",
            closed_unanswered="bad",
        ),
        on_answers=on_answers,
    )
    for kind in (*KINDS, recommendation):
        kinds.register(kind)
