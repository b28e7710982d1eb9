"""Who follows a thing, its place or a place above hears of it, once, and others do not."""

from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Helix, Organisation, User
from accounts.services import erase_person, export_person
from participation.models import Delivery, Event, FanOut, Follow, Preference, Reach, Role, Territory
from participation.services import fan_out as fanning
from participation.services import follow, notify, notify_followers, unfollow
from participation.services.fan_out import fan_out_waiting
from participation.services.following import NotPublicYet, follows
from tests.budgeting.ballot_box import at_once, errors_in
from tests.conftest import make_person
from tests.participation.telling import make_kind


@pytest.fixture(autouse=True)
def _kind(monkeypatch) -> None:
    make_kind(monkeypatch)


@pytest.fixture
def dossier(cycle):
    fan_out_waiting()  # the verdicts on the cycle's proposals
    FanOut.objects.all().delete()
    Event.objects.all().delete()
    return cycle.dossier


def told(event: Event, channel: str = "site") -> list[User]:
    rows = event.deliveries.filter(channel=channel).select_related("recipient")
    return [row.recipient for row in rows.order_by("recipient")]


def tell(dossier, **fields) -> Event:
    event = notify_followers(kind="ballot_cast", dossier=dossier, **fields)
    fan_out_waiting()
    return event


@pytest.mark.django_db
def test_following_twice_is_following_once(alice, dossier) -> None:
    follow(person=alice, dossier=dossier)
    follow(person=alice, dossier=dossier)
    assert Follow.objects.count() == 1
    assert follows(alice, dossier)
    unfollow(person=alice, dossier=dossier)
    unfollow(person=alice, dossier=dossier)
    assert not Follow.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_following_from_many_machines_at_once_is_one_row(alice, dossier) -> None:
    results = at_once(*[partial(follow, person=alice, dossier=dossier)] * 4)
    assert not errors_in(results)
    assert Follow.objects.count() == 1


