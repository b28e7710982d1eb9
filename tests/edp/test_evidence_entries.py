"""Assets, trends and the SWOT: what is public stands on something, whoever tries otherwise."""

import threading
from itertools import pairwise
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import User
from edp import gates
from edp.asset_kinds import KINDS, kind_label
from edp.facts.evidence_map import facts_of
from edp.map_drawing import map_of
from edp.models import (
    DiscoveryProcess,
    RegionalAsset,
    Stage,
    Statement,
    SwotEntry,
    SwotLink,
    TrendSignal,
)
from edp.services.evidence import (
    change_entry,
    link_swot,
    publish_entries,
    remove_entry,
    unlink_swot,
    write_entry,
)
from edp.services.evidence.entries import (
    AlreadyLinked,
    AnotherProcess,
    EntryPublished,
    EntryUsed,
    EvidenceMissing,
    EvidenceNeeded,
)
from participation.models import JournalEntry, Territory
from participation.outlines import project
from tests.edp.making import make_process


@pytest.fixture
def process(city: Territory) -> DiscoveryProcess:
    return make_process(city, stage=Stage.MAPPING)


def make_asset(process: DiscoveryProcess, **fields: Any) -> RegionalAsset:
    usual = {
        "name_kk": "Кен",
        "name_ru": "Руда",
        "dimension": "geographic",
        "kind": "resources",
        "mobility": "immobile",
        "territory": process.dossier.territory,
    }
    return write_entry(by=None, process=process, entry=RegionalAsset(**usual | fields))


def make_trend(process: DiscoveryProcess, **fields: Any) -> TrendSignal:
    usual = {
        "text_kk": "Су азаюда",
        "text_ru": "Воды меньше",
        "factor": "environmental",
        "kind": "trend",
        "impact": 5,
        "uncertainty": 2,
        "source": "Hydrologists",
    }
    return write_entry(by=None, process=process, entry=TrendSignal(**usual | fields))


def make_line(process: DiscoveryProcess, quadrant: str = "strength") -> SwotEntry:
    entry = SwotEntry(quadrant=quadrant, text_kk="Кен бар", text_ru="Есть руда")
    return write_entry(by=None, process=process, entry=entry)


def publish(process: DiscoveryProcess, *entries: Any) -> int:
    return publish_entries(by=None, process=process, entries=entries)


def test_what_is_written_is_not_public_yet(process: DiscoveryProcess, bob: User) -> None:
    asset = make_asset(process, published_at=timezone.now())
    assert asset.published_at is None
    assert publish(process, asset) == 1
    assert publish(process, asset) == 0
    assert JournalEntry.objects.filter(kind="edp.evidence_published").count() == 1


def test_a_change_of_what_is_public_is_recorded(process: DiscoveryProcess, bob: User) -> None:
    asset = make_asset(process)
    change_entry(by=bob, entry=asset, name_ru="Руда и песок")
    assert not JournalEntry.objects.filter(kind="edp.evidence_changed").exists()
    publish(process, asset)
    change_entry(by=bob, entry=asset, name_ru="Фосфорит")
    change_entry(by=bob, entry=asset, name_ru="Фосфорит")
    entry = JournalEntry.objects.get(kind="edp.evidence_changed")
    assert '"fields":["name_ru"]' in entry.body


def test_a_draft_can_be_removed_and_what_is_public_not(
    process: DiscoveryProcess, bob: User
) -> None:
    draft, public = make_asset(process), make_asset(process)
    publish(process, public)
    remove_entry(by=bob, entry=draft)
    with pytest.raises(EntryPublished):
        remove_entry(by=bob, entry=public)
    assert list(process.assets.all()) == [public]


def test_what_something_stands_on_cannot_be_removed(process: DiscoveryProcess, bob: User) -> None:
    asset = make_asset(process)
    link_swot(by=bob, entry=make_line(process), evidence=asset)
    with pytest.raises(EntryUsed):
        remove_entry(by=bob, entry=asset)


# --- The SWOT stands on evidence


def test_a_line_is_published_with_public_evidence(process: DiscoveryProcess, bob: User) -> None:
    line, asset = make_line(process), make_asset(process)
    with pytest.raises(EvidenceMissing):
        publish(process, line)
    link_swot(by=bob, entry=line, evidence=asset)
    with pytest.raises(EvidenceMissing):
        publish(process, line)
    # The asset first, in whatever order they are named.
    assert publish(process, line, asset) == 2


def test_a_line_stands_on_every_kind_of_evidence_once(process: DiscoveryProcess, bob: User) -> None:
    line = make_line(process)
    said = Statement.objects.create(
        process=process, number=1, kind="need", channel="hall", language="ru", text="Гипс",
        said_at=timezone.now(),
    )  # fmt: skip
    for evidence in (make_asset(process), make_trend(process), said):
        link_swot(by=bob, entry=line, evidence=evidence)
        with pytest.raises(AlreadyLinked):
            link_swot(by=bob, entry=line, evidence=evidence)
    assert line.links.count() == 3


def test_evidence_of_another_process_is_refused(
    process: DiscoveryProcess, city: Territory, bob: User
) -> None:
    other = make_process(city, slug="other", stage=Stage.MAPPING)
    with pytest.raises(AnotherProcess):
        link_swot(by=bob, entry=make_line(process), evidence=make_asset(other))


