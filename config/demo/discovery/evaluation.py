"""The panel's work on Zhambyl's four ideas: sheets, recusals, results, decision. All invented."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import Helix, User
from edp.models import (
    Assignment,
    Criterion,
    DiscoveryProcess,
    GroupMembership,
    Idea,
    Interest,
    Priority,
)
from edp.services.evaluation.criteria import preset_drafts, set_criteria
from edp.services.evaluation.panel import assign, declare_interest, rule_interest
from edp.services.evaluation.results import publish_report
from edp.services.evaluation.selection import Act, Candidate, Choice, excuse_idea, select_priorities
from edp.services.evaluation.sheets import Given, save_sheet
from edp.services.ideas import (
    IdeaWords,
    add_source,
    admit_idea,
    start_idea,
    submit_idea,
    translate_idea,
)
from edp.services.memberships import declare_interests, seat_member
from participation.models import Dossier
from participation.services import Wording

DAY = timedelta(days=1)
PANEL = "Облыстың бағалау алқасы · Экспертная панель области · Evaluation panel of the region"
NONE = "Мүдделер қақтығысы жоқ · Конфликта интересов нет · No conflict of interest"
SOME = (
    "Кей идеялар бойынша бағалаудан шеттетілді · По отдельным идеям отведён · "
    "Recused from some ideas"
)
# In the order of their labels, A1 to A4; the second is the one who can sign in to the demo.
ASSESSORS = [
    ("assessor1", "Руслан Нұрғалиев", "kk", Helix.GOVERNMENT),
    ("assessor", "", "", Helix.ACADEMIA),
    ("assessor3", "Виктория Цой", "ru", Helix.BUSINESS),
    ("assessor4", "Болат Сейітов", "kk", Helix.CIVIL_SOCIETY),
]
Row = list[int | None]
# The worked example: idea after idea, assessor after assessor; None where somebody is recused.
SHEETS: list[list[Row | None]] = [
    [[5, 4, 4, 3, 4, 3], [4, 4, 5, 3, 3, 4], None, [5, 3, 4, 4, 4, 3]],
    [[3, 4, 3, 5, 4, 4], [4, 5, None, 4, 4, 4], [4, 4, 4, 5, 3, 5], [3, 4, None, 4, 5, 4]],
    [None, [2, 3, 4, 4, None, 5], [3, 3, 3, 5, None, 4], [2, 4, 4, 3, None, 5]],
    [[3, 3, 2, 2, None, 3], None, [4, 3, 2, 2, None, 3], None],
]
RECUSALS = {
    (0, 2): (
        Interest.Nature.EMPLOYMENT,
        "Тыңайтқыш зауытында жұмыс істейді · Работает на заводе удобрений · Works for the "
        "fertiliser plant",
    ),
    (2, 0): (
        Interest.Nature.FAMILY,
        "Жақын туысы биоқауіпсіздік институтында · Близкий родственник в институте "
        "биобезопасности · A close relative at the biosafety institute",
    ),
    (3, 1): (
        Interest.Nature.AUTHOR,
        "Идеяны жазуға көмектескен · Помогала писать идею · Helped to write the idea",
    ),
    (3, 3): (
        Interest.Nature.OWNERSHIP,
        "СЭС жанында жері бар · Владеет землёй у ГЭС · Owns land at the hydro plant",
    ),
}
WHY = {
    "assets": "Шикізат пен зауыттар осында, олар көшпейді.",
    "market": "Покупатели названы поимённо, есть предварительные заявки.",
    "knowledge": "Университет зертханасы осы тақырыппен айналысып жүр.",
    "cross": "Соединяет сельское хозяйство, энергетику и переработку.",
    "commitment": "Три хозяйства обязались вложить свои деньги и людей.",
    "societal": "Ауыл тұрғындары мен қоршаған ортаға пайдасы анық.",
}
DECIDED = {
    "kk": "Алқа рейтингке сүйенді: P1, P2 және P3 кандидат болды. P4 бойынша мүдделі емес үшінші "
    "бағалаушы табылмады, міндеттеме алған ешкім жоқ.",
    "ru": "Панель следовала рейтингу: P1, P2 и P3 становятся кандидатами. По P4 не нашлось "
    "третьего незаинтересованного оценщика, обязательств никто не взял.",
    "en": "The panel followed the ranking: P1, P2 and P3 become candidates. For P4 no third "
    "assessor without interests was found, and nobody pledged anything.",
}
EXCUSED = {
    "kk": "Төртінші идеяны екі адам ғана бағалай алды: қалған екеуі мүддесін жариялап, шеттетілді. "
    "Балл нәтиже ретінде жарияланбайды, идея келесі айналымға қалдырылады.",
    "ru": "Четвёртую идею смогли оценить только двое: двое других заявили об интересе и отведены. "
    "Балл не публикуется как результат, идея отложена до следующего цикла.",
    "en": "Only two could assess the fourth idea: the other two declared an interest and are "
    "recused. Its score is not published as a result, and the idea is parked for the next round.",
}
PARKED = (
    "Мүдделі емес бағалаушылар жеткіліксіз, міндеттеме алған ешкім жоқ. · Не хватило "
    "незаинтересованных оценок, нет обязательств."
)
KINDS = [
    (Priority.Category.PROVEN, Priority.Transformation.MODERNISE),
    (Priority.Category.EMERGING, Priority.Transformation.DIVERSIFY),
    (Priority.Category.WILD_CARD, Priority.Transformation.FOUND),
]
LATE = {
    "kk": IdeaWords(
        "kk",
        "Шу өңірінің жуасын көктемге дейін сақтау",
        "Жуаны шығынсыз сақтайтын қойма салу",
        "Салқын ауамен желдету мен ылғал датчиктері",
        "Қазақстан мен Ресейдің көкөніс саудасы",
        "Күзде жуа арзан, көктемде қымбат. Бірлескен қойма айырманы шаруаға қалдырады.",
        "Шу және Меркі аудандарының шаруалары",
    ),
    "ru": IdeaWords(
        "ru",
        "Хранить лук Шуской долины до весны",
        "Построить хранилище, где лук не портится",
        "Вентиляция холодным воздухом и датчики влажности",
        "Торговля овощами в Казахстане и России",
        "Осенью лук дёшев, весной дорог. Общее хранилище оставит разницу крестьянам.",
        "Крестьяне Шуского и Меркенского районов",
    ),
    "en": IdeaWords(
        "en",
        "Keeping the onions of the Shu valley until spring",
        "Building a store in which onions do not spoil",
        "Ventilation with cold air and humidity sensors",
        "Vegetable trade in Kazakhstan and Russia",
        "Onions are cheap in autumn and dear in spring. A common store leaves the difference to "
        "the farmers.",
        "Farmers of the Shu and Merki districts",
    ),
}


def load(*, process: DiscoveryProcess, people: dict[str, User]) -> None:
    """The first four admitted ideas in the order of their numbers are P1 to P4."""
    organiser = people["organiser"]
    ideas = list(process.ideas.filter(state=Idea.State.ADMITTED).for_display()[: len(SHEETS)])
    chosen = set_criteria(
        by=organiser, process=process, preset="edp-6", criteria=preset_drafts("edp-6")
    )
    seats = _seat(process, people)
    assign(
        by=organiser,
        process=process,
        seats=seats,
        ideas=ideas,
        due_on=timezone.localdate() + 10 * DAY,
    )
    criteria = list(chosen.criteria.all())
    for place, idea in enumerate(ideas):
        for number, seat in enumerate(seats):
            task = Assignment.objects.get(idea=idea, seat=seat)
            _judge(task, place, number, criteria, organiser)
    publish_report(by=organiser, process=process)
    _decide(process, organiser)


def _seat(process: DiscoveryProcess, people: dict[str, User]) -> list[GroupMembership]:
    seats: list[GroupMembership] = []
    for login, name, language, helix in ASSESSORS:
        person = people.get(login) or User.objects.create_user(
            f"{login}@demo.example", None, name=name, language=language
        )
        seat = seat_member(
            by=people["organiser"],
            process=process,
            group=GroupMembership.Group.PANEL,
            person=person,
            helix=helix,
            is_chair=login == ASSESSORS[0][0],
        )
        has_interest = any(number == len(seats) for _place, number in RECUSALS)
        declare_interests(
            by=people["organiser"], seat=seat, interests=SOME if has_interest else NONE
        )
        seats.append(seat)
    return seats


def _judge(
    task: Assignment, place: int, number: int, criteria: list[Criterion], organiser: User
) -> None:
    person, row = User.objects.get(group_memberships=task.seat), SHEETS[place][number]
    if row is None:
        nature, summary = RECUSALS[place, number]
        declare_interest(by=person, assignment=task, nature=nature, public_summary=summary)
        rule_interest(by=organiser, assignment=task, ruling=Interest.Ruling.RECUSE)
        return
    declare_interest(by=person, assignment=task, nature=Interest.Nature.NONE)
    scores = {
        criterion: Given(value, WHY[criterion.code] if value in (0, 1, 5) else "")
        for criterion, value in zip(criteria, row, strict=True)
    }
    save_sheet(by=person, assignment=task, scores=scores, lock=True)


def _decide(process: DiscoveryProcess, organiser: User) -> None:
    decided_on = timezone.localdate() - 26 * DAY
    ideas = list(process.ideas.filter(state=Idea.State.SCORED).for_display())
    excuse_idea(by=organiser, process=process, idea=ideas[-1], act=Act(PANEL, decided_on, EXCUSED))
    candidates = [
        Candidate([idea], category, transformation, _wordings(idea.dossier))
        for idea, (category, transformation) in zip(ideas, KINDS, strict=False)
    ]
    select_priorities(
        by=organiser,
        process=process,
        act=Act(PANEL, decided_on, DECIDED, (3, 0, 1)),
        choice=Choice(candidates, {ideas[-1]: PARKED}),
    )


def _wordings(dossier: Dossier) -> list[Wording]:
    return [
        Wording(text.language, text.title, text.summary, text.body, origin="official")
        for text in dossier.texts.all()
    ]


def one_more(*, process: DiscoveryProcess, people: dict[str, User]) -> None:
    """Ideas stay welcome: one that came after the decision waits on the assessors' desks."""
    organiser, said = people["organiser"], process.statements.public().first()
    if said is None:
        return
    idea = start_idea(by=people["citizen"], process=process, words=LATE["kk"])
    add_source(idea=idea, thing=said, why="Осы сөзден кейін ойға келді.")
    idea = submit_idea(by=people["citizen"], idea=idea)
    for language in ("ru", "en"):
        words = LATE[language]
        translate_idea(
            by=organiser,
            idea=idea,
            language=language,
            title=words.title,
            parts=words.parts,
            body=words.body,
        )
    admit_idea(by=organiser, idea=idea)
    seats = process.memberships.filter(group=GroupMembership.Group.PANEL, until=None)
    assign(
        by=organiser,
        process=process,
        seats=seats.select_related("person"),
        ideas=[idea],
        due_on=timezone.localdate() + 12 * DAY,
    )
