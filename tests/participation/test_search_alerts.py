"""Saved searches: what is new is told once, whatever commits late, is killed or runs twice."""

import threading
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.services import erase_person, export_person
from budgeting import phases
from participation.letters import compose
from participation.models import (
    Delivery,
    Dossier,
    DossierText,
    Event,
    Phase,
    SavedSearch,
    SearchAlert,
    SearchNews,
    Territory,
)
from participation.services import Draft, Wording, change_state, create_dossiers, publish_dossier
from participation.services.saved_searches import (
    MOST_SAVED,
    NothingToSave,
    SavedAlready,
    TooManySaved,
    save_search,
)
from participation.services.search_alerts import MOST_SINGLY, alert_saved_searches

Make = Callable[..., list[Dossier]]
NOW = timezone.now()


@pytest.fixture
def parks(city: Territory) -> Make:
    def make(number: int = 1, *, publish: bool = True, title: str = "Park") -> list[Dossier]:
        begin = uuid.uuid4().hex
        return create_dossiers(
            kind=phases.PROPOSAL,
            territory=city,
            state="submitted",
            publish=publish,
            drafts=[
                Draft(f"park/{begin}/{n}/", [Wording("en", f"{title} {n}")])
                for n in range(1, number + 1)
            ],
        )

    return make


def told(person: User) -> list[str]:
    """The numbers of the dossiers of which searches told this person."""
    events = Event.objects.filter(kind="search_alert", deliveries__recipient=person).distinct()
    return sorted(event.dossier.reference for event in events if event.dossier)


@pytest.mark.django_db
def test_what_is_new_is_told_once(parks: Make, alice: User) -> None:
    parks()
    alert_saved_searches()
    save_search(person=alice, name="Parks", query="q=park")
    (new,) = parks()
    parks(title="Road")
    assert [alert_saved_searches(), alert_saved_searches()] == [1, 0]
    assert told(alice) == [new.reference]
    assert not SearchNews.objects.exists()


@pytest.mark.django_db
def test_drafts_are_not_told_until_they_are_public(parks: Make, alice: User) -> None:
    save_search(person=alice, name="Parks", query="q=park")
    (draft,) = parks(publish=False)
    change_state(dossier=draft, state="shortlisted")
    Phase.objects.create(
        dossier=draft, kind=phases.VOTING, opens_at=NOW - timedelta(1), closes_at=NOW + timedelta(1)
    )
    assert alert_saved_searches() == 0
    publish_dossier(dossier=draft)
    assert alert_saved_searches() == 1
    assert told(alice) == [draft.reference]


@pytest.mark.django_db(transaction=True)
def test_what_was_published_before_but_committed_after_a_run_is_told(
    parks: Make, alice: User
) -> None:
    """A mark in time would lose it."""
    save_search(person=alice, name="Parks", query="q=park")
    published, ran = threading.Event(), threading.Event()

    def slowly() -> None:
        try:
            with transaction.atomic():
                parks()
                published.set()
                ran.wait(30)
        finally:
            connections.close_all()

    thread = threading.Thread(target=slowly)
    thread.start()
    published.wait(30)
    parks(title="Another park")
    first = alert_saved_searches()
    ran.set()
    thread.join(60)
    assert (first, alert_saved_searches()) == (1, 1)
    assert len(told(alice)) == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_once(parks: Make, alice: User, bob: User) -> None:
    for person in (alice, bob):
        save_search(person=person, name="Parks", query="q=park")
    dossiers = parks(4)
    # The same thing is news twice: each worker may get one of the two rows.
    SearchNews.objects.bulk_create(
        SearchNews(dossier=dossier, reason="published", due_at=NOW) for dossier in dossiers
    )
    step, counts = threading.Barrier(2), []

    def work() -> None:
        try:
            step.wait(30)
            counts.append(alert_saved_searches())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sum(counts) == SearchAlert.objects.count() == 8
    assert Event.objects.filter(kind="search_alert").count() == 8
    assert told(alice) == told(bob) == sorted(dossier.reference for dossier in dossiers)


