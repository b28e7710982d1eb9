"""Zhambyl's own process: from its announcement into the consultation, gate by gate.

Sourced are the places and bodies that exist; people, numbers and texts are invented.
"""

from datetime import timedelta

from django.utils import timezone

from accounts.models import Helix, User
from config.demo.discovery import (
    consultation,
    council,
    delphi,
    evaluation,
    evidence,
    ideas,
    strategy,
    workshops,
)
from config.demo.people import FIRM, UNIVERSITY, organisation_named
from edp.models import DiscoveryProcess, GroupMembership, Stage
from edp.presets import BASIS, PRESETS, RULES_KIND
from edp.services.gates import check_gate, pass_gate, waive_condition
from edp.services.memberships import declare_interests, seat_member
from edp.services.processes import (
    Outline,
    PhaseDates,
    change_dates,
    clone_process,
    create_process,
    freeze_rules,
    plan_resources,
    write_output,
)
from participation.models import Ruleset, Territory
from participation.services import Wording, follow

DAY = timedelta(days=1)
LEAD = (
    "Жамбыл облысы әкімдігінің экономика басқармасы",
    "Управление экономики акимата Жамбылской области",
    "Department of Economy of the akimat of Zhambyl Region",
)
STEERING = "Үйлестіру тобы · Координационная группа"
EAST = (
    "Шығыс Қазақстан облысы әкімдігінің экономика басқармасы",
    "Управление экономики акимата Восточно-Казахстанской области",
    "Department of Economy of the akimat of East Kazakhstan Region",
)
EAST_TITLES = (
    "Шығыс Қазақстан 2028–2032",
    "Восточный Казахстан 2028–2032",
    "East Kazakhstan 2028–2032",
)
TITLES = (
    "Жамбыл 2027–2031: неге бет аламыз",
    "Жамбыл 2027–2031: на что делаем ставку",
    "Zhambyl 2027–2031: what we put our strength on",
)
SCOPE = (
    "Облыс несімен күшті екенін бизнес, ғалымдар, әкімдік және тұрғындар бірге анықтайды да, "
    "бес жылға бірнеше басымдық таңдайды.",
    "Бизнес, учёные, акимат и жители вместе выясняют, в чём сильна область, и выбирают несколько "
    "приоритетов на пять лет.",
    "Businesses, researchers, officials and residents find out together what the region is good "
    "at, and choose a few priorities for five years.",
)
CAN_CHANGE = (
    "Басымдықтардың тізімі, мақсаттары, шаралары мен ақшасы. Облыстың шекаралары мен осы жылғы "
    "бюджет өзгермейді.",
    "Список приоритетов, их цели, меры и деньги. Границы области и бюджет этого года не меняются.",
    "The list of priorities, their objectives, actions and money. The borders of the region and "
    "this year's budget do not change.",
)
# From and to, in days from today.
CALENDAR = {
    Stage.PREPARATION: (-330, -290),
    Stage.MAPPING: (-290, -230),
    Stage.DISCOVERY: (-230, -90),
    Stage.EVALUATION: (-90, -24),
    Stage.CONSULTATION: (-24, 9),
    Stage.ADOPTION: (9, 70),
}
NONE = "Мүдделер қақтығысы жоқ · Конфликта интересов нет · No conflict of interest"
PLANT = (
    "Тыңайтқыш зауытының қызметкері · Работает на заводе удобрений · Works for a fertiliser plant"
)
MEMBERS = [
    ("Қайрат Төлеубаев", Helix.GOVERNMENT, NONE),
    ("Людмила Ан", Helix.GOVERNMENT, NONE),
    ("Серік Бейсенов", Helix.GOVERNMENT, NONE),
    ("Асхат Жұмабеков", Helix.BUSINESS,
     "Гипс зауытының иесі · Владелец гипсового завода · Owns a gypsum works"),
    ("Виктор Пак", Helix.BUSINESS, PLANT),
    ("Динара Қожахметова", Helix.BUSINESS, NONE),
    ("Нұрлан Әлімов", Helix.BUSINESS, NONE),
    ("Татьяна Шевцова", Helix.BUSINESS, NONE),
    ("Гүлнар Әбдірахманова", Helix.ACADEMIA, NONE),
    ("Бауыржан Есенов", Helix.ACADEMIA, NONE),
    ("Жанар Мұқанова", Helix.CIVIL_SOCIETY, NONE),
    ("Олег Гринько", Helix.CIVIL_SOCIETY, NONE),
]  # fmt: skip
OUTPUTS = {
    "strengths": (
        "Фосфорит, химия зауыттары мен оларға қызмет ететін кәсіпорындар; жел; жеміс пен көкөніс.",
        "Фосфориты, химические заводы и фирмы вокруг них; ветер; фрукты и овощи.",
        "Phosphorites, chemical plants and the firms around them; wind; fruit and vegetables.",
    ),
    "research_capabilities": (
        "Дулати университетінің химия мектебі, Гвардейскідегі биоқауіпсіздік институты.",
        "Химическая школа университета имени Дулати, институт биобезопасности в Гвардейском.",
        "The chemistry school of Dulaty University, the biosafety institute in Gvardeisky.",
    ),
    "human_capital": (
        "Химик-технологтар мен механиктер бар; құрылыс материалдарының технологтары жетіспейді.",
        "Есть химики-технологи и механики; не хватает технологов строительных материалов.",
        "There are process chemists and mechanics; technologists of building materials are few.",
    ),
    "aspirations": (
        "Үйінділер шикізатқа айналсын, ауыл өнімі облыста өңделсін, жастар кетпесін.",
        "Чтобы отвалы стали сырьём, продукция сёл перерабатывалась в области, а молодёжь "
        "не уезжала.",
        "That dumps become raw material, what villages grow is processed here, the young stay.",
    ),
}
FEW_IDEAS = (
    "Пилотта идеялар ондан аз: тәртіпті шағын санмен байқап көреміз. Келесі айналымда он идея "
    "талап етіледі.",
    "В пилоте меньше десяти идей: порядок проверяем на малом числе. В следующем цикле требуется "
    "десять.",
    "The pilot has fewer than ten ideas: the procedure is tried on a few. The next round asks for "
    "ten.",
)


