"""Zhambyl's draft strategy: what the three candidates would become. All of it is illustrative."""

from datetime import date
from decimal import Decimal
from typing import Any

from accounts.models import Helix, Organisation, User
from accounts.multilingual import LANGUAGES
from config.demo.budgets.projects import Three
from config.demo.people import UNIVERSITY, organisation_named
from edp.models import DiscoveryProcess, PolicyObjective, Strategy
from edp.services import strategy as services
from participation.services import Wording

ORIGINS = ("original", "official", "checked")
MILLION = Decimal(1_000_000)
TITLE: Three = (
    "Жамбыл облысының стратегиясы 2027–2031 (жоба)",
    "Стратегия Жамбылской области 2027–2031 (проект)",
    "Strategy of Zhambyl Region 2027–2031 (draft)",
)
VISION: Three = (
    "2031 жылға қарай облыс шикізатын өзі өңдейді, қалдығын өнімге айналдырады және жастарына "
    "жұмыс береді.",
    "К 2031 году область сама перерабатывает своё сырьё, превращает отходы в продукцию и даёт "
    "работу молодёжи.",
    "By 2031 the region processes its own raw materials, turns waste into products and gives its "
    "young people work.",
)
FOREWORD: Three = (
    "Бұл жоба шеберханалардан, бағалаудан және көпшілік кеңестен шықты. Сандар мысал ретінде "
    "берілген.",
    "Этот проект вырос из мастерских, оценки и общественной консультации. Цифры приведены для "
    "примера.",
    "This draft grew out of workshops, evaluation and public consultation. The figures are "
    "illustrative.",
)
CHALLENGES: list[Three] = [
    ("Қалдықтан өнімге", "От отходов к продукции", "From waste to products"),
    ("Ауылдан дүкенге дейін", "От села до прилавка", "From the village to the shop"),
    ("Білімнен жаңа салаға", "От знаний к новой отрасли", "From knowledge to a new industry"),
]
AKIMAT = (
    ("Жамбыл облысының әкімдігі", "Акимат Жамбылской области", "Akimat of Zhambyl Region"),
    Helix.GOVERNMENT,
)
CHEMISTRY = (
    ("«Тараз Гипс» ЖШС", "ТОО «Тараз Гипс»", "Taraz Gips LLP"),
    Helix.BUSINESS,
)
COOPERATIVE = (
    ("«Меркі сүті» кооперативі", "Кооператив «Меркі сүті»", "Merke Suti cooperative"),
    Helix.BUSINESS,
)
INSTITUTE = (
    ("Биоқауіпсіздік проблемаларының ғылыми-зерттеу институты",
     "НИИ проблем биологической безопасности",
     "Research Institute for Biological Safety Problems"),
    Helix.ACADEMIA,
)  # fmt: skip


def load(*, process: DiscoveryProcess, people: dict[str, User]) -> None:
    """A public draft with all candidates that there are; nothing where there is none."""
    candidates = list(process.priorities.exclude(state="not_selected").order_by("number")[:3])
    if not candidates:
        return
    organiser = people["organiser"]
    strategy = services.start_strategy(by=organiser, process=process, wordings=wordings())
    write_plans(organiser, process)
    plans = (_phosphogypsum, _cold_chain, _biosafety)
    for priority, title, plan in zip(candidates, CHALLENGES, plans, strict=False):
        challenge = _part(strategy, "challenge", strategy, three("name", title))
        row = _part(strategy, "priority", challenge, {"priority": priority})
        plan(strategy, row)
    _align(organiser, strategy)
    services.publish_strategy(by=organiser, strategy=strategy)


def wordings() -> list[Wording]:
    texts = zip(LANGUAGES, TITLE, VISION, FOREWORD, ORIGINS, strict=True)
    return [Wording(*words) for words in texts]


def three(name: str, words: Three) -> dict[str, str]:
    return {f"{name}_{code}": text for code, text in zip(LANGUAGES, words, strict=True)}


def _part(strategy: Strategy, kind: str, parent: Any, values: dict[str, Any]) -> Any:
    return services.write_part(by=None, strategy=strategy, kind=kind, parent=parent, values=values)


def _action(
    strategy: Strategy,
    objective: Any,
    name: Three,
    operator: Organisation,
    partners: list[Organisation],
    **values: Any,
) -> Any:
    values = {"instrument": "new", "term": "medium", **three("name", name), **values}
    return services.write_part(
        by=None,
        strategy=strategy,
        kind="action",
        parent=objective,
        values={"operator": operator, **values},
        partners=partners,
    )


