"""The demo's panels: the worked examples come out to the digit."""

from fractions import Fraction
from typing import Any

import pytest
from django.utils import translation

from accounts.models import User
from config.demo.discovery import delphi, evaluation
from edp.models import Assignment, DelphiStudy, DelphiSummary, DiscoveryProcess, Idea, Stage
from participation.models import Territory
from participation.services import Wording
from participation.services.dossiers import write_text
from tests.conftest import as_restore, make_person
from tests.edp.making import make_process
from tests.edp.making_ideas import make_idea, make_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(organiser: User) -> dict[str, User]:
    names = ("citizen", "assessor")
    found = {name: make_person(f"{name}@demo.example", name.title()) for name in names}
    return {"organiser": organiser, **found}


def test_the_panels_sheets_come_to_the_published_table(
    process: DiscoveryProcess, people: dict[str, User]
) -> None:
    ideas = [make_idea(process, state=Idea.State.ADMITTED, title=f"P{n}") for n in range(1, 5)]
    for idea in ideas:
        write_text(dossier=idea.dossier, wording=Wording("kk", f"Идея {idea.number}"))
    make_statement(process)
    evaluation.load(process=process, people=people)
    rows = process.evaluations.get().data["results"]["ranking"]
    told = {row["idea"]: f"{float(Fraction(row['percent'])):.2f}" for row in rows}
    assert [told[idea.dossier.reference] for idea in ideas] == ["79.67", "78.00", "67.06", "55.88"]
    withheld = [row["idea"] for row in rows if not row["publishable"]]
    assert withheld == [ideas[3].dossier.reference]
    states = dict(process.ideas.values_list("number", "state"))
    assert list(states.values()) == ["candidate", "candidate", "candidate", "parked"]
    assert process.priorities.count() == 3
    evaluation.one_more(process=process, people=people)
    waiting = Assignment.objects.under_way()
    assert waiting.filter(seat__person=people["assessor"]).count() == 1


def test_the_panel_of_eleven_becomes_stable(city: Territory, people: dict[str, User]) -> None:
    process = make_process(city, slug="delphi", stage=Stage.DISCOVERY)
    with as_restore():
        process.ruleset.data = {"delphi": {"max_rounds": 4}}
        process.ruleset.save()
    delphi.load(process=process, people=people)
    ended, running = DelphiStudy.objects.order_by("number")
    assert (ended.state, running.state) == ("stable", "running")
    found: Any = DelphiSummary.objects.filter(round__study=ended).order_by("round__number")
    shares = [row.change and f"{float(Fraction(row.change)):.3f}" for row in found]
    assert shares == ["", "0.364", "0.273", "0.091"]
    last = found.last()
    assert (float(last.spread), last.is_consensus, last.is_stable) == (1.0, True, True)
    assert running.rounds.filter(closed_at=None).count() == 1
    with translation.override("kk"):
        assert "2030" in str(ended.statements.get())
