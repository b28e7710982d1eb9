"""What all tests share: the three standing people, a small city, a cycle ready to be frozen."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.db import connection
from django.utils import timezone, translation

from accounts.models import User
from budgeting import phases
from budgeting.models import Cycle, Election, Proposal
from budgeting.services.cycles import EnvelopeDraft, PhaseDates, create_cycle, publish_cycle
from budgeting.services.elections import freeze_election
from budgeting.services.feasibility import review_proposal
from budgeting.services.proposals import submit_proposal
from participation.models import Role, Ruleset, Territory
from participation.services import Wording
from participation.services.residences import confirm_residence
from tests.databases import migrated_database

# The same examples in every run of CI, so that a red run can be repeated; new ones everywhere else.
# How long an example takes says how busy the machine is, and no more.
PATIENT = hypothesis.settings(
    deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.register_profile("here", PATIENT)
hypothesis.settings.register_profile("ci", PATIENT, derandomize=True)
hypothesis.settings.load_profile("here")
if os.environ.get("KENES_REQUIRE_SYSTEM_PARTS"):
    hypothesis.settings.load_profile("ci")


@contextmanager
def as_restore() -> Iterator[None]:
    """A superuser's way past the triggers: for emptying tables between tests and for letting the
    clock pass a frozen date, never for what a test is about."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        try:
            yield
        finally:
            cursor.execute("SET session_replication_role = origin")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """The tests' database is a copy of one on which the migrations have run."""
    connection.settings_dict["TEST"]["TEMPLATE"] = migrated_database()


# What Django keeps about models is the same for every test.
EMPTY_TABLES = """
DO $$
DECLARE name regclass; has_rows boolean;
BEGIN
  FOR name IN SELECT oid FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
      AND relname NOT IN ('django_migrations', 'django_content_type', 'auth_permission') LOOP
    EXECUTE format('SELECT EXISTS (SELECT FROM %s)', name) INTO has_rows;
    IF has_rows THEN EXECUTE format('DELETE FROM %s', name); END IF;
  END LOOP;
END $$
"""


@pytest.fixture(autouse=True, scope="session")
def _flush_past_triggers() -> Iterator[None]:
    """Transactional tests end in TRUNCATE, which append-only tables refuse, and which takes most of
    a second where there are hundreds of tables: only those that have rows are emptied.

    For the whole session: the database's own fixture is torn down after those of a test.
    """
    from django.core.management.commands import flush
    from django.db.backends.base.operations import BaseDatabaseOperations

    execute = BaseDatabaseOperations.execute_sql_flush

    def flush_as_restore(self: BaseDatabaseOperations, sql_list: list[str]) -> None:
        execute(
            self,
            [
                "SET session_replication_role = replica",
                EMPTY_TABLES,
                "SET session_replication_role = origin",
            ],
        )

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", flush_as_restore)
        patch.setattr(flush, "emit_post_migrate_signal", lambda *args, **kwargs: None)
        yield


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Services speak the language that is active; pages take theirs from the address."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    settings.BALLOT_KEY_DIR = tmp_path / "ballot-keys"
    settings.REGISTER_KEY_DIR = tmp_path / "register-keys"
    settings.PANEL_KEY_DIR = tmp_path / "panel-keys"
    settings.MEDIA_ROOT = tmp_path / "media"


def make_person(email: str, name: str, **fields: Any) -> User:
    from allauth.account.models import EmailAddress

    person = User.objects.create_user(email, "correct horse battery", name=name, **fields)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def make_city() -> Territory:
    country, _ = Territory.objects.get_or_create(
        slug="kazakhstan",
        defaults={"kind": "country", "name_kk": "Қазақстан", "name_ru": "Казахстан"},
    )
    region, _ = Territory.objects.get_or_create(
        slug="zhambyl",
        defaults={
            "kind": "region",
            "parent": country,
            "name_kk": "Жамбыл облысы",
            "name_ru": "Жамбылская область",
            "name_en": "Zhambyl Region",
        },
    )
    city, _ = Territory.objects.get_or_create(
        slug="taraz",
        defaults={
            "kind": "city",
            "parent": region,
            "name_kk": "Тараз",
            "name_ru": "Тараз",
            "name_en": "Taraz",
        },
    )
    return city


