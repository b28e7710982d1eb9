"""Matters of Astana's council: transport (D-1), a programme, one of its own initiative."""

from accounts.models import User
from councils.models import Council, Docket
from councils.services.dockets import open_docket
from participation.services import Wording

Told = tuple[str, str]
TRANSPORT: dict[str, Told] = {
    "kk": ("Қала көлігі: 312 өтініш",
           "Екі жылда 312 тұрғын автобус, жол және жол жүру ақысы туралы жазды."),
    "ru": ("Городской транспорт: 312 обращений",
           "За два года 312 жителей написали об автобусах, дорогах и плате за проезд."),
    "en": ("City transport: 312 appeals",
           "In two years 312 residents wrote about buses, roads and fares."),
}  # fmt: skip
RAMPS: dict[str, Told] = {
    "kk": ("Емханаларға кедергісіз кіру",
           "Кеңес өз бастамасымен қарайды: қай емханаға арбамен кіру мүмкін емес және неге."),
    "ru": ("Доступ в поликлиники без барьеров",
           "По собственной инициативе: в какие поликлиники не войти на коляске и почему."),
    "en": ("Step-free access to clinics",
           "On its own initiative: which clinics a wheelchair cannot enter, and why."),
}  # fmt: skip
PROGRAMME: dict[str, Told] = {
    "kk": ("2027 жылғы «Қала көлігі» бюджеттік бағдарламасының жобасы",
           "Әкімдік жобаны қарауға жіберді: маршруттар, аялдамалар, субсидиялар."),
    "ru": ("Проект бюджетной программы «Городской транспорт» на 2027 год",
           "Акимат прислал проект на рассмотрение: маршруты, остановки, субсидии."),
    "en": ("Draft budget programme \"City transport\" for 2027",
           "Sent by the akimat for discussion: routes, stops, subsidies."),
}  # fmt: skip


def wordings_of(told: dict[str, Told]) -> list[Wording]:
    return [
        Wording(code, title, summary, origin="official") for code, (title, summary) in told.items()
    ]


def transport(council: Council, *, by: User | None = None) -> Docket:
    """D-1, opened by whichever part of the demo needs it first."""
    first = council.dockets.filter(number=1).first()
    return first or open_docket(
        by=by, council=council, kind=Docket.Kind.COMPLAINTS, wordings=wordings_of(TRANSPORT)
    )


def open_others(council: Council, *, by: User) -> Docket:
    """The matter of its own initiative comes back."""
    open_docket(
        by=by, council=council, kind=Docket.Kind.BUDGET_PROGRAMME, wordings=wordings_of(PROGRAMME)
    )
    return open_docket(
        by=by, council=council, kind=Docket.Kind.OWN_INITIATIVE, wordings=wordings_of(RAMPS)
    )
