"""The pages of regions: what they show, in three languages, at a constant number of queries."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from participation.kinds import kind_named, process_kinds
from participation.models import Phase, Territory
from participation.services import Wording, create_dossier, publish_dossier
from participation.services.territories import (
    load_territories,
    regions_with_activity,
    territory_page,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LANGUAGES = ["kk", "ru", "en"]


@pytest.fixture
def places() -> dict[str, Territory]:
    return load_territories()


def publish(territory: Territory, name: str, *, opens: int, closes: int) -> None:
    """A published process with one phase, from so many days from now to so many."""
    kind = kind_named(process_kinds()[0])
    dossier = create_dossier(
        kind=kind.code,
        territory=territory,
        state="public",
        path=f"test/{name.lower()}/",
        wordings=[Wording(language, f"{name} {language}") for language in LANGUAGES],
    )
    now = timezone.now()
    inviting = next(phase for phase in kind.phases if phase.call)
    Phase.objects.create(
        dossier=dossier,
        kind=inviting.code,
        opens_at=now + opens * DAY,
        closes_at=now + closes * DAY,
    )
    publish_dossier(dossier=dossier)


def address(name: str, *args: str, language: str = "en") -> str:
    with translation.override(language):
        return reverse(f"participation:territory-{name}", args=args)


# --- What goes on where ---------------------------------------------------------------------------


def test_a_region_is_open_when_something_below_it_is(places, django_assert_num_queries):
    publish(places["zhanatas"], "Open", opens=-1, closes=1)
    publish(places["almaty-medeu"], "Over", opens=-9, closes=-1)
    publish(places["swiecie"], "Abroad", opens=-1, closes=1)
    with django_assert_num_queries(2):
        regions = regions_with_activity(timezone.now())
    states = {region.territory.slug: region.state for region in regions if region.state}
    assert states == {"zhambyl": "on", "almaty": "some"}
    assert len(regions) == 20


def test_unpublished_processes_do_not_count(places):
    create_dossier(
        kind=process_kinds()[0],
        territory=places["taraz"],
        state="draft",
        path="test/draft/",
        wordings=[Wording("kk", "Жоба")],
    )
    assert not any(region.state for region in regions_with_activity(timezone.now()))
    assert territory_page(territory=places["taraz"], moment=timezone.now()).cards == []


def test_regions_stand_in_the_order_of_the_language(places):
    first = {}
    for language in LANGUAGES:
        with translation.override(language):
            regions = regions_with_activity(timezone.now())
            first[language] = [region.territory.name for region in regions[:3]]
    assert first["kk"] == ["Абай облысы", "Ақмола облысы", "Ақтөбе облысы"]
    assert first["ru"] == ["область Абай", "Акмолинская область", "Актюбинская область"]
    assert first["en"] == ["Abai Region", "Akmola Region", "Aktobe Region"]


def test_open_processes_come_first(places):
    publish(places["zhambyl"], "Open", opens=-1, closes=1)
    publish(places["taraz"], "Coming", opens=2, closes=3)
    publish(places["shu"], "Over", opens=-9, closes=-1)
    with translation.override("en"):
        page = territory_page(territory=places["zhambyl"], moment=timezone.now())
        found = [(card.dossier.title, card.is_open, card.is_coming) for card in page.cards]
    assert found[0] == ("Open en", True, False)
    assert set(found[1:]) == {("Coming en", False, True), ("Over en", False, False)}


# --- Pages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_list_shows_every_region(client: Client, places, language: str):
    page = client.get(address("list", language=language)).content.decode()
    for region in Territory.objects.regions():
        url = address("detail", region.slug, language=language)
        assert page.count(f'href="{url}"') == 2, "once on the map, once in the list"


@pytest.mark.parametrize("language", LANGUAGES)
def test_detail_in_each_language(client: Client, places, language: str):
    page = client.get(address("detail", "abai", language=language)).content.decode()
    abai = places["abai"]
    name = {"kk": abai.name_kk, "ru": abai.name_ru, "en": abai.name_en}[language]
    assert f"<h1>{name}</h1>" in page
    assert address("detail", "east-kazakhstan", language=language) in page
    centre = {"kk": "Семей", "ru": "Семей", "en": "Semey"}[language]
    assert centre in page
    assert "2022" in page
    assert "595" in page


def test_detail_names_successors_and_districts(client: Client, places):
    page = client.get(address("detail", "karaganda")).content.decode()
    assert address("detail", "ulytau") in page
    page = client.get(address("detail", "zhambyl")).content.decode()
    for slug in ("taraz", "merke", "shu-district"):
        assert address("detail", slug) in page


def test_unknown_places_are_not_found(client: Client, places):
    assert client.get(address("detail", "atlantis")).status_code == 404


def test_queries_do_not_grow(client: Client, places, django_assert_max_num_queries):
    for number in range(3):
        publish(places["taraz"], f"First{number}", opens=-1, closes=1)
    with django_assert_max_num_queries(12) as few:
        client.get(address("detail", "zhambyl"))
    for number in range(40):
        publish(places["merke"], f"More{number}", opens=-1, closes=1)
    with django_assert_max_num_queries(12) as many:
        page = client.get(address("detail", "zhambyl"))
    assert page.content.decode().count('class="card"') == 43
    assert len(few) == len(many)
    with django_assert_max_num_queries(12):
        client.get(address("list"))


def test_pages_are_there_before_anything_is_loaded(client: Client):
    assert client.get(address("list")).status_code == 200


# --- My region ------------------------------------------------------------------------------------


def test_choosing_a_region_is_remembered(client: Client, places):
    response = client.post(address("choose"), {"territory": "zhambyl"})
    assert (response.status_code, response.url) == (302, address("detail", "zhambyl"))
    cookie = response.cookies["region"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("zhambyl", True, "Lax")
    assert cookie["secure"] == (True if settings.SESSION_COOKIE_SECURE else "")
    page = client.get(address("list")).content.decode()
    assert '<option value="zhambyl" selected>' in page


def test_a_region_can_be_forgotten(client: Client, places):
    client.post(address("choose"), {"territory": "zhambyl"})
    client.post(address("choose"), {"territory": ""})
    assert "selected" not in client.get(address("list")).content.decode()


def test_choosing_what_does_not_exist(client: Client, places):
    response = client.post(address("choose"), {"territory": "atlantis"})
    assert response.status_code == 404
    assert "region" not in response.cookies
    client.cookies["region"] = "atlantis"
    assert client.get(address("list")).status_code == 200


def test_going_back_stays_on_this_site(client: Client, places):
    choice = {"territory": "zhambyl", "next": "/en/"}
    assert client.post(address("choose"), choice).url == "/en/"
    for elsewhere in ("https://example.org/", "//example.org/", "javascript:alert(1)"):
        answer = client.post(address("choose"), choice | {"next": elsewhere})
        assert answer.url == address("detail", "zhambyl")


def test_methods(client: Client, places):
    assert client.get(address("choose")).status_code == 405
    assert client.post(address("list")).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address("choose"), {"territory": "zhambyl"}).status_code == 403
