"""Selections and draws at any step, by the services, for tests of the next one."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import User
from councils.models import Candidacy, Council, Draw, GroupMember, Post, SelectionProcess, Side
from councils.randomness import commitment_to
from councils.services.draws import drawing, lottery, pool
from councils.services.selection import candidates, deciding, planning
from participation.services import Wording

State = SelectionProcess.State
ORDER = [State.PLANNED, State.GROUP_FORMED, State.CALL_OPEN, State.SCREENING, State.SELECTION]
CALL = [
    Wording("kk", "Қосымша сайлау", "Кімді іздейміз", "Талаптар"),
    Wording("ru", "Довыборы", "Кого ищем", "Критерии"),
    Wording("en", "By-election", "Whom we look for", "Criteria"),
]
PANEL = [
    Wording("kk", "Азаматтық панель", "Не үшін"),
    Wording("ru", "Гражданская панель", "Зачем"),
    Wording("en", "Citizens' panel", "What for"),
]
SECRETS = ("біріншісі", "второй", "the third")


def vacant_post(council: Council, side: str = Side.CIVIL) -> Post:
    number = council.posts.count() + 1
    return Post.objects.create(
        council=council, number=number, side=side, since=timezone.localdate()
    )


def make_selection(
    council: Council,
    *,
    way: str = "scoring",
    state: str = State.SELECTION,
    group: int = 4,
    of_state: int = 1,
    candidates_: int = 3,
    seats: int = 1,
    judge: User | None = None,
) -> SelectionProcess:
    """With as many candidates as asked for, all admitted where that step is passed.

    Members of the state come first in the group; `judge` has its first seat of civil society.
    """
    now = timezone.now()
    selection = planning.plan_selection(
        by=None,
        council=council,
        kind="by_election",
        way=way,
        posts=[vacant_post(council) for _ in range(seats)],
        group_size=group,
        closes_at=now + timedelta(days=7),
        wordings=CALL,
    )
    for number in range(1, group + 1):
        planning.add_group_member(
            by=None,
            selection=selection,
            name=f"G{number}",
            side=Side.STATE if number <= of_state else Side.CIVIL,
            person=judge if number == of_state + 1 else None,
            leads=number == group,
        )
    for name, most in (("Experience", 10), ("Plan", 5)):
        names = {"kk": name, "ru": name, "en": name}
        planning.add_criterion(by=None, selection=selection, names=names, most=most)
    steps = ORDER[: ORDER.index(State(state)) + 1]
    if State.GROUP_FORMED in steps:
        selection = planning.form_group(by=None, selection=selection)
    if State.CALL_OPEN in steps:
        selection = planning.open_call(by=None, selection=selection)
        for number in range(1, candidates_ + 1):
            candidates.apply(
                selection=selection, name=f"K{number}", statement="Because.", language="en"
            )
    if State.SCREENING in steps:
        selection = candidates.close_call(by=None, selection=selection, at=now + timedelta(days=8))
    if State.SELECTION in steps:
        for candidacy in selection.candidacies.all():
            candidates.screen(by=None, candidacy=candidacy, is_admitted=True)
        selection = candidates.begin_comparison(by=None, selection=selection)
    return selection


def score(member: GroupMember, candidacy: Candidacy, *points: int | None, by: Any = None) -> None:
    given = dict(enumerate(points, start=1))
    deciding.give_scores(by=by, member=member, candidacy=candidacy, points=given)


def judge(selection: SelectionProcess, table: dict[str, tuple[int | None, ...]]) -> None:
    """The same points from every member of the group, by the name of the candidate."""
    for candidacy in selection.candidacies.all():
        for member in selection.group.all():
            score(member, candidacy, *table[candidacy.name])


def decided(selection: SelectionProcess) -> SelectionProcess:
    judge(selection, {"K1": (5, 2), "K2": (9, 4), "K3": (7, 3)})
    return deciding.decide_selection(by=None, selection=selection)


def make_draw(
    council: Council,
    *,
    state: str = Draw.State.DRAFT,
    source: str = "dice",
    size: int = 4,
    people: int = 20,
) -> Draw:
    """Of a small pool, half women and half men, taken to the step that is asked for."""
    draw = pool.prepare_draw(
        by=None,
        council=council,
        wordings=PANEL,
        size=size,
        registers_until=timezone.now() + timedelta(days=7),
    )
    half = size // 2
    pool.set_feature(
        by=None,
        draw=draw,
        code="sex",
        names=("Жынысы", "Пол", "Sex"),
        values=[
            pool.Value("f", "әйел", "женщина", "woman", half, half),
            pool.Value("m", "ер", "мужчина", "man", half, half),
        ],
        source="Census 2021",
    )
    draw = pool.open_pool(by=None, draw=draw)
    pool.enter_volunteers(
        by=None,
        draw=draw,
        people=[pool.Volunteer(f"V{n}", "8 700", {"sex": "fm"[n % 2]}) for n in range(people)],
    )
    return take_to(draw, state, source)


def take_to(draw: Draw, state: str, source: str = "dice") -> Draw:
    """On from an open pool; the random number comes to be in a moment that has passed."""
    now = timezone.now()
    if state == Draw.State.DRAFT:
        return draw
    draw = pool.freeze_pool(by=None, draw=draw, at=now - timedelta(hours=3))
    if state == Draw.State.FROZEN:
        return draw
    draw = lottery.announce_randomness(
        by=None,
        draw=draw,
        source=source,
        due_at=now - timedelta(hours=1),
        at=now - timedelta(hours=3),
    )
    if source == "reveal":
        for number, secret in enumerate(SECRETS):
            lottery.commit_to_secret(
                by=None,
                draw=draw,
                party=f"P{number}",
                sha256=commitment_to(secret),
                envelope_sha256=commitment_to(f"sealed {secret}"),
            )
    draw = lottery.publish_lottery(draw=draw, at=now - timedelta(hours=2))
    if state == Draw.State.PUBLISHED:
        return draw
    if source == "reveal":
        for commitment, secret in zip(draw.commitments.all(), SECRETS, strict=True):
            drawing.reveal_secret(by=None, commitment=commitment, secret=secret)
    return drawing.draw_panel(by=None, draw=draw, digits="319" if source == "dice" else "")


def volunteer(draw: Draw, person: User, sex: str = "f") -> Any:
    return pool.volunteer(person=person, draw=draw, attributes={"sex": sex}, has_consent=True)
