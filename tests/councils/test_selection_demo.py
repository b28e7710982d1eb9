"""The demo's selections and draws are lawful, and its panel can be checked."""

import io
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path

import pytest

from config.demo.councils import astana, breach, selection
from config.demo.people import create_people
from councils import verify_draw
from councils.draw_reading import panel_tokens
from councils.models import Council, Draw, SelectionProcess
from participation.services.territories import load_territories


@pytest.mark.django_db
def test_the_by_election_the_panel_and_the_open_call(tmp_path: Path) -> None:
    places = load_territories()
    people = create_people(places)
    council = astana.load(people=people, places=places)
    selection.elect(council=council, people=people)
    selection.load(council=council, people=people, places=places)
    mandate = council.mandates.get(post__number=9, until=None)
    assert (mandate.name, mandate.since) == ("Ерболат Сапаров", date(2026, 9, 7))
    breach.load(people=people, places=places)
    selection.call_for_vacancies(people=people)
    if Council.objects.filter(slug="zhambyl").exists():
        assert SelectionProcess.objects.get(council__slug="zhambyl").takes_candidates

    draw = Draw.objects.get(state=Draw.State.DRAWN)
    assert draw.entries.count() == 500
    names = ["pool.jsonl", "quotas.csv", "lottery.txt"]
    for name, kind in zip(names, ("pool", "quotas", "lottery"), strict=True):
        (tmp_path / name).write_text(draw.files.get(kind=kind).text, encoding="utf-8", newline="")
    files = [str(tmp_path / name) for name in names]
    said = ["--size", "30", "--number", "428", "--panel", ",".join(panel_tokens(draw))]
    with redirect_stdout(io.StringIO()) as told:
        assert verify_draw.main([*files, *said]) == 0
    assert told.getvalue().endswith("CORRECT\n")
