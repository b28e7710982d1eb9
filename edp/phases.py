"""When: the stages of a discovery process as phases with dates, and the kinds of its dossiers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from edp.models import Consultation, DelphiStudy, Idea, Priority, Stage, Strategy, Workshop
from participation import kinds

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as LazyText

PROCESS = "edp.process"
WORKSHOP = "edp.workshop"
DELPHI = "edp.delphi"
IDEA = "edp.idea"
PRIORITY = "edp.priority"
CONSULTATION = "edp.consultation"
STRATEGY = "edp.strategy"

PHASE_KINDS = (
    kinds.PhaseKind(Stage.PREPARATION, _("Preparation")),
    kinds.PhaseKind(Stage.MAPPING, _("Evidence"), _("See the evidence")),
    kinds.PhaseKind(Stage.DISCOVERY, _("Discovery"), _("Come to a workshop")),
    kinds.PhaseKind(Stage.EVALUATION, _("Evaluation"), _("See the ideas")),
    kinds.PhaseKind(Stage.CONSULTATION, _("Consultation"), _("Say what you think")),
    kinds.PhaseKind(Stage.ADOPTION, _("Adoption"), _("Read the strategy")),
    kinds.PhaseKind(Stage.IMPLEMENTATION, _("Implementation"), _("Follow what is done")),
)
# The stages a process goes through one after the other; gate n lies after the nth.
ORDER = (
    Stage.DRAFT,
    Stage.PREPARATION,
    Stage.MAPPING,
    Stage.DISCOVERY,
    Stage.EVALUATION,
    Stage.CONSULTATION,
    Stage.ADOPTION,
    Stage.IMPLEMENTATION,
    Stage.REVIEW,
    Stage.CLOSED,
)

# What entries of the public record say, by the part of the process that writes them.
PROCESS_RECORDS: dict[str, LazyText] = {
    "edp.process_created": _("A discovery process was set up"),
    "edp.archive_written": _("A process of elsewhere was written down"),
    "edp.process_changed": _("What a discovery process says of itself was changed"),
    "edp.dates_changed": _("Dates were changed"),
    "edp.rules_frozen": _("The rules of a discovery process were frozen"),
    "edp.resources_planned": _("Resources of a discovery process were planned"),
    "edp.seat_taken": _("A seat in a group was taken"),
    "edp.seat_left": _("A seat in a group was given up"),
    "edp.interests_declared": _("Interests were declared"),
    "edp.output_written": _("A result of discovery was written down"),
    "edp.decision_recorded": _("A decision was recorded"),
    "edp.condition_waived": _("A condition of a gate was set aside"),
    "edp.gate_passed": _("A gate was passed"),
}
EVIDENCE_RECORDS: dict[str, LazyText] = {
    "edp.dataset_created": _("A dataset was described"),
    "edp.dataset_kept": _("A file of figures was kept"),
    "edp.dataset_published": _("Figures were published"),
    "edp.evidence_published": _("Evidence was published"),
    "edp.evidence_changed": _("Published evidence was changed"),
}
WORKSHOP_RECORDS: dict[str, LazyText] = {
    "edp.workshop_planned": _("A meeting was planned"),
    "edp.workshop_announced": _("A meeting was announced"),
    "edp.workshop_changed": _("Time, place or texts of a meeting were changed"),
    "edp.workshop_cancelled": _("A meeting was cancelled"),
    "edp.workshop_running": _("A meeting began"),
    "edp.workshop_held": _("A meeting ended"),
    "edp.workshop_reported": _("The report of a meeting was published"),
    "edp.heads_counted": _("People at a meeting were counted"),
    "edp.dots_opened": _("Dots of a meeting were opened"),
    "edp.dots_on_paper": _("Dots on paper were entered"),
    "edp.dots_counted": _("Dots of a meeting were counted"),
    "edp.statement_published": _("A statement was published"),
    "edp.statement_put_aside": _("Words from a phone were not published"),
    "edp.statement_translated": _("A statement was translated"),
    "edp.statement_erased": _("A statement was erased"),
}
DELPHI_RECORDS: dict[str, LazyText] = {
    "edp.delphi_started": _("A Delphi study began"),
    "edp.delphi_round_opened": _("A round of a Delphi study opened"),
    "edp.delphi_round_closed": _("A round of a Delphi study closed"),
    "edp.delphi_ended": _("A Delphi study ended"),
}
IDEA_RECORDS: dict[str, LazyText] = {
    "edp.idea_submitted": _("An idea was submitted"),
    "edp.idea_admitted": _("An idea was admitted"),
    "edp.idea_returned": _("An idea was sent back for completion"),
    "edp.idea_screened_out": _("An idea was not admitted"),
    "edp.idea_merged": _("An idea was merged into another"),
    "edp.idea_translated": _("An idea was translated"),
    "edp.pledge_made": _("Something was pledged for an idea"),
    "edp.pledge_withdrawn": _("A pledge was withdrawn"),
    "edp.need_matched": _("A need and an offer were brought together"),
}
CONSULTATION_RECORDS: dict[str, LazyText] = {
    "edp.consultation_prepared": _("A consultation is being prepared"),
    "edp.consultation_opened": _("A consultation was opened"),
    "edp.consultation_extended": _("A consultation was extended"),
    "edp.consultation_closed": _("A consultation was closed and its votes counted"),
    "edp.consultation_reported": _("The report of a consultation was published"),
    "edp.text_version_published": _("A version of a text was published"),
    "edp.comment_entered": _("A comment from paper or a hall was entered"),
    "edp.vote_statement_accepted": _("A statement was put to the vote"),
    "edp.vote_statement_declined": _("A proposed statement was not put to the vote"),
}
EVALUATION_RECORDS: dict[str, LazyText] = {
    "edp.criteria_set": _("The criteria of an evaluation were set"),
    "edp.assessments_assigned": _("Ideas were given to assessors"),
    "edp.interest_declared": _("An assessor declared an interest"),
    "edp.interest_ruled": _("A declared interest was ruled on"),
    "edp.sheet_locked": _("An assessor locked a sheet"),
    "edp.sheet_reopened": _("A sheet of an assessor was reopened"),
    "edp.sheet_expired": _("A sheet of an assessor expired"),
    "edp.evaluation_published": _("The results of an evaluation were published"),
    "edp.idea_excused": _("An idea goes on with too few assessments"),
    "edp.priorities_selected": _("Candidate priorities were selected"),
}
STRATEGY_RECORDS: dict[str, LazyText] = {
    "edp.strategy_started": _("A version of the strategy was begun"),
    "edp.strategy_reworded": _("Title, vision or foreword of the strategy were changed"),
    "edp.strategy_published": _("The strategy was published"),
    "edp.strategy_moved_on": _("The strategy went a step on"),
    "edp.strategy_superseded": _("The strategy was superseded by its next version"),
    "edp.indicator_measured": _("An indicator was measured"),
    "edp.indicator_corrected": _("The value of an indicator was corrected"),
    "edp.money_spent": _("Money was spent on an action"),
    "edp.wheel_filled": _("The process was judged by the wheel"),
    "edp.call_opened": _("A call was made public"),
    "edp.call_changed": _("A call was changed"),
}

RECORDS = (
    PROCESS_RECORDS,
    EVIDENCE_RECORDS,
    WORKSHOP_RECORDS,
    DELPHI_RECORDS,
    IDEA_RECORDS,
    EVALUATION_RECORDS,
    CONSULTATION_RECORDS,
    STRATEGY_RECORDS,
)


def _states(choices: list[tuple[str, LazyText]], **tones: str) -> tuple[kinds.State, ...]:
    return tuple(kinds.State(code, label, tones.get(code, "")) for code, label in choices)


KINDS = (
    kinds.Kind(
        PROCESS,
        "ED",
        _("Discovery process"),
        is_process=True,
        phases=PHASE_KINDS,
        states=_states(
            Stage.choices, consultation="ok", discovery="ok", suspended="warn", cancelled="bad"
        ),
    ),
    kinds.Kind(
        WORKSHOP,
        "EW",
        _("Workshop"),
        states=_states(Workshop.State.choices, announced="ok", running="ok", cancelled="bad"),
    ),
    kinds.Kind(
        DELPHI,
        "EX",
        _("Delphi study"),
        states=_states(DelphiStudy.State.choices, running="ok", cancelled="bad"),
    ),
    kinds.Kind(
        IDEA,
        "EI",
        _("Idea"),
        states=_states(
            Idea.State.choices,
            submitted="warn",
            returned="warn",
            admitted="ok",
            candidate="ok",
            selected="ok",
            screened_out="bad",
            not_selected="bad",
        ),
    ),
    kinds.Kind(
        PRIORITY,
        "EP",
        _("Priority"),
        states=_states(Priority.State.choices, selected="ok", not_selected="bad"),
    ),
    kinds.Kind(
        STRATEGY,
        "ES",
        _("Strategy"),
        states=_states(Strategy.State.choices, in_force="ok", superseded="warn"),
    ),
)


def register_kinds() -> None:
    # Services name the kinds of this module.
    from edp.services.consultation import owe_answer

    for records in RECORDS:
        kinds.register_records(records)
    consultation = kinds.Kind(
        CONSULTATION,
        "EC",
        _("Consultation"),
        states=_states(Consultation.State.choices, open="ok", closed="warn"),
        on_thread=owe_answer,
    )
    for kind in (*KINDS, consultation):
        kinds.register(kind)
