"""A table's way from somebody's file to published figures, and every file that is refused."""

import csv
import threading
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

import edp
from accounts.models import User
from accounts.services import erase_person
from edp import gates
from edp.dataset_files import UnfitDataset, from_data
from edp.facts.evidence_map import facts_of
from edp.models import (
    Dataset,
    DatasetDraft,
    DatasetVersion,
    DiscoveryProcess,
    Observation,
    RegionFigure,
    SpecialisationResult,
    Stage,
)
from edp.services.evidence import (
    create_dataset,
    discard_draft,
    keep_draft,
    publish_version,
    upload_draft,
)
from edp.services.evidence.datasets import AlreadyPublished, SameFile, keep_version
from edp.services.evidence.stages import EvidenceClosed, ProcessNotPublic
from participation.models import Event, JournalEntry, Territory
from participation.services.following import follows
from tests.conftest import as_restore
from tests.edp.making import make_process

DATA = Path(edp.__file__).parent / "data"
ZHAMBYL = (DATA / "zhambyl_employment.csv").read_bytes()
HEADER = "year,region_code,activity_code,activity_name,indicator,value,unit,source,flag\n"
TODAY = date(2026, 11, 1)


@pytest.fixture
def region(city: Territory) -> Territory:
    assert city.parent is not None
    assert city.parent.parent is not None
    Territory.objects.filter(pk=city.parent_id).update(iso_code="KZ-31")
    Territory.objects.filter(pk=city.parent.parent_id).update(iso_code="KZ")
    city.parent.refresh_from_db()
    return city.parent


@pytest.fixture
def process(city: Territory, region: Territory) -> DiscoveryProcess:
    return make_process(city, stage=Stage.MAPPING)


@pytest.fixture
def dataset(process: DiscoveryProcess, bob: User) -> Dataset:
    return create_dataset(
        by=bob,
        process=process,
        name_kk="Жұмыспен қамту",
        name_ru="Занятость",
        classification="OKED",
        is_synthetic=True,
    )


def upload(dataset: Dataset, by: User, content: bytes | str = ZHAMBYL, **more: Any) -> DatasetDraft:
    return upload_draft(
        by=by,
        dataset=dataset,
        file_name="figures.csv",
        content=content.encode() if isinstance(content, str) else content,
        retrieved_on=TODAY,
        **more,
    )


def keep(dataset: Dataset, by: User, content: bytes | str = ZHAMBYL, **more: Any) -> DatasetVersion:
    return keep_draft(by=by, draft=upload(dataset, by, content, **more))


def rows(*lines: str) -> str:
    return HEADER + "".join(f"{line}\n" for line in lines)


# --- Look through, keep, publish


def test_nothing_is_kept_before_it_was_looked_through(dataset: Dataset, bob: User) -> None:
    draft = upload(dataset, bob)
    assert draft.summary["rows"] == 40
    assert draft.summary["years"] == [2019, 2024]
    assert draft.summary["activities"] == 10
    assert draft.summary["first"][0]["value"] == "120000"
    assert draft.summary["warnings"] == []
    assert not DatasetVersion.objects.exists()
    discard_draft(by=bob, dataset=dataset)
    assert not DatasetDraft.objects.exists()


def test_zhambyl_to_the_digit(dataset: Dataset, bob: User, region: Territory) -> None:
    version = keep(dataset, bob)
    with (DATA / "zhambyl_signals.csv").open(encoding="utf-8") as file:
        expected = {row["code"]: row for row in csv.DictReader(file)}
    results = SpecialisationResult.objects.filter(version=version, territory=region)
    assert {row.activity for row in results} == expected.keys()

    def rounded(value: Decimal | None, told: str, factor: int = 1) -> bool:
        assert value is not None
        return abs(value * factor - Decimal(told)) <= Decimal("0.5").scaleb(
            -len(told.partition(".")[2])
        )

    for row in results:
        told = expected[row.activity]
        assert row.signal == told["signal"]
        assert row.value == int(told["emp24"])
        assert rounded(row.share, told["share%"], 100)
        assert rounded(row.lq, told["LQ24"])
        assert rounded(row.lq_before, told["LQ19"])
        assert rounded(row.growth, told["growth%"], 100)
        assert rounded(row.growth_nation, told["KZgrowth%"], 100)
        assert rounded(row.shift_region, told["RS"])
    chemistry = results.get(activity="C20-21")
    assert chemistry.lq == Decimal("5.2")
    assert chemistry.shift_nation is not None
    assert chemistry.shift_activity is not None
    assert chemistry.shift_region is not None
    parts = chemistry.shift_nation + chemistry.shift_activity + chemistry.shift_region
    assert abs(parts - 1800) < Decimal("0.00001")


