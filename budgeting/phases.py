"""When: the phases of a budget cycle and what each allows. Phases are rows with dates."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from participation import kinds

CYCLE = "budgeting.cycle"
PROPOSAL = "budgeting.proposal"

PROPOSALS = "proposals"
FEASIBILITY = "feasibility"
VOTING = "voting"
RESULTS = "results"
WORKS = "works"

PHASE_KINDS = (
    kinds.PhaseKind(PROPOSALS, _("Proposals"), _("Propose a project")),
    kinds.PhaseKind(FEASIBILITY, _("Feasibility"), _("See what is being checked")),
    kinds.PhaseKind(VOTING, _("Vote"), pgettext_lazy("button", "Vote")),
    kinds.PhaseKind(RESULTS, _("Results"), _("See the results")),
    kinds.PhaseKind(WORKS, _("Works"), _("Follow the works")),
)
ORDER = tuple(kind.code for kind in PHASE_KINDS)


RECORDS = {
    "budgeting.cycle_created": _("A budget was set up"),
    "budgeting.cycle_published": _("A budget was published"),
    "budgeting.dates_changed": _("Dates were changed"),
    "budgeting.proposal_submitted": _("A proposal was made"),
    "budgeting.proposal_reviewed": _("A verdict was given"),
    "budgeting.proposal_edited": _("A proposal was written anew"),
    "budgeting.proposal_withdrawn": _("A proposal was withdrawn"),
    "budgeting.proposal_shaped": _("A note says how a proposal changed"),
    "budgeting.proposal_unsupported": _("A proposal found too little support"),
    "budgeting.proposal_merged": _("Two proposals were merged"),
    "budgeting.merge_asked": _("An author asked to merge two proposals"),
    "budgeting.merge_refused": _("An author declined to merge two proposals"),
    "budgeting.merge_undone": _("A merge of proposals was undone"),
    "budgeting.coauthor_joined": _("A proposal has one author more"),
    "budgeting.threshold_applied": _("The support of proposals was counted"),
    "budgeting.paper_proposal_entered": _("A proposal on paper was entered"),
    "budgeting.unit_cost_saved": _("A usual cost was written down"),
    "budgeting.unit_cost_removed": _("A usual cost was removed"),
    "budgeting.proposal_translated": _("A proposal was translated"),
    "budgeting.conflict_set_added": _("Projects were named that exclude each other"),
    "budgeting.conflict_set_removed": _("Projects no longer exclude each other"),
    "budgeting.projects_earmarked": _("Projects were marked for the money kept for some"),
    "budgeting.desk_opened": _("The check of proposals was opened"),
    "budgeting.reviewer_appointed": _("A reviewer was appointed"),
    "budgeting.reviewer_ended": _("A reviewer's task ended"),
    "budgeting.review_opened": _("A department was asked to check a proposal"),
    "budgeting.review_handed_over": _("The check of a proposal was handed over"),
    "budgeting.question_asked": _("Authors were asked about their proposal"),
    "budgeting.question_answered": _("Authors answered about their proposal"),
    "budgeting.changes_answered": _("An author answered to changes"),
    "budgeting.verdict_appealed": _("An author appealed against a verdict"),
    "budgeting.ballot_filled": _("Feasible proposals were put on the ballot"),
    "budgeting.trial_opened": _("A trial of a vote was opened"),
    "budgeting.trial_filled": _("A trial of a vote was filled with random ballots"),
    "budgeting.trial_link_changed": _("The link of a trial of a vote was changed"),
    "budgeting.trial_ended": _("A trial of a vote was deleted"),
    "budgeting.election_frozen": _("A vote was frozen"),
    "budgeting.epoch_sealed": _("An epoch of ballots was sealed"),
    "budgeting.voting_closed": _("A vote was closed"),
    "budgeting.counted": _("Ballots were counted"),
    "budgeting.register_looked_up": _("An officer looked up a line of the register"),
    "budgeting.register_imported": _("A register of residents was imported"),
    "budgeting.letters_made": _("Codes for letters were made"),
    "budgeting.letters_printed": _("Codes for letters were printed"),
    "budgeting.letters_withdrawn": _("Codes of letters were withdrawn"),
    "budgeting.station_opened": _("A voting station was opened"),
    "budgeting.station_changed": _("What is said of a voting station was changed"),
    "budgeting.station_officer_appointed": _("An officer was appointed to a voting station"),
    "budgeting.station_officer_ended": _("An officer left a voting station"),
    "budgeting.paper_batch_made": _("A batch of papers was counted"),
    "budgeting.paper_batch_corrected": _("The number of papers in a batch was corrected"),
    "budgeting.paper_decided": _("A difference between two readings of a paper was decided"),
    "budgeting.paper_batch_closed": _("The papers of a batch were put among the ballots"),
    "budgeting.papers_declared": _("The papers of a voting station were declared complete"),
    "budgeting.results_published": _("Results were published"),
    "budgeting.work_told": _("News of works was published"),
    "budgeting.election_imported": _("An election of another city was counted again"),
}


CYCLE_STATES = (
    kinds.State("running", _("Under way"), "ok"),
    kinds.State("finished", _("Decided")),
)
PROPOSAL_STATES = (
    kinds.State("submitted", _("Being checked"), "warn"),
    kinds.State("feasible", _("Feasible"), "ok"),
    kinds.State("not_feasible", _("Not feasible"), "bad"),
    kinds.State("shortlisted", _("On the ballot"), "ok"),
    kinds.State("withdrawn", _("Withdrawn")),
    kinds.State("merged", _("Merged into another")),
    kinds.State("below_threshold", _("Too little support")),
)


def register_kinds() -> None:
    # Services name the kinds of this module.
    from budgeting.services.feasibility import on_answers
    from budgeting.services.proposals.supporting import check_support

    kinds.register_records(RECORDS)
    kinds.register(
        kinds.Kind(
            CYCLE,
            "BC",
            _("Participatory budget"),
            is_process=True,
            phases=PHASE_KINDS,
            states=CYCLE_STATES,
        )
    )
    kinds.register(
        kinds.Kind(
            PROPOSAL,
            "BP",
            _("Proposal"),
            states=PROPOSAL_STATES,
            on_answers=on_answers,
            on_support=check_support,
        )
    )
