"""The pages of evidence: what the public sees, and an analyst's way from a file to figures."""

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import Client
from django.utils import timezone, translation

import edp
from accounts.models import User
from edp.dataset_files import LARGEST
from edp.evidence_files import without_formula
from edp.models import (
    Dataset,
    DatasetDraft,
    DatasetVersion,
    DiscoveryProcess,
    RegionalAsset,
    Stage,
    SwotEntry,
    TrendSignal,
)
from edp.services.evidence import link_swot, publish_entries, publish_version, write_entry
from edp.services.evidence.datasets import keep_version
from participation.models import Role, Territory
from tests.edp.making import make_process

ZHAMBYL = (Path(edp.__file__).parent / "data" / "zhambyl_employment.csv").read_bytes()
HEADER = "year,region_code,activity_code,activity_name,indicator,value,unit,source,flag\n"
HERE = "/en/edp/zhambyl/evidence/"


@pytest.fixture
def process(city: Territory) -> DiscoveryProcess:
    assert city.parent is not None
    assert city.parent.parent is not None
    Territory.objects.filter(pk=city.parent_id).update(iso_code="KZ-31")
    Territory.objects.filter(pk=city.parent.parent_id).update(iso_code="KZ")
    city.parent.refresh_from_db()
    return make_process(city, stage=Stage.MAPPING)


@pytest.fixture
def dataset(process: DiscoveryProcess) -> Dataset:
    return Dataset.objects.create(
        process=process, name_kk="Қамту", name_ru="Занятость", name_en="Employment",
        classification="OKED", is_synthetic=True,
    )  # fmt: skip


def keep(dataset: Dataset, content: bytes | str = ZHAMBYL) -> DatasetVersion:
    version = keep_version(
        by=None,
        dataset=dataset,
        file_name="figures.csv",
        content=content.encode() if isinstance(content, str) else content,
        retrieved_on=date(2026, 11, 1),
    )
    return publish_version(by=None, version=version)


@pytest.fixture
def version(dataset: Dataset) -> DatasetVersion:
    return keep(dataset)


@pytest.fixture
def analyst(charlie: User, process: DiscoveryProcess, client: Client) -> Client:
    Role.objects.create(
        person=charlie, kind=Role.Kind.ANALYST, dossier=process.dossier, valid_from=timezone.now()
    )
    client.force_login(charlie)
    return client


def send(client: Client, path: str, **data: Any) -> Any:
    return client.post(path, {"form_key": str(uuid4()), **data})


def page(client: Client, path: str = "") -> str:
    response = client.get(HERE + path)
    assert response.status_code == 200
    return str(response.content.decode())


# --- What the public sees


def test_the_table_in_words_and_numbers(client: Client, version: DatasetVersion) -> None:
    html = page(client, f"datasets/{version.dataset_id}/1/")
    for said in ("5.20", "4.40", "Chemicals and pharmaceuticals", "strength", "30.0", "12.5"):
        assert said in html
    assert "A signal reads the figures and is no rule" in html
    assert "made up for demonstration" in html
    assert version.sha256 in html
    # From the most special activity down.
    assert html.index('id="C20-21"') < html.index('id="A"') < html.index('id="J"')


@pytest.mark.parametrize(("language", "said"), [("kk", "Қамту"), ("ru", "Занятость")])
def test_the_name_in_the_readers_language(
    client: Client, version: DatasetVersion, language: str, said: str
) -> None:
    response = client.get(f"/{language}/edp/zhambyl/evidence/datasets/{version.dataset_id}/1/")
    assert said in response.content.decode()


def test_what_is_not_there_to_choose_is_passed_over(
    client: Client, version: DatasetVersion
) -> None:
    html = page(client, f"datasets/{version.dataset_id}/1/?region=nowhere&indicator=none")
    assert "5.20" in html


def test_the_overview_shows_the_last_public_version(
    client: Client, dataset: Dataset, version: DatasetVersion
) -> None:
    keep_version(
        by=None, dataset=dataset, file_name="f", content=ZHAMBYL + b"\n",
        retrieved_on=date(2026, 11, 1),
    )  # fmt: skip
    html = page(client)
    assert f"datasets/{dataset.pk}/1/" in html
    assert f"datasets/{dataset.pk}/2/" not in html


def test_empty_pages_say_what_will_be_there(client: Client, process: DiscoveryProcess) -> None:
    for path in ("", "assets/", "swot/", "trends/", "method/"):
        page(client, path)


