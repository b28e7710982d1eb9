"""Two Delphi panels of Zhambyl: one that has ended as the worked example, one under way."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import Helix, User
from edp.models import DelphiStudy, DiscoveryProcess
from edp.services.delphi.ratings import Answer, rate
from edp.services.delphi.rounds import close_round, open_round
from edp.services.delphi.studies import Saying, begin_study, create_study, invite
from participation.services import Wording

DAY = timedelta(days=1)
HELICES = (Helix.BUSINESS, Helix.ACADEMIA, Helix.GOVERNMENT, Helix.CIVIL_SOCIETY)
SIZE = 11
GYPSUM = (
    "Фосфогипстен құрылыс өнімдері",
    "Строительная продукция из фосфогипса",
    "Building products from phosphogypsum",
)
GYPSUM_SAID = Saying(
    "2030 жылға қарай облыста фосфогипстен гипс пен құрылыс өнімдері шығарылады.",
    "К 2030 году в области будут производить гипс и строительную продукцию из фосфогипса.",
    "Gypsum and building products from phosphogypsum will be produced in the region by 2030.",
)
ROUNDS = [
    [3, 4, 5, 5, 6, 7, 7, 8, 8, 9, 9],
    [5, 6, 6, 7, 7, 7, 7, 8, 8, 8, 9],
    [6, 7, 7, 7, 7, 7, 7, 8, 8, 8, 8],
    [7, 7, 7, 7, 7, 7, 7, 8, 8, 8, 8],
]
# By the place on the panel: what is argued in the first round and in the last.
REASONS = {
    0: "Тасымал құны өнім бағасынан асып кетеді, кемінде Қырғызстан нарығы керек.",
    3: "Сначала нужны нормы на радионуклиды, без них продукцию не купят.",
    7: "Лаборатория уже получила вяжущее марки Г-5, дело за пилотной линией.",
    10: "Шикізат тегін, үйінді үшін төлем өсіп келеді: зауыттың өзі мүдделі.",
}
COLD = (
    "Ауылдағы жел қуатты салқын қоймалар",
    "Сельские холодильники на энергии ветра",
    "Village cold stores on wind power",
)
COLD_SAID = [
    Saying(
        "2031 жылға қарай облыстағы әр ауданда кемінде бір ортақ салқын қойма жұмыс істейді.",
        "К 2031 году в каждом районе области работает хотя бы один общий холодильный склад.",
        "By 2031 at least one shared cold store works in each district of the region.",
    ),
    Saying(
        "Қойма қуатының жартысынан көбі желден алынады.",
        "Больше половины их энергии даёт ветер.",
        "More than half of their energy comes from wind.",
    ),
]
COLD_RATINGS = [
    [6, 7, 7, 8, 5, 7, 8, 9, 6, 7],
    [3, 5, 4, 7, 2, 6, 8, 5, 3, 4],
]


def load(*, process: DiscoveryProcess, people: dict[str, User]) -> None:
    """Citizen and assessor are on the panel that is under way and have the second round to rate."""
    organiser = people["organiser"]
    experts = [
        User.objects.create_user(f"expert{n:02d}@demo.example", None, name="", language="kk")
        for n in range(1, SIZE + 1)
    ]
    study = _study(process, organiser, GYPSUM, [GYPSUM_SAID], experts)
    for ratings in ROUNDS:
        _hold(study, organiser, experts, [ratings])
    panel = [*experts[:8], people["citizen"], people["assessor"]]
    study = _study(process, organiser, COLD, COLD_SAID, panel)
    _hold(study, organiser, panel, COLD_RATINGS)
    open_round(by=organiser, study=study, closes_at=timezone.now() + 9 * DAY)


def _study(
    process: DiscoveryProcess,
    organiser: User,
    title: tuple[str, str, str],
    said: list[Saying],
    panel: list[User],
) -> DelphiStudy:
    study = create_study(
        by=organiser,
        process=process,
        wordings=[
            Wording(language, title[i], origin="official")
            for i, language in enumerate(("kk", "ru", "en"))
        ],
        statements=said,
    )
    for n, person in enumerate(panel):
        invite(by=organiser, study=study, person=person, helix=HELICES[n % len(HELICES)])
    return begin_study(by=organiser, study=study)


def _hold(study: DelphiStudy, organiser: User, panel: list[User], ratings: list[list[int]]) -> None:
    """One round: the first list rates the first statement, in the order of the panel."""
    open_round(by=organiser, study=study, closes_at=timezone.now() + 7 * DAY)
    statements = list(study.statements.all())
    for n, person in enumerate(panel):
        answers = {
            statement: Answer(given[n], REASONS.get(n, ""))
            for statement, given in zip(statements, ratings, strict=True)
        }
        rate(by=person, study=study, answers=answers)
    close_round(by=organiser, study=study)
