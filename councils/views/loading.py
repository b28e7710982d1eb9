"""From an address to the object it names, or 404."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from councils.models import (
    AgendaItem,
    Booking,
    Candidacy,
    CheckInvitation,
    CitizenCheck,
    Commission,
    Council,
    Docket,
    Draw,
    DrawFile,
    ExpenseClaim,
    FeedbackNote,
    GroupMember,
    InterestDeclaration,
    Mandate,
    Meeting,
    Motion,
    OfficeHours,
    Post,
    PublicControlAction,
    Recommendation,
    RecommendationEvidence,
    SelectionProcess,
    Slot,
)
from councils.models.council import MandateQuerySet
from councils.models.meetings import MeetingQuerySet
from councils.services.citizen_checks import invitation_behind


def public_council(slug: str) -> Council:
    return get_object_or_404(Council.objects.published().for_display(), slug=slug)


def any_council(slug: str) -> Council:
    """Also one that is being set up: for those who keep it."""
    return get_object_or_404(Council.objects.for_display(), slug=slug)


def public_docket(slug: str, number: int) -> Docket:
    return get_object_or_404(
        Docket.objects.public().for_display(), council__slug=slug, number=number
    )


def public_meeting(slug: str, number: int) -> Meeting:
    """Of members; hearings have pages of their own."""
    return get_object_or_404(_meetings(slug).public(), number=number)


def any_meeting(slug: str, number: int) -> Meeting:
    """Also one that is planned: for those who run it."""
    return get_object_or_404(_meetings(slug), number=number)


def item_of(slug: str, number: int, item: int) -> AgendaItem:
    return _item(any_meeting(slug, number), item)


def motion_of(slug: str, number: int, item: int, motion: int) -> Motion:
    of = item_of(slug, number, item)
    found = get_object_or_404(Motion.objects.select_related("vote"), item=of, number=motion)
    found.item = of
    return found


def public_recorded(slug: str, number: int) -> Meeting:
    """A meeting or a hearing: both leave minutes."""
    return get_object_or_404(_recorded(slug).public(), number=number)


def any_recorded(slug: str, number: int) -> Meeting:
    return get_object_or_404(_recorded(slug), number=number)


def public_session(body: int, number: int) -> Meeting:
    """Of an akimat or a maslikhat."""
    sessions = Meeting.objects.public().for_display().filter(kind=Meeting.Kind.SESSION)
    return get_object_or_404(sessions, body=body, number=number)


def session_item(body: int, number: int, item: int) -> AgendaItem:
    return _item(public_session(body, number), item)


def _item(meeting: Meeting, number: int) -> AgendaItem:
    item = get_object_or_404(AgendaItem, meeting=meeting, number=number)
    item.meeting = meeting
    return item


def _recorded(slug: str) -> MeetingQuerySet:
    kinds = (Meeting.Kind.MEETING, Meeting.Kind.HEARING)
    return Meeting.objects.filter(kind__in=kinds, council__slug=slug).for_display()


def _meetings(slug: str) -> MeetingQuerySet:
    of_members = Meeting.objects.filter(kind=Meeting.Kind.MEETING, council__slug=slug)
    return of_members.for_display()


def public_mandate(slug: str, mandate: int) -> Mandate:
    return get_object_or_404(
        _mandates(slug).filter(council__dossier__published_at__isnull=False), pk=mandate
    )


def any_mandate(slug: str, mandate: int) -> Mandate:
    return get_object_or_404(_mandates(slug), pk=mandate)


def any_seat(slug: str, number: int) -> Post:
    found = Post.objects.select_related("council__dossier__territory")
    return get_object_or_404(found, council__slug=slug, number=number)


def any_declaration(slug: str, declaration: int) -> InterestDeclaration:
    found = InterestDeclaration.objects.select_related("mandate__council__dossier__territory")
    return get_object_or_404(found, mandate__council__slug=slug, pk=declaration)


def any_commission(slug: str, commission: int) -> Commission:
    found = Commission.objects.select_related("council__dossier__territory")
    return get_object_or_404(found, council__slug=slug, pk=commission)


def _mandates(slug: str) -> MandateQuerySet:
    return (
        Mandate.objects.filter(council__slug=slug)
        .select_related("council__dossier__territory", "council__ruleset", "post", "on_behalf_of")
        .prefetch_related("council__dossier__texts")
    )


def public_recommendation(slug: str, number: int) -> Recommendation:
    return get_object_or_404(
        Recommendation.objects.public().for_display(), council__slug=slug, number=number
    )


def any_recommendation(slug: str, number: int) -> Recommendation:
    """Also a draft: for the council's members and its secretary."""
    return get_object_or_404(
        Recommendation.objects.for_display(), council__slug=slug, number=number
    )


def evidence_of_draft(slug: str, number: int, pk: int) -> RecommendationEvidence:
    rows = RecommendationEvidence.objects.select_related("recommendation__council__dossier")
    return get_object_or_404(
        rows, pk=pk, recommendation__council__slug=slug, recommendation__number=number
    )