def test_drafts_are_not_shown(client: Client, process: DiscoveryProcess) -> None:
    write_entry(
        by=None,
        process=process,
        entry=RegionalAsset(
            name_kk="Құпия", name_ru="Тайна", name_en="Secret", dimension="culture",
            kind="languages", mobility="mobile", territory=process.dossier.territory,
        ),
    )  # fmt: skip
    assert "Secret" not in page(client, "assets/")


def fill(process: DiscoveryProcess, version: DatasetVersion, times: int) -> None:
    for number in range(times):
        asset = write_entry(
            by=None,
            process=process,
            entry=RegionalAsset(
                name_kk=f"A{number}", name_ru=f"A{number}", dimension="geographic",
                kind="resources", mobility="immobile", territory=process.dossier.territory,
                latitude=43.0, longitude=71.0,
            ),
        )  # fmt: skip
        trend = write_entry(
            by=None,
            process=process,
            entry=TrendSignal(
                text_kk=f"T{number}", text_ru=f"T{number}", factor="social", kind="trend",
                impact=3, uncertainty=3, source="x",
            ),
        )  # fmt: skip
        line = write_entry(
            by=None,
            process=process,
            entry=SwotEntry(quadrant="threat", text_kk=f"L{number}", text_ru=f"L{number}"),
        )
        for evidence in (asset, trend, version.results.all()[number]):
            link_swot(by=None, entry=line, evidence=evidence)
        publish_entries(by=None, process=process, entries=[asset, trend, line])


@pytest.mark.parametrize("path", ["", "assets/", "swot/", "trends/", "method/", "datasets/{}/1/"])
def test_pages_ask_few_questions_however_much_there_is(
    client: Client,
    process: DiscoveryProcess,
    version: DatasetVersion,
    path: str,
    django_assert_max_num_queries: Any,
) -> None:
    fill(process, version, 4)
    page(client, path.format(version.dataset_id))  # warms what is cached
    with django_assert_max_num_queries(12):
        page(client, path.format(version.dataset_id))


# --- Files for others


def files(client: Client, version: DatasetVersion, name: str) -> bytes:
    response = client.get(f"{HERE}datasets/{version.dataset_id}/{version.number}/{name}")
    assert response.status_code == 200
    return b"".join(response) if response.streaming else response.content


def test_the_file_is_given_out_as_it_came(client: Client, version: DatasetVersion) -> None:
    content = files(client, version, "file.csv")
    assert content == ZHAMBYL
    assert hashlib.sha256(content).hexdigest() == version.sha256


def test_rows_and_results_are_tables(client: Client, version: DatasetVersion) -> None:
    rows = files(client, version, "observations.csv").decode("utf-8-sig").splitlines()
    assert len(rows) == 41
    assert rows[1] == "2019,KZ-31,A,employment,120000,persons,synthetic demo data,"
    results = files(client, version, "results.csv").decode("utf-8-sig").splitlines()
    chemistry = next(row for row in results if ",C20-21," in row).split(",")
    assert chemistry[-9:-6] == ["5.2", "4.4", "0.3"]
    assert chemistry[-2] == "strength"


def test_no_cell_is_a_formula(client: Client, dataset: Dataset) -> None:
    evil = "=HYPERLINK(1)"
    text = HEADER + f"2024,KZ-31,A,{evil},employment,1,+cmd,@x,-1\n2024,KZ,A,,employment,2,,,\n"
    version = keep(dataset, text)
    rows = files(client, version, "observations.csv").decode("utf-8-sig")
    assert "1,'+cmd,'@x,'-1" in rows
    assert f"'{evil}" in files(client, version, "results.csv").decode()


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "\r=1"])
def test_formulas_are_made_text(text: str) -> None:
    assert without_formula(text) == f"'{text}"


def test_scripts_in_cells_are_shown_as_text(client: Client, dataset: Dataset) -> None:
    script = "<script>alert(1)</script>"
    rows = [f"2024,{code},Z9,{script},employment,1,,," for code in ("KZ-31", "KZ")]
    version = keep(dataset, HEADER + "\n".join(rows) + "\n")
    html = page(client, f"datasets/{version.dataset_id}/1/")
    assert script not in html
    assert "&lt;script&gt;" in html


