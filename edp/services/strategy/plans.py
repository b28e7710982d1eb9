"""The register of plans and programmes that a process takes account of."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from edp.models import DiscoveryProcess, PolicyDocument, PolicyObjective


@transaction.atomic
def write_policy_document(
    *,
    by: User | None,
    process: DiscoveryProcess,
    values: Mapping[str, Any],
    row: PolicyDocument | None = None,
) -> PolicyDocument:
    row = row or PolicyDocument(process=process)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return row


@transaction.atomic
def write_policy_objective(
    *, by: User | None, document: PolicyDocument, values: Mapping[str, Any]
) -> PolicyObjective:
    PolicyDocument.objects.select_for_update(no_key=True).get(pk=document.pk)
    last = document.objectives.aggregate(last=Max("number"))["last"] or 0
    return PolicyObjective.objects.create(document=document, number=last + 1, **values)
