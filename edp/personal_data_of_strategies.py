"""What the follow-up of strategies knows of a person: their judgement by the wheel."""

from typing import Any

from accounts import personal_data
from accounts.models import User
from edp.models import Measurement, WheelAssessment, WheelScore


def export(person: User) -> dict[str, Any]:
    wheels = WheelAssessment.objects.filter(assessor=person).select_related("process")
    measured = Measurement.objects.filter(entered_by=person).select_related("indicator")
    return {
        "wheels": [
            {
                "process": wheel.process.slug,
                "year": wheel.year,
                "scores": list(wheel.scores.values("factor", "score", "evidence")),
            }
            for wheel in wheels
        ],
        "measurements": [
            {"indicator": str(row.indicator), "on": row.measured_on.isoformat()} for row in measured
        ],
    }


def erase(person: User) -> None:
    """Scores stay in the means; the person's own words go."""
    WheelScore.objects.filter(wheel__assessor=person).update(evidence="")


def connect() -> None:
    personal_data.register("edp_strategies", export=export, erase=erase)