def make_alice(city: Territory) -> User:
    alice = make_person("alice@example.org", "Alice", language="en")
    confirm_residence(by=None, person=alice, territory=city, born_on=date(1990, 5, 1))
    return alice


def make_bob(city: Territory) -> User:
    bob = make_person("bob@example.org", "Bob", language="ru")
    Role.objects.create(
        person=bob, kind=Role.Kind.ORGANISER, territory=city, valid_from=timezone.now()
    )
    return bob


def make_charlie() -> User:
    return make_person("charlie@example.org", "Charlie", language="kk")


@pytest.fixture
def city(db: None) -> Territory:
    return make_city()


@pytest.fixture
def alice(city: Territory) -> User:
    """Lives in the city and may vote."""
    return make_alice(city)


@pytest.fixture
def bob(city: Territory) -> User:
    """Organises the city's budget."""
    return make_bob(city)


@pytest.fixture
def charlie(db: None) -> User:
    """Has an account and nothing to do with any of it."""
    return make_charlie()


RULES = {
    "ballot": "knapsack",
    "min_age": 16,
    "count": {
        "method": "equal-shares",
        "satisfaction": "cost",
        "completion": "add1u",
        "step": "1",
        "ties": ["votes", "list-order"],
    },
}
COSTS = (300, 400, 500, 200)
Make = Callable[..., Any]


def make_open_cycle(
    city: Territory,
    bob: User,
    slug: str = "taraz-2027",
    *,
    rules: dict[str, Any] | None = None,
    costs: tuple[int, ...] = COSTS,
    amount: int = 1000,
) -> Cycle:
    """Public, its vote open by its dates, one short-listed proposal for each cost."""
    now = timezone.now()
    day = timedelta(days=1)
    ruleset = Ruleset.objects.create(
        kind="budgeting.vote", key=slug, name=slug, data=rules or RULES
    )
    cycle = create_cycle(
        by=bob,
        territory=city,
        slug=slug,
        year=2027,
        ruleset=ruleset,
        wordings=[
            Wording("kk", "Тараз бюджеті 2027"),
            Wording("ru", "Бюджет Тараза 2027"),
            Wording("en", "Taraz budget 2027"),
        ],
        envelopes=[EnvelopeDraft(city, amount, "Бүкіл қала", "Весь город", "Whole city")],
        dates=[
            PhaseDates(phases.PROPOSALS, now - 60 * day, now - 40 * day),
            PhaseDates(phases.FEASIBILITY, now - 40 * day, now - 10 * day),
            PhaseDates(phases.VOTING, now - day, now + 6 * day),
            PhaseDates(phases.RESULTS, now + 7 * day, now + 30 * day),
        ],
    )
    publish_cycle(by=bob, cycle=cycle)
    for number, cost in enumerate(costs, start=1):
        proposal = submit_proposal(
            by=None,
            cycle=cycle,
            envelope=cycle.envelopes.get(),
            cost=cost,
            wordings=[
                Wording("kk", f"Жоба {number}", "Қысқаша"),
                Wording("ru", f"Проект {number}", "Кратко"),
                Wording("en", f"Project {number}", "In short"),
            ],
        )
        review_proposal(
            by=bob, proposal=proposal, state=Proposal.State.SHORTLISTED, reasons="Feasible."
        )
    return cycle


@pytest.fixture
def make_cycle(city: Territory, bob: User) -> Make:
    return partial(make_open_cycle, city, bob)


@pytest.fixture
def cycle(make_cycle: Make, alice: User) -> Cycle:
    return make_cycle()


@pytest.fixture
def election(cycle: Cycle, bob: User) -> Election:
    """Frozen, and open by its dates."""
    return freeze_election(by=bob, election=cycle.envelopes.get().election)


def pass_deadline(election: Election) -> Election:
    """Let the clock pass the end of the vote: its dates move into the past."""
    with as_restore():
        past = timezone.now() - timedelta(seconds=1)
        Election.objects.filter(pk=election.pk).update(
            opens_at=past - timedelta(days=7), closes_at=past
        )
    election.refresh_from_db()
    return election
