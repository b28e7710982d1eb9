"""What became of the winners of Almaty 2026: one is built, one is late, one has been stopped."""

from datetime import date, timedelta

from django.utils import timezone

from accounts.models import Helix, User
from accounts.multilingual import Told
from budgeting.models import Cycle, DiaryEntry, Work
from budgeting.services import works
from config.demo.budgets.making import MILLION
from config.demo.people import organisation_named

Kind = DiaryEntry.Kind

STEPS = [
    (Told("Жоба құжаттары", "Проектная документация", "Design documents"), -45),
    (Told("Мердігермен шарт", "Договор с подрядчиком", "Contract with the builder"), -30),
    (Told("Құрылыс", "Строительство", "Building"), 40),
    (Told("Қабылдау", "Приёмка", "Acceptance"), 70),
]
DOCUMENTS_READY = Told(
    "Құжаттар дайын, сараптамадан өтті.",
    "Документация готова и прошла экспертизу.",
    "The documents are ready and have passed the expert review.",
)
CONTRACT = Told(
    "Ашық конкурс өтті, мердігермен шарт жасалды.",
    "Открытый конкурс прошёл, договор с подрядчиком подписан.",
    "The open tender is over and the contract with the builder is signed.",
)
BUILT = Told(
    "Жұмыс аяқталды, тұрғындармен бірге қабылданды.",
    "Работы завершены и приняты вместе с жителями.",
    "The work is finished; residents took part in accepting it.",
)
LATE = Told(
    "Конкурсқа бірде-бір мердігер қатыспады; қайта жариялаймыз.",
    "На конкурс не пришёл ни один подрядчик; объявляем его снова.",
    "No builder bid in the tender; it is announced again.",
)
STOPPED = Told(
    "Жер астынан жылу желісі шықты. Жобаны түзетіп, қайта жалғастырамыз.",
    "Под землёй оказалась теплотрасса. Поправим проект и продолжим.",
    "A heating main was found underground. The design is changed, then the work goes on.",
)


def tell_of_works(*, by: User, cycle: Cycle) -> None:
    """Days are counted from today; the results are two months old."""
    roads = organisation_named(
        (
            "Алматы қаласының қалалық мобильділік басқармасы",
            "Управление городской мобильности города Алматы",
            "Department of Urban Mobility of Almaty",
        ),
        Helix.GOVERNMENT,
    )
    found = Work.objects.filter(award__proposal__cycle=cycle)
    for place, work in enumerate(found.order_by("award__tally", "award__position")):
        works.entrust_work(by=by, work=work, body=roads)
        if place == 0:
            _build(by, work)
        else:
            _plan(by, work)
        if place == 1:
            _run_late(by, work)
        elif place > 1:
            contract = work.milestones.get(number=2)
            works.reach_milestone(by=by, milestone=contract, on=_day(-28), told=CONTRACT)
        if place == 2:
            works.turn_work(by=by, work=work, kind=Kind.STOPPED, on=_day(-6), told=STOPPED)


def _day(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def _plan(by: User, work: Work) -> None:
    for name, days in STEPS:
        works.plan_milestone(by=by, work=work, name=name, due_on=_day(days))
    first = work.milestones.get(number=1)
    works.reach_milestone(by=by, milestone=first, on=_day(-43), told=DOCUMENTS_READY)


def _run_late(by: User, work: Work) -> None:
    contract = work.milestones.get(number=2)
    works.put_off(by=by, milestone=contract, due_on=_day(-4), reason=LATE)


def _build(by: User, work: Work) -> None:
    for (name, _days), planned in zip(STEPS, (-50, -38, -12, -5), strict=True):
        works.plan_milestone(by=by, work=work, name=name, due_on=_day(planned))
    for number, (day, told) in enumerate(
        [(-50, DOCUMENTS_READY), (-40, CONTRACT), (-12, BUILT), (-3, BUILT)], start=1
    ):
        milestone = work.milestones.get(number=number)
        works.reach_milestone(by=by, milestone=milestone, on=_day(day), told=told)
    money = (
        ("contracted", work.planned - 2 * MILLION, -40, "№ 114-ГМ"),
        ("spent", work.planned // 2, -20, "Акт № 1"),
        ("spent", work.planned // 2 - 2 * MILLION, -3, "Акт № 2"),
    )
    for kind, amount, day, document in money:
        works.enter_money(
            by=by, work=work, kind=kind, amount=amount, on=_day(day), document=document
        )
    works.turn_work(by=by, work=work, kind=Kind.DONE, on=_day(-3), told=BUILT)
