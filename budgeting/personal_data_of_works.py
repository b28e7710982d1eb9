"""What a person told of works and entered of their money: exported; it stays, for it is public."""

from typing import Any

from accounts import personal_data
from accounts.models import User
from budgeting.models import DiaryEntry, WorkMoney


def export(person: User) -> dict[str, Any]:
    told = DiaryEntry.objects.filter(written_by=person).select_related("work__award__proposal")
    money = WorkMoney.objects.filter(entered_by=person).select_related("work__award__proposal")
    return {
        "diary": [
            {
                "proposal": entry.work.award.proposal.number,
                "kind": entry.kind,
                "on": entry.on.isoformat(),
                "texts": {"kk": entry.text_kk, "ru": entry.text_ru, "en": entry.text_en},
            }
            for entry in told
        ],
        "money": [
            {
                "proposal": entry.work.award.proposal.number,
                "kind": entry.kind,
                "amount": entry.amount,
                "document": entry.document,
            }
            for entry in money
        ],
    }


def erase(person: User) -> None:
    """Nothing: the office spoke, and the account that is left has no name. Photos go as files."""


def connect() -> None:
    personal_data.register("budgeting_works", export=export, erase=erase)
