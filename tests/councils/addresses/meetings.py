from datetime import timedelta

from django.utils import timezone

from accounts.models import Organisation, User
from councils.models import Council
from councils.services.meetings.agenda import add_item
from councils.services.meetings.attendance import mark_present
from councils.services.meetings.sessions import enter_session
from councils.services.meetings.votes import open_vote, table_motion
from participation.models import Territory
from tests.addresses import BUTTON, MISSING, SAFE, Page, everyone, only
from tests.councils.meetings import TEXTS, make_meeting

ANNOUNCED, PLANNED, OPEN, HELD = (("open", number) for number in range(1, 5))
WORDS = {"kk": "Мәселе", "ru": "Вопрос", "en": "Matter"}
RUN = only("secretary", "member")
SENT = only("secretary", "member", status=422)
PRESSED = only("secretary", "member", status=302)
KEEP = only("secretary")
MEMBER = only("member")
SESSION_KEEPERS = ("officer", "secretary")


def body() -> int:
    return Organisation.objects.get(councils__slug="open").pk


PAGES: list[Page] = [
    Page("councils:calendar-list", everyone(200), SAFE),
    Page("councils:calendar-region", everyone(200), SAFE, ("zhambyl",)),
    Page("councils:meeting-list", everyone(200), SAFE, ("open",)),
    Page("councils:meeting-list", MISSING, SAFE, ("draft",)),
    Page("councils:meeting-feed", everyone(200), SAFE, ("open",)),
    Page("councils:meeting-atom", everyone(200), SAFE, ("open",)),
    Page("councils:meeting-plan", RUN, SENT, ("open",)),
    Page("councils:meeting-detail", everyone(200), SAFE, ANNOUNCED),
    Page("councils:meeting-detail", MISSING, SAFE, PLANNED),
    Page("councils:meeting-calendar", everyone(200), SAFE, ANNOUNCED),
    Page("councils:meeting-live", everyone(200), SAFE, OPEN),
    Page("councils:meeting-live", MISSING, SAFE, ANNOUNCED),
    Page("councils:meeting-come", BUTTON, only("member", status=302), ANNOUNCED),
    Page("councils:vote-cast", MEMBER, only("member", status=422), OPEN),
    Page("councils:meeting-desk", RUN, SAFE, PLANNED),
    Page("councils:meeting-desk", RUN, SAFE, OPEN),
    Page("councils:meeting-edit", RUN, SENT, ANNOUNCED),
    Page("councils:meeting-move", RUN, SENT, ANNOUNCED),
    Page("councils:meeting-cancel", RUN, SENT, ANNOUNCED),
    Page("councils:meeting-announce", BUTTON, PRESSED, PLANNED),
    Page("councils:meeting-begin", BUTTON, PRESSED, PLANNED),
    Page("councils:meeting-end", BUTTON, PRESSED, PLANNED),
    Page("councils:presence-mark", BUTTON, only(), OPEN),
    Page("councils:guest-add", RUN, SENT, OPEN),
    Page("councils:paper-add", RUN, SENT, OPEN),
    Page("councils:agenda_item-add", RUN, SENT, OPEN),
    Page("councils:decision-enter", RUN, SENT, (*OPEN, 1)),
    Page("councils:recusal-declare", RUN, SENT, (*OPEN, 1)),
    Page("councils:motion-table", RUN, SENT, (*OPEN, 1)),
    Page("councils:vote-open", BUTTON, PRESSED, (*OPEN, 1, 2)),
    Page("councils:hands-enter", RUN, SENT, (*OPEN, 1, 1)),
    Page("councils:vote-close", BUTTON, PRESSED, (*OPEN, 1, 1)),
    Page("councils:motion-withdraw", BUTTON, PRESSED, (*OPEN, 1, 1)),
    Page("councils:minutes-detail", everyone(200), SAFE, HELD),
    Page("councils:minutes-detail", MISSING, SAFE, PLANNED),
    Page("councils:minutes-write", KEEP, only("secretary", status=422), HELD),
    Page("councils:minutes-sign", BUTTON, only(), HELD),
    Page("councils:minutes-publish", BUTTON, only(), HELD),
    Page("councils:session-plan", only(*SESSION_KEEPERS),
         only(*SESSION_KEEPERS, status=422), ("open",)),
    Page("councils:session-detail", everyone(200), SAFE, (body, 1)),
    Page("councils:session-calendar", everyone(200), SAFE, (body, 1)),
    Page("councils:session-move", only(*SESSION_KEEPERS),
         only(*SESSION_KEEPERS, status=422), (body, 1)),
    Page("councils:session-cancel", only(*SESSION_KEEPERS),
         only(*SESSION_KEEPERS, status=422), (body, 1)),
    Page("councils:session_item-add", only(*SESSION_KEEPERS),
         only(*SESSION_KEEPERS, status=422), (body, 1)),
    Page("councils:session_decision-enter", only(*SESSION_KEEPERS),
         only(*SESSION_KEEPERS, status=422), (body, 1, 1)),
]  # fmt: skip


def fill(opened: Council, draft: Council, people: dict[str, User | None]) -> None:
    """Meeting 1 is announced, 2 planned, 3 under way with a vote, 4 held; a session is ahead."""
    make_meeting(opened)
    make_meeting(opened, state="planned")
    under_way = make_meeting(opened, state="open")
    for mandate in opened.mandates.all():
        mark_present(by=None, meeting=under_way, mandate=mandate)
    item = add_item(by=None, meeting=under_way, names=WORDS)
    first = table_motion(by=None, item=item, texts=WORDS)
    table_motion(by=None, item=item, texts=WORDS)
    open_vote(by=None, motion=first)
    make_meeting(opened, state="held", starts_at=timezone.now() - timedelta(days=1))
    starts = timezone.now() + timedelta(days=2)
    session = enter_session(
        by=None,
        body=opened.supervised_body,
        territory=Territory.objects.get(pk=opened.dossier.territory_id),
        wordings=TEXTS,
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
    )
    add_item(by=None, meeting=session, names=WORDS)
