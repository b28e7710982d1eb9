"""What an officer's answers hold of their person: exported, and erased."""

from typing import Any

from accounts import personal_data
from accounts.models import User
from participation.models import Answer, AnswerDraft, AnswerDue, Role


def export(person: User) -> dict[str, Any]:
    return {
        "assigned": list(AnswerDue.objects.filter(assignee=person).values_list("pk", flat=True)),
        "published": [
            {
                "answer_due": answer.answer_due_id,
                "version": answer.version,
                "signed_name": answer.signed_name,
                "signed_post": answer.signed_post,
                "published_at": answer.published_at.isoformat(),
            }
            for answer in Answer.objects.filter(published_by=person)
        ],
        "drafts": [
            {
                "answer_due": draft.answer_due_id,
                "reasoning_kk": draft.reasoning_kk,
                "reasoning_ru": draft.reasoning_ru,
                "reasoning_en": draft.reasoning_en,
            }
            for draft in AnswerDraft.objects.filter(saved_by=person)
        ],
    }


def erase(person: User) -> None:
    """Official answers stay, signed by the post alone; a body's drafts stay with the body."""
    if person.name:
        bodies = Role.objects.filter(person=person).values("organisation")
        own = {"signed_name": person.name, "answer_due__addressee__in": bodies}
        Answer.objects.filter(**own).update(signed_name="")
        AnswerDraft.objects.filter(**own).update(signed_name="")
    AnswerDraft.objects.filter(saved_by=person).update(saved_by=None)
    AnswerDue.objects.filter(assignee=person).update(assignee=None)


def connect() -> None:
    personal_data.register("answers", export=export, erase=erase)
