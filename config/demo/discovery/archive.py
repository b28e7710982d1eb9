"""Processes of elsewhere: Malopolskie's replay, and the textbook's three cases to practise on.

Malopolskie: OECD 2020, "Regional policies to support diversification and productivity growth in
Kazakhstan". The cases: a textbook on regional policy in Kazakhstan; signs that were lost there
(a gap that narrows, demand that rises in a crisis) are set right and said so.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import Helix, User
from accounts.multilingual import LANGUAGES
from config.demo.discovery import malopolskie
from config.demo.people import Three, organisation_named
from edp.models import DiscoveryProcess, Stage, Workshop
from edp.presets import PRESETS
from edp.services.archive import Meeting, Named, write_archive, write_meetings, write_priorities
from edp.services.processes import Outline, PhaseDates
from participation.models import Territory
from participation.services import Wording

# 25 meetings and 1 000 people are the source's; how they divide is invented: 40 at each.
MEETINGS = 25
PEOPLE: dict[str, int] = {
    Helix.BUSINESS: 16,
    Helix.GOVERNMENT: 8,
    Helix.ACADEMIA: 10,
    Helix.CIVIL_SOCIETY: 6,
}
PRIORITIES: list[Three] = [
    ("Өмір туралы ғылымдар", "Науки о жизни", "Life sciences"),
    ("Тұрақты энергетика", "Устойчивая энергетика", "Sustainable energy"),
    ("Ақпараттық-коммуникациялық технологиялар", "Информационно-коммуникационные технологии",
     "Information and communication technologies"),
    ("Химия өнеркәсібі", "Химическая промышленность", "Chemical industry"),
    ("Металдар, металл бұйымдары және бейметалл минерал бұйымдар өндірісі",
     "Производство металлов, металлических изделий и изделий из неметаллических минералов",
     "Manufacturing of metals, metal products and products of mineral non-metallic materials"),
    ("Электротехника және машина жасау", "Электротехника и машиностроение",
     "Electrical engineering and machine-building industry"),
    ("Шығармашылық және бос уақыт индустриялары", "Креативные индустрии и индустрия досуга",
     "Creative and leisure-related industries"),
]  # fmt: skip
REPLAY_NOTE = (
    "ЭЫДҰ (OECD) 2020. Дереккөзде: 25 кездесу, шамамен 1 000 қатысушы, жеті басымдық, 128 өтінім. "
    "Ойдан алынған: күндер, қатысушылардың кездесулер мен топтар бойынша бөлінуі, басымдықтардың "
    "санаттары, мақсатты мәні бар көрсеткіштер, дөңгелектегі бағалар.\n"
    "ОЭСР 2020. В источнике: 25 встреч, около 1 000 участников, семь приоритетов, "
    "128 заявок. Придуманы: даты, распределение участников по встречам и группам, категории "
    "приоритетов, показатели с целями, оценки колеса.\n"
    "OECD 2020. Sourced: 25 meetings, about 1,000 participants, seven priorities, "
    "128 applications. Invented: the dates, how the participants divide over meetings and helices, "
    "the categories of the priorities, the indicators with targets, the scores of the wheel."
)
TEXTBOOK_NOTE = (
    "Қазақстанның өңірлік саясаты туралы оқулықтың жағдаяты; жоғалған таңбалар түзетілді.\n"
    "Кейс из учебника по региональной политике Казахстана; потерянные знаки исправлены.\n"
    "A case of a textbook on regional policy in Kazakhstan; signs that were lost are set right."
)
REPLAY_TITLE = (
    "Малопольша 2014–2020: жеті басымдық",
    "Малопольша 2014–2020: семь приоритетов",
    "Malopolskie 2014–2020: seven priorities",
)
REPLAY_SCOPE = (
    "Польша воеводствосы 25 кездесуде мыңға жуық адаммен не нәрсеге бет алатынын анықтады.",
    "Как польское воеводство на 25 встречах с тысячей человек нашло, на что делать ставку.",
    "How a Polish region found out in 25 meetings with a thousand people what to bet on.",
)
REPLAY_BODY = (
    "# Үш кезең\n\n1. **Болжам.** Краков технопаркі жүргізді: деректерді талдау, 25 кездесу, "
    "өңірдің күшті жақтары, зерттеу қабілеті, адамдары мен ұмтылыстары.\n2. **Бағалау.** Идеялар "
    "аз ғана ықтимал басымдыққа дейін іріктелді; жоғары оқу орындарының әлеуеті ескерілді.\n"
    "3. **Қоғамдық талқылау.** Мүдделі тараптармен ашық кездесулер.\n\n# Одан не шықты\n\n"
    "Химия бойынша жаңа қосылыстарды енгізу бағдарламалары жүріп жатыр; **128 өтінім** "
    "қаржыландыруға іріктелді.\n\nҰпайлар, салмақтар және пікірлер саны дереккөзде құжатталмаған.",
    "# Три этапа\n\n1. **Форсайт.** Его вёл Краковский технопарк: анализ данных, 25 встреч, "
    "сильные стороны региона, исследования, люди и стремления.\n2. **Оценка.** Из идей отобрали "
    "немногие возможные приоритеты; учитывали потенциал вузов.\n3. **Общественная консультация.** "
    "Открытые встречи с заинтересованными сторонами.\n\n# Что из этого вышло\n\nВ химии идут "
    "программы внедрения новых соединений; на финансирование отобраны **128 заявок**.\n\nБаллы, "
    "веса и число комментариев в источнике не задокументированы.",
    "# Three stages\n\n1. **Foresight**, led by the Krakow Technology Park: data, 25 meetings, "
    "the region's strengths, research, people and aspirations.\n2. **Evaluation.** Few potential "
    "priorities out of many ideas; the potential of universities counted.\n3. **Public "
    "consultation**: open meetings with those concerned.\n\n# What came of it\n\nIn chemistry, "
    "programmes bring new compounds into use; **128 applications** were selected for funding.\n\n"
    "Scores, weights and the number of comments are not documented in the source.",
)
FORESIGHT = (
    "Болжам кездесуі № {}",
    "Форсайт-встреча № {}",
    "Foresight meeting no. {}",
)
DEPARTMENT = (
    "Малопольша маршал басқармасының экономикалық даму департаменті",
    "Департамент экономического развития Малопольского воеводства",
    "Department of Economic Development of Malopolskie",
)
PARK = ("Краков технопаркі", "Краковский технопарк", "Krakow Technology Park")
SCHOOL = ("Оқу тобы", "Учебная группа", "Training group")
# Slug, preset, years, title, what is asked.
CASES: list[tuple[str, str, Three, Three, Three]] = [
    (
        "training-n",
        "regional-strategy",
        ("N мемлекеті: өңірлік саясат", "Государство N: региональная политика",
         "State N: a regional policy"),
        ("Мақсат, міндет және көрсеткіштер жүйесін құрыңыз.",
         "Постройте цели, задачи и систему показателей.",
         "Set objectives, tasks and a system of indicators."),
        ("N мемлекетінде өңірлер арасындағы табыс алшақтығы **артып** келеді, инфрақұрылым "
         "**жеткіліксіз**, жұмыссыздық **өсуде**.\n\n1. Негізгі мақсаттарды атаңыз.\n2. "
         "Міндеттерді "
         "тұжырымдаңыз.\n3. Сандық және сапалық көрсеткіштер ұсыныңыз: жұмыссыздық деңгейі, "
         "инвестиция көлемі, инфрақұрылым индексі.",
         "В государстве N разрыв доходов между регионами **растёт**, инфраструктура "
         "**недостаточна**, безработица **увеличивается**.\n\n1. Назовите главные цели.\n"
         "2. Сформулируйте задачи.\n3. Предложите количественные и качественные показатели: "
         "уровень "
         "безработицы, объём инвестиций, индекс инфраструктуры.",
         "In state N the gap in incomes between regions is **widening**, infrastructure is "
         "**insufficient**, unemployment is **rising**.\n\n1. Outline the main objectives.\n"
         "2. Formulate the key tasks.\n3. Provide quantitative and qualitative indicators: the "
         "unemployment rate, the volume of investment, an index of infrastructure."),
    ),
    (
        "training-m",
        "activity-plan",
        ("M өңірі: қай факторлар шешуші", "Регион M: какие факторы решают",
         "Region M: which factors decide"),
        ("Бес топтағы факторларды талдап, қайсысы шешуші екенін айтыңыз.",
         "Разберите факторы пяти групп и скажите, какие главные.",
         "Analyse the factors of five families and say which are key."),
        ("M өңірі артта қалып барады.\n\n1. Экономикалық, әлеуметтік, демографиялық, саяси және "
         "экологиялық факторларды талдаңыз.\n2. Қайсысы шешуші және қайсысына өңір әсер ете "
         "алады?\n"
         "3. Саясатты түзету ұсыныстарын жасаңыз.",
         "Регион M отстаёт.\n\n1. Разберите экономические, социальные, демографические, "
         "политические "
         "и экологические факторы.\n2. Какие из них главные и на какие регион может влиять?\n"
         "3. Предложите, как поправить политику.",
         "Region M is falling behind.\n\n1. Analyse economic, social, demographic, political and "
         "environmental factors.\n2. Which are key, and which can the region influence?\n"
         "3. Develop proposals for adjusting the policy."),
    ),
    (
        "training-s",
        "anti-crisis",
        ("S өңірі: зауыт жабылғанда", "Регион S: когда закрывается завод",
         "Region S: when the plant closes"),
        ("Қала құраушы кәсіпорын жабылды, жұмыссыздық 6 %-дан 18 %-ға өсті.",
         "Градообразующее предприятие закрылось, безработица выросла с 6 % до 18 %.",
         "The town's main employer has closed, unemployment rose from 6 % to 18 %."),
        ("Қала құраушы кәсіпорын жабылды. Жұмыссыздық **6 %-дан 18 %-ға** өсті, тұтыну сұранысы "
         "**төмендеп**, шағын және орта бизнеске соққы болды.\n\n1. Қысқа және орта мерзімді "
         "шараларды ұсыныңыз.\n2. Жұмыспен қамту мен кәсіпкерлікті қалай қолдайсыз?\n3. Ұзақ "
         "мерзімді "
         "салдары қандай, мұндай жағдайдың алдын қалай алуға болады?",
         "Закрылось градообразующее предприятие. Безработица выросла **с 6 % до 18 %**, "
         "потребительский спрос **упал** и ударил по малому и среднему бизнесу.\n\n1. Предложите "
         "меры "
         "на короткий и средний срок.\n2. Как поддержать занятость и предпринимательство?\n3. "
         "Каковы "
         "долгие последствия и как не допустить повторения?",
         "The enterprise on which the town lived has closed. Unemployment rose **from 6 % to 18 "
         "%**, "
         "consumer demand **fell** and hit small and medium-sized firms.\n\n1. Propose measures "
         "for "
         "the short and the medium term.\n2. How can employment and enterprise be supported?\n"
         "3. What are the long-term consequences, and how are such situations prevented?"),
    ),
]  # fmt: skip


def load(*, places: dict[str, Territory], people: dict[str, User]) -> None:
    malopolskie.load(process=_load_malopolskie(places["poland"]), people=people)
    for case in CASES:
        _load_case(places["kazakhstan"], *case)


def _wordings(title: Three, summary: Three, body: Three) -> list[Wording]:
    origins = ("original", "official", "checked")
    return [
        Wording(language, title[i], summary[i], body[i], origin=origins[i])
        for i, language in enumerate(LANGUAGES)
    ]


def _load_malopolskie(poland: Territory) -> DiscoveryProcess:
    lead = organisation_named(DEPARTMENT, Helix.GOVERNMENT)
    process = write_archive(
        slug="malopolskie-2014",
        preset=PRESETS["regional-strategy"],
        origin=DiscoveryProcess.Origin.REPLAY,
        outline=Outline(
            territory=poland,
            centre=poland,
            lead_body=lead,
            period_start=2014,
            period_end=2020,
            wordings=_wordings(REPLAY_TITLE, REPLAY_SCOPE, REPLAY_BODY),
        ),
        source_note=REPLAY_NOTE,
        stage=Stage.CLOSED,
        dates=[
            PhaseDates(Stage.DISCOVERY, _day(2012, 9, 1), _day(2013, 7, 1)),
            PhaseDates(Stage.EVALUATION, _day(2013, 7, 1), _day(2013, 11, 1)),
            PhaseDates(Stage.CONSULTATION, _day(2013, 11, 1), _day(2014, 3, 1)),
        ],
        leads={Stage.DISCOVERY: organisation_named(PARK, Helix.ACADEMIA)},
    )
    first = _day(2012, 9, 12) + timedelta(hours=10)
    write_meetings(
        process=process,
        meetings=[
            Meeting(
                [
                    Wording(language, FORESIGHT[i].format(number))
                    for i, language in enumerate(LANGUAGES)
                ],
                first + timedelta(days=11 * number),
                PEOPLE,
                Workshop.Kind.FORESIGHT,
            )
            for number in range(1, MEETINGS + 1)
        ],
    )
    write_priorities(
        process=process,
        named=[
            Named([Wording(language, names[i]) for i, language in enumerate(LANGUAGES)])
            for names in PRIORITIES
        ],
    )
    return process


def _day(year: int, month: int, day: int) -> datetime:
    return timezone.make_aware(datetime(year, month, day))


def _load_case(
    country: Territory, slug: str, preset: str, title: Three, summary: Three, body: Three
) -> None:
    year = timezone.localdate().year
    write_archive(
        slug=slug,
        preset=PRESETS[preset],
        origin=DiscoveryProcess.Origin.TRAINING,
        outline=Outline(
            territory=country,
            centre=country,
            lead_body=organisation_named(SCHOOL, Helix.ACADEMIA),
            period_start=year,
            period_end=year + 4,
            wordings=_wordings(title, summary, body),
        ),
        source_note=TEXTBOOK_NOTE,
        stage=Stage.DISCOVERY,
    )
