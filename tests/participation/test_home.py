"""The home page: what is open now, what was decided lately, the reader's own region."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from budgeting import phases
from budgeting.models import Cycle, Election
from budgeting.services.importing import import_pabulib
from participation.models import Dossier, Phase, Territory
from participation.services import Draft, Wording, create_dossiers
from tests.budgeting.pages import decide
from tests.budgeting.test_importing import SMALL

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DAY = timedelta(days=1)


def place(slug: str, parent: Territory | None = None, kind: str = "city") -> Territory:
    return Territory.objects.create(slug=slug, kind=kind, name_kk=slug, name_ru=slug, parent=parent)


def process(
    where: Territory,
    title: str,
    *,
    kind: str = phases.VOTING,
    opens: datetime = NOW - DAY,
    closes: datetime = NOW + DAY,
    publish: bool = True,
) -> Dossier:
    number = Dossier.objects.count()
    (dossier,) = create_dossiers(
        kind=phases.CYCLE,
        territory=where,
        state="running",
        publish=publish,
        drafts=[Draft(f"budgeting/of-{number}/", [Wording("en", title, "Summary.")])],
    )
    Phase.objects.create(dossier=dossier, kind=kind, opens_at=opens, closes_at=closes)
    return dossier


def home(client: Client, language: str = "en") -> Any:
    return client.get(f"/{language}/")


def titles(answer: Any) -> list[str]:
    return [shown.dossier.title for shown in answer.context["open_now"]]


def test_an_empty_platform_says_what_will_be_here(client: Client) -> None:
    body = home(client).content.decode()
    assert "Nothing is open today." in body
    assert "No decision yet." in body
    assert "0 things are open now." in body


def test_the_soonest_to_close_comes_first(client: Client) -> None:
    city = place("city")
    process(city, "Later", closes=NOW + 3 * DAY)
    process(city, "Sooner", closes=NOW + 2 * DAY)
    assert titles(home(client)) == ["Sooner", "Later"]


def test_only_what_is_open_and_public_is_shown(client: Client) -> None:
    city = place("city")
    process(city, "Over", opens=NOW - 3 * DAY, closes=NOW - DAY)
    process(city, "Coming", opens=NOW + DAY, closes=NOW + 2 * DAY)
    process(city, "Draft", publish=False)
    process(city, "Open")
    answer = home(client)
    assert titles(answer) == ["Open"]
    assert "1 thing is open now." in answer.content.decode()
    assert "Draft" not in answer.content.decode()


def test_six_are_shown_and_all_are_counted(client: Client) -> None:
    city = place("city")
    for number in range(9):
        process(city, f"Number {number}", closes=NOW + (number + 1) * DAY)
    answer = home(client)
    assert titles(answer) == [f"Number {number}" for number in range(6)]
    assert "9 things are open now." in answer.content.decode()


def test_my_region_comes_first_however_far_its_end(client: Client) -> None:
    region = place("region", kind="region")
    district = place("district", place("my-city", region), kind="city_district")
    other = place("other")
    for number in range(60):
        process(other, f"Other {number}", closes=NOW + (number + 1) * DAY)
    process(district, "In my region", closes=NOW + 300 * DAY)
    assert titles(home(client))[0] == "Other 0"
    client.cookies["region"] = "region"
    answer = home(client)
    assert titles(answer)[:2] == ["In my region", "Other 0"]
    assert "Open now, region first" in answer.content.decode()


def test_a_region_that_is_gone_is_forgotten(client: Client) -> None:
    client.cookies["region"] = "atlantis"
    assert home(client).status_code == 200
    assert home(client).context["my_region"] is None


def test_published_decisions_are_told_with_their_record(
    client: Client, election: Election, bob: User
) -> None:
    assert home(client).context["decided"] == []
    decide(election, bob, [["1"]] * 3)
    import_pabulib(text=SMALL, name="s.pb", source_note="x")
    answer = home(client)
    kinds = [entry.kind for entry in answer.context["decided"]]
    assert kinds == ["budgeting.election_imported", "budgeting.results_published"]
    body = answer.content.decode()
    assert "Small town 2023" in body
    assert f"Record No. {answer.context['decided'][0].number}" in body


@pytest.mark.parametrize(
    ("language", "words"),
    [("kk", "Тараз бюджеті 2027"), ("ru", "Бюджет Тараза 2027"), ("en", "Taraz budget 2027")],
)
def test_titles_are_in_the_readers_language(
    client: Client, cycle: Cycle, language: str, words: str
) -> None:
    answer = home(client, language)
    assert words in answer.content.decode()
    assert f'href="/{language}/budgeting/taraz-2027/"' in answer.content.decode()
