"""What the tests of proposals share: a cycle that takes them, words, steps."""

from typing import Any
from uuid import UUID, uuid4

from django.test import Client

from accounts.models import User
from budgeting import phases
from budgeting.models import Cycle, Proposal, ProposalDraft
from budgeting.services.proposals import submit_proposal
from participation.services import Wording
from tests.budgeting.pages import SLUG, open_phase, page

WHAT = {"title": "Саябақтағы шамдар", "summary": "Кешке жарық болады.", "body": "**Көп** адам."}


def taking(cycle: Cycle, amount: int = 10_000_000) -> Cycle:
    """The cycle takes proposals now, and there is money for them."""
    open_phase(cycle, phases.PROPOSALS)
    cycle.envelopes.update(amount=amount)
    return cycle


def propose(cycle: Cycle, by: User | None, title: str = "Шамдар", **fields: Any) -> Proposal:
    return submit_proposal(
        by=by,
        cycle=cycle,
        envelope=fields.pop("envelope", None) or cycle.envelopes.get(),
        wordings=[Wording("kk", title, "Қысқаша")],
        **{"cost": 500, **fields},
    )


def where(cycle: Cycle) -> dict[str, Any]:
    return {"envelope": cycle.envelopes.get().pk, "place": "Төле би к-сі", "point": "42.9, 71.37"}


def begin(client: Client, language: str = "kk", **fields: Any) -> ProposalDraft:
    """The first step, sent by its button."""
    key = uuid4()
    sent = {**WHAT, "key": key, "page": uuid4(), "similar_seen": "1", "act": "go_on", **fields}
    client.post(page("proposal-submit", SLUG, language=language), sent)
    return ProposalDraft.objects.get(key=key)


def step(
    client: Client, draft: ProposalDraft | UUID, name: str, language: str = "kk", **fields: Any
) -> Any:
    key = draft.key if isinstance(draft, ProposalDraft) else draft
    address = page(f"draft-{name}", SLUG, key, language=language)
    revision = ProposalDraft.objects.get(key=key).mark(name).revision
    return client.post(address, {"page": uuid4(), "revision": revision, "act": "go_on", **fields})
