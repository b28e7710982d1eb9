"""G7: what was measured, who judged the process, what is to change."""

from django.db.models import Max
from django.utils import timezone

from edp import gates
from edp.follow_up_reading import overdue_count
from edp.models import Decision, DiscoveryProcess, Stage, WheelAssessment


def facts_of(process: DiscoveryProcess) -> gates.Review:
    """Of the wheel's newest year, and of decisions since the review was opened."""
    today = timezone.localdate()
    strategy = process.strategies.in_force().order_by("-version").first()
    wheels = WheelAssessment.objects.filter(process=process)
    newest = wheels.aggregate(year=Max("year"))["year"]
    of_year = wheels.filter(year=newest)
    opened = process.stage_changes.filter(to_stage=Stage.REVIEW).order_by("-pk").first()
    revisions = process.decisions.filter(kind=Decision.Kind.REVISION)
    if opened is not None:
        revisions = revisions.filter(entered_at__gte=opened.at)
    return gates.Review(
        measurements_missing=overdue_count(strategy, today) if strategy else 0,
        wheel_assessors=of_year.count(),
        external_assessors=of_year.filter(is_external=True).count(),
        is_revision_decided=revisions.exists(),
    )
