"""The public council of Astana: 14 seats of civil society, 7 of the state, from 2025-02-03 on.

Who left and came when is the worked example of tests/councils (composition over dates).
"""

from datetime import date

from accounts.models import Helix, User
from config.demo.people import organisation_named
from councils import phases
from councils.council_rules import RULES_KIND
from councils.models import Convocation, Council, Mandate, Post, Side
from participation.models import Ruleset, Territory
from participation.services import Wording, create_dossier, publish_dossier

BEGINS, ENDS = date(2025, 2, 3), date(2028, 2, 3)
AKIMAT = ("Астана қаласының әкімдігі", "Акимат города Астаны", "Akimat of Astana")
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


def load(*, people: dict[str, User], places: dict[str, Territory]) -> Council:
    languages = ("kk", "ru", "en")
    dossier = create_dossier(
        kind=phases.COUNCIL,
        territory=places["astana"],
        state="sitting",
        path="councils/astana/",
        wordings=[Wording(code, TITLES[n], TASK[n]) for n, code in enumerate(languages)],
    )
    publish_dossier(dossier=dossier)
    rules, _created = Ruleset.objects.get_or_create(
        kind=RULES_KIND, key="local", version=1, defaults={"name": "383-V", "data": {}}
    )
    council = Council.objects.create(
        dossier=dossier,
        slug="astana",
        level=Council.Level.LOCAL,
        supervised_body=organisation_named(AKIMAT, Helix.GOVERNMENT),
        ruleset=rules,
    )
    Convocation.objects.create(council=council, number=1, begins_on=BEGINS, ends_on=ENDS)
    for number in range(1, 22):
        side = Side.CIVIL if number <= 14 else Side.STATE
        post = Post.objects.create(council=council, number=number, side=side, since=BEGINS)
        Mandate.objects.create(
            council=council,
            post=post,
            side=side,
            name=f"C{number}" if number <= 14 else f"S{number - 14}",
            basis=Mandate.Basis.COMPETITION if number <= 14 else Mandate.Basis.EX_OFFICIO,
            act="№ 1",
            since=BEGINS,
        )
    return council