def test_the_data_package_describes_the_files(client: Client, version: DatasetVersion) -> None:
    package = json.loads(files(client, version, "datapackage.json"))
    assert package["is_synthetic"] is True
    assert package["resources"][0]["hash"] == f"sha256:{version.sha256}"
    for resource in package["resources"]:
        assert client.get(resource["path"]).status_code == 200
    columns = [field["name"] for field in package["resources"][1]["schema"]["fields"]]
    header = files(client, version, "observations.csv").decode("utf-8-sig").splitlines()[0]
    assert header == ",".join(columns)


# --- An analyst's way


def test_from_a_file_to_public_figures(analyst: Client, process: DiscoveryProcess) -> None:
    response = send(
        analyst, f"{HERE}manage/datasets/new/", name_kk="Қамту", name_ru="Занятость",
        classification="OKED", is_synthetic="on",
    )  # fmt: skip
    dataset = Dataset.objects.get()
    upload = f"{HERE}manage/datasets/{dataset.pk}/upload/"
    assert response["Location"] == upload

    file = SimpleUploadedFile("figures.csv", ZHAMBYL, "text/csv")
    response = send(analyst, upload, file=file, retrieved_on="01.11.2026")
    preview = f"{HERE}manage/datasets/{dataset.pk}/preview/"
    assert response["Location"] == preview
    assert not DatasetVersion.objects.exists()

    html = analyst.get(preview).content.decode()
    assert "120 000".replace(" ", "\u00a0") in html
    assert "KZ-31" in html

    send(analyst, preview, act="keep")
    version = DatasetVersion.objects.get()
    assert not DatasetDraft.objects.exists()
    assert Client().get(f"{HERE}datasets/{dataset.pk}/1/").status_code == 404

    send(analyst, f"{HERE}datasets/{dataset.pk}/1/publish/")
    version.refresh_from_db()
    assert version.published_at is not None
    assert Client().get(f"{HERE}datasets/{dataset.pk}/1/").status_code == 200


def test_the_preview_button_twice_keeps_one_version(analyst: Client, dataset: Dataset) -> None:
    file = SimpleUploadedFile("figures.csv", ZHAMBYL)
    upload = f"{HERE}manage/datasets/{dataset.pk}/upload/"
    send(analyst, upload, file=file, retrieved_on="01.11.2026")
    preview, key = f"{HERE}manage/datasets/{dataset.pk}/preview/", str(uuid4())
    for _ in range(2):
        analyst.post(preview, {"form_key": key, "act": "keep"})
    assert DatasetVersion.objects.count() == 1


def test_another_file_may_be_sent_instead(analyst: Client, dataset: Dataset) -> None:
    file = SimpleUploadedFile("figures.csv", ZHAMBYL)
    upload = f"{HERE}manage/datasets/{dataset.pk}/upload/"
    send(analyst, upload, file=file, retrieved_on="01.11.2026")
    preview = f"{HERE}manage/datasets/{dataset.pk}/preview/"
    assert send(analyst, preview, act="discard")["Location"] == upload
    assert analyst.get(preview)["Location"] == upload


def test_every_wrong_line_is_listed_and_nothing_typed_is_lost(
    analyst: Client, dataset: Dataset
) -> None:
    bad = HEADER + "2024,KZ-31,A,,happiness,1,,,\n2024,KZ-31,<b>,,employment,x,,,\n"
    response = send(
        analyst,
        f"{HERE}manage/datasets/{dataset.pk}/upload/",
        file=SimpleUploadedFile("bad.csv", bad.encode()),
        retrieved_on="01.11.2026",
        has_today_borders="on",
    )
    html = response.content.decode()
    assert response.status_code == 422
    assert "Line 2:" in html
    assert "Line 3:" in html
    assert 'value="01.11.2026"' in html
    assert "checked" in html
    assert not DatasetDraft.objects.exists()


