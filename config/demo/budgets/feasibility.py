"""Astana's desk: one proposal decided, one overdue, one with a question, one with changes that
its author may object to, one refused and looked at again."""

from datetime import date

from django.utils import timezone

from accounts.models import Helix, Organisation, User
from budgeting.feasibility_rules import KIND
from budgeting.models import CheckItem, Cycle, Proposal
from budgeting.services import feasibility
from config.demo.budgets.projects import Three
from config.demo.people import organisation_named
from participation.models import Ruleset
from participation.services.answers import current_calendar

GREEN: Three = (
    "Астана қаласының Қоршаған ортаны қорғау басқармасы",
    "Управление охраны окружающей среды города Астаны",
    "Astana Department of Environmental Protection",
)
TRANSPORT: Three = (
    "Астана қаласының Көлік басқармасы",
    "Управление транспорта города Астаны",
    "Astana Department of Transport",
)
CITY: Three = (
    "Астана қаласының Қалалық орта сапасы басқармасы",
    "Управление контроля и качества городской среды города Астаны",
    "Astana Department of Urban Environment",
)
BASIS = (
    "Мерзімдер мен тексеру тізімі — қаланың қатысу бюджеті ережесінің демо мәндері. · Сроки и "
    "список проверки — демонстрационные значения правил бюджета участия."
)
# Code, in Kazakh, Russian and English.
CHECKLIST: list[tuple[str, str, str, str]] = [
    ("competence", "Бұл мәселе қаланың құзыретінде", "Это в компетенции города",
     "The city may do this"),
    ("land", "Жер қаланың меншігінде", "Земля принадлежит городу", "The land is the city's"),
    ("law", "Заң мен нормаларға қайшы келмейді", "Не противоречит закону и нормам",
     "It follows laws and standards"),
    ("technical", "Техникалық тұрғыда орындалады", "Технически выполнимо",
     "It can be built"),
    ("not-planned", "Басқа бағдарламада жоспарланбаған", "Не запланировано другой программой",
     "No other programme plans it"),
    ("maintenance", "Кім күтіп ұстайтыны белгілі", "Известно, кто будет содержать",
     "It is known who will maintain it"),
    ("safety", "Адамдарға қауіпсіз", "Безопасно для людей", "It is safe for people"),
    ("duplicates", "Басқа ұсынысты қайталамайды", "Не повторяет другое предложение",
     "It repeats no other proposal"),
    ("within-envelope", "Құны бюджет көлемінен аспайды", "Стоимость в пределах бюджета",
     "Its cost is within the envelope"),
]  # fmt: skip
POST = "Басқарма басшысының орынбасары · заместитель руководителя управления"


def create_rules() -> Ruleset:
    return Ruleset.objects.create(
        kind=KIND,
        key="city",
        name="Қаланың тексеруі · Проверка городом · A city's check",
        data={
            "working_days": 10,
            "question_days": 5,
            "consent_days": 7,
            "appeal_days": 10,
            "reminders": [-3, 1, 5],
            "escalation": {"1": ["organiser"], "5": ["organiser"]},
            "longest_extension": 10,
            "checklist": [
                {"code": code, "kk": kk, "ru": ru, "en": en} for code, kk, ru, en in CHECKLIST
            ],
        },
        legal_basis=BASIS,
    )


def check_astana(*, by: User, reviewer: User, citizen: User, cycle: Cycle) -> None:
    """Three weeks into the check of five proposals."""
    feasibility.open_desk(by=by, cycle=cycle, ruleset=create_rules())
    green, transport, city = (
        organisation_named(names, Helix.GOVERNMENT) for names in (GREEN, TRANSPORT, CITY)
    )
    second = User.objects.create_user("reviewer2@demo.example", name="Тимур Сейітов", language="kk")
    for person, department in ((reviewer, green), (reviewer, city), (second, transport)):
        feasibility.appoint_reviewer(by=by, cycle=cycle, person=person, department=department)
    # The demo begins after the phase in which people propose.
    cycle.proposals.filter(number__in=(3, 4, 5)).update(author=citizen)
    calendar, today = current_calendar(), timezone.localdate()
    lately, long_ago = calendar.shifted(today, -6), calendar.shifted(today, -14)
    hand_out(cycle, (1,), green, reviewer, by, long_ago)
    hand_out(cycle, (2,), city, reviewer, by, long_ago)
    hand_out(cycle, (3,), transport, second, by, lately)
    hand_out(cycle, (4, 5), city, reviewer, by, lately)
    _decide_wind_shelter(_proposal(cycle, 1), reviewer, calendar.shifted(today, -8))
    _ask_about_bus(_proposal(cycle, 3), second)
    _decide_laboratory(_proposal(cycle, 4), reviewer)
    _refuse_fountain(_proposal(cycle, 5), reviewer)
    feasibility.appeal_verdict(
        by=citizen,
        proposal=_proposal(cycle, 5),
        grounds="Фонтанды төрт есе кішірейтуге болады: жарық шоуынсыз 150 миллион жетеді.",
        language="kk",
    )
    feasibility.open_second_look(
        by=by, proposal=_proposal(cycle, 5), department=transport, reviewer=second
    )


