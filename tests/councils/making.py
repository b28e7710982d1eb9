"""A council with members, for tests of what it does and not of how it came to be."""

from datetime import date
from typing import Any

from accounts.models import User
from councils import phases
from councils.council_rules import RULES_KIND
from councils.models import Convocation, Council, Mandate, Post, Side
from participation.models import Ruleset, Territory
from participation.services import Wording, create_dossier, publish_dossier
from tests.participation.answers import make_body

TERM = (date(2025, 2, 3), date(2028, 2, 3))


def make_rules(**data: Any) -> Ruleset:
    version = Ruleset.objects.filter(kind=RULES_KIND, key="test").count() + 1
    return Ruleset.objects.create(
        kind=RULES_KIND, key="test", version=version, name="Test", data=data
    )


def make_council(
    territory: Territory,
    *,
    slug: str = "astana",
    civil: int = 2,
    state: int = 1,
    is_public: bool = True,
    rules: dict[str, Any] | None = None,
    term: tuple[date, date] = TERM,
) -> Council:
    """Sitting for its whole term: seats and members of both sides, nobody of them with an account.

    Names are C1, C2, … and S1, S2, …; the first of civil society chairs.
    """
    dossier = create_dossier(
        kind=phases.COUNCIL,
        territory=territory,
        state="sitting",
        path=f"councils/{slug}/",
        wordings=[
            Wording("kk", "Қоғамдық кеңес", "Не үшін"),
            Wording("ru", "Общественный совет", "Зачем"),
            Wording("en", "Public council", "What for"),
        ],
    )
    if is_public:
        publish_dossier(dossier=dossier)
    council = Council.objects.create(
        dossier=dossier,
        slug=slug,
        level=Council.Level.LOCAL,
        supervised_body=make_body(),
        ruleset=make_rules(**(rules or {})),
    )
    Convocation.objects.create(council=council, number=1, begins_on=term[0], ends_on=term[1])
    for side, number in ((Side.CIVIL, civil), (Side.STATE, state)):
        for _ in range(number):
            add_member(council, side=side, since=term[0])
    return council


def add_member(
    council: Council,
    *,
    side: str = Side.CIVIL,
    since: date = TERM[0],
    person: User | None = None,
    office: str | None = None,
) -> Mandate:
    """On a new seat, past the services."""
    number = council.posts.count() + 1
    of_side = council.posts.filter(side=side).count() + 1
    post = Post.objects.create(council=council, number=number, side=side, since=since)
    chairs = side == Side.CIVIL and of_side == 1
    return Mandate.objects.create(
        council=council,
        post=post,
        side=side,
        person=person,
        name=f"{side[0].upper()}{of_side}",
        office=office or (Mandate.Office.CHAIR if chairs else Mandate.Office.MEMBER),
        basis=Mandate.Basis.COMPETITION,
        act="№ 1",
        since=since,
    )