def _money(strategy: Strategy, action: Any, *sums: tuple[int, int, str, str]) -> None:
    """Year, millions of tenge, source, certainty."""
    for year, millions, source, certainty in sums:
        _part(strategy, "money", action, {"year": year, "amount": millions * MILLION,
                                          "source": source, "certainty": certainty})  # fmt: skip


def _risk(
    strategy: Strategy, action: Any, kind: str, name: Three, mitigation: Three, **values: Any
) -> None:
    values = {"likelihood": 3, "impact": 4, **values}
    words = three("name", name) | three("mitigation", mitigation)
    _part(strategy, "risk", action, {"kind": kind, **words, **values})


def _indicator(strategy: Strategy, objective: Any, name: Three, unit: Three, **values: Any) -> None:
    usual = {
        "kind": "output", "control": "partial", "baseline": Decimal(0), "baseline_year": 2026,
        "target_year": 2031, "source": "Операторлардың есебі · отчёт операторов",
    }  # fmt: skip
    words = three("name", name) | three("unit", unit)
    _part(strategy, "indicator", objective, {**usual, **words, **values})


TONNES: Three = ("мың т", "тыс. т", "thousand t")
PEOPLE: Three = ("адам", "чел.", "people")
TENGE: Three = ("млн ₸", "млн ₸", "million ₸")
PERCENT: Three = ("%", "%", "%")


def _phosphogypsum(strategy: Strategy, row: Any) -> None:
    """2,000 million tenge: 1,200 private, 300 local, 500 of the republic."""
    objective = _part(strategy, "objective", row, three("name", (
        "2031 жылға қарай жылдық фосфогипстің 20 %-ын өңдеу",
        "К 2031 году перерабатывать 20 % годового фосфогипса",
        "Use 20 % of the yearly phosphogypsum by 2031",
    )))  # fmt: skip
    _pilot_line(strategy, objective)
    _binder_course(strategy, objective)
    _gypsum_indicators(strategy, objective)


def _pilot_line(strategy: Strategy, objective: Any) -> None:
    gips, university = organisation_named(*CHEMISTRY), organisation_named(*UNIVERSITY)
    akimat = organisation_named(*AKIMAT)
    line = _action(
        strategy, objective,
        ("«Химпарк Тараз» АЭА-дағы гипс бұйымдарының пилоттық желісі",
         "Пилотная линия гипсовых изделий в СЭЗ «Химпарк Тараз»",
         "Pilot line of gypsum products at the Taraz Chemical Park"),
        gips, [university, akimat], tool="facility", domains=["business", "innovation",
        "investment"], months=30, person_months=420, is_experiment=True,
        **three("question", (
            "Фосфогипстен жасалған байланыстырғыш беріктік пен тазалық талаптарына сай келе ме?",
            "Отвечает ли вяжущее из фосфогипса требованиям к прочности и чистоте?",
            "Does a binder of phosphogypsum meet the requirements of strength and purity?")),
        **three("stop_rule", (
            "18 айдан кейін үлгілердің 70 %-ы сынақтан өтпесе, тоқтатылады.",
            "Если через 18 месяцев испытания не пройдут 70 % образцов, работа прекращается.",
            "Stopped if after 18 months fewer than 70 % of the samples pass.")),
    )  # fmt: skip
    _money(
        strategy, line,
        (2027, 400, "private", "pledged"), (2028, 500, "private", "pledged"),
        (2029, 300, "private", "pledged"), (2027, 150, "public_local", "pledged"),
        (2028, 150, "public_local", "pledged"), (2027, 250, "public_republican", "pledged"),
        (2028, 250, "public_republican", "pledged"),
    )  # fmt: skip
    _risk(
        strategy, line, "capability",
        ("Құрылыс материалдарының технологтары жетіспейді",
         "Не хватает технологов строительных материалов",
         "Technologists of building materials are few"),
        ("Дулати университетімен бірге 40 маман даярланады",
         "Вместе с университетом имени Дулати обучаются 40 специалистов",
         "40 people are trained with Dulaty University"),
        likelihood=4, owner=gips,
    )  # fmt: skip
    _part(strategy, "evaluation", line, {
        "demand_now": Decimal(60), "demand_forecast": Decimal(140),
        "demand_unit": "мың т / тыс. т",
        "capital_cost": 2000 * MILLION, "running_cost": 180 * MILLION,
        "payer": gips, "payer_budget": 2400 * MILLION, "verdict": "go",
        **three("alternatives", (
            "Үйінділерді жабу немесе шикізатты Қарағандыға тасу: екеуі де қымбат.",
            "Укрыть отвалы или возить сырьё в Караганду: то и другое дороже.",
            "Covering the dumps or hauling the raw material to Karaganda: both cost more.")),
    })  # fmt: skip


