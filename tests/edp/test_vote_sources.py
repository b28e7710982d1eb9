"""What is put to the vote may come from what somebody said at a meeting."""

from typing import Any
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from accounts.models import User
from edp.models import Consultation, Statement, VoteStatement
from participation.models import Role, Territory
from tests.edp.consulting import make_consultation

ADD = "/en/edp/zhambyl/consultation/1/organise/statements/new/"


def say(consultation: Consultation, number: int, **fields: Any) -> Statement:
    now = timezone.now()
    values = {"text": "Dust", "has_consent": True, "published_at": now, **fields}
    return Statement.objects.create(
        process=consultation.process, number=number, kind="need", channel="hall", language="en",
        said_at=now, **values,
    )  # fmt: skip


def sent(source: str) -> dict[str, str]:
    return {
        "text_kk": "Шаң өлшенсін", "text_ru": "Пыль измерять", "source": source,
        "form_key": str(uuid4()),
    }  # fmt: skip


def organiser_of(consultation: Consultation, bob: User) -> Client:
    Role.objects.create(
        person=bob, kind=Role.Kind.ORGANISER, territory=consultation.dossier.territory,
        valid_from=timezone.now(),
    )  # fmt: skip
    client = Client()
    client.force_login(bob)
    return client


def test_the_list_leads_back_to_the_words(city: Territory, bob: User) -> None:
    consultation = make_consultation(city)
    statement = say(consultation, 7)
    client = organiser_of(consultation, bob)
    assert client.post(ADD, sent("7")).status_code == 302
    assert VoteStatement.objects.get().source == statement
    body = Client().get("/en/edp/zhambyl/consultation/1/statements/").content.decode()
    assert "/en/edp/zhambyl/statements/7/" in body
    vote = client.get("/en/edp/zhambyl/consultation/1/vote/1/").content.decode()
    assert "/en/edp/zhambyl/statements/7/" in vote


def test_words_that_nobody_may_read_are_no_source(city: Territory, bob: User) -> None:
    consultation = make_consultation(city)
    say(consultation, 8, published_at=None)
    client = organiser_of(consultation, bob)
    for number in ("8", "999"):
        answer = client.post(ADD, sent(number))
        assert answer.status_code == 422
        body = answer.content.decode()
        assert "No public statement of this process has this number." in body
        assert "Шаң өлшенсін" in body
    assert not VoteStatement.objects.exists()
