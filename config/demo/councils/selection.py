"""Selections and draws: the by-election of 2026 in Astana, a citizens' panel on fares drawn from
500 volunteers, a panel that takes volunteers, and the open call of the council in breach.

People and words are invented.
"""

import random
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from config.demo.councils.selection_texts import (
    BY_ELECTION,
    CALL,
    CANDIDATES,
    CRITERIA,
    FARES,
    FEATURES,
    GROUP,
    REFUSED_BECAUSE,
    YARDS,
)
from config.demo.people import Three, organisation_named
from councils.draw_reading import panel_tokens
from councils.models import Council, Draw, Post, SelectionProcess, Side
from councils.services.draws import drawing, lottery, pool
from councils.services.selection import candidates, deciding, planning
from participation.models import Delivery, FanOut, Territory
from participation.services import Wording

SEAT = 9  # of who resigned on 4 May 2026
ACT = "Протокол рабочей группы № 4 от 04.09.2026"
VOLUNTEERS, SEATS = 500, 30
THROWN = "428"
Texts = tuple[Three, Three, Three]


def _at(year: int, month: int, day: int, hour: int = 18) -> datetime:
    return timezone.make_aware(datetime(year, month, day, hour))


def _ago(days: int, hour: int = 12) -> datetime:
    day = timezone.localtime() - timedelta(days=days)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)


def _wordings(texts: Texts) -> list[Wording]:
    titles, summaries, bodies = texts
    return [
        Wording(code, titles[n], summaries[n], bodies[n], origin="official")
        for n, code in enumerate(("kk", "ru", "en"))
    ]


def elect(*, council: Council, people: dict[str, User]) -> None:
    """The by-election that filled seat 9 on 7 September 2026."""
    by = people["secretary"]
    selection = _planned(
        by, council, council.posts.filter(number=SEAT), BY_ELECTION, _at(2026, 8, 3)
    )
    selection = planning.open_call(by=by, selection=selection, at=_at(2026, 7, 6, 9))
    for number, (name, names, helix, statement, language) in enumerate(CANDIDATES):
        candidates.apply(
            selection=selection,
            by=by,
            name=name,
            organisation=organisation_named(names, helix),
            statement=statement,
            language=language,
            contact=f"+7 700 000 00 0{number}",
            at=_at(2026, 7, 20 + number),
        )
    selection = candidates.close_call(by=by, selection=selection, at=_at(2026, 8, 3))
    *admitted, refused = selection.candidacies.order_by("number")
    for candidacy in admitted:
        candidates.screen(by=by, candidacy=candidacy, is_admitted=True)
    candidates.screen(by=by, candidacy=refused, is_admitted=False, reasons=REFUSED_BECAUSE)
    selection = candidates.begin_comparison(by=by, selection=selection)
    _score(by, selection)
    selection = deciding.decide_selection(by=by, selection=selection, at=_at(2026, 8, 28))
    selection = deciding.register_act(by=by, selection=selection, act=ACT, act_on=date(2026, 9, 4))
    deciding.appoint_elected(by=by, selection=selection, since=date(2026, 9, 7))
    _forget_news()


def _planned(
    by: User, council: Council, posts: Any, texts: Texts, closes_at: datetime
) -> SelectionProcess:
    selection = planning.plan_selection(
        by=by,
        council=council,
        kind=SelectionProcess.Kind.BY_ELECTION,
        way=SelectionProcess.Way.SCORING,
        posts=list(posts),
        group_size=len(GROUP),
        closes_at=closes_at,
        wordings=_wordings(texts),
    )
    for number, (name, side, names, helix) in enumerate(GROUP):
        planning.add_group_member(
            by=by,
            selection=selection,
            name=name,
            side=side,
            organisation=organisation_named(names, helix),
            leads=number == 0,
        )
    for (kk, ru, en), most in CRITERIA:
        planning.add_criterion(
            by=by, selection=selection, names={"kk": kk, "ru": ru, "en": en}, most=most
        )
    return planning.form_group(by=by, selection=selection)