def _binder_course(strategy: Strategy, objective: Any) -> None:
    university = organisation_named(*UNIVERSITY)
    training = _action(
        strategy, objective,
        ("Байланыстырғыш материалдар бойынша қысқа курс",
         "Короткий курс по вяжущим материалам", "A short course on binders"),
        university, [organisation_named(*CHEMISTRY)], tool="training", domains=["education"],
        term="short", months=9,
        person_months=18, is_free=True, instrument="existing",
        instrument_name="Дулати университеті · Университет имени Дулати",
    )  # fmt: skip
    _risk(
        strategy,
        training,
        "schedule",
        (
            "Оқу жоспары кеш бекітіледі",
            "Учебный план утвердят поздно",
            "The curriculum is approved late",
        ),
        (
            "Курс алдымен ақылы емес семинар ретінде өтеді",
            "Сначала курс идёт как бесплатный семинар",
            "The course begins as a free seminar",
        ),
        likelihood=2,
        impact=2,
    )


def _gypsum_indicators(strategy: Strategy, objective: Any) -> None:
    _indicator(
        strategy,
        objective,
        ("Жұмсалған қаражат", "Потраченные средства", "Money spent"),
        TENGE,
        kind="input",
        control="full",
        target=Decimal(2000),
        reports_per_year=2,
    )
    _indicator(
        strategy,
        objective,
        ("Жұмыс істеп тұрған желі", "Работающая линия", "Lines at work"),
        ("желі", "линия", "line"),
        target=Decimal(1),
    )
    _indicator(
        strategy,
        objective,
        ("Даярланған мамандар", "Обученные специалисты", "People trained"),
        PEOPLE,
        target=Decimal(40),
    )
    _indicator(
        strategy,
        objective,
        ("Өңделген фосфогипс", "Переработанный фосфогипс", "Phosphogypsum put to use"),
        TONNES,
        kind="outcome",
        target=Decimal(120),
        first_result_on=date(2029, 3, 1),
    )
    _indicator(
        strategy,
        objective,
        (
            "Жеткізушілердегі шағын фирмалардың үлесі",
            "Доля малых фирм среди поставщиков",
            "Share of small firms among suppliers",
        ),
        PERCENT,
        kind="outcome",
        baseline=Decimal(12),
        target=Decimal(30),
        first_result_on=date(2029, 3, 1),
    )


def _cold_chain(strategy: Strategy, row: Any) -> None:
    objective = _part(strategy, "objective", row, three("name", (
        "Шағын аулалардан қыста да сүт пен көкөніс жинау",
        "Собирать молоко и овощи у малых дворов и зимой",
        "Collect milk and vegetables from small yards in winter too",
    )))  # fmt: skip
    cooperative = organisation_named(*COOPERATIVE)
    action = _action(
        strategy, objective,
        ("Меркіде жел қуатымен жұмыс істейтін салқын қойма",
         "Холодный склад на энергии ветра в Мерке",
         "A cold store in Merke run on wind power"),
        cooperative, [organisation_named(*AKIMAT)], tool="facility",
        domains=["business", "investment"], months=18, person_months=60,
    )  # fmt: skip
    _money(strategy, action, (2027, 90, "public_local", "pledged"),
           (2028, 160, "private", "pledged"), (2028, 60, "ifi_donor", "pledged"))  # fmt: skip
    _risk(
        strategy,
        action,
        "schedule",
        (
            "Желіге қосылу 14 ай алады",
            "Подключение к сети занимает 14 месяцев",
            "Connecting to the grid takes 14 months",
        ),
        (
            "Өтінім биыл беріледі, қойма алғашқы жылы генератормен жұмыс істейді",
            "Заявка подаётся в этом году, первый год склад работает от генератора",
            "The application is filed this year; in the first year the store runs on a generator",
        ),
        likelihood=5,
    )
    _indicator(
        strategy,
        objective,
        ("Сүт тапсыратын аулалар", "Дворы, сдающие молоко", "Yards that deliver milk"),
        ("аула", "двор", "yards"),
        baseline=Decimal(80),
        target=Decimal(600),
    )
    _indicator(
        strategy,
        objective,
        ("Аулалардың қысқы табысы", "Зимний доход дворов", "Winter income of the yards"),
        ("мың ₸", "тыс. ₸", "thousand ₸"),
        kind="outcome",
        baseline=Decimal(45),
        target=Decimal(110),
        first_result_on=date(2028, 6, 1),
    )
    _indicator(
        strategy,
        objective,
        ("Қыстағы орташа температура", "Средняя температура зимы", "Mean winter temperature"),
        ("°C", "°C", "°C"),
        kind="context",
        control="none",
        baseline=Decimal("-3.5"),
        target_year=None,
        is_local=False,
        source="Қазгидромет · Казгидромет",
    )


