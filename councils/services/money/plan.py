"""What a council plans to spend."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from accounts.models import User
from councils.models import BudgetLine, Council
from councils.services.money import errors
from participation.services import record


@transaction.atomic
def plan_line(
    *,
    by: User | None,
    council: Council,
    year: int,
    number: int,
    names: Mapping[str, str],
    planned: int,
    line: BudgetLine | None = None,
) -> BudgetLine:
    """Add a line, or change what `line` plans; `names` by language, `planned` in whole tenge.

    Raises LineTaken.
    """
    before = line.planned if line else 0
    line = line or BudgetLine(council=council, year=year)
    line.number, line.planned = number, planned
    line.name_kk, line.name_ru = names["kk"], names["ru"]
    line.name_en = names.get("en", "")
    try:
        with transaction.atomic():
            line.save()
    except IntegrityError as error:
        raise errors.LineTaken from error
    record(
        kind="councils.budget_planned",
        dossier=council.dossier,
        actor=by,
        year=line.year,
        line=number,
        before=before,
        planned=planned,
    )
    return line
