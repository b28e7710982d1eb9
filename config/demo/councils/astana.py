"""The public council of Astana: 14 seats of civil society, 7 of the state, from 2025-02-03 on.

Who left and came when is the worked example of tests/councils (composition over dates). The people
and most organisations are invented.
"""

from datetime import date

from django.utils import timezone

from accounts.models import Affiliation, Helix, Organisation, User
from config.demo.people import Three, organisation_named
from councils.models import Council, InterestDeclaration, Mandate, Post
from councils.services.commissions import form_commission
from councils.services.councils import Outline, publish_council, set_up_council
from councils.services.declarations import declare_interest
from councils.services.mandates import appoint, end_mandate
from participation.models import Role, Territory
from participation.services import Wording

BEGINS, ENDS = date(2025, 2, 3), date(2028, 2, 3)
ACT = "Протокол рабочей группы № 1 от 24.01.2025"
OFFICE_ACT = "Распоряжение акима города Астаны № 12-р от 27.01.2025"
AKIMAT = ("Астана қаласының әкімдігі", "Акимат города Астаны", "Akimat of Astana")
Who = tuple[str, Three, str]
TITLES = (
    "Астана қаласының қоғамдық кеңесі",
    "Общественный совет города Астаны",
    "Public council of Astana",
)
TASK = (
    "Қала әкімдігінің жұмысын қарайды: ашық тыңдау өткізеді, ұсыным береді, жауабын бақылайды.",
    "Следит за работой акимата города: проводит открытые слушания, даёт рекомендации и следит за "
    "ответами.",
    "Looks over the city's akimat: holds open hearings, recommends and follows what is answered.",
)
TRANSPORT = ("Көлік комиссиясы", "Комиссия по транспорту", "Commission on transport")

# C1 … C14: the name, and the organisation in Kazakh, Russian, English with its helix.
CIVIL: list[Who] = [
    ("Бақыт Темірханов", ("«Ашық қала» қоғамдық қоры", "Общественный фонд «Ашық қала»",
     "Ashyq Qala public fund"), Helix.CIVIL_SOCIETY),
    ("Әсел Нұрланқызы", ("Жолаушылар бірлестігі", "Объединение пассажиров",
     "Passengers' union"), Helix.CIVIL_SOCIETY),
    ("Тимур Ахметов", ("«Велоастана» бірлестігі", "Объединение «Велоастана»",
     "VeloAstana association"), Helix.CIVIL_SOCIETY),
    ("Жанар Қуанышева", ("«Қолжетімді орта» мүгедектер қоғамы",
     "Общество людей с инвалидностью «Доступная среда»",
     "Accessible Environment society of people with disabilities"), Helix.CIVIL_SOCIETY),
    ("Сергей Воронов", ("Пәтер иелері қауымдастығы", "Ассоциация собственников квартир",
     "Association of flat owners"), Helix.CIVIL_SOCIETY),
    ("Нұржан Қасенов", ("Астана тасымалдаушылар одағы", "Союз перевозчиков Астаны",
     "Union of carriers of Astana"), Helix.BUSINESS),
    ("Гүлмира Сейітова", ("Көпбалалы аналар одағы", "Союз многодетных матерей",
     "Union of mothers of large families"), Helix.CIVIL_SOCIETY),
    ("Ирина Ли", ("«Таза ауа» экологиялық бірлестігі", "Экологическое объединение «Таза ауа»",
     "Taza Aua environmental association"), Helix.CIVIL_SOCIETY),
    ("Арман Дүйсенбаев", ("Астана студенттер кеңесі", "Студенческий совет Астаны",
     "Student council of Astana"), Helix.CIVIL_SOCIETY),
    ("Рахима Оразбек", ("Қала ардагерлері кеңесі", "Совет ветеранов города",
     "City council of veterans"), Helix.CIVIL_SOCIETY),
    ("Павел Цой", ("Сәулетшілер гильдиясы", "Гильдия архитекторов",
     "Guild of architects"), Helix.CIVIL_SOCIETY),
    ("Динара Мұқашева", ("Есіл қалалық зерттеулер институты", "Институт городских исследований "
     "«Есиль»", "Yesil institute of urban studies"), Helix.ACADEMIA),
    ("Қанат Жүнісов", ("Шағын бизнес палатасы", "Палата малого бизнеса",
     "Chamber of small business"), Helix.BUSINESS),
    ("Мәдина Төлеген", ("«Қауіпсіз жол» қоры", "Фонд «Безопасная дорога»",
     "Safe Road fund"), Helix.CIVIL_SOCIETY),
]  # fmt: skip
LATER: Who = (
    "Ольга Ким", ("«Адал бюджет» қоры", "Фонд «Честный бюджет»", "Honest Budget fund"),
    Helix.CIVIL_SOCIETY,
)  # fmt: skip
STATE = [
    "Айдос Рахимбеков", "Сәкен Ыбыраев", "Лариса Носова", "Дамир Есенов", "Жұлдыз Кәрімова",
    "Виктор Пак", "Самат Біржанов",
]  # fmt: skip
CARRIER = "ТОО «Есиль Автопарк»"


