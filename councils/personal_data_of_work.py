"""A person's talks with members and expenses: exported, and erased so that counts and sums hold."""

from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts import personal_data
from accounts.models import User
from councils.models import AnnualReport, Booking, ExpenseClaim, FeedbackNote, OfficeHours
from councils.services.office_hours import erase_note


def export(person: User) -> dict[str, Any]:
    talks = _talks(person).select_related("slot", "hours__council")
    claims = ExpenseClaim.objects.filter(_own(person)).select_related("council", "line")
    hours = OfficeHours.objects.filter(member__person=person).select_related("council")
    notes = FeedbackNote.objects.filter(written_by=person)
    return {
        "talks": [
            {
                "council": talk.hours.council.slug,
                "starts_at": talk.slot.starts_at.isoformat(),
                "state": talk.state,
                "name": talk.name,
                "contact": talk.contact,
                "topic": talk.topic,
            }
            for talk in talks
        ],
        "office_hours": [
            {"council": one.council.slug, "first_on": one.first_on.isoformat(), "place": one.place}
            for one in hours
        ],
        "notes": [
            {"raised": note.raised, "follows": note.follows, "at": note.written_at.isoformat()}
            for note in notes
        ],
        "expenses": [
            {
                "council": claim.council.slug,
                "number": claim.number,
                "purpose": claim.purpose,
                "spent_on": claim.spent_on.isoformat(),
                "amount": claim.amount,
                "state": claim.state,
                "reasons": claim.reasons,
            }
            for claim in claims
        ],
        "claims_decided": list(
            ExpenseClaim.objects.filter(decided_by=person).values_list("number", flat=True)
        ),
        "annual_reports": [
            {"year": report.year, "version": report.version}
            for report in AnnualReport.objects.filter(Q(written_by=person) | Q(published_by=person))
        ],
    }


def erase(person: User) -> None:
    """Times ahead are free again; what was raised in a talk goes, that it took place stays.

    Sums of expenses stay with the member's name, which is public by law; purpose and receipt go.
    """
    talks = _talks(person)
    for note in FeedbackNote.objects.filter(booking__in=talks):
        erase_note(note)
    keys = list(talks.values_list("pk", flat=True))
    talks.expected().update(state=Booking.State.CANCELLED)
    Booking.objects.filter(pk__in=keys).update(person=None, name="", contact="", topic="")
    claims = ExpenseClaim.objects.filter(member__person=person)
    files = [claim.receipt for claim in claims if claim.receipt]
    claims.update(purpose="", receipt="", receipt_name="", receipt_type="")

    def remove_files() -> None:
        for file in files:
            file.storage.delete(str(file.name))

    transaction.on_commit(remove_files)


def _talks(person: User) -> Any:
    """Also those booked without signing in, under the address of the account."""
    return Booking.objects.filter(Q(person=person) | Q(person=None, contact__iexact=person.email))


def _own(person: User) -> Q:
    return Q(member__person=person) | Q(submitted_by=person)


def connect() -> None:
    personal_data.register("councils_work", export=export, erase=erase)
