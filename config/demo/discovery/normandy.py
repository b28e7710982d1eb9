"""Normandy's equine policy as the OECD tells it (2020, Box 2.4): six challenges, ten priorities.

Names are translated from the source; what it does not document is left out and said to be.
"""

from decimal import Decimal
from typing import Any

from accounts.models import Helix, User
from accounts.multilingual import LANGUAGES
from config.demo.budgets.projects import Three
from config.demo.discovery.strategy import ORIGINS, three
from config.demo.people import organisation_named
from edp import phases
from edp.models import DiscoveryProcess, Priority, Stage, Strategy
from edp.presets import PRESETS
from edp.services import strategy as services
from edp.services.processes import ruleset_of
from participation.models import Territory
from participation.services import Wording, change_state, create_dossier, publish_dossier

SOURCE = (
    "ЭЫДҰ, 2020: Нормандияның жылқы шаруашылығы саясаты. Ақша сомасы – 2017 жылғы саясат бойынша "
    "(lecheval.fr). Мақсаттар мен көрсеткіштер дереккөзде келтірілмеген.\n"
    "ОЭСР, 2020: политика Нормандии в области коневодства. Сумма – по политике 2017 года "
    "(lecheval.fr). Цели и показатели в источнике не приведены.\n"
    "OECD, 2020: Normandy's equine policy. The sum is that of the policy of 2017 (lecheval.fr). "
    "Objectives and indicators are not documented in the source."
)
TITLE: Three = (
    "Нормандия: жылқы шаруашылығының кешенді жоспары",
    "Нормандия: комплексный план коневодства",
    "Normandy: an integrated plan for the equine sector",
)
VISION: Three = (
    "Нормандия – жылқы шаруашылығының үздік өлкесі.",
    "Нормандия – край совершенства в коневодстве.",
    "Normandy, land of equine excellency.",
)
FOREWORD: Three = (
    "Жоспарды кәсіпқойлар құрған Нормандия жылқы кеңесі жасады: ол кең талқылау өткізіп, жоспарды "
    "басқарады және кейбір шараларды өзі орындайды. Құралдар әртүрлі: жылқы емханасын ашудан жер "
    "жалдауға кепілдік қорына дейін.",
    "План подготовил Совет лошади Нормандии, созданный самими профессионалами: он провёл широкое "
    "обсуждение, ведёт план и сам исполняет часть мер. Инструменты разные: от открытия клиники "
    "для лошадей до гарантийного фонда для аренды земли.",
    "The plan was drawn up by the Council of Horses of Normandy, which professionals founded: it "
    "held a wide consultation, steers the plan and carries out some actions itself. Its tools "
    "reach from a health clinic for horses to a guarantee fund for tenant farming.",
)
LEAD = (
    ("Нормандия жылқы кеңесі", "Совет лошади Нормандии", "Council of Horses of Normandy"),
    Helix.BUSINESS,
)
PLAN: list[tuple[Three, list[tuple[Three, str, str]]]] = [
    (("Жаңа буынды оқыту", "Обучать новые поколения", "Train new generations"), [
        (("Жоғары сапалы оқу бағдарламалары", "Учебные программы высокого качества",
          "High-quality curricula"), "proven", "modernise"),
        (("Жаңа таланттарды тарту", "Привлекать новые таланты", "Attract new talents"),
         "proven", "modernise"),
    ]),
    (("Бәсекеге қабілеттілік", "Конкурентоспособность", "Competitiveness"), [
        (("Жылқы фермалары", "Коневодческие хозяйства", "Equine farms"), "proven", "modernise"),
        (("Өнеркәсіп және қызмет көрсету кәсіпорындары", "Промышленные и сервисные компании",
          "Industrial and service companies"), "proven", "modernise"),
    ]),
    (("Жоғары білім және ғылым", "Высшее образование и наука",
      "Higher education and research"), [
        (("«Жылқы кампусы»", "«Конный кампус»", "An “equine campus”"), "emerging", "found"),
        (("Еуропалық жылқы орталығын әлемге танымал кластерге айналдыру",
          "Превратить Европейский центр лошади во всемирно известный кластер",
          "Turn the European Equine Center into a globally known cluster"),
         "emerging", "diversify"),
    ]),
    (("Құнды арттыру және сату", "Повышать стоимость и продавать",
      "Increase value and commercialise"), [
        (("Спорт аттарының ең ірі нарығы", "Крупнейший рынок спортивных лошадей",
          "The largest market of athlete horses"), "proven", "modernise"),
        (("Жергілікті жарыстардың құны", "Ценность местных скачек", "The value of local races"),
         "proven", "modernise"),
    ]),
    (("Шетелдегі тартымдылық", "Привлекательность за рубежом", "Attractiveness abroad"), [
        (("Коммуникация, мүддені қорғау және батыл іс-шаралар стратегиясы",
          "Коммуникация, продвижение интересов и смелая стратегия событий",
          "Communication, lobbying and a bold event strategy"), "emerging", "diversify"),
    ]),
    (("Туризм", "Туризм", "Tourism"), [
        (("Жергілікті біліктілікке сүйенген халықаралық туризм ұсынысы",
          "Международное туристическое предложение на местном мастерстве",
          "An international tourism offer based on local know-how"), "emerging", "diversify"),
    ]),
]  # fmt: skip
WHOLE: Three = (
    "Саясаттың барлық шаралары бірге (дереккөз оларды бөлмейді)",
    "Все меры политики вместе (источник их не разделяет)",
    "All actions of the policy together (the source does not split them)",
)
NOT_TOLD: Three = (
    "Дереккөз мақсаттарды басымдықтарға бөліп көрсетпейді",
    "Источник не приводит цели по приоритетам",
    "The source does not give objectives by priority",
)
PUBLIC_MONEY = Decimal("6600000.00")  # euro, without the Haras du Pin


