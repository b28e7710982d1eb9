"""What Astana's council asked of the akimat days ago: the demo's officer has not answered yet."""

from datetime import date

from django.utils import timezone

from accounts.models import Helix, Organisation, User
from config.demo.councils.astana import AKIMAT
from config.demo.councils.dockets import Told, transport, wordings_of
from config.demo.councils.meetings import at_time, hold_vote, open_meeting, texts_of
from config.demo.councils.recommendations import forget_messages
from config.demo.people import Three, organisation_named
from councils.models import Council, Docket, Meeting, Motion
from councils.services.meetings import planning
from councils.services.meetings.agenda import add_item
from councils.services.meetings.votes import table_motion
from councils.services.recommendations import (
    Proof,
    add_evidence,
    adopt_recommendation,
    deliver_recommendation,
    draft_recommendation,
)
from participation.models import Territory
from participation.services import Wording
from participation.services.answers import current_calendar

MET, DELIVERED = 7, 6  # working days ago
PRESENT = 16
TITLES = ("Көшеде: жылдамдық және кесте", "На улице: скорость и расписание",
          "In the street: speed and timetables")  # fmt: skip
# The motion, for and against and abstained, the recommendation, and what an appeal says.
ASKED: list[tuple[Three, tuple[int, int, int], dict[str, Told], str]] = [
    (
        ("Мектептердің жанында жылдамдықты сағатына 30 шақырыммен шектеу.",
         "Ограничить скорость у школ тридцатью километрами в час.",
         "Limit the speed near schools to 30 kilometres an hour."),
        (14, 1, 1),
        {
            "kk": ("Мектептердің жанында жылдамдықты 30 км/сағ-қа дейін шектеу",
                   "Қай көшеде және қашаннан бастап екенін әкімдік атауы керек."),
            "ru": ("Ограничить скорость у школ до 30 км/ч",
                   "Акимат должен назвать улицы и день, с которого это действует."),
            "en": ("Limit the speed near schools to 30 km/h",
                   "The akimat is asked to name the streets and the day from which it holds."),
        },
        "Сабаққа бара жатқан бала жолдан өте алмайды, көлік тоқтамайды.",
    ),
    (
        ("Таблосы жоқ аялдамаларға қағаз кесте ілу.",
         "Вывесить бумажное расписание на остановках без табло.",
         "Put up paper timetables at stops without a display."),
        (16, 0, 0),
        {
            "kk": ("Таблосы жоқ әр аялдамаға автобус кестесін ілу",
                   "Шеткі аудандарда қай автобустың қашан келетіні белгісіз."),
            "ru": ("Вывесить расписание автобусов на каждой остановке без табло",
                   "На окраинах неизвестно, какой автобус и когда придёт."),
            "en": ("Put up bus timetables at every stop without a display",
                   "On the outskirts nobody knows which bus comes, and when."),
        },
        "Аялдамада жарты сағат тұрамыз, автобус келе ме – білмейміз.",
    ),
]  # fmt: skip


def load(*, council: Council, people: dict[str, User], places: dict[str, Territory]) -> None:
    secretary = people["secretary"]
    calendar, today = current_calendar(), timezone.localdate()
    matter = transport(council, by=secretary)
    meeting = _meet(council, secretary, matter, calendar.shifted(today, -MET))
    akimat = organisation_named(AKIMAT, Helix.GOVERNMENT)
    motions = Motion.objects.filter(item__meeting=meeting).order_by("item__number")
    for (_motion, _counts, told, said), motion in zip(ASKED, motions, strict=True):
        _ask(
            council,
            matter,
            motion,
            wordings_of(told),
            Proof("appeal", said, dossier=matter.dossier),
            akimat,
            by=secretary,
            on=calendar.shifted(today, -DELIVERED),
        )


def _meet(council: Council, secretary: User, matter: Docket, day: date) -> Meeting:
    """Both motions adopted by a show of hands; its minutes are still to be written."""
    meeting = open_meeting(council, secretary, TITLES, day, present=PRESENT)
    for place, (text, counts, told, _said) in enumerate(ASKED):
        names = {code: title for code, (title, _summary) in told.items()}
        item = add_item(by=secretary, meeting=meeting, names=names, dockets=[matter])
        motion = table_motion(by=secretary, item=item, texts=texts_of(text))
        hold_vote(secretary, motion, counts, at_time(day, 15, 15 + 10 * place))
    meeting = planning.end_meeting(by=secretary, meeting=meeting, at=at_time(day, 16))
    forget_messages([meeting.dossier_id])
    return meeting


def _ask(
    council: Council,
    matter: Docket,
    motion: Motion,
    wordings: list[Wording],
    proof: Proof,
    akimat: Organisation,
    *,
    by: User,
    on: date,
) -> None:
    made = draft_recommendation(by=by, council=council, wordings=wordings, docket=matter)
    add_evidence(by=by, recommendation=made, proof=proof)
    adopt_recommendation(by=by, recommendation=made, motion=motion)
    deliver_recommendation(by=by, recommendation=made, bodies=[akimat], on=on)