def load(*, people: dict[str, User], places: dict[str, Territory]) -> Council:
    akimat = organisation_named(AKIMAT, Helix.GOVERNMENT)
    _give_roles(people, places["astana"], akimat)
    languages = ("kk", "ru", "en")
    council = set_up_council(
        by=people["secretary"],
        slug="astana",
        outline=Outline(
            territory=places["astana"],
            level=Council.Level.LOCAL,
            supervised_body=akimat,
            wordings=[
                Wording(code, TITLES[n], TASK[n], origin="official")
                for n, code in enumerate(languages)
            ],
            contact="kenes@astana.example, +7 7172 00 00 00",
        ),
        civil_seats=14,
        state_seats=7,
        begins_on=BEGINS,
        ends_on=ENDS,
    )
    council = publish_council(by=people["secretary"], council=council)
    members = _first_members(council, people, akimat)
    _changes(people["secretary"], members)
    kk, ru, en = TRANSPORT
    form_commission(
        by=people["secretary"],
        council=council,
        names={"kk": kk, "ru": ru, "en": en},
        since=date(2025, 2, 20),
        members=[members[code] for code in ("C1", "C2", "C4", "C6", "C14", "S1", "S2")],
    )
    declare_interest(
        by=people["secretary"],
        mandate=members["C6"],
        organisation=CARRIER,
        kind=InterestDeclaration.Kind.SHARE,
        note="15 процентов в уставном капитале перевозчика",
        since=BEGINS,
    )
    return council


def _give_roles(people: dict[str, User], astana: Territory, akimat: Organisation) -> None:
    """The secretary and the officer of the demo work in the capital too."""
    for name, kind, body in (
        ("secretary", Role.Kind.COUNCIL_SECRETARY, None),
        ("officer", Role.Kind.STATE_OFFICER, akimat),
    ):
        Role.objects.create(
            person=people[name],
            kind=kind,
            territory=astana,
            organisation=body,
            valid_from=timezone.now(),
        )
    Affiliation.objects.create(
        person=people["officer"], organisation=akimat, valid_from=timezone.localdate()
    )


def _first_members(
    council: Council, people: dict[str, User], akimat: Organisation
) -> dict[str, Mandate]:
    """C1 … C14 and S1 … S7; the chair and one member have accounts."""
    by, posts = people["secretary"], list(council.posts.order_by("number"))
    accounts = {1: people["chair"], 2: people["member"]}
    found = {}
    for number, who in enumerate(CIVIL, start=1):
        office = Mandate.Office.CHAIR if number == 1 else Mandate.Office.MEMBER
        account = accounts.get(number)
        found[f"C{number}"] = _elect(by, posts[number - 1], who, ACT, BEGINS, account, office)
    for number, name in enumerate(STATE, start=1):
        found[f"S{number}"] = appoint(
            by=by,
            post=posts[13 + number],
            name=name,
            on_behalf_of=akimat,
            basis=Mandate.Basis.EX_OFFICIO,
            act=OFFICE_ACT,
            since=BEGINS,
        )
    return found


def _elect(
    by: User,
    post: Post,
    who: Who,
    act: str,
    since: date,
    person: User | None = None,
    office: str = Mandate.Office.MEMBER,
) -> Mandate:
    name, organisation, helix = who
    return appoint(
        by=by,
        post=post,
        name=name,
        person=person,
        on_behalf_of=organisation_named(organisation, helix),
        basis=Mandate.Basis.COMPETITION,
        act=act,
        since=since,
        office=office,
    )


def _changes(by: User, members: dict[str, Mandate]) -> None:
    """Two resignations made the composition unlawful; a by-election and a recall mended it.

    The second by-election, to seat 9, is told in full: config.demo.councils.selection.
    """
    reasons = Mandate.EndReason
    _end(by, members["C3"], date(2026, 3, 16), reasons.RESIGNATION)
    act = "Протокол рабочей группы № 3 от 17.04.2026"
    members["C15"] = _elect(by, members["C3"].post, LATER, act, date(2026, 4, 20))
    _end(by, members["C9"], date(2026, 5, 4), reasons.RESIGNATION)
    _end(by, members["S5"], date(2026, 6, 1), reasons.RECALL)


def _end(by: User, mandate: Mandate, on: date, reason: str) -> None:
    end_mandate(by=by, mandate=mandate, on=on, reason=reason)
