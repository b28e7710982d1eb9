"""Work inside a body: who answers what, drafts, templates. None of it is public."""

from collections.abc import Collection, Iterable

from django.db import transaction

from accounts.models import Organisation, User
from participation.models import AnswerDraft, AnswerDue, AnswerTemplate, Disposition, Role
from participation.services.answers.errors import (
    AlreadyAnswered,
    NotAColleague,
    SavedMeanwhile,
)
from participation.services.answers.terms import locked
from participation.services.outbox import notify


def officers_of(organisations: Iterable[Organisation | int]) -> list[User]:
    """The people who answer for these bodies now, by their names."""
    roles = Role.objects.in_force().filter(
        kind=Role.Kind.STATE_OFFICER, organisation__in=list(organisations), person__is_active=True
    )
    people = User.objects.filter(pk__in=roles.values("person"))
    return sorted(people, key=lambda person: (person.display_name, person.pk))


def bodies_of(person: User) -> list[Organisation]:
    """The bodies for which a person answers."""
    roles = Role.objects.in_force().filter(person=person, kind=Role.Kind.STATE_OFFICER)
    return list(Organisation.objects.filter(pk__in=roles.values("organisation")).order_by("pk"))


@transaction.atomic
def assign_answers(*, by: User, answers_due: Collection[AnswerDue], to: User | None) -> int:
    """Hand open answers to a colleague of the same body, or to nobody; the colleague is told once.

    Returns how many changed hands. Raises NotAColleague; then none did.
    """
    rows = AnswerDue.objects.open().filter(pk__in=[due.pk for due in answers_due])
    changed = [
        due
        for due in rows.order_by("pk").select_for_update(of=("self",))
        if due.assignee_id != (to.pk if to else None)
    ]
    for due in changed:
        if to is not None and to not in officers_of([due.addressee_id]):
            raise NotAColleague
        due.assignee = to
        due.save(update_fields=["assignee"])
    if changed and to is not None and to != by:
        notify(
            kind="answer_assigned",
            recipients=[to],
            path="answers/desk/?assignee=me",
            number=len(changed),
        )
    return len(changed)


@transaction.atomic
def save_draft(
    *,
    by: User,
    answer_due: AnswerDue,
    revision: int,
    disposition: str = "",
    reasoning_kk: str = "",
    reasoning_ru: str = "",
    reasoning_en: str = "",
    change_reference: str = "",
    redirected_to: Organisation | None = None,
    signed_name: str = "",
    signed_post: str = "",
) -> AnswerDraft:
    """Keep an unfinished answer. Raises SavedMeanwhile unless `revision` is the last one.

    Saving the same words again changes nothing.
    """
    due = locked(answer_due)
    if due.is_answered:
        raise AlreadyAnswered
    draft, _ = AnswerDraft.objects.get_or_create(
        answer_due=due, defaults={"disposition": disposition, "revision": 0}
    )
    words = {
        "disposition": disposition,
        "reasoning_kk": reasoning_kk,
        "reasoning_ru": reasoning_ru,
        "reasoning_en": reasoning_en,
        "change_reference": change_reference,
        "redirected_to": redirected_to,
        "signed_name": signed_name,
        "signed_post": signed_post,
    }
    if draft.revision == revision + 1 and all(getattr(draft, n) == words[n] for n in words):
        return draft
    if draft.revision != revision:
        raise SavedMeanwhile
    for name, value in words.items():
        setattr(draft, name, value)
    draft.revision, draft.saved_by = revision + 1, by
    draft.save()
    return draft


@transaction.atomic
def add_template(
    *,
    organisation: Organisation | None,
    name: str,
    disposition: str,
    reasoning_kk: str,
    reasoning_ru: str,
    reasoning_en: str = "",
) -> AnswerTemplate:
    """A common answer of a body; one of the same name is replaced."""
    template, _ = AnswerTemplate.objects.update_or_create(
        organisation=organisation,
        name=name,
        defaults={
            "disposition": Disposition(disposition),
            "reasoning_kk": reasoning_kk,
            "reasoning_ru": reasoning_ru,
            "reasoning_en": reasoning_en,
        },
    )
    return template
