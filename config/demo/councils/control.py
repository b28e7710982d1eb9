"""Public control in Astana: one that ended in a conclusion, one under way."""

from datetime import date, timedelta

from django.utils import timezone

from accounts.models import Organisation, User
from accounts.multilingual import Told
from config.demo.councils.dockets import Told as Words
from config.demo.councils.dockets import wordings_of
from councils.models import Council, Docket, PublicControlAction
from councils.services.control import Plan, begin_control, finish_control, plan_control

BEGAN, ENDED = date(2026, 6, 15), date(2026, 7, 10)
TIMETABLE: dict[str, Words] = {
    "kk": ("Автобустар кестеге сай жүре ме?",
           "Кеңес мүшелері төрт апта бойы он екі аялдамада уақыт есептеді."),
    "ru": ("Ходят ли автобусы по расписанию?",
           "Члены совета четыре недели засекали время на двенадцати остановках."),
    "en": ("Do the buses keep to the timetable?",
           "For four weeks members of the council timed buses at twelve stops."),
}  # fmt: skip
CROSSINGS: dict[str, Words] = {
    "kk": ("Мектеп жанындағы өткелдер: не жасалды?",
           "Уәде етілген жиырма өткелдің қайсысы көтерілді, қайсысы жарық."),
    "ru": ("Переходы у школ: что сделано?",
           "Какие из двадцати обещанных переходов подняты и какие освещены."),
    "en": ("Crossings near schools: what was done?",
           "Which of the twenty promised crossings are raised, and which are lit."),
}  # fmt: skip
FOUND = Told(
    "1 204 рейс қаралды, 71 пайызы кестеден үш минуттан артық ауытқымады. Кешкі рейстердің "
    "жартысы ғана уақытында келді.",
    "Проверено 1 204 рейса, 71 процент отклонился от расписания не больше чем на три минуты. "
    "Из вечерних рейсов вовремя пришла половина.",
    "Of 1,204 buses timed, 71 per cent were within three minutes of the timetable. Of the evening "
    "buses half came on time.",
)


def look_over_transport(council: Council, docket: Docket, body: Organisation, *, by: User) -> None:
    kind, today = PublicControlAction.Kind.MONITORING, timezone.localdate()
    if today > ENDED:
        ended = plan_control(
            by=by,
            council=council,
            wordings=wordings_of(TIMETABLE),
            plan=Plan(kind, body, BEGAN, ENDED, docket),
        )
        begin_control(by=by, action=ended, on=BEGAN)
        finish_control(by=by, action=ended, final="conclusion", number="2", ending=FOUND, on=ENDED)
    began = today - timedelta(days=12)
    under_way = plan_control(
        by=by,
        council=council,
        wordings=wordings_of(CROSSINGS),
        plan=Plan(kind, body, began, today + timedelta(days=20), docket),
    )
    begin_control(by=by, action=under_way, on=began)
