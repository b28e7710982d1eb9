"""Evidence: everybody reads what is public; analysts and organisers of the place work on it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import edp
from accounts.models import User
from edp.models import (
    Dataset,
    DatasetVersion,
    DiscoveryProcess,
    RegionalAsset,
    SwotEntry,
    SwotLink,
)
from edp.services.evidence import link_swot, publish_entries, publish_version, write_entry
from edp.services.evidence.datasets import keep_version
from participation.models import Territory
from tests.addresses import (
    BUTTON,
    MISSING,
    NOBODY,
    ORGANISERS,
    SAFE,
    Page,
    everyone,
    only,
)

SLUG, DRAFT = "open", "draft"
FORM = only("organiser", status=422)
DONE = only("organiser", status=302)


def _dataset(slug: str = SLUG) -> Callable[[], int]:
    return lambda: Dataset.objects.get(process__slug=slug).pk


def _asset() -> int:
    return RegionalAsset.objects.get(process__slug=SLUG).pk


def _line() -> int:
    return SwotEntry.objects.get(process__slug=SLUG).pk


def _link() -> int:
    return SwotLink.objects.get(entry__process__slug=SLUG).pk


FILES = ("detail", "file", "observations", "results", "package")
PUBLIC = ("evidence-detail", "method-detail", "asset-list", "swot-detail", "trend-list")

PAGES = [
    *(Page(f"edp:{name}", everyone(200), SAFE, (SLUG,)) for name in PUBLIC),
    *(Page(f"edp:{name}", MISSING, SAFE, (DRAFT,)) for name in PUBLIC),
    *(Page(f"edp:version-{name}", everyone(200), SAFE, (SLUG, _dataset(), 1)) for name in FILES),
    # Not published yet: for those who work on it.
    *(
        Page(
            f"edp:version-{name}",
            MISSING | {"organiser": 200},
            SAFE,
            (SLUG, _dataset(), 2),
        )
        for name in FILES
    ),
    *(Page(f"edp:version-{name}", MISSING, SAFE, (DRAFT, _dataset(), 1)) for name in FILES),
    Page("edp:version-publish", BUTTON, DONE, (SLUG, _dataset(), 2)),
    Page("edp:version-publish", BUTTON, NOBODY, (SLUG, _dataset(), 99)),
    Page("edp:evidence-manage", ORGANISERS, SAFE, (SLUG,)),
    Page("edp:evidence-manage", ORGANISERS, SAFE, (DRAFT,)),
    Page("edp:evidence-publish", BUTTON, DONE, (SLUG,)),
    Page("edp:dataset-create", ORGANISERS, FORM, (SLUG,)),
    Page("edp:version-upload", ORGANISERS, FORM, (SLUG, _dataset())),
    Page("edp:version-upload", NOBODY, NOBODY, (DRAFT, _dataset())),
    # Nothing was sent yet: back to sending.
    Page("edp:version-preview", DONE, DONE, (SLUG, _dataset())),
    *(Page("edp:entry-create", ORGANISERS, FORM, (SLUG, kind)) for kind in ("assets", "trends")),
    Page("edp:entry-create", ORGANISERS, FORM, (SLUG, "swot")),
    Page("edp:entry-create", NOBODY, NOBODY, (SLUG, "nonsense")),
    Page("edp:entry-edit", ORGANISERS, FORM, (SLUG, "assets", _asset)),
    Page("edp:entry-edit", NOBODY, NOBODY, (DRAFT, "assets", _asset)),
    Page("edp:entry-publish", BUTTON, DONE, (SLUG, "assets", _asset)),
    Page("edp:entry-remove", BUTTON, DONE, (SLUG, "assets", _asset)),
    Page("edp:swot-link", ORGANISERS, FORM, (SLUG, _line)),
    Page("edp:swot-link", NOBODY, NOBODY, (DRAFT, _line)),
    Page("edp:swot-unlink", BUTTON, DONE, (SLUG, _line, _link)),
]


def fill(opened: DiscoveryProcess, draft: DiscoveryProcess, people: dict[str, User | None]) -> None:
    """One table with a second version in preparation, an asset, and a line that stands on it."""
    table = (Path(edp.__file__).parent / "data" / "zhambyl_employment.csv").read_bytes()
    territory = opened.dossier.territory
    Territory.objects.filter(iso_code="KZ-31").update(iso_code="")
    Territory.objects.filter(pk=territory.pk).update(iso_code="KZ-31")
    Territory.objects.filter(slug="kazakhstan").update(iso_code="KZ")
    for process in (opened, draft):
        dataset = Dataset.objects.create(
            process=process, name_kk="Қамту", name_ru="Занятость", classification="OKED",
            is_synthetic=True,
        )  # fmt: skip
        keep_version(
            by=None, dataset=dataset, file_name="figures.csv", content=table,
            retrieved_on=date(2026, 11, 1),
        )  # fmt: skip
    dataset = Dataset.objects.get(process=opened)
    publish_version(by=None, version=DatasetVersion.objects.get(dataset=dataset))
    keep_version(
        by=None, dataset=dataset, file_name="figures.csv", content=table + b"\n",
        retrieved_on=date(2026, 11, 1),
    )  # fmt: skip
    asset = write_entry(
        by=None,
        process=opened,
        entry=RegionalAsset(
            name_kk="Фосфорит", name_ru="Фосфорит", dimension="geographic", kind="resources",
            mobility="immobile", territory=territory, latitude=43.0, longitude=70.0,
        ),
    )  # fmt: skip
    line = write_entry(
        by=None,
        process=opened,
        entry=SwotEntry(quadrant="strength", text_kk="Кен", text_ru="Руда"),
    )
    link_swot(by=None, entry=line, evidence=asset)
    publish_entries(by=None, process=opened, entries=[asset, line])
