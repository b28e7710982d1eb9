"""Pages of a consultation: few queries, what was typed is kept, whole ways without scripts."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from edp.models import Consultation, PassageComment, StatementVote, VoteStatement
from edp.services import consultation as services
from participation.models import Comment, Role, Territory
from participation.services.answers import publish_answer
from tests.conftest import make_person
from tests.edp.consulting import close, make_consultation, say, version_of, words
from tests.edp.making import make_body
from tests.edp.test_consultation_votes import put, vote_as_in_the_example
from tests.participation.answers import words as answer_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def organiser(city: Territory) -> User:
    person = make_person("organiser@example.org", "Organiser", language="en")
    Role.objects.create(
        person=person,
        kind=Role.Kind.ORGANISER,
        territory=city.parent,
        valid_from=timezone.now(),
    )
    return person


def at(name: str, consultation: Consultation, *more: int) -> str:
    return reverse(f"edp:{name}", args=[consultation.process.slug, consultation.number, *more])


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def key() -> dict[str, Any]:
    return {"form_key": str(uuid4())}


def test_public_pages_ask_few_queries(
    city: Territory, alice: User, bob: User, django_assert_max_num_queries: Any
) -> None:
    consultation = make_consultation(city)
    put(consultation)
    User.objects.filter(pk=alice.pk).update(joined_at=timezone.now() - timedelta(days=9))
    alice.refresh_from_db()
    for number in range(12):
        comment = say(alice, consultation, f"Comment {number}", number=1 + number % 3)
        if number % 2:
            publish_answer(
                by=None, answer_due=comment.answers_due.get(), words=answer_words("rejected")
            )
    version = services.start_version(by=bob, consultation=consultation)
    services.change_passage(
        passage=version.passages.get(number=1), words=words("new", because_of=[comment.pk])
    )
    services.publish_version(by=bob, version=version)
    for name, *more in (
        ("round-detail",), ("round-changes",), ("round-report",), ("passage-detail", 1),
        ("vote-list",), ("round-report-csv",), ("round-report-json",),
    ):  # fmt: skip
        with django_assert_max_num_queries(17):
            response = Client().get(at(name, consultation, *more))
        assert response.status_code == 200, name


def test_a_comment_on_a_passage(city: Territory, alice: User) -> None:
    consultation = make_consultation(city)
    address = at("passage-detail", consultation, 2)
    client = signed_in(alice)
    assert client.post(address, {"text": "", **key()}).status_code == 422
    sent = {"text": "By 2030, please.", "position": "for", **key()}
    response = client.post(address, sent)
    comment = Comment.objects.get()
    assert response["Location"] == f"{address}#comment-{comment.pk}"
    assert client.post(address, sent).status_code == 302
    assert Comment.objects.count() == 1
    row = PassageComment.objects.get()
    assert row.passage is not None
    assert row.passage.number == 2
    page = client.get(address).content.decode()
    assert "By 2030, please." in page
    assert str(consultation.decider) in page


def test_what_was_typed_stays_when_it_closed_meanwhile(city: Territory, alice: User) -> None:
    consultation = make_consultation(city)
    close(consultation)
    address = at("passage-detail", consultation, 1)
    response = signed_in(alice).post(address, {"text": "A late word", **key()})
    assert response.status_code == 422
    assert "A late word" in response.content.decode()
    assert "does not take comments now" in Client().get(address).content.decode()


def test_voting_one_statement_after_the_other(city: Territory, alice: User) -> None:
    consultation = make_consultation(city)
    put(consultation)
    put(consultation)
    client = signed_in(alice)
    for value in ("1", "-1"):
        next_one = client.get(at("vote-next", consultation))["Location"]
        assert client.post(next_one, {"value": "7"}).status_code == 422
        response = client.post(next_one, {"value": value})
        assert response["Location"] == at("vote-next", consultation)
    assert client.get(at("vote-next", consultation))["Location"] == at("vote-list", consultation)
    votes = StatementVote.objects.order_by("statement__number")
    assert list(votes.values_list("value", flat=True)) == [1, -1]


def test_results_are_hidden_until_one_has_voted(city: Territory, alice: User) -> None:
    consultation = make_consultation(city)
    vote_as_in_the_example(consultation)
    address = at("vote-list", consultation)
    client = signed_in(alice)
    assert client.get(address).context.get("results") is None
    statement = consultation.statements.get(number=1)
    services.vote_on_statement(by=alice, statement=statement, value=1)
    shown = client.get(address).context
    assert [row.statement.number for row in shown["results"]] == [1]
    assert shown["map"] is None
    assert Client().get(at("vote-csv", consultation)).status_code == 404
    close(consultation)
    shown = Client().get(address).context
    assert len(shown["results"]) == 4
    assert shown["map"].people == 41
    told = Client().get(at("vote-csv", consultation)).content.decode()
    assert told.startswith("participant,helix,statement,vote")
    assert json.loads(Client().get(at("vote-json", consultation)).content)["voters"] == 41


def test_the_report_filters_and_counts(city: Territory, alice: User) -> None:
    consultation = make_consultation(city)
    yes, no, waiting = (say(alice, consultation, text) for text in ("One", "Two", "Three"))
    for comment, words_of in (
        (yes, answer_words("accepted", change_reference="Passage 1")),
        (no, answer_words("rejected")),
    ):
        publish_answer(by=None, answer_due=comment.answers_due.get(), words=words_of)
    address = at("round-report", consultation)
    figures = Client().get(address).context["figures"]
    assert (figures.received, figures.answers.answered) == (3, 2)
    assert (figures.accepted, figures.rejected, figures.accepted_share) == (1, 1, 50)
    for query, expected in (
        ("disposition=accepted", [yes.pk]),
        ("disposition=waiting", [waiting.pk]),
        ("helix=business", []),
        ("channel=web", [yes.pk, no.pk, waiting.pk]),
        ("channel=nonsense", [yes.pk, no.pk, waiting.pk]),
    ):
        rows = Client().get(f"{address}?{query}").context["rows"]
        assert [item.row.pk for item in rows] == expected, query
    told = json.loads(Client().get(at("round-report-json", consultation)).content)
    assert [row["disposition"] for row in told["comments"]] == ["accepted", "rejected", ""]
    assert "Alice" not in json.dumps(told)


def test_an_organiser_walks_the_whole_way(city: Territory, organiser: User) -> None:
    consultation = make_consultation(city, is_open=False)
    client = signed_in(organiser)
    slug = consultation.process.slug
    created = client.post(
        reverse("edp:consultation-create", args=[slug]),
        {
            "title_kk": "Екінші", "title_ru": "Второй", "summary_kk": "А", "summary_ru": "Б",
            "what_can_change_kk": "А", "what_can_change_ru": "Б", "opens_on": "2030-01-10",
            "closes_on": "2030-03-10", "decider": make_body().pk, **key(),
        },
    )  # fmt: skip
    assert created["Location"] == reverse("edp:round-organise", args=[slug, 2])
    added = client.post(
        at("passage-add", consultation),
        {"heading_kk": "Т", "heading_ru": "З", "text_kk": "М", "text_ru": "Т", **key()},
    )
    assert added.status_code == 302
    wrong = {"heading_kk": "Т", "text_kk": "", "because_of": "x", **key()}
    assert client.post(at("passage-change", consultation, 4), wrong).status_code == 422
    assert client.post(at("passage-remove", consultation, 4)).status_code == 302
    act = at("round-act", consultation)
    client.post(act, {"act": "open", **key()})
    consultation.refresh_from_db()
    assert consultation.state == "open"
    client.post(act, {"act": "start", **key()})
    client.post(act, {"act": "publish", **key()})
    assert version_of(consultation).number == 2
    client.post(act, {"act": "close", **key()})
    consultation.refresh_from_db()
    assert consultation.state == "open"  # its last day has not passed
    assert client.get(at("round-organise", consultation)).status_code == 200


def test_a_letter_is_entered_one_after_the_other(city: Territory, organiser: User) -> None:
    consultation = make_consultation(city)
    client = signed_in(organiser)
    sent = {
        "channel": "letter", "received_on": timezone.localdate().isoformat(), "speaker": "Ж. Ә.",
        "helix": "business", "passage": "2", "text": "Бізге жол керек.", **key(),
    }  # fmt: skip
    response = client.post(at("comment-enter", consultation), sent)
    assert response.status_code == 302
    form = client.get(response["Location"]).context["form"]
    assert (form["channel"].value(), form["helix"].value()) == ("letter", "business")
    row = PassageComment.objects.get()
    assert (row.channel, row.entered_by) == ("letter", organiser)
    late = sent | {"received_on": "2020-01-01", "text": "Kept text", **key()}
    refused = client.post(at("comment-enter", consultation), late)
    assert refused.status_code == 422
    assert "Kept text" in refused.content.decode()


def test_a_proposal_is_decided_on_the_desk(city: Territory, organiser: User, alice: User) -> None:
    consultation = make_consultation(city)
    signed_in(alice).post(at("vote-propose", consultation), {"text": "Fewer forms", **key()})
    statement = VoteStatement.objects.get()
    client = signed_in(organiser)
    address = at("vote-decide", consultation, statement.number)
    accept = {"outcome": "accepted", "text_kk": "", "text_ru": "Меньше", **key()}
    assert client.post(address, accept).status_code == 422
    assert client.post(address, {"outcome": "declined", **key()}).status_code == 422
    assert client.post(address, accept | {"text_kk": "Аз", **key()}).status_code == 302
    statement.refresh_from_db()
    assert statement.state == "accepted"


def test_before_there_is_a_round(city: Territory) -> None:
    consultation = make_consultation(city, is_open=False)
    address = reverse("edp:consultation-detail", args=[consultation.process.slug])
    assert Client().get(address).status_code == 200
    services.open_consultation(by=None, consultation=consultation)
    assert Client().get(address)["Location"] == consultation.get_absolute_url()
