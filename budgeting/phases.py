"""When: the phases of a budget cycle and what each allows. Phases are rows with dates."""

from django.utils.translation import gettext_lazy as _

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
    kinds.PhaseKind(VOTING, _("Vote"), _("Vote")),
    kinds.PhaseKind(RESULTS, _("Results"), _("See the results")),
    kinds.PhaseKind(WORKS, _("Works"), _("Follow the works")),
)
ORDER = tuple(kind.code for kind in PHASE_KINDS)


def register_kinds() -> None:
    kinds.register(
        kinds.Kind(CYCLE, "BC", _("Participatory budget"), is_process=True, phases=PHASE_KINDS)
    )
    kinds.register(kinds.Kind(PROPOSAL, "BP", _("Proposal")))
