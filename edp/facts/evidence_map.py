"""G2: the figures, the assets, the SWOT."""

from collections import Counter

from django.db.models import Exists, OuterRef

from edp import gates
from edp.models import DatasetVersion, DiscoveryProcess, SpecialisationResult


def facts_of(process: DiscoveryProcess) -> gates.EvidenceMap:
    """A table counts for the region of the process; of a dataset its last version is asked."""
    assets, trends, swot = process.assets.all(), process.trends.all(), process.swot_entries.all()
    dimensions = assets.exclude(published_at=None).values_list("dimension", flat=True)
    quadrants = swot.exclude(published_at=None).values_list("quadrant", flat=True)
    tables = SpecialisationResult.objects.filter(
        version=OuterRef("pk"), territory=process.dossier.territory_id
    )
    versions = DatasetVersion.objects.filter(dataset__process=process)
    newer = versions.filter(dataset=OuterRef("dataset"), number__gt=OuterRef("number"))
    unpublished = versions.filter(~Exists(newer), published_at=None).count()
    return gates.EvidenceMap(
        specialisation_tables=versions.public().filter(Exists(tables)).count(),
        assets=len(dimensions),
        dimensions=len(set(dimensions)),
        swot=Counter(quadrants),
        unlinked=swot.filter(links=None).count(),
        unpublished=unpublished
        + sum(rows.filter(published_at=None).count() for rows in (assets, trends, swot)),
    )
