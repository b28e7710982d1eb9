"""Sessions of akimats and maslikhats: dates, agenda and decisions, for everybody to read."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import Organisation, User
from councils import phases
from councils.models import Meeting
from participation.models import Territory
from participation.services import Wording, create_dossier, publish_dossier, record

State = Meeting.State


@transaction.atomic
def enter_session(
    *,
    by: User | None,
    body: Organisation,
    territory: Territory,
    wordings: Sequence[Wording],
    starts_at: datetime,
    ends_at: datetime,
    mode: str = Meeting.Mode.HALL,
    place: str = "",
    stream_url: str = "",
) -> Meeting:
    """Public at once; one that is over by its dates counts as held."""
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=body.pk)
    number = (body.sessions.aggregate(last=Max("number"))["last"] or 0) + 1
    now = timezone.now()
    is_over = ends_at <= now
    state = State.HELD if is_over else State.ANNOUNCED
    dossier = create_dossier(
        kind=phases.MEETING,
        territory=territory,
        state=state,
        path=f"councils/sessions/{body.pk}/{number}/",
        wordings=wordings,
    )
    publish_dossier(dossier=dossier)
    session = Meeting.objects.create(
        dossier=dossier,
        body=body,
        number=number,
        kind=Meeting.Kind.SESSION,
        state=state,
        mode=mode,
        place=place,
        stream_url=stream_url,
        starts_at=starts_at,
        ends_at=ends_at,
        announced_at=min(now, starts_at),
        ended_at=ends_at if is_over else None,
    )
    record(kind="councils.meeting_announced", dossier=dossier, actor=by)
    return session
