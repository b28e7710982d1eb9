from collections.abc import Callable
from typing import Any

from accounts.models import User
from edp.models import DiscoveryProcess, GroupMembership, Strategy
from edp.services import strategy as services
from edp.services.follow_up import write_call
from tests.addresses import BUTTON, MISSING, ORGANISERS, SAFE, Page, everyone, only
from tests.edp.making import make_process
from tests.edp.strategies import make_strategy, names

HERE = "writing"
PRESSED = only("organiser", status=302)
INVALID = only("organiser", status=422)


def _key(rows: str) -> Callable[[], int]:
    return lambda: getattr(Strategy.objects.get(process__slug=HERE), rows).first().pk


def _of_process(rows: str) -> Callable[[], int]:
    return lambda: getattr(DiscoveryProcess.objects.get(slug=HERE), rows).first().pk


def _strategy() -> int:
    return Strategy.objects.get(process__slug=HERE).pk


PARENTS: list[tuple[str, Any]] = [
    ("challenge", _strategy),
    ("priority", _key("challenges")),
    ("objective", _key("priorities")),
    ("action", _key("objectives")),
    ("indicator", _key("objectives")),
    ("money", _key("actions")),
    ("risk", _key("actions")),
    ("evaluation", _key("actions")),
]
ROWS: list[tuple[str, Any]] = [
    ("challenge", _key("challenges")),
    ("priority", _key("priorities")),
    ("objective", _key("objectives")),
    ("action", _key("actions")),
    ("indicator", _key("indicators")),
    ("money", _key("money")),
    ("risk", _key("risks")),
]
VERSION = (HERE, 1)
PAGES: list[Page] = [
    Page("edp:strategy-detail", everyone(200), SAFE, ("open",)),
    Page("edp:strategy-detail", everyone(302), SAFE, (HERE,)),
    Page("edp:strategy-detail", MISSING, SAFE, ("draft",)),
    *(
        Page(f"edp:strategy-{name}", everyone(200), SAFE, VERSION)
        for name in ("version", "annexes", "print")
    ),
    *(
        Page(f"edp:strategy-{name}", MISSING, SAFE, (HERE, 2))
        for name in ("version", "annexes", "print")
    ),
    Page("edp:strategy-document", MISSING, SAFE, (*VERSION, "kk")),
    Page("edp:strategy-organise", ORGANISERS, SAFE, ("open",)),
    Page("edp:strategy-organise", ORGANISERS, SAFE, ("draft",)),
    Page("edp:strategy-organise", ORGANISERS, SAFE, (HERE,)),
    Page("edp:strategy-start", ORGANISERS, INVALID, ("open",)),
    Page("edp:strategy-next", BUTTON, PRESSED, (HERE,)),
    *(
        Page(f"edp:strategy-{name}", BUTTON, PRESSED, VERSION)
        for name in ("publish", "submit", "enforce", "expire", "documents")
    ),
    *(
        Page(f"edp:strategy-{name}", ORGANISERS, INVALID, VERSION)
        for name in ("texts", "council", "akimat", "maslikhat", "amend")
    ),
    *(
        Page("edp:strategy-part-add", ORGANISERS, INVALID, (*VERSION, kind, parent))
        for kind, parent in PARENTS
    ),
    *(
        Page("edp:strategy-part-edit", ORGANISERS, INVALID, (*VERSION, kind, row))
        for kind, row in ROWS
    ),
    Page("edp:strategy-part-edit", only(), only(), (*VERSION, "nonsense", 1)),
    Page("edp:strategy-part-edit", only(), only(), (*VERSION, "risk", 999_999)),
    Page("edp:strategy-part", ORGANISERS, SAFE, (*VERSION, "priority", _key("priorities"))),
    Page("edp:strategy-part", ORGANISERS, SAFE, (*VERSION, "action", _key("actions"))),
    Page("edp:strategy-part-move", BUTTON, PRESSED, (*VERSION, "challenge", _key("challenges"))),
    Page("edp:strategy-part-remove", ORGANISERS, PRESSED, (*VERSION, "risk", _key("risks"))),
    Page("edp:strategy-alignment", ORGANISERS, INVALID, (*VERSION, _key("priorities"))),
    Page("edp:plan-list", ORGANISERS, INVALID, (HERE,)),
    Page("edp:plan-objective-add", ORGANISERS, INVALID, (HERE, _of_process("policy_documents"))),
    Page("edp:follow-up-detail", everyone(200), SAFE, (HERE,)),
    Page("edp:follow-up-detail", MISSING, SAFE, ("draft",)),
    Page("edp:follow-up-organise", ORGANISERS, SAFE, (HERE,)),
    Page("edp:indicator-measure", ORGANISERS, INVALID, (HERE, _key("indicators"))),
    Page("edp:measurement-correct", only(), only(), (HERE, 999_999)),
    Page("edp:spending-add", ORGANISERS, INVALID, (HERE, _key("actions"))),
    Page("edp:wheel-fill", only("alice"), only("alice", status=422), (HERE,)),
    Page("edp:call-add", ORGANISERS, INVALID, (HERE,)),
    Page("edp:call-edit", ORGANISERS, INVALID, (HERE, _of_process("calls"))),
    Page("edp:revision-decide", ORGANISERS, INVALID, (HERE,)),
]


def fill(opened: DiscoveryProcess, draft: DiscoveryProcess, people: dict[str, User | None]) -> None:
    city = opened.dossier.territory
    process = make_process(city, slug=HERE, stage="adoption", territory=city)
    strategy = make_strategy(process)
    services.publish_strategy(by=None, strategy=strategy)
    plan = services.write_policy_document(
        by=None, process=process, values={**names("Plan"), "level": "region", "body": "Maslikhat"}
    )
    services.write_policy_objective(by=None, document=plan, values=names("Objective of a plan"))
    write_call(by=None, process=process, values={**names("Call"), "kind": "call"})
    GroupMembership.objects.create(
        process=process, group="steering", person=people["alice"], name="Alice", helix="business",
        since="2026-01-01",
    )  # fmt: skip
