from collections.abc import Callable

from django.utils import timezone

from accounts.models import User
from councils.models import Council, HearingDetail, HearingRegistration, Meeting, Submission
from tests.addresses import BUTTON, MISSING, SAFE, Page, everyone, only
from tests.councils.hearings import come, make_hearing, make_question

CODE, LETTER, JOIN = "knownCodeOfNobodyElse1234", "knownCodeOfOneLetter12345", "314159"


def _in(state: str) -> tuple[str, Callable[[], int]]:
    """Other parts plan meetings too, so the numbers are known only then."""
    hearings = Meeting.objects.filter(council__slug="open", kind=Meeting.Kind.HEARING)
    return "open", lambda: hearings.get(state=state).number


AHEAD, HALL, PLANNED, NONE = _in("announced"), _in("open"), _in("planned"), ("open", 99)
RUN = only("secretary", "member")
SENT = only("secretary", "member", status=422)
PRESSED = only("secretary", "member", status=302)

PAGES: list[Page] = [
    Page("councils:hearing-list", everyone(200), SAFE, ("open",)),
    Page("councils:hearing-list", MISSING, SAFE, ("draft",)),
    Page("councils:hearing-plan", RUN, SENT, ("open",)),
    Page("councils:hearing-detail", everyone(200), SAFE, AHEAD),
    Page("councils:hearing-detail", everyone(200), SAFE, HALL),
    Page("councils:hearing-detail", MISSING, SAFE, PLANNED),
    Page("councils:hearing-detail", MISSING, SAFE, NONE),
    Page("councils:hearing_question-file", everyone(200), SAFE, HALL),
    Page("councils:hearing-screen", everyone(200), SAFE, HALL),
    Page("councils:hearing-screen", MISSING, SAFE, PLANNED),
    Page("councils:hearing-live", everyone(200), SAFE, (*HALL, "page")),
    Page("councils:hearing-live", everyone(200), SAFE, (*HALL, "phone")),
    Page("councils:hearing-live", MISSING, SAFE, (*PLANNED, "screen")),
    Page("councils:hearing_place-create", everyone(200), everyone(422), AHEAD),
    Page("councils:hearing_place-create", MISSING, MISSING, PLANNED),
    Page("councils:hearing_place-detail", everyone(200), SAFE, (*AHEAD, CODE)),
    Page("councils:hearing_place-detail", MISSING, SAFE, (*AHEAD, "noSuchCode")),
    Page("councils:hearing_place-change", BUTTON, everyone(302), (*AHEAD, CODE, "confirm")),
    Page("councils:hearing_question-ask", everyone(200), everyone(422), AHEAD),
    Page("councils:submission-create", everyone(200), everyone(422), AHEAD),
    Page("councils:submission-detail", everyone(200), everyone(422), (*AHEAD, LETTER)),
    Page("councils:submission-detail", MISSING, MISSING, (*AHEAD, "noSuchCode")),
    Page("councils:submission-file", MISSING, SAFE, ("00000000-0000-4000-8000-000000000000",)),
    Page("councils:hearing_phone-join", everyone(200), SAFE),
    Page("councils:hearing_phone-detail", everyone(200), everyone(422), (JOIN,)),
    Page("councils:hearing_phone-detail", MISSING, MISSING, ("000000",)),
    Page("councils:hearing_question-support", BUTTON, everyone(302), (JOIN, 1)),
    Page("councils:hearing-desk", RUN, SAFE, PLANNED),
    Page("councils:hearing-desk", RUN, SAFE, HALL),
    Page("councils:hearing-edit", RUN, SENT, AHEAD),
    Page("councils:hearing-announce", RUN, SENT, PLANNED),
    Page("councils:hearing-move", RUN, SENT, AHEAD),
    Page("councils:hearing-cancel", RUN, SENT, AHEAD),
    Page("councils:hearing-fail", RUN, SENT, AHEAD),
    Page("councils:hearing-begin", BUTTON, PRESSED, PLANNED),
    Page("councils:hearing-end", BUTTON, PRESSED, PLANNED),
    Page("councils:submission-withdraw", RUN, SENT, (*AHEAD, 1)),
    Page("councils:hearing_minutes-write", RUN, SENT, HALL),
    Page("councils:hearing_minutes-press", BUTTON, only(), (*HALL, "publish")),
    Page("councils:hearing_door-list", RUN, SENT, HALL),
    Page("councils:hearing_door-detail", RUN, PRESSED, (*AHEAD, CODE)),
    Page("councils:hearing_floor-desk", RUN, SENT, HALL),
    Page("councils:hearing_floor-press", BUTTON, PRESSED, (*HALL, 1, "skip")),
    Page("councils:hearing_question-desk", RUN, SAFE, HALL),
    Page("councils:hearing_question-press", BUTTON, PRESSED, (*HALL, 1, "show")),
    Page("councils:hearing_question-answer", RUN, SENT, (*HALL, 1)),
]


def fill(opened: Council, draft: Council, people: dict[str, User | None]) -> None:
    """One is announced, one under way, one planned."""
    ahead = make_hearing(opened)
    HearingRegistration.objects.create(
        meeting=ahead,
        name="Айгүл",
        capacity="resident",
        position="neutral",
        state="registered",
        code=CODE,
        since=timezone.now(),
    )
    Submission.objects.create(
        meeting=ahead,
        number=1,
        language="kk",
        text="Хат",
        may_publish=True,
        code=LETTER,
        received_at=timezone.now(),
    )
    hall = make_hearing(opened, state="open")
    HearingDetail.objects.filter(meeting=hall).update(join_code=JOIN)
    come(hall, wants_to_speak=True)
    make_question(hall)
    make_hearing(opened, state="planned")