def test_a_hundred_megabytes_are_refused_unread(
    analyst: Client, dataset: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sparse file of that size: it is never read."""
    read: list[int] = []
    monkeypatch.setattr(TemporaryUploadedFile, "read", lambda *_: read.append(1), raising=False)
    file = TemporaryUploadedFile("huge.csv", "text/csv", 100 * 1024 * 1024, None)
    from edp.forms.evidence import FileForm

    form = FileForm({"form_key": str(uuid4()), "retrieved_on": "01.11.2026"}, {"file": file})
    with translation.override("en"):
        assert not form.is_valid()
        assert "The file has 100.0\u00a0MB, more than 20.0\u00a0MB" in str(form.errors["file"])
    assert read == []


def test_a_file_over_the_limit_leaves_nothing(analyst: Client, dataset: Dataset) -> None:
    file = SimpleUploadedFile("big.csv", b"x" * (LARGEST + 1))
    response = send(
        analyst, f"{HERE}manage/datasets/{dataset.pk}/upload/", file=file, retrieved_on="01.11.2026"
    )
    assert response.status_code == 422
    assert not DatasetDraft.objects.exists()


def test_a_source_is_asked_for(analyst: Client, process: DiscoveryProcess) -> None:
    response = send(
        analyst, f"{HERE}manage/datasets/new/", name_kk="Қамту", name_ru="З", classification="OKED"
    )
    assert response.status_code == 422
    assert "Say where the figures come from." in response.content.decode()
    assert 'value="Қамту"' in response.content.decode()


ASSET = {
    "name_kk": "Кен", "name_ru": "Руда", "kind": "resources", "mobility": "immobile",
    "latitude": "43.5", "longitude": "70.1",
}  # fmt: skip


def test_an_asset_on_the_map(analyst: Client, process: DiscoveryProcess) -> None:
    place = process.dossier.territory_id
    send(analyst, f"{HERE}manage/assets/new/", **ASSET, territory=place)
    asset = RegionalAsset.objects.get()
    assert (asset.dimension, asset.latitude) == ("geographic", 43.5)
    send(analyst, f"{HERE}manage/assets/{asset.pk}/publish/")
    html = page(analyst, "assets/")
    assert "<circle" in html
    assert "natural resources" in html


def test_another_kind_of_asset(analyst: Client, process: DiscoveryProcess) -> None:
    place = process.dossier.territory_id
    given = ASSET | {"kind": "other:culture", "territory": str(place)}
    assert send(analyst, f"{HERE}manage/assets/new/", **given).status_code == 422
    send(analyst, f"{HERE}manage/assets/new/", **given, other_kind="wrestlers")
    asset = RegionalAsset.objects.get()
    assert (asset.dimension, asset.kind) == ("culture", "wrestlers")
    form = analyst.get(f"{HERE}manage/assets/{asset.pk}/").content.decode()
    assert 'value="wrestlers"' in form
    assert '<option value="other:culture" selected>' in form


def test_half_a_place_is_refused(analyst: Client, process: DiscoveryProcess) -> None:
    given = ASSET | {"territory": str(process.dossier.territory_id), "longitude": ""}
    response = send(analyst, f"{HERE}manage/assets/new/", **given)
    assert response.status_code == 422
    assert "Give both" in response.content.decode()


def test_a_line_of_the_swot_with_its_evidence(
    analyst: Client, process: DiscoveryProcess, version: DatasetVersion
) -> None:
    send(analyst, f"{HERE}manage/swot/new/", quadrant="strength", text_kk="Химия", text_ru="Химия")
    line = SwotEntry.objects.get()
    links = f"{HERE}manage/swot/{line.pk}/evidence/"
    response = send(analyst, f"{HERE}manage/swot/{line.pk}/publish/", follow=True)
    line.refresh_from_db()
    assert line.published_at is None

    assert send(analyst, links).status_code == 422
    result = version.results.get(activity="C20-21")
    send(analyst, links, result=result.pk)
    send(analyst, f"{HERE}manage/publish/")
    html = page(analyst, "swot/")
    assert "Chemicals and pharmaceuticals: LQ 5.20 (2024)" in html
    assert f"datasets/{version.dataset_id}/1/#C20-21" in html

    link = line.links.get()
    response = analyst.post(f"{links}{link.pk}/remove/", {"form_key": str(uuid4())}, follow=True)
    assert "keeps at least one link" in response.content.decode()


def test_two_buttons_of_one_page_are_two_acts(analyst: Client, process: DiscoveryProcess) -> None:
    """The desk gives one key to all its buttons."""
    place = process.dossier.territory_id
    for _ in range(2):
        send(analyst, f"{HERE}manage/assets/new/", **ASSET, territory=place)
    key = str(uuid4())
    for asset in RegionalAsset.objects.all():
        analyst.post(f"{HERE}manage/assets/{asset.pk}/publish/", {"form_key": key})
    assert RegionalAsset.objects.filter(published_at=None).count() == 0


def test_an_analyst_of_another_process_sees_no_desk(
    analyst: Client, process: DiscoveryProcess, city: Territory
) -> None:
    make_process(city, slug="other", stage=Stage.MAPPING)
    assert analyst.get("/en/edp/other/evidence/manage/").status_code == 404
