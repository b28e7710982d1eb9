"""A process at any stage, for tests of what happens there and not of how it came so far."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Helix, Organisation
from edp import phases
from edp.models import DiscoveryProcess, Stage
from participation.models import Phase, Ruleset, Territory
from participation.services import Wording, create_dossier, publish_dossier
from tests.conftest import as_restore


def make_body(name: str = "Департамент экономики", helix: str = Helix.GOVERNMENT) -> Organisation:
    body, _ = Organisation.objects.get_or_create(
        name_ru=name, helix=helix, defaults={"name_kk": name, "name_en": name}
    )
    return body


def make_process(
    city: Territory,
    *,
    stage: str = Stage.DRAFT,
    slug: str = "zhambyl",
    territory: Territory | None = None,
    is_public: bool = True,
    **fields: Any,
) -> DiscoveryProcess:
    """In the region of `city` unless `territory` is given; the phase of its stage is open now."""
    assert city.parent is not None
    dossier = create_dossier(
        kind=phases.PROCESS,
        territory=territory or city.parent,
        state=stage,
        path=f"edp/{slug}/",
        wordings=[
            Wording("kk", "Жамбыл 2031", "Не үшін"),
            Wording("ru", "Жамбыл 2031", "Зачем"),
            Wording("en", "Zhambyl 2031", "What for"),
        ],
    )
    if is_public:
        publish_dossier(dossier=dossier)
    ruleset, _ = Ruleset.objects.get_or_create(
        kind="edp.process", key="test", defaults={"name": "Test", "data": {}}
    )
    process = DiscoveryProcess.objects.create(
        dossier=dossier,
        slug=slug,
        period_start=2027,
        period_end=2031,
        lead_body=make_body(),
        centre=city,
        ruleset=ruleset,
        **fields,
    )
    now = timezone.now()
    if stage in {kind.code for kind in phases.PHASE_KINDS}:
        Phase.objects.create(
            dossier=dossier,
            kind=stage,
            opens_at=now - timedelta(days=1),
            closes_at=now + timedelta(days=60),
        )
    if stage != Stage.DRAFT:
        with as_restore():
            DiscoveryProcess.objects.filter(pk=process.pk).update(stage=stage)
        process.refresh_from_db()
    return process
