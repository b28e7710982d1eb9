"""What became of Malopolskie's priorities: values, calls and the wheel of a finished process.

Sourced: 128 applications selected in chemistry (OECD 2020); 335 applications for innovation
vouchers in two editions (malopolska.pl). Invented and labelled so: all other indicators with their
targets and values, and the scores of the wheel.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from accounts.models import User
from accounts.multilingual import LANGUAGES
from config.demo.budgets.projects import Three
from config.demo.discovery.strategy import ORIGINS, three
from edp.models import Call, DiscoveryProcess, Strategy
from edp.services import strategy as services
from edp.services.archive import write_wheel
from edp.services.follow_up import record_measurement, write_call
from edp.wheel import FACTORS
from participation.services import Wording

TITLE: Three = (
    "Малопольша: 2020 жылға дейінгі өңірлік инновация стратегиясы (қысқаша қайта құру)",
    "Малопольша: региональная инновационная стратегия до 2020 года (краткая реконструкция)",
    "Malopolskie: regional innovation strategy to 2020 (a short reconstruction)",
)
VISION: Three = (
    "Өңір жеті басымдыққа күш салып, зерттеуді кәсіпорындармен байланыстырады.",
    "Регион делает ставку на семь приоритетов и связывает исследования с предприятиями.",
    "The region bets on seven priorities and ties research to firms.",
)
CHALLENGE: Three = (
    "Зерттеу мен кәсіпорындарды байланыстыру",
    "Связать исследования и предприятия",
    "Tie research to firms",
)
INVENTED: Three = ("ойдан алынған мысал", "придуманный пример", "an invented example")
OECD = "OECD 2020"
# By the number of the priority: its objective, and its indicators as name, unit, baseline, target,
# values of 2016, 2018 and 2020. Without a target a value is only told.
Row = tuple[Three, Three, int | None, int | None, tuple[int, int, int]]
PLANS: dict[int, tuple[Three, Row]] = {
    1: (("Клиникалармен бірлескен зерттеулер", "Совместные исследования с клиниками",
         "Joint research with hospitals"),
        (("Клиникалармен бірге зерттейтін фирмалар", "Фирмы, исследующие вместе с клиниками",
          "Firms in joint research with hospitals"), ("фирма", "фирм", "firms"),
         12, 40, (19, 31, 44))),
    2: (("Жаңартылатын энергия жобалары", "Проекты возобновляемой энергии",
         "Projects of renewable energy"),
        (("Іске қосылған жобалар", "Запущенные проекты", "Projects at work"),
         ("жоба", "проектов", "projects"), 0, 25, (6, 14, 21))),
    3: (("Түлектер жергілікті фирмаларда", "Выпускники в местных фирмах",
         "Graduates at local firms"),
        (("Жергілікті фирмада жұмыс бастаған түлектер", "Выпускники, начавшие в местной фирме",
          "Graduates who begin at a local firm"), ("адам", "чел.", "people"),
         300, 900, (420, 610, 930))),
    4: (("Жаңа қосылыстарды енгізу", "Внедрение новых соединений",
         "New compounds brought into use"),
        (("Қаржыландыруға іріктелген өтінімдер", "Заявки, отобранные на финансирование",
          "Applications selected for funding"), ("өтінім", "заявок", "applications"),
         None, None, (41, 97, 128))),
}  # fmt: skip
SOURCED = (4,)  # of its values only the last one
YEARS = (2016, 2018, 2020)
CORRECTION = (
    "Екі рет саналған жоба алынып тасталды · Убран проект, посчитанный дважды · "
    "A project that was counted twice is taken out"
)
# Kind, the number of a priority, name, applications, selected.
CALLS: list[tuple[str, int | None, Three, int | None, int | None]] = [
    (Call.Kind.CALL, 4,
     ("Химия: жаңа қосылыстарды енгізу бағдарламалары (ЭЫДҰ, 2020)",
      "Химия: программы внедрения новых соединений (ОЭСР, 2020)",
      "Chemistry: programmes for new compounds (OECD 2020)"), None, 128),
    (Call.Kind.VOUCHER, None,
     ("Инновациялық ваучерлер, екі кезең (malopolska.pl)",
      "Инновационные ваучеры, два выпуска (malopolska.pl)",
      "Innovation vouchers, two editions (malopolska.pl)"), 335, None),
]  # fmt: skip
# In the order of edp.wheel.FACTORS; 0 is no information.
WHEELS: dict[str, tuple[int, ...]] = {
    "assessor": (5, 4, 4, 4, 5, 4, 4, 3, 4, 3, 4, 4, 3, 3, 4, 4, 4, 3),
    "analyst": (4, 3, 4, 4, 4, 3, 3, 3, 0, 2, 4, 5, 3, 2, 3, 4, 3, 4),
}


def load(*, process: DiscoveryProcess, people: dict[str, User]) -> Strategy:
    strategy = services.start_strategy(
        by=None,
        process=process,
        wordings=[
            Wording(code, TITLE[i], VISION[i], origin=ORIGINS[i])
            for i, code in enumerate(LANGUAGES)
        ],
        currency="EUR",
    )
    challenge = _part(strategy, "challenge", strategy, three("name", CHALLENGE))
    indicators = {}
    for priority in process.priorities.order_by("number"):
        row = _part(strategy, "priority", challenge, {"priority": priority})
        if priority.number in PLANS:
            indicators[priority.number] = _plan(strategy, row, priority.number)
    services.put_in_force(by=None, strategy=strategy)
    for number, indicator in indicators.items():
        _measure(indicator, PLANS[number][1][4])
    _open_calls(process)
    for login, scores in WHEELS.items():
        write_wheel(
            process=process,
            year=YEARS[-1],
            assessor=people[login],
            scores=dict(zip(FACTORS, scores, strict=True)),
        )
    return strategy


def _part(strategy: Strategy, kind: str, parent: Any, values: dict[str, Any]) -> Any:
    return services.write_part(by=None, strategy=strategy, kind=kind, parent=parent, values=values)


def _plan(strategy: Strategy, row: Any, number: int) -> Any:
    objective, (name, unit, baseline, target, _values) = PLANS[number]
    source = OECD if number in SOURCED else " · ".join(INVENTED)
    label = INVENTED if number not in SOURCED else ("", "", "")
    named = tuple(
        f"{text} ({note})" if note else text for text, note in zip(name, label, strict=True)
    )
    return _part(
        strategy,
        "indicator",
        _part(strategy, "objective", row, three("name", objective)),
        {
            **three("name", named),  # type: ignore[arg-type]
            **three("unit", unit),
            "kind": "output",
            "control": "partial",
            "baseline": None if baseline is None else Decimal(baseline),
            "baseline_year": None if baseline is None else 2013,
            "target": None if target is None else Decimal(target),
            "target_year": None if target is None else YEARS[-1],
            "source": source,
            "reports_per_year": 1 if target else 0,
        },
    )


def _measure(indicator: Any, values: tuple[int, int, int]) -> None:
    """A value every two years; of the projects at work one was counted twice at first."""
    for year, value in zip(YEARS, values, strict=True):
        day = date(year, 12, 31)
        is_first_wrong = value == PLANS[2][1][4][-1]
        row = record_measurement(
            by=None, indicator=indicator, measured_on=day, value=Decimal(value + is_first_wrong)
        )
        if is_first_wrong:
            record_measurement(
                by=None, indicator=indicator, measured_on=day, value=Decimal(value),
                note=CORRECTION, corrects=row,
            )  # fmt: skip


def _open_calls(process: DiscoveryProcess) -> None:
    priorities = {priority.number: priority for priority in process.priorities.all()}
    for kind, number, name, applicants, selected in CALLS:
        values = {
            **three("name", name), "kind": kind, "priority": priorities.get(number or 0),
            "applicants": applicants, "selected": selected, "currency": "EUR",
        }  # fmt: skip
        write_call(by=None, process=process, values=values)