def test_a_public_line_keeps_its_last_link(process: DiscoveryProcess, bob: User) -> None:
    line, asset, trend = make_line(process), make_asset(process), make_trend(process)
    first = link_swot(by=bob, entry=line, evidence=asset)
    publish(process, asset, trend, line)
    with pytest.raises(EvidenceNeeded):
        unlink_swot(by=bob, link=first)
    link_swot(by=bob, entry=line, evidence=trend)
    unlink_swot(by=bob, link=first)
    assert line.links.count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE edp_swotentry SET published_at = now()",
        "INSERT INTO edp_swotentry (process_id, quadrant, text_kk, text_ru, text_en, published_at)"
        " SELECT process_id, quadrant, 'а', 'а', '', now() FROM edp_swotentry",
    ],
)
def test_no_line_is_public_without_evidence(process: DiscoveryProcess, statement: str) -> None:
    make_line(process)
    with (
        pytest.raises(IntegrityError, match="published with its evidence"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_no_link_of_a_public_line_goes_last(process: DiscoveryProcess, bob: User) -> None:
    line, asset = make_line(process), make_asset(process)
    link_swot(by=bob, entry=line, evidence=asset)
    link_swot(by=bob, entry=line, evidence=make_trend(process))
    publish(process, asset, line)
    with (
        pytest.raises(IntegrityError, match="keeps its evidence"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM edp_swotlink")
    assert line.links.count() == 2


def test_a_link_names_exactly_one_thing(process: DiscoveryProcess) -> None:
    line, asset, trend = make_line(process), make_asset(process), make_trend(process)
    for things in ({}, {"asset": asset, "trend": trend}):
        with pytest.raises(IntegrityError, match="swot_link_is_one_thing"), transaction.atomic():
            SwotLink.objects.create(entry=line, **things)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_the_last_two_links_away_one_is_refused(
    process: DiscoveryProcess, bob: User
) -> None:
    line, asset, trend = make_line(process), make_asset(process), make_trend(process)
    links = [link_swot(by=bob, entry=line, evidence=each) for each in (asset, trend)]
    publish(process, asset, trend, line)
    barrier = threading.Barrier(2)
    outcomes: list[str] = []

    def take(link: SwotLink) -> None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                barrier.wait()
                cursor.execute("DELETE FROM edp_swotlink WHERE id = %s", [link.pk])
            outcomes.append("gone")
        except DatabaseError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=[link]) for link in links]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["gone", "refused"]
    assert line.links.count() == 1


# --- Assets and trends


def test_table_1_2_has_six_dimensions_and_twenty_kinds() -> None:
    assert set(KINDS) == set(RegionalAsset.Dimension.values)
    assert [len(kinds) for kinds in KINDS.values()] == [4, 5, 2, 3, 3, 3]


def test_another_kind_is_its_own_label() -> None:
    assert kind_label("resources") == "natural resources"
    assert kind_label("schools of wrestling") == "schools of wrestling"


@pytest.mark.parametrize("fields", [{"impact": 6}, {"uncertainty": 0}, {"source": ""}])
def test_a_trend_is_rated_and_has_a_source(
    process: DiscoveryProcess, fields: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_trend(process, **fields)


@pytest.mark.parametrize(
    ("place", "at"),
    [
        ((51.15, 71.43), (610.75, 161)),  # Astana: the middle of its outline in regions.svg
        ((43.26, 76.92), (779.5, 443.7)),  # Almaty
        ((42.335, 69.60), (579, 495)),  # Shymkent
        ((49.09, 87.315), (1000, 174)),  # the easternmost point of the country
        ((48.42, 46.49), (0, 197.5)),  # the westernmost
    ],
)
def test_points_lie_where_the_outlines_do(
    place: tuple[float, float], at: tuple[float, float]
) -> None:
    x, y = project(*place)
    assert abs(x - at[0]) < 1
    assert abs(y - at[1]) < 1


def test_numbers_on_the_map_do_not_hide_each_other() -> None:
    drawn = map_of("KZ-31", [(n, "Taraz", 42.9, 71.37) for n in (1, 2, 3)])
    assert drawn is not None
    xs = [point.x for point in drawn.points]
    assert min(b - a for a, b in pairwise(xs)) >= 26
    assert map_of("KZ-31", []) is None
    assert map_of("PL-12", [(1, "Kraków", 50.06, 19.94)]) is None


# --- The gate


def conditions(process: DiscoveryProcess) -> dict[str, gates.Condition]:
    return {each.code: each for each in gates.mapping(facts_of(process))}


def test_the_gate_asks_for_assets_dimensions_and_the_board(
    process: DiscoveryProcess, bob: User
) -> None:
    assert conditions(process)["swot"].value == 0
    kinds = ("geographic", "geographic", "culture", "knowledge", "economic")
    assets = [make_asset(process, dimension=dimension) for dimension in kinds]
    lines = [make_line(process, quadrant) for quadrant in gates.QUADRANTS for _ in range(2)]
    assert conditions(process)["swot_evidence"].value == 8
    assert conditions(process)["published"].value == 13
    for line in lines:
        link_swot(by=bob, entry=line, evidence=assets[0])
    publish(process, *assets, *lines)
    found = conditions(process)
    assert found["assets"].is_met
    assert found["dimensions"].value == 4
    assert found["swot"].value == 2
    for code in ("swot", "swot_evidence", "published", "dimensions"):
        assert found[code].is_met
