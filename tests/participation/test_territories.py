"""Our own table of places: its facts, its map, its alphabets, and loading it."""

import gzip
import re

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from participation.models import Territory
from participation.services.territories import load_territories, regions_with_activity
from participation.territories import (
    KAZAKH_ALPHABET,
    alphabetical,
    latin,
    our_places,
    proper_name,
    shapes,
)

FIRST_LEVEL = {"region", "national_city"}


def by_slug() -> dict:
    return {place.slug: place for place in our_places()}


# --- Facts ----------------------------------------------------------------------------------------


def test_there_are_17_regions_and_3_cities():
    kinds = [place.kind for place in our_places()]
    assert kinds.count("region") == 17
    assert kinds.count("national_city") == 3


def test_codes_are_unique_and_well_formed():
    katos = [place.kato for place in our_places() if place.kato]
    assert len(katos) == len(set(katos))
    assert all(re.fullmatch(r"\d{9}", kato) for kato in katos)
    slugs = [place.slug for place in our_places()]
    assert len(slugs) == len(set(slugs))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) for slug in slugs)


def test_iso_codes_are_the_kato_prefixes():
    regions = [place for place in our_places() if place.kind in FIRST_LEVEL]
    assert all(place.iso_code == f"KZ-{place.kato[:2]}" for place in regions)
    assert len({place.iso_code for place in regions}) == 20
    before = [place.iso_before_2022 for place in regions if place.iso_before_2022]
    assert len(before) == len(set(before)) == 17


def test_codes_of_districts_stand_below_those_of_their_parents():
    places = by_slug()
    for place in our_places():
        parent = places.get(place.parent)
        if place.kato and parent and parent.kato:
            assert place.kato.startswith(parent.kato.rstrip("0")), place.slug


def test_every_place_has_three_names_and_a_known_kind():
    for place in our_places():
        assert all((place.name_kk, place.name_ru, place.name_en)), place.slug
        assert place.kind in Territory.Kind.values


def test_population_always_has_its_date():
    for place in our_places():
        assert (place.population is None) == (place.population_on is None)


def test_districts_are_complete():
    parts: dict[str, int] = {}
    for place in our_places():
        if place.kind in {"district", "city_district"}:
            parts[place.parent] = parts.get(place.parent, 0) + 1
    assert parts == {"zhambyl": 10, "astana": 6, "almaty": 8, "shymkent": 5, "warszawa": 1}


# --- Alphabets ------------------------------------------------------------------------------------


def test_kazakh_letters_stand_at_their_places():
    assert len(KAZAKH_ALPHABET) == 42
    shuffled = sorted(KAZAKH_ALPHABET.upper())
    assert sorted(shuffled, key=lambda letter: alphabetical(letter, "kk")) == list(
        KAZAKH_ALPHABET.upper()
    )


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("kk", ["Абай", "Ақмола", "Ақтөбе", "Алматы", "Әулиеата", "Бөрлі", "Ғалым", "Дала"]),
        ("kk", ["Кеген", "Қарағанды", "Қызылорда", "Лепсі", "Оңтүстік", "Орал", "Өскемен"]),
        ("kk", ["Туран", "Тұран", "Түркістан", "Ұлытау", "Үржар", "Шу", "Ырғыз", "Ілек"]),
        ("ru", ["область Абай", "Акмолинская область", "город Астана", "Ёлка", "Ж"]),
        ("ru", ["Туркестанская область", "область Ұлытау", "город Шымкент"]),
        ("en", ["Abai Region", "Almaty (city)", "Almaty Region", "Świecie", "Ulytau Region"]),
    ],
)
def test_order_is_that_of_the_language(language: str, names: list[str]):
    mixed = names[::-1]
    assert sorted(mixed, key=lambda name: alphabetical(name, language)) == names


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Маңғыстау облысы", "mangystau"),
        ("Қызылорда облысы", "kyzylorda"),
        ("Жетісу облысы", "zhetisu"),
        ("Байзақ ауданы", "baizak"),
        ("Тараз қ.ә.", "taraz"),
        ("қ.Шу", "shu"),
        ("Сарыкемер а.о.", "sarykemer"),
        ("Һү-һү 359 км", "hu-hu-359-km"),
    ],
)
def test_slugs_are_latin(name: str, slug: str):
    assert latin(proper_name(name)) == slug


# --- Loading --------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_loading_twice_changes_nothing(django_assert_max_num_queries):
    first = load_territories()
    with django_assert_max_num_queries(12):
        second = load_territories()
    assert {slug: place.pk for slug, place in first.items()} == {
        slug: place.pk for slug, place in second.items()
    }
    assert Territory.objects.count() == len(our_places())
    assert Territory.predecessors.through.objects.count() == 3


@pytest.mark.django_db
def test_loading_repairs_a_row():
    load_territories()
    Territory.objects.filter(slug="zhambyl").update(name_kk="Басқа", parent=None)
    load_territories()
    zhambyl = Territory.objects.get(slug="zhambyl")
    assert zhambyl.name_kk == "Жамбыл облысы"
    assert zhambyl.parent is not None
    assert zhambyl.parent.slug == "kazakhstan"


@pytest.mark.django_db
def test_places_abroad_can_be_left_out():
    assert "swiecie" not in load_territories(abroad=False)
    assert "swiecie" in load_territories()


@pytest.mark.django_db
def test_regions_of_2022_know_where_they_come_from():
    places = load_territories()
    found = {
        slug: [(before.slug, places[slug].valid_from.isoformat()) for before in rows]
        for slug in ("abai", "ulytau", "zhetysu")
        if (rows := places[slug].predecessors.all())
    }
    assert found == {
        "abai": [("east-kazakhstan", "2022-06-08")],
        "ulytau": [("karaganda", "2022-06-08")],
        "zhetysu": [("almaty-region", "2022-06-08")],
    }
    assert [after.slug for after in places["karaganda"].successors.all()] == ["ulytau"]
    day_before = places["abai"].valid_from.replace(day=7)
    assert Territory.objects.regions().valid_on(day_before).count() == 17
    assert Territory.objects.regions().valid_on(timezone.localdate()).count() == 20


# --- The map --------------------------------------------------------------------------------------


def draw() -> str:
    regions = regions_with_activity(timezone.now())
    template = Template("{% load territories %}{% region_map regions 'region-list' %}")
    return template.render(Context({"regions": regions}))


def test_every_region_has_a_shape():
    regions = {place.iso_code for place in our_places() if place.kind in FIRST_LEVEL}
    assert shapes().keys() == regions


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_map_is_20_named_links_and_light(language: str):
    load_territories()
    with translation.override(language):
        drawn = draw()
        names = {str(region) for region in Territory.objects.regions()}
    links = re.findall(r'<a href="([^"]+)"[^>]*><title>([^<]+)</title>', drawn)
    assert len(links) == 20
    assert {name for _, name in links} == names
    assert len({url for url, _ in links}) == 20
    assert "style=" not in drawn
    assert "<script" not in drawn
    assert len(gzip.compress(drawn.encode())) <= 10_000
