"""A decision that moves no stage and sets no condition aside."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from edp.errors import NotAnnounced
from edp.models import Decision, Stage
from edp.services.decisions import publish_decision
from participation.models import JournalEntry, Territory
from tests.edp.making import make_process
from tests.edp.strategies import REASONS

HERE = "/en/edp/zhambyl/organise/decision/"


def words(**changed: Any) -> dict[str, Any]:
    return {
        "body": "Steering group",
        "decided_on": "03.11.2026",
        "reasons_kk": "Зертханадан пікір сұралады",
        "reasons_ru": "Запросить мнение лаборатории",
        "votes_for": "9",
        "votes_against": "1",
        "abstentions": "2",
        "form_key": str(uuid4()),
        **changed,
    }


def test_it_is_public_at_once_and_moves_nothing(city: Territory, bob: User) -> None:
    process = make_process(city, stage=Stage.DISCOVERY, territory=city)
    client = Client()
    client.force_login(bob)
    sent = words()
    for _ in range(2):  # sent twice: one decision
        assert client.post(HERE, sent).status_code == 302
    decision = Decision.objects.get()
    assert (decision.kind, decision.votes_for) == (Decision.Kind.OTHER, 9)
    process.refresh_from_db()
    assert process.stage == Stage.DISCOVERY
    body = Client().get("/en/edp/zhambyl/decisions/").content.decode()
    assert "Запросить мнение лаборатории" in body or "Зертханадан пікір сұралады" in body
    assert JournalEntry.objects.filter(kind="edp.decision_recorded").count() == 1


@pytest.mark.parametrize(
    "wrong", [{"reasons_ru": ""}, {"body": ""}, {"decided_on": "03.11.2099"}, {"votes_for": "-1"}]
)
def test_what_is_lacking_is_said_and_nothing_typed_is_lost(
    city: Territory, bob: User, wrong: dict[str, str]
) -> None:
    make_process(city, stage=Stage.DISCOVERY, territory=city)
    client = Client()
    client.force_login(bob)
    answer = client.post(HERE, words(**wrong))
    assert answer.status_code == 422
    assert "Зертханадан пікір сұралады" in answer.content.decode()
    assert not Decision.objects.exists()


def test_before_the_announcement_nobody_could_read_it(city: Territory, bob: User) -> None:
    process = make_process(city, stage=Stage.DRAFT, territory=city, is_public=False)
    with pytest.raises(NotAnnounced):
        publish_decision(
            by=bob, process=process, body="Group", decided_on=process.dossier.created_at.date(),
            reasons=REASONS,
        )  # fmt: skip
    client = Client()
    client.force_login(bob)
    assert "Announce the process first" in client.get(HERE).content.decode()
