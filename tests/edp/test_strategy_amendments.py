"""A strategy that holds is amended by a decision, and expires when its years are over."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from edp.models import Approval, Decision, DiscoveryProcess, Stage, Strategy
from edp.services import strategy as services
from edp.services.decisions import record_decision
from edp.services.strategy.errors import NotItsTurn, PeriodNotOver
from participation.models import Territory
from tests.conftest import as_restore
from tests.edp.making import make_process
from tests.edp.strategies import REASONS, answer_rules, decide, hear_council, make_strategy

HERE = "/en/edp/zhambyl/strategy/"


@pytest.fixture
def strategy(city: Territory, bob: User) -> Strategy:
    """In force, by the services."""
    answer_rules()
    process = make_process(city, stage=Stage.ADOPTION, territory=city)
    strategy = make_strategy(process)
    hear_council(strategy, bob)
    decide(strategy, Decision.Kind.AKIMAT, bob)
    decide(strategy, Decision.Kind.MASLIKHAT, bob)
    set_process(process, stage=Stage.IMPLEMENTATION)
    services.put_in_force(by=bob, strategy=strategy)
    return Strategy.objects.for_display().get(pk=strategy.pk)


def set_process(process: DiscoveryProcess, **fields: Any) -> None:
    with as_restore():
        DiscoveryProcess.objects.filter(pk=process.pk).update(**fields)


def amend(strategy: Strategy, by: User) -> Decision:
    return services.amend_strategy(
        by=by, strategy=strategy, body="Maslikhat", decided_on=date(2026, 11, 3), reasons=REASONS
    )


def test_an_amended_strategy_still_holds_and_is_still_frozen(strategy: Strategy, bob: User) -> None:
    first = amend(strategy, bob)
    second = amend(strategy, bob)
    strategy.refresh_from_db()
    assert strategy.state == strategy.dossier.state == Strategy.State.AMENDED
    assert list(strategy.approvals.values_list("decision", flat=True))[-2:] == [first.pk, second.pk]
    assert strategy in Strategy.objects.in_force()
    assert not strategy.is_open
    body = Client().get(f"{HERE}1/").content.decode()
    assert body.count("On an amendment of the strategy") == 2
    services.start_next_version(by=bob, process=strategy.process)
    assert Client().get(HERE).headers["Location"].endswith("/strategy/1/")


def test_it_expires_when_its_years_are_over(strategy: Strategy, bob: User) -> None:
    with pytest.raises(PeriodNotOver):
        services.expire_strategy(by=bob, strategy=strategy)
    set_process(strategy.process, period_start=2020, period_end=timezone.localdate().year - 1)
    services.expire_strategy(by=bob, strategy=strategy)
    strategy.refresh_from_db()
    assert strategy.state == Strategy.State.EXPIRED
    for act in (
        lambda: services.expire_strategy(by=bob, strategy=strategy),
        lambda: amend(strategy, bob),
    ):
        with pytest.raises(NotItsTurn):
            act()
    assert services.start_next_version(by=bob, process=strategy.process).version == 2


def test_the_database_wants_the_decision_and_one_that_holds(strategy: Strategy, bob: User) -> None:
    # The approval by the maslikhat is no amendment.
    with pytest.raises(IntegrityError, match="no decision amendment"), transaction.atomic():
        Strategy.objects.filter(pk=strategy.pk).update(state="amended")
    decision = record_decision(
        by=bob, process=strategy.process, kind=Decision.Kind.AMENDMENT, body="Maslikhat",
        decided_on=date(2026, 11, 3), reasons=REASONS,
    )  # fmt: skip
    Approval.objects.create(strategy=strategy, decision=decision)
    Strategy.objects.filter(pk=strategy.pk).update(state="amended")
    other = services.start_next_version(by=bob, process=strategy.process)
    with (
        pytest.raises(IntegrityError, match="strategy_one_in_force"),
        as_restore(),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE edp_strategy SET state = 'in_force' WHERE id = %s", [other.pk])


def test_the_desk_leads_to_both(strategy: Strategy, bob: User) -> None:
    client = Client()
    client.force_login(bob)
    desk = client.get(f"{HERE}organise/").content.decode()
    assert f"{HERE}1/edit/amend/" in desk
    assert f"{HERE}1/edit/expire/" not in desk
    words = {
        "body": "Maslikhat", "decided_on": "2026-11-03", "reasons_kk": "Жаңа бап",
        "reasons_ru": "", "form_key": str(uuid4()),
    }  # fmt: skip
    answer = client.post(f"{HERE}1/edit/amend/", words)
    assert answer.status_code == 422
    assert "Жаңа бап" in answer.content.decode()
    words["reasons_ru"] = "Новая статья"
    for _ in range(2):  # sent twice: one act
        assert client.post(f"{HERE}1/edit/amend/", words).status_code == 302
    assert Decision.objects.filter(kind=Decision.Kind.AMENDMENT).count() == 1
    set_process(strategy.process, period_start=2020, period_end=2021)
    assert f"{HERE}1/edit/expire/" in client.get(f"{HERE}organise/").content.decode()
    client.post(f"{HERE}1/edit/expire/", {"form_key": str(uuid4())})
    strategy.refresh_from_db()
    assert strategy.state == Strategy.State.EXPIRED