@pytest.mark.django_db
def test_a_run_that_fails_tells_again(parks: Make, alice: User, monkeypatch: Any) -> None:
    save_search(person=alice, name="Parks", query="q=park")
    parks()
    from participation.services import search_alerts

    with monkeypatch.context() as patch:
        patch.setattr(search_alerts, "notify", lambda **_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            alert_saved_searches()
    assert not SearchAlert.objects.exists()
    assert alert_saved_searches() == 1


@pytest.mark.django_db
def test_the_database_keeps_an_alert_to_one(parks: Make, alice: User) -> None:
    saved = save_search(person=alice, name="Parks", query="q=park")
    (dossier,) = parks()
    SearchAlert.objects.create(saved_search=saved, dossier=dossier)
    with pytest.raises(IntegrityError), transaction.atomic():
        SearchAlert.objects.create(saved_search=saved, dossier=dossier)


@pytest.mark.django_db
def test_a_state_or_a_phase_that_is_waited_for(parks: Make, alice: User, bob: User) -> None:
    save_search(person=alice, name="Ballot", query="state=budgeting.proposal%3Ashortlisted")
    save_search(person=bob, name="Open", query="phase=now")
    (dossier,) = parks()
    (cycle,) = create_dossiers(
        kind=phases.CYCLE, territory=dossier.territory, state="running", publish=True,
        drafts=[Draft("budget/", [Wording("en", "Budget")])],
    )  # fmt: skip
    opens = timezone.now() + timedelta(hours=1)
    phase = Phase.objects.create(
        dossier=cycle, kind=phases.VOTING, opens_at=opens, closes_at=opens + timedelta(days=1)
    )
    assert alert_saved_searches() == 0
    change_state(dossier=dossier, state="shortlisted")
    phase.opens_at = timezone.now() - timedelta(seconds=1)
    phase.save()
    assert alert_saved_searches() == 2
    assert told(alice) == [dossier.reference]
    assert told(bob) == [cycle.reference]


@pytest.mark.django_db
def test_a_translation_is_news_to_who_reads_that_language(parks: Make, alice: User) -> None:
    (dossier,) = parks()
    alert_saved_searches()
    save_search(person=alice, name="Саябақ", query="q=саябақ")
    DossierText.objects.create(dossier=dossier, language="kk", origin="checked", title="Саябағы")
    assert alert_saved_searches() == 1


@pytest.mark.django_db
def test_many_at_once_are_one_message(parks: Make, alice: User) -> None:
    saved = save_search(person=alice, name="Parks", query="q=park")
    parks(MOST_SINGLY + 1)
    assert alert_saved_searches() == MOST_SINGLY + 1
    event = Event.objects.get(kind="search_alert")
    assert event.data == {
        "search": saved.pk, "number": MOST_SINGLY + 1, "path": f"search/saved/{saved.pk}/",
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, MOST_SINGLY + 1])
def test_the_message_names_the_search_and_leads_there(
    parks: Make, alice: User, number: int
) -> None:
    save_search(person=alice, name="My parks", query="q=park")
    parks(number)
    alert_saved_searches()
    event = Event.objects.get(kind="search_alert")
    assert "parks" not in str(event.data)  # what a person wrote is read when the message is written
    delivery = Delivery(pk=1, event=event, recipient=alice, channel="email")
    mail = compose(delivery)
    assert "My parks" in mail.subject
    assert "/en/search/saved/" in mail.text if number > 1 else "/en/park/" in mail.text


@pytest.mark.django_db
def test_a_thousand_saved_searches_in_one_batch(parks: Make, city: Territory) -> None:
    people = User.objects.bulk_create(
        User(email=f"p{n}@example.org", name=f"P{n}") for n in range(100)
    )
    SavedSearch.objects.bulk_create(
        SavedSearch(person=person, name=f"{n}", query=f"q=park{'' if n else '&place=nowhere'}")
        for person in people
        for n in range(2)
    )
    SavedSearch.objects.bulk_create(
        SavedSearch(person=person, name=f"w{n}", query=f"q=word{n}")
        for person in people
        for n in range(8)
    )
    parks(3)
    assert SavedSearch.objects.count() == 1000
    assert alert_saved_searches() == 300


# --- Saving and undoing -------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_cannot_be_saved(alice: User, bob: User) -> None:
    save_search(person=alice, name="Parks", query="q=park&place=taraz")
    save_search(person=bob, name="Parks", query="q=park&place=taraz")
    for name, query in (("Parks", "q=road"), ("Other", "place=taraz&q=park")):
        with pytest.raises(SavedAlready):
            save_search(person=alice, name=name, query=query)
    for query in ("", "colour=red", "since=never"):
        with pytest.raises(NothingToSave):
            save_search(person=alice, name="Nothing", query=query)
    for number in range(1, MOST_SAVED):
        save_search(person=alice, name=str(number), query=f"q={number}")
    with pytest.raises(TooManySaved):
        save_search(person=alice, name="More", query="q=more")


@pytest.mark.django_db
def test_saving_and_removing_on_the_pages(client: Client, parks: Make, alice: User) -> None:
    parks()
    client.force_login(alice)
    assert "search/save/?query=q%3Dpark" in client.get("/en/search/?q=park").content.decode()
    address = "/en/search/save/?query=q%3Dpark"
    form = client.get(address).context["form"]
    data = {"form_key": str(form["form_key"].value()), "query": form["query"].value()}
    wrong = client.post(address, {**data, "name": ""})
    assert wrong.status_code == 422
    for _ in range(2):  # the same form twice is one act
        answer = client.post(address, {**data, "name": "Parks"})
        assert (answer.status_code, answer["Location"]) == (302, "/en/search/?q=park")
    saved = SavedSearch.objects.get()
    assert "Parks" in client.get("/en/account/").content.decode()
    assert client.get(f"/en/search/saved/{saved.pk}/")["Location"] == "/en/search/?q=park"
    client.force_login(User.objects.create_user("x@example.org", "x"))
    assert client.get(f"/en/search/saved/{saved.pk}/").status_code == 404
    client.post(f"/en/search/saved/{saved.pk}/remove/")
    assert SavedSearch.objects.exists()
    client.force_login(alice)
    for _ in range(2):
        assert client.post(f"/en/search/saved/{saved.pk}/remove/").status_code == 302
    assert not SavedSearch.objects.exists()


@pytest.mark.django_db
def test_saved_searches_are_exported_and_erased(parks: Make, alice: User) -> None:
    save_search(person=alice, name="Parks", query="q=park")
    parks()
    alert_saved_searches()
    assert export_person(person=alice)["saved_searches"][0]["query"] == "q=park"
    erase_person(person=alice)
    assert not SavedSearch.objects.exists()
    assert not SearchAlert.objects.exists()