def test_figures_of_the_region_as_a_whole(dataset: Dataset, bob: User, region: Territory) -> None:
    keep(dataset, bob)
    figure = RegionFigure.objects.get(territory=region, year=2024)
    results = SpecialisationResult.objects.filter(territory=region)
    assert figure.total == 500_000
    assert abs(figure.hhi - sum(row.share**2 for row in results)) < Decimal("1e-9")
    assert 0 < figure.krugman < 2


def test_a_version_has_its_rows_its_file_and_its_entry(dataset: Dataset, bob: User) -> None:
    version = keep(dataset, bob)
    assert (version.number, version.rows, version.missing) == (1, 40, 0)
    assert Observation.objects.filter(version=version).count() == 40
    assert bytes(version.file.content) == ZHAMBYL
    assert JournalEntry.objects.filter(kind="edp.dataset_kept", actor=bob).count() == 1
    assert not DatasetDraft.objects.exists()
    assert version.published_at is None


def test_publishing_tells_followers_once(dataset: Dataset, bob: User) -> None:
    version = publish_version(by=bob, version=keep(dataset, bob))
    assert version.published_at is not None
    assert follows(bob, dataset.process.dossier)
    assert Event.objects.get(kind="evidence_published").data == {"version": version.pk}
    with pytest.raises(AlreadyPublished):
        publish_version(by=bob, version=version)
    assert Event.objects.filter(kind="evidence_published").count() == 1


def test_the_same_file_twice_is_refused(dataset: Dataset, bob: User) -> None:
    keep(dataset, bob)
    with pytest.raises(SameFile, match="as version 1"):
        upload(dataset, bob)


def test_another_file_is_the_next_version(dataset: Dataset, bob: User) -> None:
    keep(dataset, bob)
    assert keep(dataset, bob, ZHAMBYL.replace(b"7800", b"7900")).number == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_keep_the_same_file_one_does(dataset: Dataset, bob: User) -> None:
    outcomes: list[object] = []
    barrier = threading.Barrier(2)

    def keep_it() -> None:
        try:
            barrier.wait()
            version = keep_version(
                by=bob, dataset=dataset, file_name="f", content=ZHAMBYL, retrieved_on=TODAY
            )
            outcomes.append(version.number)
        except SameFile:
            outcomes.append("same")
        finally:
            connection.close()

    threads = [threading.Thread(target=keep_it) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, outcomes)) == ["1", "same"]
    assert Observation.objects.count() == 40


def test_a_file_nobody_kept_is_forgotten(dataset: Dataset, bob: User, alice: User) -> None:
    old = upload(dataset, alice)
    DatasetDraft.objects.filter(pk=old.pk).update(uploaded_at=timezone.now() - timedelta(days=3))
    upload(dataset, bob)
    upload(dataset, bob)
    assert [draft.uploaded_by for draft in DatasetDraft.objects.all()] == [bob]


def test_erasing_a_person_forgets_files_and_keeps_versions(dataset: Dataset, alice: User) -> None:
    keep(dataset, alice)
    upload(dataset, alice, ZHAMBYL + b"\n")
    erase_person(person=alice)
    assert not DatasetDraft.objects.exists()
    assert DatasetVersion.objects.count() == 1


@pytest.mark.parametrize("stage", [Stage.CLOSED, Stage.SUSPENDED, Stage.CANCELLED])
def test_a_closed_process_takes_no_evidence(dataset: Dataset, bob: User, stage: str) -> None:
    with as_restore():
        DiscoveryProcess.objects.filter(pk=dataset.process_id).update(stage=stage)
    with pytest.raises(EvidenceClosed):
        upload(dataset, bob)


def test_before_the_process_is_announced_nothing_is_published(
    city: Territory, region: Territory, bob: User
) -> None:
    process = make_process(city, slug="quiet", is_public=False)
    quiet = create_dataset(by=bob, process=process, name_kk="А", name_ru="А", classification="OKED")
    version = keep(quiet, bob)
    with pytest.raises(ProcessNotPublic):
        publish_version(by=bob, version=version)