def _score(by: User, selection: SelectionProcess) -> None:
    """The third candidate is the best; one member knows the first too well and leaves him out."""
    table = {1: (7, 6, 3), 2: (8, 5, 4), 3: (9, 8, 4)}
    for place, member in enumerate(selection.group.all()):
        for candidacy in selection.candidacies.filter(state="admitted"):
            if place == 1 and candidacy.number == 1:
                continue
            experience, plan, team = table[candidacy.number]
            points = {1: experience - place % 2, 2: plan, 3: min(5, team + place % 3 // 2)}
            deciding.give_scores(
                by=by, member=member, candidacy=candidacy, points=points, at=_at(2026, 8, 25)
            )


def load(*, council: Council, people: dict[str, User], places: dict[str, Territory]) -> None:
    _fares(council, people)
    _forget_news()
    draw = _opened(people["secretary"], council, YARDS, 12, -21)
    pool.enter_volunteers(by=people["secretary"], draw=draw, people=_volunteers(40, 11))


def _opened(by: User, council: Council, texts: Texts, size: int, ends_days_ago: int) -> Draw:
    """Public, with quotas by sex, age and district."""
    draw = pool.prepare_draw(
        by=by,
        council=council,
        wordings=_wordings(texts),
        size=size,
        registers_until=_ago(ends_days_ago, 18),
        replaces_until=_ago(ends_days_ago - 60).date(),
    )
    for code, names, source, values in FEATURES:
        pool.set_feature(
            by=by,
            draw=draw,
            code=code,
            names=names,
            source=source,
            values=[
                pool.Value(value, kk, ru, en, *_bounds(share, size))
                for value, (kk, ru, en), share, _volunteering in values
            ],
        )
    return pool.open_pool(by=by, draw=draw)


def _bounds(share: int, size: int) -> tuple[int, int]:
    """The share (per cent) of the seats, one more or less."""
    seats = round(share * size / 100)
    return max(0, seats - 1), seats + 1


def _volunteers(number: int, seed: int) -> list[pool.Volunteer]:
    chance = random.Random(seed)  # noqa: S311
    return [
        pool.Volunteer(
            f"Волонтёр {n}",
            f"+7 701 {n:07}",
            {
                code: chance.choices(
                    [value[0] for value in values], [value[3] for value in values]
                )[0]
                for code, _names, _source, values in FEATURES
            },
        )
        for n in range(number)
    ]


def _fares(council: Council, people: dict[str, User]) -> None:
    """Frozen, published, thrown with dice in the hall, and one seat filled again."""
    by = people["secretary"]
    draw = _opened(by, council, FARES, SEATS, 24)
    for name, attributes in (
        ("citizen", {"sex": "f", "age": "a30", "district": "esil"}),
        ("business", {"sex": "m", "age": "a45", "district": "almaty"}),
    ):
        pool.volunteer(
            person=people[name], draw=draw, attributes=attributes, has_consent=True, at=_ago(26)
        )
    paper = _volunteers(VOLUNTEERS - 2, 5)
    pool.enter_volunteers(by=by, draw=draw, people=paper, at=_ago(25))
    draw = pool.freeze_pool(by=by, draw=draw, at=_ago(23))
    draw = lottery.announce_randomness(
        by=by,
        draw=draw,
        source=Draw.Source.DICE,
        due_at=_ago(16, 18),
        place="Астана, Оқушылар сарайы, үлкен зал",
        at=_ago(22),
    )
    draw = lottery.publish_lottery(draw=draw, at=_ago(21))
    draw = drawing.draw_panel(by=by, draw=draw, digits=THROWN, at=_ago(16, 18))
    accounts = set(draw.entries.exclude(person=None).values_list("token", flat=True))
    leaves = next(token for token in panel_tokens(draw) if token not in accounts)
    drawing.replace_member(
        by=by,
        draw=draw,
        token=leaves,
        reasons="Панель күндері қалада болмайды / Не будет в городе в дни работы панели",
        at=_ago(12),
    )


def call_for_vacancies(*, people: dict[str, User]) -> None:
    """The council in breach looks for a member of civil society."""
    council = Council.objects.filter(slug="zhambyl").first()
    if council is None:
        return
    held = council.mandates.sitting().values("post")
    vacant: Any = Post.objects.filter(council=council, side=Side.CIVIL).exclude(pk__in=held)
    if not vacant.exists():
        return
    by = people["secretary"]
    closes_at = _ago(-20, 18)
    selection = _planned(by, council, vacant, CALL, closes_at)
    planning.open_call(by=by, selection=selection, at=_ago(2, 9))


def _forget_news() -> None:
    """What was announced long ago is no news of today."""
    kinds = ("selection_opened", "pool_opened", "seat_drawn", "candidacy_decided")
    FanOut.objects.filter(event__kind__in=kinds).delete()
    Delivery.objects.filter(event__kind__in=kinds).delete()