def public_control(slug: str, number: int) -> PublicControlAction:
    return get_object_or_404(
        PublicControlAction.objects.public().for_display(), council__slug=slug, number=number
    )


def check_of(slug: str, number: int) -> CitizenCheck:
    """The latest round of asking about a public recommendation."""
    recommendation = public_recommendation(slug, number)
    check = recommendation.checks.first()
    if check is None:
        raise Http404
    check.recommendation = recommendation
    return check


def signed_invitation(token: str) -> CheckInvitation:
    """Of somebody without an account, by the address that we signed."""
    invitation = invitation_behind(token)
    if invitation is None:
        raise Http404
    return invitation


def public_selection(slug: str, number: int) -> SelectionProcess:
    found = SelectionProcess.objects.public().for_display()
    return get_object_or_404(
        found,
        council__slug=slug,
        number=number,
        council__dossier__published_at__isnull=False,
    )


def any_selection(slug: str, number: int) -> SelectionProcess:
    """Also one in preparation: for those who keep the council."""
    found = SelectionProcess.objects.for_display()
    return get_object_or_404(found, council__slug=slug, number=number)


def group_member(slug: str, number: int, member: int) -> GroupMember:
    found = GroupMember.objects.select_related("selection__council__dossier__territory")
    return get_object_or_404(
        found, selection__council__slug=slug, selection__number=number, pk=member
    )


def candidacy(slug: str, number: int, candidate: int) -> Candidacy:
    found = Candidacy.objects.select_related(
        "selection__council__dossier__territory", "organisation"
    )
    return get_object_or_404(
        found, selection__council__slug=slug, selection__number=number, number=candidate
    )


def public_draw(slug: str, number: int) -> Draw:
    found = Draw.objects.public().for_display()
    return get_object_or_404(
        found,
        council__slug=slug,
        number=number,
        council__dossier__published_at__isnull=False,
    )


def any_draw(slug: str, number: int) -> Draw:
    """Also one in preparation: for those who keep the council."""
    return get_object_or_404(Draw.objects.for_display(), council__slug=slug, number=number)


FILE_NAMES = {"pool": "pool.jsonl", "quotas": "quotas.csv", "lottery": "lottery.txt"}


def public_draw_file(slug: str, number: int, name: str) -> DrawFile:
    kinds = {file: kind for kind, file in FILE_NAMES.items()}
    return get_object_or_404(DrawFile, draw=public_draw(slug, number), kind=kinds.get(name, name))


def public_hearing(slug: str, number: int) -> Meeting:
    return get_object_or_404(_hearings(slug).public(), number=number)


def any_hearing(slug: str, number: int) -> Meeting:
    """Also one that is planned: for those who run it."""
    return get_object_or_404(_hearings(slug), number=number)


def hearing_by_code(code: str) -> Meeting:
    """The one under way to which phones come by this code."""
    under_way = Meeting.objects.public().filter(state=Meeting.State.OPEN, hearing__join_code=code)
    return get_object_or_404(under_way.select_related("hearing").for_display())


def _hearings(slug: str) -> MeetingQuerySet:
    rows = Meeting.objects.filter(kind=Meeting.Kind.HEARING, council__slug=slug)
    return rows.select_related("hearing__docket__dossier", "hearing__initiator").for_display()


def public_hours(slug: str, number: int) -> OfficeHours:
    return get_object_or_404(
        OfficeHours.objects.for_display(),
        council__slug=slug,
        council__dossier__published_at__isnull=False,
        number=number,
    )


def public_slot(slug: str, number: int, slot: int) -> Slot:
    found = any_slot(slug, number, slot)
    if found.hours.council.dossier.published_at is None:
        raise Http404
    return found


def any_slot(slug: str, number: int, slot: int) -> Slot:
    rows = Slot.objects.select_related(
        "hours__council__dossier__territory", "hours__member", "hours__territory"
    ).prefetch_related("hours__council__dossier__texts")
    return get_object_or_404(rows, hours__council__slug=slug, hours__number=number, pk=slot)


def booking_by_code(slug: str, code: str) -> Booking:
    return get_object_or_404(
        Booking.objects.for_display().select_related("note__docket__dossier"),
        hours__council__slug=slug,
        code=code,
    )


def any_booking(slug: str, booking: int) -> Booking:
    return get_object_or_404(Booking.objects.for_display(), hours__council__slug=slug, pk=booking)


def any_note(slug: str, note: int) -> FeedbackNote:
    rows = FeedbackNote.objects.select_related(
        "booking__slot", "booking__hours__member", "booking__hours__council__dossier__territory"
    ).prefetch_related("booking__hours__council__dossier__texts")
    return get_object_or_404(rows, booking__hours__council__slug=slug, pk=note)


def any_claim(slug: str, number: int) -> ExpenseClaim:
    rows = ExpenseClaim.objects.select_related(
        "council__dossier__territory", "line", "member", "decided_by", "meeting__dossier"
    ).prefetch_related("council__dossier__texts", "meeting__dossier__texts")
    return get_object_or_404(rows, council__slug=slug, number=number)