def load(*, people: dict[str, User], places: dict[str, Territory]) -> DiscoveryProcess:
    organiser = people["organiser"]
    process = _announce(organiser, places)
    _prepare(process, people)
    _go_on(organiser, process)
    evidence.load(process=process, people=people)
    _go_on(organiser, process)
    workshops.load(process=process, people=people)
    evidence.link_to_words(process=process, people=people)
    delphi.load(process=process, people=people)
    ideas.load(process=process, people=people)
    for code, words in OUTPUTS.items():
        write_output(by=organiser, process=process, code=code, words=_by_language(words))
    _go_on(organiser, process)
    evaluation.load(process=process, people=people)
    _go_on(organiser, process)
    consultation.load(process=process, people=people)
    strategy.load(process=process, people=people)
    council.hear(process=process, people=people)
    _follow_the_example(organiser, process, places)
    evaluation.one_more(process=process, people=people)
    return process


def _by_language(words: tuple[str, str, str]) -> dict[str, str]:
    return dict(zip(("kk", "ru", "en"), words, strict=True))


def _announce(organiser: User, places: dict[str, Territory]) -> DiscoveryProcess:
    preset = PRESETS["regional-strategy"]
    origins = ("original", "official", "checked")
    rules = Ruleset.objects.create(
        kind=RULES_KIND,
        key="zhambyl",
        name=preset.rules_name,
        data={**preset.data, "delphi": {"max_rounds": 4}},
        legal_basis=BASIS,
    )
    process = create_process(
        by=organiser,
        slug="zhambyl-2027",
        preset=preset,
        ruleset=rules,
        starts_on=timezone.localdate() - 330 * DAY,
        outline=Outline(
            territory=places["zhambyl"],
            centre=places["taraz"],
            lead_body=organisation_named(LEAD, Helix.GOVERNMENT),
            period_start=2027,
            period_end=2031,
            wordings=[
                Wording(language, TITLES[i], SCOPE[i], origin=origins[i])
                for i, language in enumerate(("kk", "ru", "en"))
            ],
            contact="edp@zhambyl.example · +7 7262 00 00 00",
            what_can_change=_by_language(CAN_CHANGE),
        ),
    )
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    dates = [
        PhaseDates(stage, midnight + opens * DAY, midnight + closes * DAY)
        for stage, (opens, closes) in CALENDAR.items()
    ]
    change_dates(by=organiser, process=process, dates=dates)
    pass_gate(by=organiser, process=process)
    return process


def _prepare(process: DiscoveryProcess, people: dict[str, User]) -> None:
    organiser = people["organiser"]
    accounts = {people[login].name: people[login] for login in ("business", "assessor")}
    bodies = {
        people["business"].name: organisation_named(*FIRM),
        people["assessor"].name: organisation_named(*UNIVERSITY),
    }
    for name, helix, interests in MEMBERS:
        person = accounts.get(name)
        seat = seat_member(
            by=organiser,
            process=process,
            group=GroupMembership.Group.STEERING,
            person=person,
            name="" if person else name,
            helix=helix,
            organisation=bodies.get(name),
            is_chair=name == MEMBERS[0][0],
        )
        declare_interests(by=organiser, seat=seat, interests=interests)
    plan_resources(
        by=organiser,
        process=process,
        people=6,
        person_days=540,
        money=38_000_000,
        gaps={
            "kk": "Болжам жасау тәжірибесі аз: технопарктің көмегі керек.",
            "ru": "Мало опыта форсайта: нужна помощь технопарка.",
            "en": "Little experience of foresight: a technology park has to help.",
        },
    )
    freeze_rules(by=organiser, process=process)
    follow(person=people["citizen"], dossier=process.dossier)
    follow(person=people["business"], dossier=process.dossier)


def _follow_the_example(
    organiser: User, process: DiscoveryProcess, places: dict[str, Territory]
) -> None:
    """East Kazakhstan prepares its own; figures from before June 2022 include today's Abai."""
    region = places["east-kazakhstan"]
    clone_process(
        by=organiser,
        source=process,
        slug="east-kazakhstan-2028",
        starts_on=timezone.localdate() + 60 * DAY,
        outline=Outline(
            territory=region,
            centre=region,
            lead_body=organisation_named(EAST, Helix.GOVERNMENT),
            period_start=2028,
            period_end=2032,
            wordings=[
                Wording(language, EAST_TITLES[i], origin="official")
                for i, language in enumerate(("kk", "ru", "en"))
            ],
        ),
    )


def _go_on(organiser: User, process: DiscoveryProcess) -> None:
    """Past the gate ahead; that a pilot has few ideas is set aside by a decision that says so."""
    if "ideas" in {condition.code for condition in check_gate(process).missing}:
        waive_condition(
            by=organiser,
            process=process,
            condition="ideas",
            body=STEERING,
            decided_on=timezone.localdate(),
            reasons=_by_language(FEW_IDEAS),
            votes=(9, 2, 1),
        )
    pass_gate(by=organiser, process=process)
