"""Needs and offers: suggested, confirmed by the organiser or by both, dismissed, forgotten."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from edp.models import DiscoveryProcess, NeedMatch, Stage
from edp.services.needs import MatchDecided, confirm_match, dismiss_match, suggest_matches
from participation.models import Event, JournalEntry, Territory
from tests.edp.making import make_process
from tests.edp.making_ideas import make_statement

ADDRESS = "/en/edp/zhambyl/needs/"


@pytest.fixture
def process(city: Territory) -> DiscoveryProcess:
    return make_process(city, stage=Stage.DISCOVERY, territory=city)


@pytest.fixture
def match(process: DiscoveryProcess, alice: User, charlie: User) -> NeedMatch:
    """Alice needs what Charlie offers."""
    make_statement(process, "Отвалы фосфогипса никто не покупает", author=alice)
    make_statement(process, "Испытаем вяжущие из фосфогипса", kind="offer", author=charlie)
    make_statement(process, "Зимой не собирают молоко")
    suggest_matches(process=process)
    return NeedMatch.objects.get()


def test_what_is_suggested_once_is_not_suggested_again(
    process: DiscoveryProcess, match: NeedMatch
) -> None:
    assert match.shared_words == ["фосфогипса"]
    dismiss_match(by=match.need.author, match=match)
    assert suggest_matches(process=process) == 0
    assert NeedMatch.objects.get().state == "dismissed"


def test_the_organiser_confirms_alone_and_both_are_told(
    process: DiscoveryProcess, match: NeedMatch, alice: User, bob: User, charlie: User
) -> None:
    confirmed = confirm_match(by=bob, match=match, for_all=True)
    assert (confirmed.state, confirmed.decided_by) == ("confirmed", bob)
    event = Event.objects.get(kind="need_matched")
    told = set(event.deliveries.values_list("recipient", flat=True))
    assert told == {alice.pk, charlie.pk}
    assert "фосфогипс" not in str(event.data)  # words are read when the message is written
    assert JournalEntry.objects.filter(kind="edp.need_matched").exists()
    with pytest.raises(MatchDecided):
        dismiss_match(by=bob, match=match)


def test_two_authors_need_each_other(match: NeedMatch, alice: User, charlie: User) -> None:
    first = confirm_match(by=alice, match=match, for_all=False)
    assert (first.state, first.is_needed, first.is_offered) == ("suggested", True, False)
    again = confirm_match(by=alice, match=match, for_all=False)
    assert again.state == "suggested"
    assert confirm_match(by=charlie, match=match, for_all=False).state == "confirmed"


def test_a_suggestion_is_seen_by_those_who_may_decide(
    match: NeedMatch, alice: User, bob: User
) -> None:
    def seen_by(person: User | None) -> bool:
        client = Client()
        if person:
            client.force_login(person)
        return f"{ADDRESS}{match.pk}/confirm/" in client.get(ADDRESS).content.decode()

    assert (seen_by(None), seen_by(alice), seen_by(bob)) == (False, True, True)


def test_a_match_starts_an_idea(match: NeedMatch, bob: User) -> None:
    client = Client()
    client.force_login(bob)
    client.post(reverse("edp:match-confirm", args=["zhambyl", match.pk]))
    shown = Client().get(ADDRESS).content.decode()
    need, offer = match.need.number, match.offer.number
    assert f"ideas/new/?statement={need}&amp;statement={offer}" in shown


def test_erased_words_leave_the_match_too(match: NeedMatch) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE edp_statement SET text = '', author_id = NULL, erased_at = now(), "
            "translations = '{}' WHERE id = %s",
            [match.need_id],
        )
    match.refresh_from_db()
    assert match.shared_words == []


def test_only_a_need_and_an_offer_of_one_process_match(
    process: DiscoveryProcess, city: Territory, match: NeedMatch
) -> None:
    other = make_process(city, slug="other", stage=Stage.DISCOVERY, territory=city)
    elsewhere = make_statement(other, kind="offer")
    trend = make_statement(process, kind="trend")
    for need, offer in (
        (match.need, elsewhere), (match.offer, match.need), (match.need, trend),
    ):  # fmt: skip
        with pytest.raises(IntegrityError, match="no need and offer"), transaction.atomic():
            NeedMatch.objects.create(need=need, offer=offer, likeness=1)
