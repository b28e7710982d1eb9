"""Proposals written nearly alike: which are found, and that an index finds them."""

import pytest
from django.db import connection

from accounts.models import User
from budgeting.models import Cycle, Proposal
from budgeting.similar import _NEAREST, similar_proposals
from participation.search.spelling import sounds
from tests.budgeting.proposing import propose, taking

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_cycle(cycle: Cycle) -> Cycle:
    return taking(cycle)


def test_the_nearest_come_first_in_whichever_letters(open_cycle: Cycle, alice: User) -> None:
    lamps = propose(open_cycle, alice, "Саябақтағы жарық шамдар")
    park = propose(open_cycle, alice, "Саябақтағы орындықтар")
    propose(open_cycle, alice, "Мектеп асханасы")
    found = similar_proposals(open_cycle, title="саябактагы жарык шам")
    assert [one.proposal for one in found] == [lamps, park]
    assert found[0].likeness > found[1].likeness >= 30


def test_neither_itself_nor_a_withdrawn_one_nor_one_of_another_cycle(
    open_cycle: Cycle, alice: User
) -> None:
    itself = propose(open_cycle, alice, "Lamps in the park")
    gone = propose(open_cycle, alice, "Lamps in the parks")
    Proposal.objects.filter(pk=gone.pk).update(
        state=Proposal.State.WITHDRAWN, end_reason="The same as another one"
    )
    title = "Lamps in the park"
    assert [s.proposal for s in similar_proposals(open_cycle, title=title)] == [itself]
    assert similar_proposals(open_cycle, title=title, itself=itself) == []
    assert similar_proposals(open_cycle, title=" \0 ") == []


def test_an_index_finds_them() -> None:
    """Among thousands a look at each title takes a second of a page that is read often."""
    words = sounds("Lamps in the park")
    asked = {"cycle": 1, "itself": 0, "title": words, "whole": words, "shown": 3}
    with connection.cursor() as cursor:
        # Next to nothing is stored here, and the planner would look at each row.
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_nestloop = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
        cursor.execute(f"EXPLAIN {_NEAREST}", asked)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Bitmap Index Scan on dossier_text_title_sounds" in plan
    assert "Bitmap Index Scan on dossier_text_sounds" in plan