def load(*, people: dict[str, User], places: dict[str, Territory]) -> DiscoveryProcess:
    process = _process(places["france"])
    strategy = services.start_strategy(
        by=None, process=process, wordings=_wordings(FOREWORD), currency="EUR"
    )
    number = 0
    first = None
    for title, priorities in PLAN:
        challenge = services.write_part(
            by=None, strategy=strategy, kind="challenge", parent=strategy,
            values=three("name", title),
        )  # fmt: skip
        for name, category, transformation in priorities:
            number += 1
            row = services.write_part(
                by=None, strategy=strategy, kind="priority", parent=challenge,
                values={"priority": _priority(process, number, name, category, transformation)},
            )  # fmt: skip
            first = first or row
    _public_money(strategy, first)
    services.put_in_force(by=None, strategy=strategy)
    return process


def _wordings(bodies: Three = ("", "", "")) -> list[Wording]:
    texts = zip(LANGUAGES, TITLE, VISION, bodies, ORIGINS, strict=True)
    return [Wording(*words) for words in texts]


def _process(normandy: Territory) -> DiscoveryProcess:
    dossier = create_dossier(
        kind=phases.PROCESS,
        territory=normandy,
        state=Stage.IMPLEMENTATION,
        path="edp/normandy-2017/",
        wordings=_wordings(),
    )
    publish_dossier(dossier=dossier)
    return DiscoveryProcess.objects.create(
        dossier=dossier,
        slug="normandy-2017",
        kind=DiscoveryProcess.Kind.ACTIVITY_PLAN,
        origin=DiscoveryProcess.Origin.REPLAY,
        stage=Stage.IMPLEMENTATION,
        period_start=2017,
        period_end=2022,
        lead_body=organisation_named(*LEAD),
        centre=normandy,
        ruleset=ruleset_of(PRESETS["activity-plan"]),
        source_note=SOURCE,
    )


def _priority(
    process: DiscoveryProcess, number: int, name: Three, category: str, transformation: str
) -> Priority:
    dossier = create_dossier(
        kind=phases.PRIORITY,
        territory=process.dossier.territory,
        state=Priority.State.SELECTED,
        path=f"edp/{process.slug}/priorities/{number}/",
        wordings=[
            Wording(code, text, origin=origin)
            for code, text, origin in zip(LANGUAGES, name, ORIGINS, strict=True)
        ],
    )
    change_state(dossier=dossier, state=Priority.State.SELECTED)
    publish_dossier(dossier=dossier)
    return Priority.objects.create(
        dossier=dossier,
        process=process,
        number=number,
        category=category,
        transformation=transformation,
        state=Priority.State.SELECTED,
    )


def _public_money(strategy: Strategy, row: Any) -> None:
    """The source has one sum for the whole: it stands once, and says so."""
    objective = services.write_part(
        by=None, strategy=strategy, kind="objective", parent=row, values=three("name", NOT_TOLD)
    )
    action = services.write_part(
        by=None, strategy=strategy, kind="action", parent=objective,
        values={**three("name", WHOLE), "operator": organisation_named(*LEAD), "tool": "network",
                "instrument": "new", "term": "medium", "domains": ["education",
                "innovation", "business", "investment"]},
    )  # fmt: skip
    services.write_part(
        by=None, strategy=strategy, kind="money", parent=action,
        values={"year": 2017, "amount": PUBLIC_MONEY, "source": "public_local",
                "certainty": "committed", "evidence": "lecheval.fr"},
    )  # fmt: skip
