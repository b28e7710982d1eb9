"""Astana 2027: proposals are taken now. One in every state that a proposal may be in by then."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from budgeting import phases
from budgeting.models import Category, Cycle, Proposal
from budgeting.services.cycles import EnvelopeDraft, PhaseDates, create_cycle, publish_cycle
from budgeting.services.proposals import (
    CostRange,
    Paper,
    Project,
    answer_invitation,
    ask_merge,
    edit_proposal,
    enter_paper_proposal,
    invite_coauthor,
    merge_proposals,
    save_unit_cost,
    submit_proposal,
    withdraw_proposal,
    write_note,
)
from config.demo.budgets.making import DAY, MILLION, evening_of, wordings_of
from config.demo.budgets.projects import Three
from participation.models import (
    Delivery,
    Dossier,
    Event,
    FanOut,
    Follow,
    Ruleset,
    Support,
    Territory,
)
from participation.services import Wording

DISTRICT_MONEY, CITY_MONEY = 120, 400  # million tenge


@dataclass(frozen=True)
class Demo:
    """`cost` in million tenge; `backers` is a number of residents."""

    title: Three
    summary: Three
    category: str
    author: str
    cost: int
    district: str = ""
    place: str = ""
    point: tuple[float, float] | tuple[()] = field(default=())
    backers: int = 0


PROPOSALS = [
    Demo(
        ("Тұлпар көшесіндегі мектеп жолын жарықтандыру", "Осветить дорогу к школе на улице Тулпар",
         "Light the way to school on Tulpar street"),
        ("Қыста сабақ қараңғыда басталады: қырық шам мен екі өткел жолды қауіпсіз етеді.",
         "Зимой уроки начинаются затемно: сорок фонарей и два перехода сделают путь безопасным.",
         "In winter school begins in the dark: forty lights and two crossings make the way safe."),
        "light", "citizen", 38, "astana-saryarka", "Тұлпар көшесі, 14–38 үй", (51.19, 71.39), 31,
    ),
    Demo(
        ("Мектепке барар жолға шамдар", "Фонари по дороге в школу", "Lights on the way to school"),
        ("Тұлпар көшесінде шам жоқ, балалар телефон жарығымен жүреді.",
         "На улице Тулпар нет фонарей, дети идут с телефоном вместо фонарика.",
         "There are no lights on Tulpar street; children walk by the light of a telephone."),
        "light", "member", 30, "astana-saryarka", "Тұлпар көшесі", (51.191, 71.392), 12,
    ),
    Demo(
        ("Есіл жағасындағы ит серуендететін алаң", "Площадка для выгула собак у Есиля",
         "A place to walk dogs by the Esil"),
        ("Қоршалған алаң, су және қоқыс жәшіктері: иттер балалар алаңына кірмейді.",
         "Огороженная площадка, вода и урны: собаки не забегают на детские площадки.",
         "A fenced place with water and bins, so that dogs stay out of playgrounds."),
        "green", "business", 22, "astana-esil", "Жағалау саябағы", (51.13, 71.43), 9,
    ),
    Demo(
        ("Байқоңырдағы ашық мұз айдыны", "Открытый каток в Байконыре",
         "An open ice rink in Baikonyr"),
        ("Тегін айдын, жылытылатын бөлме және балаларға коньки жалға беру.",
         "Бесплатный каток, тёплая раздевалка и прокат детских коньков.",
         "A free rink, a warm changing room and skates for children to rent."),
        "sport", "assessor", 64, "astana-baikonyr", "", (51.18, 71.47), 44,
    ),
    Demo(
        ("Аялдамаларға қыста жылу, жазда көлеңке", "Тепло зимой и тень летом на остановках",
         "Warmth in winter and shade in summer at bus stops"),
        ("Қаланың жиырма аялдамасына инфрақызыл жылытқыш пен шымылдық.",
         "Инфракрасные обогреватели и навесы на двадцати остановках города.",
         "Infrared heaters and awnings at twenty stops of the city."),
        "transport", "analyst", 180, "", "20 аялдама · 20 остановок", (), 58,
    ),
    Demo(
        ("Нұрадағы қауымдық бақша", "Общественный огород в Нуре", "A community garden in Nura"),
        ("Көп пәтерлі үйлер арасында елу телім, құрал-жабдық және су.",
         "Пятьдесят грядок между домами, инвентарь и вода.",
         "Fifty plots between the houses, with tools and water."),
        "green", "chair", 17, "astana-nura", "", (51.11, 71.37), 6,
    ),
]  # fmt: skip
LIGHTS, NEIGHBOURS, DOGS, RINK, STOPS, GARDEN = range(6)

COSTS = [
    ("light", ("Кабелі бар бір көше шамы", "Один уличный фонарь с кабелем",
               "One street light with its cable"), 420_000, 650_000),
    ("transport", ("Көтеріңкі жаяу өткел", "Приподнятый пешеходный переход",
                   "A raised crossing"), 2_800_000, 4_500_000),
    ("sport", ("Жасанды жабыны бар алаңның 100 м²", "100 м² площадки с покрытием",
               "100 m² of a surfaced court"), 1_900_000, 3_200_000),
    ("green", ("Күтімімен бірге бір ағаш", "Одно дерево с уходом на три года",
               "One tree with care for three years"), 45_000, 90_000),
    ("school", ("Шағын балалар алаңы", "Малая детская площадка", "A small playground"),
     9_000_000, 16_000_000),
]  # fmt: skip
SOURCE = "Демо мәндері, 2026 · Демонстрационные значения, 2026 · Demo values, 2026"


def create_astana_2027(
    *,
    people: dict[str, User],
    residents: list[User],
    places: dict[str, Territory],
    ruleset: Ruleset,
    categories: dict[str, Category],
) -> Cycle:
    organiser = people["organiser"]
    cycle = _cycle(organiser, places, ruleset)
    _usual_costs(organiser, cycle, categories)
    proposals = [_propose(cycle, demo, people, places, categories) for demo in PROPOSALS]
    for proposal, demo in zip(proposals, PROPOSALS, strict=True):
        _back(proposal.dossier, residents[: demo.backers])
    _shape(proposals, people)
    _on_paper(organiser, cycle, places, categories)
    # What is in the demo from the start is no news to anybody.
    news = Event.objects.filter(
        dossier__in=[proposal.dossier_id for proposal in cycle.proposals.all()]
    )
    FanOut.objects.filter(event__in=news).delete()
    Delivery.objects.filter(event__in=news).exclude(
        event__kind__in=["coauthor_invited", "merge_asked"]
    ).delete()
    return cycle


def _cycle(organiser: User, places: dict[str, Territory], ruleset: Ruleset) -> Cycle:
    now = evening_of(timezone.now())
    cycle = create_cycle(
        by=organiser,
        territory=places["astana"],
        slug="astana-2027",
        year=2027,
        ruleset=ruleset,
        wordings=wordings_of(
            ("Астана бюджеті 2027", "Бюджет Астаны 2027", "Astana budget 2027"),
            (
                "Ұсыныстар қазір қабылданады: не керегін, қайда және шамамен қанша тұратынын "
                "жазыңыз.",
                "Предложения принимаются сейчас: напишите, что нужно, где и сколько примерно "
                "стоит.",
                "Proposals are taken now: say what is needed, where, and about how much it costs.",
            ),
        ),
        envelopes=[
            EnvelopeDraft(
                places["astana"], CITY_MONEY * MILLION, "Бүкіл қала", "Весь город", "Whole city"
            ),
            EnvelopeDraft(
                places["astana-saryarka"], DISTRICT_MONEY * MILLION,
                "Сарыарқа ауданы", "Район Сарыарка", "Saryarka district",
            ),
        ],
        dates=[
            PhaseDates(phases.PROPOSALS, now - 20 * DAY, now + 25 * DAY),
            PhaseDates(phases.FEASIBILITY, now + 25 * DAY, now + 90 * DAY),
            PhaseDates(phases.VOTING, now + 100 * DAY, now + 115 * DAY),
            PhaseDates(phases.RESULTS, now + 117 * DAY, now + 150 * DAY),
            PhaseDates(phases.WORKS, now + 150 * DAY, now + 500 * DAY),
        ],
    )  # fmt: skip
    publish_cycle(by=organiser, cycle=cycle)
    return cycle


def _usual_costs(organiser: User, cycle: Cycle, categories: dict[str, Category]) -> None:
    for slug, (kk, ru, en), lowest, highest in COSTS:
        values = CostRange(categories[slug], kk, ru, en, lowest, highest, SOURCE)
        save_unit_cost(by=organiser, cycle=cycle, values=values, row=None)


def _propose(
    cycle: Cycle,
    demo: Demo,
    people: dict[str, User],
    places: dict[str, Territory],
    categories: dict[str, Category],
) -> Proposal:
    latitude, longitude = demo.point or (None, None)
    own_money = cycle.envelopes.filter(territory__slug=demo.district or "astana").first()
    return submit_proposal(
        by=people[demo.author],
        cycle=cycle,
        envelope=own_money or cycle.envelopes.get(number=1),
        wordings=wordings_of(demo.title, demo.summary),
        cost=demo.cost * MILLION,
        category=categories[demo.category],
        place=demo.place,
        district=places[demo.district] if demo.district else None,
        latitude=latitude,
        longitude=longitude,
    )


def _back(dossier: Dossier, residents: list[User]) -> None:
    Support.objects.bulk_create(Support(person=person, dossier=dossier) for person in residents)
    Follow.objects.bulk_create(Follow(person=person, dossier=dossier) for person in residents[:3])


def _shape(proposals: list[Proposal], people: dict[str, User]) -> None:
    today = timezone.localdate()
    lights, citizen, organiser = proposals[LIGHTS], people["citizen"], people["organiser"]
    invite_coauthor(by=citizen, proposal=lights, email=people["assessor"].email)
    answer_invitation(by=people["assessor"], proposal=lights, is_accepted=True)
    invite_coauthor(by=citizen, proposal=lights, email=people["business"].email)
    merge_proposals(
        by=organiser,
        proposal=proposals[NEIGHBOURS],
        into=lights,
        reason="Екі ұсыныс бір көше туралы.\n\nОба предложения об одной улице.",
    )
    rink = proposals[RINK]
    write_note(
        by=organiser,
        proposal=rink,
        happened_on=today - timedelta(days=6),
        text="Кездесуде тұрғындар айдынды жазда баскетбол алаңы ету керек деп келісті.",
        language="kk",
        by_organiser=True,
    )
    edit_proposal(
        by=people["assessor"],
        proposal=rink,
        wording=Wording(
            "kk",
            "Байқоңырдағы мұз айдыны, жазда — баскетбол алаңы",
            "Қыста тегін айдын мен жылы бөлме, жазда баскетбол алаңы.",
        ),
        project=Project(
            cost=71 * MILLION,
            category=rink.category,
            district=rink.district,
            latitude=rink.latitude,
            longitude=rink.longitude,
        ),
        note="Кездесуден кейін: жазғы алаң қосылды",
    )
    ask_merge(
        by=people["business"],
        proposal=proposals[DOGS],
        into=proposals[GARDEN],
        reason="Екеуі де ауладағы жасыл орын туралы, бірге жоспарлаған дұрыс.",
    )
    withdrawn = submit_proposal(
        by=people["analyst"],
        cycle=rink.cycle,
        envelope=rink.cycle.envelopes.get(number=1),
        wordings=[Wording("ru", "Навес у поликлиники", "Чтобы ждать автобус не под снегом.")],
        cost=6 * MILLION,
        category=rink.category,
    )
    withdraw_proposal(
        by=people["analyst"], proposal=withdrawn, reason="Навес уже строят за счёт города."
    )


def _on_paper(
    organiser: User,
    cycle: Cycle,
    places: dict[str, Territory],
    categories: dict[str, Category],
) -> None:
    enter_paper_proposal(
        by=organiser,
        cycle=cycle,
        envelope=cycle.envelopes.get(number=1),
        wording=Wording(
            "kk",
            "Қарттар үйінің ауласына орындықтар мен гүлзар",
            "Он орындық, екі гүлзар және арбаға қолайлы жол.",
        ),
        project=Project(
            cost=5 * MILLION, category=categories["health"], district=places["astana-almaty"]
        ),
        paper=Paper("AST-0017", "Күләш апа (демо)", timezone.localdate() - timedelta(days=3)),
    )