# --- Never changes


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE edp_datasetversion SET rows = 1",
        "UPDATE edp_datasetversion SET published_at = NULL",
        "UPDATE edp_datasetversion SET published_at = now()",
        "DELETE FROM edp_datasetversion",
        "UPDATE edp_observation SET value = 1",
        "DELETE FROM edp_observation",
        "UPDATE edp_specialisationresult SET signal = 'strength'",
        "DELETE FROM edp_specialisationresult",
        "UPDATE edp_regionfigure SET hhi = 0",
        "UPDATE edp_datasetfile SET content = ''",
    ],
)
def test_what_is_published_never_changes(dataset: Dataset, bob: User, statement: str) -> None:
    publish_version(by=bob, version=keep(dataset, bob))
    with (
        pytest.raises(DatabaseError, match=r"never changes|append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_before_it_is_public_a_version_does_not_change_either(dataset: Dataset, bob: User) -> None:
    keep(dataset, bob)
    with (
        pytest.raises(DatabaseError, match="never changes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE edp_datasetversion SET sha256 = 'x'")


# --- Borders: figures of another territory are another series


@pytest.fixture
def east(region: Territory) -> Territory:
    """East Kazakhstan, from which Abai was taken on 8 June 2022."""
    east = Territory.objects.create(
        slug="east", kind="region", parent=region.parent, name_kk="ШҚО", name_ru="ВКО",
        iso_code="KZ-63",
    )  # fmt: skip
    abai = Territory.objects.create(
        slug="abai", kind="region", parent=region.parent, name_kk="Абай", name_ru="Абай",
        iso_code="KZ-10", valid_from=date(2022, 6, 8),
    )  # fmt: skip
    abai.predecessors.add(east)
    return east


def series(*years: int) -> str:
    return rows(
        *(
            f"{year},{code},{activity},,employment,{value * (year - 2000)},,,"
            for year in years
            for code, value in (("KZ-63", 10), ("KZ", 100))
            for activity in ("A", "B")
        )
    )


def test_years_before_a_change_of_borders_are_not_compared(
    dataset: Dataset, bob: User, east: Territory
) -> None:
    version = keep(dataset, bob, series(2019, 2024))
    result = SpecialisationResult.objects.get(territory=east, activity="A")
    assert (result.year, result.year_before, result.growth) == (2024, None, None)
    warnings = " ".join(from_data(version.warnings))
    assert "The borders of KZ-63 changed in 2022" in warnings
    assert "There is no table to count: KZ-31" in warnings


def test_years_after_a_change_of_borders_are_compared(
    dataset: Dataset, bob: User, east: Territory
) -> None:
    keep(dataset, bob, series(2019, 2022, 2024))
    result = SpecialisationResult.objects.get(territory=east, activity="A")
    assert (result.year, result.year_before) == (2024, 2022)


def test_a_declared_bridge_makes_one_series(dataset: Dataset, bob: User, east: Territory) -> None:
    version = keep(dataset, bob, series(2019, 2024), has_today_borders=True)
    result = SpecialisationResult.objects.get(territory=east, activity="A")
    assert (result.year, result.year_before) == (2024, 2019)
    assert "borders" not in " ".join(from_data(version.warnings))


def test_a_region_that_did_not_exist_yet_is_told(
    dataset: Dataset, bob: User, east: Territory
) -> None:
    version = keep(dataset, bob, series(2019, 2024).replace("KZ-63", "KZ-10"))
    assert "KZ-10 did not exist" in " ".join(from_data(version.warnings))


# --- Bad files: each gets a message of its own and nothing changes


def refused(dataset: Dataset, by: User, content: bytes | str) -> str:
    with pytest.raises(UnfitDataset) as refusal:
        upload(dataset, by, content)
    assert not DatasetDraft.objects.exists()
    return " ".join([str(refusal.value), *refusal.value.problems])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04rest", "workbook"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "no text file"),
        (bytes(range(256)) * 20, "no text file"),
        (HEADER, "no values"),
        ("a,b\n1,2\n", "There is no column year, region_code, activity_code, indicator, value"),
        (rows("2024,KZ-31,A,,employment"), "Line 2: Another number of cells"),
        (rows("2024,KZ-31,,,employment,1,,,"), "Line 2: activity_code is empty"),
        (rows("2024,KZ-31,A,,happiness,1,,,"), "No indicator is called “happiness”"),
        (rows("2024,KZ-31,A,,employment,viele,,,"), "The value “viele” is no number"),
        (rows("2024,KZ-31,A,,employment,1,,,", "2024,KZ-31,A,,employment,2,,,"), "as line 2"),
        (rows("2024,KZ-31,A,,employment,1,,,", "2024,KZ-31,A01,,employment,2,,,"), "Mixed levels"),
        (rows("2024,XX-99,A,,employment,1,,,"), "Line 2: No region has the code “XX-99”"),
        (rows("2024,KZ-31,A,,employment,7,,,c", "2024,KZ-31,B,,employment,7,,,"), "confidential"),
        (rows("2024,KZ-31," + "A" * 21 + ",,employment,7,,,"), "longer than 20"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(
    dataset: Dataset, bob: User, content: bytes | str, said: str
) -> None:
    assert said in refused(dataset, bob, content)


def test_too_many_lines_are_refused_unread(
    dataset: Dataset, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("edp.dataset_files.MOST_ROWS", 10)
    assert "More than 10 lines" in refused(dataset, bob, ZHAMBYL)


@pytest.mark.parametrize("encoding", ["cp1251", "kz1048", "utf-16", "utf-8-sig"])
def test_tables_of_offices_are_understood(dataset: Dataset, bob: User, encoding: str) -> None:
    name = "Құрылыс" if encoding != "cp1251" else "Строительство"
    text = rows(f"2024,KZ-31,F9,{name},employment,1,,,", "2024,KZ,F9,,employment,9,,,")
    draft = upload(dataset, bob, text.replace(",", ";").encode(encoding))
    assert draft.summary["first"][0]["name"] == name


def test_missing_is_not_zero(dataset: Dataset, bob: User, region: Territory) -> None:
    """An empty cell has no result; a zero has one."""
    content = rows(
        *("2024,KZ-31,A,,employment,5,,,", "2024,KZ-31,B,,employment,,,,"),
        *("2024,KZ-31,F,,employment,0,,,", "2024,KZ-31,J,,employment,,,,c"),
        *(f"2024,KZ,{code},,employment,10,,," for code in "ABFJ"),
    )
    version = keep(dataset, bob, content)
    assert version.missing == 2
    results = SpecialisationResult.objects.filter(territory=region)
    assert {row.activity: row.lq for row in results} == {"A": 4, "F": 0}
    kept = Observation.objects.filter(version=version, region="KZ-31")
    assert {row.activity: row.value for row in kept} == {"A": 5, "B": None, "F": 0, "J": None}


def test_sums_that_do_not_agree_are_told_and_do_not_stop(dataset: Dataset, bob: User) -> None:
    content = rows("2024,KZ-31,A,,employment,12,,,", "2024,KZ,A,,employment,10,,,")
    version = keep(dataset, bob, content)
    assert "the regions sum to 12, more than 10" in from_data(version.warnings)[0]


def test_enormous_and_tiny_values_are_kept_exactly(dataset: Dataset, bob: User) -> None:
    great, small = "9" * 15, "0." + "0" * 11 + "1"
    keep(
        dataset,
        bob,
        rows(
            *(f"2024,KZ-31,A,,gva,{great},,,", f"2024,KZ-31,B,,gva,{small},,,"),
            *(f"2024,KZ,A,,gva,{small},,,", f"2024,KZ,B,,gva,{great},,,"),
        ),
    )
    kept = Observation.objects.filter(region="KZ-31").values_list("value", flat=True)
    assert set(kept) == {Decimal(great), Decimal(small)}
    assert SpecialisationResult.objects.get(activity="A").lq is not None


# --- The gate


@pytest.fixture
def told(process: DiscoveryProcess) -> Any:
    def ask(code: str) -> gates.Condition:
        conditions = {each.code: each for each in gates.mapping(facts_of(process))}
        return conditions[code]

    return ask


def test_the_gate_asks_for_a_public_table(dataset: Dataset, bob: User, told: Any) -> None:
    assert not told("specialisation").is_met
    version = keep(dataset, bob)
    assert not told("specialisation").is_met
    assert told("published").value == 1
    publish_version(by=bob, version=version)
    assert told("specialisation").is_met
    assert told("published").is_met


def test_a_table_of_another_region_does_not_count(
    dataset: Dataset, bob: User, told: Any, east: Territory
) -> None:
    publish_version(by=bob, version=keep(dataset, bob, series(2024)))
    assert not told("specialisation").is_met


def test_a_newer_version_makes_an_unpublished_one_count_no_more(
    dataset: Dataset, bob: User, told: Any
) -> None:
    keep(dataset, bob)
    publish_version(by=bob, version=keep(dataset, bob, ZHAMBYL + b"\n"))
    assert told("published").is_met
