"""What ideas are judged by: a preset taken over, or criteria of one's own."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import ProtectedError

from accounts.models import User
from accounts.multilingual import LANGUAGES
from edp.criteria_presets import PRESETS
from edp.models import Criterion, CriterionSet, DiscoveryProcess
from edp.services.evaluation.refusals import CriteriaFrozen, CriterionInUse, WrongWeights
from participation.services import record


@dataclass(frozen=True)
class CriterionDraft:
    """`text` and `anchor` by language; the weight is a part of one."""

    code: str
    weight: Decimal
    evidence: str
    text: dict[str, str]
    anchor: dict[str, str]


def preset_drafts(preset: str) -> list[CriterionDraft]:
    """Raises KeyError for a set that is not shipped."""
    return [
        CriterionDraft(
            row.code,
            row.weight,
            row.evidence,
            dict(zip(LANGUAGES, row.text, strict=True)),
            dict(zip(LANGUAGES, row.anchor, strict=True)),
        )
        for row in PRESETS[preset]
    ]


@transaction.atomic
def set_criteria(
    *, by: User | None, process: DiscoveryProcess, preset: str, criteria: list[CriterionDraft]
) -> CriterionSet:
    """Write the criteria anew. Raises WrongWeights, and CriteriaFrozen after a locked sheet."""
    if any(draft.weight < 0 for draft in criteria) or sum(d.weight for d in criteria) != 1:
        raise WrongWeights
    chosen, _ = CriterionSet.objects.get_or_create(process=process, defaults={"preset": preset})
    chosen = CriterionSet.objects.select_for_update().get(pk=chosen.pk)
    if chosen.frozen_at is not None:
        raise CriteriaFrozen
    CriterionSet.objects.filter(pk=chosen.pk).update(preset=preset)
    codes = [draft.code for draft in criteria]
    try:
        chosen.criteria.exclude(code__in=codes).delete()
    except ProtectedError as error:
        raise CriterionInUse from error
    Criterion.objects.bulk_create(
        [_criterion(chosen, place, draft) for place, draft in enumerate(criteria, start=1)],
        update_conflicts=True,
        unique_fields=["criterion_set", "code"],
        update_fields=[
            "position",
            "weight",
            "evidence",
            *(f"{name}_{code}" for name in ("text", "anchor") for code in ("kk", "ru", "en")),
        ],
    )
    record(
        kind="edp.criteria_set",
        dossier=process.dossier,
        actor=by,
        preset=preset,
        weights={draft.code: str(draft.weight) for draft in criteria},
    )
    chosen.refresh_from_db()
    return chosen


def _criterion(chosen: CriterionSet, place: int, draft: CriterionDraft) -> Criterion:
    return Criterion(
        criterion_set=chosen,
        code=draft.code,
        position=place,
        weight=draft.weight,
        evidence=draft.evidence,
        text_kk=draft.text["kk"],
        text_ru=draft.text["ru"],
        text_en=draft.text.get("en", ""),
        anchor_kk=draft.anchor["kk"],
        anchor_ru=draft.anchor["ru"],
        anchor_en=draft.anchor.get("en", ""),
    )