@pytest.mark.django_db
def test_the_database_knows_one_follow_of_one_thing(alice, dossier, city) -> None:
    Follow.objects.create(person=alice, dossier=dossier)
    for things in ({"dossier": dossier}, {}, {"dossier": dossier, "territory": city}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Follow.objects.create(person=alice, **things)


@pytest.mark.django_db
def test_a_draft_cannot_be_followed(alice, dossier) -> None:
    dossier.published_at = None
    with pytest.raises(NotPublicYet):
        follow(person=alice, dossier=dossier)
    with pytest.raises(TypeError):
        follow(person=alice)


@pytest.mark.django_db
def test_followers_of_the_thing_its_place_and_those_above_are_told_once(
    alice, bob, charlie, dossier, city
) -> None:
    other = Territory.objects.create(slug="x", kind="city", name_kk="X", name_ru="X")
    region_fan, stranger = (make_person(f"{n}@example.org", n) for n in ("region", "stranger"))
    follow(person=alice, dossier=dossier)
    follow(person=alice, territory=city)
    follow(person=charlie, territory=city)
    follow(person=region_fan, territory=city.parent)
    follow(person=stranger, territory=other)
    follow(person=bob, dossier=dossier)
    event = tell(dossier, actor=bob)
    assert told(event) == sorted([alice, charlie, region_fan], key=lambda p: p.pk)
    assert told(event, "email") == told(event)
    assert not fan_out_waiting()
    assert event.deliveries.count() == 6


@pytest.mark.django_db
def test_a_small_matter_is_for_followers_of_the_thing_alone(
    alice, charlie, dossier, city, monkeypatch
) -> None:
    make_kind(monkeypatch, tells_area=False)
    follow(person=alice, dossier=dossier)
    follow(person=charlie, territory=city)
    assert told(tell(dossier)) == [alice]


@pytest.mark.django_db
def test_nobody_hears_of_a_draft_but_who_works_on_it(alice, bob, charlie, dossier, city) -> None:
    follow(person=alice, dossier=dossier)
    follow(person=charlie, territory=city)
    dossier.published_at = None
    dossier.save(update_fields=["published_at"])
    assert told(tell(dossier, roles=[Role.Kind.ORGANISER])) == [bob]


@pytest.mark.django_db
def test_those_involved_and_role_holders_are_told_and_the_actor_never(
    alice, bob, charlie, dossier, city
) -> None:
    past = make_person("past@example.org", "Past")
    held = Role.objects.create(
        person=past, kind=Role.Kind.ORGANISER, territory=city, valid_from=timezone.now()
    )
    Role.objects.filter(pk=held.pk).update(
        valid_from="2020-01-01T00:00Z", valid_to="2021-01-01T00:00Z"
    )
    event = tell(dossier, actor=charlie, also=[alice, charlie], roles=[Role.Kind.ORGANISER])
    assert told(event) == sorted([alice, bob], key=lambda p: p.pk)


@pytest.mark.django_db
def test_followers_of_an_organisation_are_told(alice, charlie, dossier) -> None:
    akimat = Organisation.objects.create(name_kk="Ә", name_ru="А", helix=Helix.GOVERNMENT)
    follow(person=alice, organisation=akimat)
    assert told(tell(dossier, organisation=akimat)) == [alice]
    assert told(tell(dossier)) == []


@pytest.mark.django_db
def test_telling_costs_the_same_however_many_follow(
    dossier, django_assert_max_num_queries, monkeypatch
) -> None:
    monkeypatch.setattr(fanning, "BATCH", 10)
    people = User.objects.bulk_create(User(email=f"p{n}@example.org") for n in range(35))
    Follow.objects.bulk_create(Follow(person=person, dossier=dossier) for person in people)
    with django_assert_max_num_queries(4):
        event = notify_followers(kind="ballot_cast", dossier=dossier)
    assert not event.deliveries.exists()
    fan_out_waiting()
    fan_out = FanOut.objects.get()
    assert (fan_out.state, fan_out.people) == (FanOut.State.DONE, 35)
    assert len(told(event)) == len(told(event, "email")) == 35


@pytest.mark.django_db(transaction=True)
def test_workers_that_fan_out_at_once_double_nothing(dossier, monkeypatch) -> None:
    monkeypatch.setattr(fanning, "BATCH", 7)
    people = User.objects.bulk_create(User(email=f"p{n}@example.org") for n in range(60))
    Follow.objects.bulk_create(Follow(person=person, dossier=dossier) for person in people)
    events = [notify_followers(kind="ballot_cast", dossier=dossier) for _ in range(3)]
    results = at_once(*[fan_out_waiting] * 3)
    assert not errors_in(results)
    fan_out_waiting()
    assert sum(results) <= 3 * 60 * 2
    for event in events:
        assert len(told(event)) == len(told(event, "email")) == 60
        assert FanOut.objects.get(event=event).people == 60


@pytest.mark.django_db(transaction=True)
def test_a_fan_out_that_dies_half_way_doubles_nothing(dossier, monkeypatch) -> None:
    monkeypatch.setattr(fanning, "BATCH", 10)
    people = User.objects.bulk_create(User(email=f"p{n}@example.org") for n in range(25))
    Follow.objects.bulk_create(Follow(person=person, dossier=dossier) for person in people)
    event = notify_followers(kind="ballot_cast", dossier=dossier)
    write, calls = fanning.address, []

    def die_in_the_second(*args, **kwargs) -> int:
        calls.append(write(*args, **kwargs))
        if len(calls) == 2:
            raise RuntimeError("killed")
        return calls[-1]

    monkeypatch.setattr(fanning, "address", die_in_the_second)
    with pytest.raises(RuntimeError):
        fan_out_waiting()
    assert len(told(event)) == FanOut.objects.get().people == 10
    fan_out_waiting()
    assert len(told(event)) == FanOut.objects.get().people == 25


@pytest.mark.django_db
def test_who_has_left_is_not_told(alice, charlie, dossier) -> None:
    follow(person=alice, dossier=dossier)
    follow(person=charlie, dossier=dossier)
    erase_person(person=alice)
    User.objects.filter(pk=charlie.pk).update(is_active=False)
    assert told(tell(dossier)) == []


# --- Pace and channel ---------------------------------------------------------------------------


def rows_of(event: Event) -> dict[str, str]:
    return dict(event.deliveries.values_list("channel", "state"))


@pytest.mark.django_db
def test_by_default_mail_waits_for_the_digest_and_the_site_shows_it_at_once(alice, dossier) -> None:
    event = notify(kind="ballot_cast", recipients=[alice], dossier=dossier)
    assert rows_of(event) == {"email": "held", "site": "sent"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("pace", "state"), [("at_once", "waiting"), ("weekly", "held"), ("never", None)]
)
def test_a_person_chooses_the_pace(alice, dossier, pace, state) -> None:
    Preference.objects.create(person=alice, category="followed", channel="email", pace=pace)
    Preference.objects.create(person=alice, category="own", channel="email", pace="daily")
    event = notify(kind="ballot_cast", recipients=[alice], dossier=dossier)
    assert rows_of(event).get("email") == state


@pytest.mark.django_db
def test_a_legal_notice_is_sent_at_once_whatever_people_prefer(alice, dossier, monkeypatch) -> None:
    make_kind(monkeypatch, is_legal=True)
    for channel in ("email", "site"):
        Preference.objects.create(person=alice, category="followed", channel=channel, pace="never")
    event = notify(kind="ballot_cast", recipients=[alice], dossier=dossier)
    assert rows_of(event) == {"email": "waiting", "site": "sent"}


@pytest.mark.django_db
def test_channels_that_need_a_link_are_used_where_there_is_one(alice, charlie, dossier) -> None:
    Reach.objects.create(person=alice, telegram_chat="42", phone="+77010000001")
    Preference.objects.create(person=alice, category="followed", channel="sms", pace="at_once")
    Preference.objects.create(person=charlie, category="followed", channel="sms", pace="at_once")
    event = notify(kind="ballot_cast", recipients=[alice, charlie], dossier=dossier)
    channels = event.deliveries.filter(recipient=charlie).values_list("channel", flat=True)
    assert sorted(channels) == ["email", "site"]
    assert event.deliveries.filter(recipient=alice).count() == 4


@pytest.mark.django_db
def test_a_kind_that_nobody_registered_is_refused(alice, dossier) -> None:
    with pytest.raises(KeyError):
        notify(kind="nonsense", recipients=[alice], dossier=dossier)
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_a_row_on_the_site_is_its_own_message(alice, dossier) -> None:
    notify(kind="ballot_cast", recipients=[alice], dossier=dossier)
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.filter(channel="site").update(state="waiting")


@pytest.mark.django_db
def test_own_choices_are_handed_over_and_erased(alice, bob, dossier) -> None:
    follow(person=alice, dossier=dossier)
    Preference.objects.create(person=alice, category="own", channel="email", pace="weekly")
    Reach.objects.create(person=alice, telegram_chat="42")
    notify(kind="ballot_cast", recipients=[bob], dossier=dossier, actor=alice)
    mine = export_person(person=alice)["participation"]
    assert mine["follows"] == [str(dossier)]
    assert mine["preferences"] == [{"category": "own", "channel": "email", "pace": "weekly"}]
    assert mine["reach"][0]["telegram_chat"] == "42"
    erase_person(person=alice)
    assert not Follow.objects.exists()
    assert not Preference.objects.exists()
    assert not Reach.objects.exists()
    assert Event.objects.get().actor is None