def hand_out(
    cycle: Cycle,
    numbers: tuple[int, ...],
    department: Organisation,
    reviewer: User,
    by: User,
    received_on: date,
) -> None:
    feasibility.assign_proposals(
        by=by,
        proposals=list(cycle.proposals.filter(number__in=numbers)),
        department=department,
        reviewer=reviewer,
        received_on=received_on,
    )


def _proposal(cycle: Cycle, number: int) -> Proposal:
    return cycle.proposals.get(number=number)


def _check(proposal: Proposal, by: User, exceptions: dict[str, tuple[str, str]]) -> None:
    """All lines say yes but the exceptions."""
    feasibility.save_checks(
        by=by,
        proposal=proposal,
        findings={
            item: feasibility.Finding(*exceptions.get(item.code, ("yes", "")))
            for item in CheckItem.objects.filter(desk__cycle=proposal.cycle)
        },
    )


def _decide_wind_shelter(proposal: Proposal, by: User, on: date) -> None:
    _check(proposal, by, {})
    feasibility.save_estimate(
        by=by,
        proposal=proposal,
        lines=[
            feasibility.Line("Қарағай көшеттері · саженцы сосны", 1200, "дана · шт.", 18_000),
            feasibility.Line("Шыны экрандар · стеклянные экраны", 320, "м", 145_000),
            feasibility.Line("Топырақ пен суару · грунт и полив", 1, "жиынтық · компл.",
                             22_400_000),
        ],
        source="«Астана-Зеленстрой», 2025 жылғы шарттар · договоры 2025 года",
        running_cost=2_600_000,
    )  # fmt: skip
    feasibility.give_verdict(
        by=by,
        proposal=proposal,
        ruling=feasibility.Ruling(
            decision="feasible",
            reasons_kk="Іске асыруға болады: ағаштар мамырға дейін отырғызылуы керек.",
            reasons_ru="Осуществимо: деревья надо посадить до мая.",
            reasons_en="It can be done: the trees have to be planted before May.",
            signed_name=by.display_name,
            signed_post=POST,
        ),
        on=on,
    )


def _ask_about_bus(proposal: Proposal, by: User) -> None:
    feasibility.ask_authors(
        by=by,
        proposal=proposal,
        text="Бөлек жолақ Қабанбай батыр даңғылының қай бөлігінде болуы керек? "
        "Қазіргі үш маршруттың қайсысын қысқартуға болады?",
        language="kk",
    )


def _decide_laboratory(proposal: Proposal, by: User) -> None:
    _check(proposal, by, {"land": ("none", "Зертхана мектеп ғимаратында. · В здании школы.")})
    feasibility.save_estimate(
        by=by,
        proposal=proposal,
        lines=[
            feasibility.Line("Роботтар жиынтығы · наборы роботов", 24, "жиынтық · компл.", 780_000),
            feasibility.Line("3D принтерлер · 3D-принтеры", 6, "дана · шт.", 640_000),
            feasibility.Line("Жөндеу мен жиһаз · ремонт и мебель", 140, "м²", 185_000),
        ],
        source="Мемлекеттік сатып алу порталы, 2026 жылғы баға · портал госзакупок, цены 2026 года",
        running_cost=4_200_000,
    )
    feasibility.give_verdict(
        by=by,
        proposal=proposal,
        ruling=feasibility.Ruling(
            decision="with_changes",
            reasons_kk="Үш мектептің біреуінде ғана бос бөлме бар.",
            reasons_ru="Свободное помещение есть только в одной из трёх школ.",
            reasons_en="Only one of the three schools has a free room.",
            changes_kk="Зертхана № 54 мектепте ашылады, қалған екеуінің балаларын автобус әкеледі.",
            changes_ru="Лаборатория будет в школе № 54, учеников двух других привезёт автобус.",
            signed_name=by.display_name,
            signed_post=POST,
        ),
    )


def _refuse_fountain(proposal: Proposal, by: User) -> None:
    too_much = "900 млн > 600 млн ₸"
    _check(proposal, by, {"within-envelope": ("no", too_much)})
    feasibility.give_verdict(
        by=by,
        proposal=proposal,
        ruling=feasibility.Ruling(
            decision="not_feasible",
            reasons_kk="Іске асыруға болмайды: құны бүкіл қаражаттан асады.",
            reasons_ru="Неосуществимо: стоит больше, чем вся сумма бюджета.",
            reasons_en="It cannot be done: it costs more than the whole budget.",
            signed_name=by.display_name,
            signed_post=POST,
        ),
    )
