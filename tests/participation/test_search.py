"""One search over everything public: languages, misspellings, filters, garbage, its page."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from budgeting import phases
from participation.models import Dossier, DossierText, Phase, SearchWord, Territory
from participation.search.filters import Filters
from participation.search.finding import find
from participation.services import Draft, Wording, change_state, create_dossiers, publish_dossier
from participation.services.search_alerts import alert_saved_searches

pytestmark = pytest.mark.django_db
Make = Callable[..., Dossier]
NOW = timezone.now()


@pytest.fixture
def make(city: Territory) -> Make:
    def dossier(
        *titles: tuple[str, str],
        summary: str = "",
        body: str = "",
        kind: str = phases.PROPOSAL,
        state: str = "submitted",
        place: Territory = city,
        publish: bool = True,
    ) -> Dossier:
        number = Dossier.objects.count() + 1
        wordings = [Wording(language, title, summary, body) for language, title in titles]
        (made,) = create_dossiers(
            kind=kind,
            territory=place,
            state=state,
            drafts=[Draft(f"thing/{number}/", wordings)],
            publish=publish,
        )
        return made

    return dossier


def keys(query: str = "", **filters: Any) -> list[int]:
    found = find(Filters(q=query, **filters))
    return [] if found.is_similar else found.keys


@pytest.mark.parametrize(
    ("title", "query"),
    [
        ("Қызылорда саябағы", "саябақ"),
        ("Орталық саябақ", "саябағында"),
        ("Орталық саябақ", "саябактардын"),
        ("Көгалдандыру жұмыстары", "когалдандыру"),
        ("Когалдандыру жумыстары", "көгалдандыру"),
        ("Үлкен көпір", "улкен копир"),
        ("Іле өзенінің жағалауы", "иле озени"),
        ("Жаһандық бақ", "жахандык бак"),
        ("Қала көшелері", "0ала көше"),
        ("Мектеп ауласы", "мектебінде"),
        ("Көше жарығы", "жарық"),
        ("Екі жол", "жолдар"),
    ],
)
def test_kazakh_is_found_as_people_type_it(make: Make, title: str, query: str) -> None:
    wanted = make(("kk", title))
    make(("kk", "Басқа нәрсе"))
    assert keys(query) == [wanted.pk]


@pytest.mark.parametrize(
    ("title", "query"),
    [
        ("Ремонт на детских площадках", "детская площадка"),
        ("Озеленение улиц", "улица"),
        ("Новая ёлка на площади", "елки"),
        ("Велосипедные дорожки", "велосипедная дорожка"),
        ("Сквер Победы, Өскемен", "победа оскемен"),
    ],
)
def test_russian_is_found_in_any_case(make: Make, title: str, query: str) -> None:
    wanted = make(("ru", title))
    make(("ru", "Что-то другое"))
    assert keys(query) == [wanted.pk]


def test_english_is_found_in_any_form(make: Make) -> None:
    wanted = make(("en", "Repairing playgrounds"))
    assert keys("playground repairs") == [wanted.pk]


def test_a_thing_in_three_languages_is_one_hit(make: Make) -> None:
    wanted = make(("kk", "Astana паркі"), ("ru", "Парк Astana"), ("en", "Astana park"))
    found = find(Filters(q="astana"))
    assert (found.keys, found.total) == ([wanted.pk], 1)


def test_phrases_and_what_is_left_out(make: Make) -> None:
    one = make(("ru", "Детская площадка в парке"))
    two = make(("ru", "Площадка для собак, детская библиотека"))
    assert set(keys("детская площадка")) == {one.pk, two.pk}
    assert keys('"детская площадка"') == [one.pk]
    assert keys("площадка -собаки") == [one.pk]


def test_a_word_in_the_title_counts_most_then_the_newest(make: Make) -> None:
    in_body = make(("ru", "Разное"), body="Здесь будет фонтан.")
    in_summary = make(("ru", "Другое"), summary="Здесь будет фонтан.")
    older, newer = make(("ru", "Фонтан")), make(("ru", "Фонтан"))
    assert keys("фонтан") == [newer.pk, older.pk, in_summary.pk, in_body.pk]


# --- Misspellings -------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["вилосипед", "велосепед", "велосиппед", "dtkjcbgtl"])
def test_a_misspelt_word_leads_to_what_is_similar(make: Make, typed: str) -> None:
    wanted = make(("ru", "Велосипедная дорожка"), summary="Новый велосипед")
    make(("ru", "Освещение двора"))
    alert_saved_searches()  # the worker learns the words of what is published
    found = find(Filters(q=typed))
    assert (found.is_similar, found.keys, found.total) == (True, [wanted.pk], 0)
    assert found.meant == "велосипед"


def test_kazakh_misspelt(make: Make) -> None:
    wanted = make(("kk", "Жаңа кітапхана"))
    alert_saved_searches()
    found = find(Filters(q="жана кытапхана"))
    assert (found.keys, found.meant) == ([wanted.pk], "жаңа кітапхана")


def test_words_of_drafts_are_not_learnt(make: Make) -> None:
    make(("ru", "Секретный велосипед"), publish=False)
    make(("ru", "Открытое дело"))
    alert_saved_searches()
    assert set(SearchWord.objects.values_list("word", flat=True)) == {"открытое", "дело"}


# --- Drafts -------------------------------------------------------------------------------------


def test_drafts_are_never_found(make: Make, client: Client) -> None:
    draft = make(("ru", "Тайный замысел"), publish=False)
    alert_saved_searches()
    assert keys("замысел") == keys() == keys(place="taraz") == []
    assert find(Filters(q="замысол")).keys == []
    answer = client.get(f"/en/search/?q={draft.reference}")
    assert answer.status_code == 200
    assert "замысел" not in answer.content.decode()
    publish_dossier(dossier=draft)
    assert keys("замысел") == [draft.pk]


# --- Filters ------------------------------------------------------------------------------------


def test_filters(make: Make, city: Territory) -> None:
    other = Territory.objects.create(slug="other", kind="city", name_kk="Б", name_ru="Д")
    proposal = make(("ru", "Парк один"), state="shortlisted")
    cycle = make(("ru", "Парк два"), kind=phases.CYCLE, state="running", place=other)
    Phase.objects.create(
        dossier=cycle, kind=phases.VOTING, opens_at=NOW - timedelta(1), closes_at=NOW + timedelta(1)
    )
    both = {proposal.pk, cycle.pk}
    for query in ("парк", ""):
        assert set(keys(query)) == both
        assert keys(query, kind=phases.CYCLE) == [cycle.pk]
        assert keys(query, place="taraz") == keys(query, place="kazakhstan") == [proposal.pk]
        assert keys(query, place="nowhere") == []
        assert keys(query, state="budgeting.proposal:shortlisted") == [proposal.pk]
        assert keys(query, state="budgeting.proposal:submitted") == []
        assert keys(query, phase="now") == keys(query, phase=phases.VOTING) == [cycle.pk]
        assert keys(query, phase=phases.WORKS) == []
        today = timezone.localdate()
        assert set(keys(query, since=today, until=today)) == both
        assert keys(query, until=today - timedelta(days=1)) == []
        assert keys(query, since=today + timedelta(days=1)) == []


def test_no_words_and_no_filters_is_everything_newest_first(make: Make) -> None:
    one, two = make(("ru", "Один")), make(("ru", "Два"))
    assert keys() == [two.pk, one.pk]


def test_a_long_text_is_stored_and_found_by_its_beginning(make: Make) -> None:
    words = " ".join(f"слово{number}" for number in range(60_000))
    wanted = make(("ru", "Длинный"), body=words)
    assert keys("слово17") == [wanted.pk]


# --- The page -----------------------------------------------------------------------------------


def page(client: Client, query: str, language: str = "en") -> Any:
    return client.get(f"/{language}/search/?{query}")


def test_the_page_shows_titles_in_its_language_with_marks(make: Make, client: Client) -> None:
    make(("kk", "Қала саябағы"), ("ru", "Городской <парк>"), summary="Кратко")
    body = page(client, f"q={quote('саябак')}", "kk").content.decode()
    assert "Қала <mark>саябағы</mark>" in body
    body = page(client, f"q={quote('парки')}", "ru").content.decode()
    assert "Городской &lt;<mark>парк</mark>&gt;" in body


def test_words_found_in_another_language_are_shown_and_labelled(make: Make, client: Client) -> None:
    dossier = make(("kk", "Қала саябағы"))
    DossierText.objects.create(
        dossier=dossier, language="ru", origin="checked", title="Парк", summary="Сквер у реки"
    )
    (hit,) = page(client, f"q={quote('сквер')}", "kk").context["hits"]
    assert str(hit.title) == "Қала саябағы"
    assert hit.words == "<mark>Сквер</mark> у реки"
    assert hit.words_label
    assert hit.label == ""


def test_a_passage_of_the_text_is_shown_where_only_it_fits(make: Make, client: Client) -> None:
    make(("en", "A thing"), summary="In short.", body=f"{'word ' * 80}**fountain** {'more ' * 80}")
    (hit,) = page(client, "q=fountains").context["hits"]
    assert "<mark>fountain</mark>" in hit.words
    assert hit.words.startswith("… ")


def test_status_place_and_dates_of_a_hit(make: Make, client: Client) -> None:
    cycle = make(("en", "Budget"), kind=phases.CYCLE, state="running")
    Phase.objects.create(
        dossier=cycle, kind=phases.VOTING, opens_at=NOW - timedelta(1), closes_at=NOW + timedelta(1)
    )
    make(("en", "Proposal"), state="not_feasible")
    proposal, budget = page(client, "").context["hits"]
    assert (proposal.status, proposal.tone, proposal.kind) == ("Not feasible", "bad", "Proposal")
    assert (budget.status, budget.tone, budget.place) == ("Vote", "ok", "Taraz")
    assert cycle.reference in budget.notes


def test_a_public_number_leads_straight_to_its_thing(make: Make, client: Client) -> None:
    dossier = make(("en", "Thing"))
    answer = page(client, f"q={dossier.reference.lower()}")
    assert (answer.status_code, answer["Location"]) == (302, f"/en/{dossier.path}")


def test_empty_fields_leave_the_address(make: Make, client: Client) -> None:
    answer = page(client, "q=park&kind=&state=&since=&place=")
    assert (answer.status_code, answer["Location"]) == (302, "/en/search/?q=park")


def test_each_filter_is_a_pill_that_can_be_taken_away(make: Make, client: Client) -> None:
    make(("en", "Park"), state="shortlisted")
    answer = page(
        client, "q=park&state=budgeting.proposal:shortlisted&place=taraz&since=2026-01-05"
    )
    pills = {pill["label"]: pill["url"] for pill in answer.context["pills"]}
    assert list(pills) == ["«park»", "Proposal: On the ballot", "Taraz", "from 05.01.2026"]
    assert "place" not in pills["Taraz"]
    assert "q=park" in pills["Taraz"]


def test_wrong_input_is_told_beside_the_field_and_kept(client: Client, city: Territory) -> None:
    answer = page(client, "q=park&since=yesterday&kind=nonsense")
    assert answer.status_code == 422
    body = answer.content.decode()
    assert 'value="yesterday"' in body
    assert 'value="park"' in body
    assert set(answer.context["form"].errors) == {"since", "kind"}


@pytest.mark.parametrize(
    "garbage",
    [
        "%27%22%3Cscript%3E", "%26%7C%21%28%29%3A%2A", "%3C-%3E", "a%3A%2A%20%26%20b", "%5C%5C%27",
        "%25_%25", "OR%20OR", "-", "%22", "%22%22%22", "%EF%BC%91", "%C2%B2%C2%B2%C2%B2%C2%B2",
        "%D0%B0" * 100, "a%20" * 100, "%F0%9F%99%82%F0%9F%99%82", "and%20or%20not",
        "-a%20-b", "the%20of", "1e5", "a%02b%03", "%CC%88%CC%88%CC%88%CC%88",
    ],
)  # fmt: skip
def test_garbage_finds_nothing_and_breaks_nothing(make: Make, client: Client, garbage: str) -> None:
    make(("en", "Park <script>"))
    assert page(client, f"q={garbage}").status_code == 200


@pytest.mark.parametrize(
    "query", ["q=" + "x" * 5000, "q=%00", "page=-1", "page=99999", "page=%D1%88"]
)
def test_garbage_never_fails(client: Client, city: Territory, query: str) -> None:
    assert page(client, query).status_code in (200, 400, 422)


def test_pages_go_on_and_a_page_too_far_is_the_first(make: Make, client: Client) -> None:
    for number in range(23):
        make(("en", f"Park {number}"))
    assert len(page(client, "q=park").context["hits"]) == 20
    second = page(client, "q=park&page=2")
    assert len(second.context["hits"]) == 3
    assert "page=1" in second.content.decode()
    assert len(page(client, "q=park&page=40").context["hits"]) == 20


def test_a_misspelling_is_told_with_what_was_meant(make: Make, client: Client) -> None:
    make(("en", "Bicycle lane"))
    alert_saved_searches()
    answer = page(client, "q=bicicle")
    assert answer.context["meant"] == "?q=bicycle"
    assert "Similar" in answer.content.decode()


def test_a_search_costs_as_many_queries_for_one_hit_as_for_twenty(
    make: Make, client: Client
) -> None:
    def cost(query: str) -> int:
        page(client, query)
        with CaptureQueriesContext(connection) as captured:
            assert page(client, query).status_code == 200
        return len(captured)

    make(("en", "Park"), ("kk", "Парк"))
    queries = ["q=park", "", "q=park&place=taraz&phase=now", "q=prak"]
    few = [cost(query) for query in queries]
    for number in range(30):
        make(("en", f"Park {number}"), ("kk", f"Парк {number}"))
    assert [cost(query) for query in queries][:2] == few[:2]
    assert max(few) <= 10


def test_every_page_has_the_search(client: Client, city: Territory) -> None:
    body = client.get("/kk/regions/").content.decode()
    assert 'action="/kk/search/"' in body
    assert 'name="q"' in body


def test_a_changed_text_and_state_are_found_at_once(make: Make) -> None:
    dossier = make(("ru", "Старое название"))
    dossier.texts.update(title="Новое имя")
    change_state(dossier=dossier, state="shortlisted")
    assert keys("название") == []
    assert keys("имя", state="budgeting.proposal:shortlisted") == [dossier.pk]