def _biosafety(strategy: Strategy, row: Any) -> None:
    objective = _part(strategy, "objective", row, three("name", (
        "Ветеринариялық өнімнің алғашқы үш түрін шығару",
        "Выпустить первые три ветеринарных продукта",
        "Bring out the first three veterinary products",
    )))  # fmt: skip
    institute = organisation_named(*INSTITUTE)
    action = _action(
        strategy, objective,
        ("Гвардейскідегі институт жанындағы шағын цех", "Малый цех при институте в Гвардейском",
         "A small workshop at the institute in Gvardeisky"),
        institute, [organisation_named(*UNIVERSITY)], tool="research", term="long",
        domains=["innovation", "education"], months=36, person_months=140,
    )  # fmt: skip
    _money(strategy, action, (2028, 180, "public_republican", "pledged"),
           (2029, 70, "private", "pledged"))  # fmt: skip
    _risk(
        strategy,
        action,
        "financial",
        (
            "Тіркеу күткеннен қымбатқа түседі",
            "Регистрация обойдётся дороже ожидаемого",
            "Registration costs more than expected",
        ),
        (
            "Алдымен бір өнім тіркеледі, қалғаны нәтижеге қарай",
            "Сначала регистрируется один продукт, остальные – по результату",
            "One product is registered first, the others depend on the result",
        ),
    )
    _indicator(
        strategy,
        objective,
        ("Тіркелген өнім", "Зарегистрированные продукты", "Products registered"),
        ("өнім", "продукт", "products"),
        target=Decimal(3),
    )
    _indicator(
        strategy,
        objective,
        ("Жаңа өнімнің сатылымы", "Продажи новых продуктов", "Sales of the new products"),
        TENGE,
        kind="outcome",
        target=Decimal(400),
        first_result_on=date(2030, 1, 1),
    )


# --- Other plans --------------------------------------------------------------------------------

PLAN: Three = (
    "Жамбыл облысының даму жоспары 2026–2030 (мысал)",
    "План развития Жамбылской области 2026–2030 (пример)",
    "Development plan of Zhambyl Region 2026–2030 (example)",
)
PLAN_OBJECTIVES: list[Three] = [
    ("Өңдеу өнеркәсібінің үлесін арттыру", "Увеличить долю обрабатывающей промышленности",
     "Raise the share of manufacturing"),
    ("Қалдықтарды азайту", "Сократить отходы", "Reduce waste"),
    ("Ауыл тұрғындарының табысын көбейту", "Увеличить доходы жителей сёл",
     "Raise the income of villages"),
    ("Туризмді дамыту", "Развивать туризм", "Develop tourism"),
]  # fmt: skip


def write_plans(organiser: User, process: DiscoveryProcess) -> None:
    plan = services.write_policy_document(
        by=organiser,
        process=process,
        values={
            **three("name", PLAN), "level": "region", "first_year": 2026, "last_year": 2030,
            "body": "Жамбыл облыстық мәслихаты · Жамбылский областной маслихат",
        },
    )  # fmt: skip
    for words in PLAN_OBJECTIVES:
        services.write_policy_objective(by=organiser, document=plan, values=three("name", words))


def _align(organiser: User, strategy: Strategy) -> None:
    """Biosafety stands in no plan; no priority answers the plan's tourism."""
    (plan,) = strategy.process.policy_documents.all()
    manufacturing, waste, income, _tourism = plan.objectives.all()
    relations: tuple[dict[PolicyObjective, str], ...] = (
        {manufacturing: "supports", waste: "supports"},
        {income: "supports", waste: "neutral"},
        {},
    )
    rows = strategy.priorities.order_by("challenge__number")
    for row, told in zip(rows, relations, strict=False):
        services.write_alignments(by=organiser, row=row, relations=told)
