"""A new budget: from a template or like an earlier one, looked at before it is created."""

from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from budgeting import errors, phases
from budgeting.models import Category, Cycle, Proposal, UnitCost
from budgeting.presets import TEMPLATES, preset_of
from budgeting.services.cloning import clone_cycle, ruleset_named, rulesets_to_choose
from budgeting.services.cycles import create_cycle
from budgeting.starts import start_like
from participation.models import JournalEntry, Role, Ruleset, Territory
from participation.services import Wording
from tests.budgeting.feasibility import make_reviewer
from tests.budgeting.pages import SLUG, body, page, signed_in
from tests.budgeting.test_views_organiser import DATES_OF_2031
from tests.conftest import make_person

KAZAKHSTAN = ("cycle-create", "kazakhstan")


@pytest.fixture
def district(city: Territory) -> Territory:
    return Territory.objects.create(
        slug="inside", kind="city_district", parent=city, name_kk="Ішкі", name_ru="Внутренний",
        name_en="Inner",
    )  # fmt: skip


@pytest.fixture
def sent(city: Territory, district: Territory) -> dict[str, str]:
    """Two envelopes, the city's and a district's; the third line is empty."""
    return {
        "form_key": str(uuid4()),
        "step": "check",
        "territory": str(city.pk),
        "year": "2031",
        "word": "",
        "title_kk": "Тараз 2031",
        "title_ru": "Тараз 2031",
        "title_en": "",
        "summary_kk": "Екі бюджет.",
        "summary_ru": "",
        "summary_en": "",
        "rules": "almaty",
        "rows": "3",
        "place_1": "",
        "name_kk_1": "Бүкіл қала",
        "name_ru_1": "Весь город",
        "name_en_1": "",
        "amount_1": "800 000 000",
        "place_2": str(district.pk),
        "name_kk_2": "Ішкі аудан",
        "name_ru_2": "Внутренний район",
        "name_en_2": "Inner district",
        "amount_2": "50000000",
        "place_3": "",
        "name_kk_3": "",
        "name_ru_3": "",
        "name_en_3": "",
        "amount_3": "",
        **DATES_OF_2031,
    }


def create(person: User, sent: dict[str, str], address: tuple[str, ...] = KAZAKHSTAN) -> Any:
    return signed_in(person).post(page(*address), {**sent, "step": "create"})


# --- The start ----------------------------------------------------------------------------------


def test_one_begins_with_a_template_or_with_an_earlier_year(bob: User, cycle: Cycle) -> None:
    client = signed_in(bob)
    assert page("cycle-start") in body(client.get(page("cycle-list")))
    assert page("cycle-clone", SLUG) in body(client.get(page("cycle-organise", SLUG)))
    shown = body(client.get(page("cycle-start")))
    for template in TEMPLATES:
        assert page("cycle-create", template.key) in shown
    assert page("cycle-clone", SLUG) in shown


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.key)
def test_a_template_fills_the_form_and_needs_only_place_titles_and_money(
    bob: User, city: Territory, template: Any
) -> None:
    client = signed_in(bob)
    form = client.get(page("cycle-create", template.key)).context["form"]
    filled = {name: form[name].value() for name in form.fields}
    filled = {n: f"{v:%d.%m.%Y %H:%M}" if hasattr(v, "hour") else v for n, v in filled.items()}
    filled |= {
        "territory": city.pk,
        "title_kk": "Бюджет",
        "title_ru": "Бюджет",
        "amount_1": "1 000 000",
    }
    sent = {name: value for name, value in filled.items() if value is not None}
    answer = client.post(page("cycle-create", template.key), {**sent, "step": "create"})
    assert answer.status_code == 302, answer.context["form"].errors
    cycle = Cycle.objects.get()
    assert cycle.ruleset.data == preset_of(template.rules).data  # type: ignore[union-attr]
    assert cycle.dossier.phases.get(kind=phases.PROPOSALS).opens_at > timezone.now()
    assert cycle.slug == "-".join(filter(None, ["taraz", template.word, str(cycle.year)]))


def test_no_template_of_that_name(bob: User) -> None:
    assert signed_in(bob).get(page("cycle-create", "nowhere")).status_code == 404


# --- Envelopes ----------------------------------------------------------------------------------


def test_envelopes_of_the_city_and_of_a_district(
    bob: User, sent: dict[str, str], city: Territory, district: Territory
) -> None:
    assert create(bob, sent).status_code == 302
    cycle = Cycle.objects.get()
    rows = list(cycle.envelopes.values_list("number", "territory", "amount", "name_en"))
    assert rows == [
        (1, city.pk, 800_000_000, ""),
        (2, district.pk, 50_000_000, "Inner district"),
    ]
    assert cycle.dossier.texts.get(language="kk").summary == "Екі бюджет."


def test_another_line_keeps_what_was_typed_and_complains_of_nothing(
    bob: User, sent: dict[str, str]
) -> None:
    typed = {**sent, "step": "row", "amount_2": "көп", "title_ru": ""}
    answer = signed_in(bob).post(page(*KAZAKHSTAN), typed)
    assert answer.status_code == 200
    form = answer.context["form"]
    assert form.number_of_rows == 4
    assert not form.errors
    assert 'name="amount_4"' in body(answer)
    for words in ("көп", "800 000 000", "Inner district", "Екі бюджет.", "10.09.2030 00:00"):
        assert words in body(answer)
    assert f'value="{sent["form_key"]}"' in body(answer)


def test_there_is_an_end_to_lines(bob: User, sent: dict[str, str]) -> None:
    for rows, shown in (("60", 60), ("9999999", 1), ("-1", 1), ("x", 1), ("", 1)):
        answer = signed_in(bob).post(page(*KAZAKHSTAN), {**sent, "rows": rows, "step": "row"})
        assert answer.context["form"].number_of_rows == min(shown + 1, 60)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("amount_2", "елу миллион", "Enter a whole number."),
        ("amount_2", "-5", "greater than or equal to 1"),
        ("amount_2", "0", "greater than or equal to 1"),
        ("amount_2", "1.5.5", "Enter a whole number."),
        ("amount_2", "10000000000001", "less than or equal to"),
        ("amount_2", "", "Fill in the whole line"),
        ("name_kk_2", "", "Fill in the whole line"),
        ("name_ru_2", " ", "Fill in the whole line"),
        ("place_2", "987654", "Select a valid choice"),
        ("amount_3", "5", None),
        ("year", "next", "Enter a whole number."),
        ("word", "мектеп 12", "Enter a valid"),
        ("rules", "oracle", "Select a valid choice"),
        ("voting_opens_at", "01.03.2030 00:00", "The vote opens after proposals end."),
        ("results_opens_at", "30.09.2030 00:00", "Results come after the end of the vote."),
        ("works_closes_at", "", "This field is required."),
        ("voting_closes_at", "01.09.2030 00:00", "The end comes after the beginning."),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_is_lost(
    bob: User, sent: dict[str, str], field: str, value: str, words: str | None
) -> None:
    answer = create(bob, {**sent, field: value})
    assert answer.status_code == 422
    errors = answer.context["form"].errors
    if words is None:
        assert errors.keys() == {"name_kk_3", "name_ru_3"}
    else:
        assert errors.keys() == {field}
        assert words in errors[field][0]
    assert "800 000 000" in body(answer)
    assert "Inner district" in body(answer)
    assert not Cycle.objects.exists()


def test_sums_beyond_any_budget_are_refused_together(bob: User, sent: dict[str, str]) -> None:
    answer = create(bob, {**sent, "amount_1": "9000000000000", "amount_2": "2000000000000"})
    assert answer.status_code == 422
    assert "more than any budget has" in answer.context["form"].errors["amount_1"][0]


def test_at_least_one_envelope(bob: User, sent: dict[str, str]) -> None:
    empty = {name: "" for name in sent if name[-2:] in {"_1", "_2"}}
    answer = create(bob, {**sent, **empty})
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"amount_1", "name_kk_1", "name_ru_1"}


def test_a_district_of_another_city_is_refused(
    bob: User, sent: dict[str, str], city: Territory
) -> None:
    other = Territory.objects.create(
        slug="other", kind="city", parent=city.parent, name_kk="Басқа", name_ru="Другой"
    )
    part = Territory.objects.create(
        slug="part", kind="city_district", parent=other, name_kk="Бөлік", name_ru="Часть"
    )
    assert "place_2" in create(bob, {**sent, "place_2": str(part.pk)}).context["form"].errors
    assert "territory" in create(bob, {**sent, "territory": str(other.pk)}).context["form"].errors
    Role.objects.create(person=bob, kind="organiser", territory=other, valid_from=timezone.now())
    answer = create(bob, {**sent, "place_2": str(part.pk)})
    assert answer.status_code == 422
    assert answer.context["form"].errors["place_2"] == ["Бөлік is not in Taraz."]


# --- Looking at it first ------------------------------------------------------------------------


def test_the_rules_are_read_before_anything_is_created(bob: User, sent: dict[str, str]) -> None:
    client = signed_in(bob)
    answer = client.post(page(*KAZAKHSTAN), sent)
    assert answer.status_code == 200
    shown = body(answer)
    for words in ("Choose up to 3 projects.", "Most votes first", "16 or older", "850\xa0000",
                  "Vote: begins", "/budgeting/taraz-2031/", "Екі бюджет."):  # fmt: skip
        assert words in shown
    assert not Cycle.objects.exists()
    form = answer.context["form"]
    hidden = {field.html_name: field.value() for field in form}
    assert client.post(page(*KAZAKHSTAN), {**hidden, "step": "create"}).status_code == 302
    assert Cycle.objects.get().envelopes.count() == 2


def test_one_goes_back_to_the_form_as_it_was(bob: User, sent: dict[str, str]) -> None:
    answer = signed_in(bob).post(page(*KAZAKHSTAN), {**sent, "step": "edit"})
    assert answer.status_code == 200
    assert "Inner district" in body(answer)
    assert answer.context["form"].number_of_rows == 3


@pytest.mark.parametrize("step", ["", "check", "nonsense"])
def test_only_its_button_creates(bob: User, sent: dict[str, str], step: str) -> None:
    assert signed_in(bob).post(page(*KAZAKHSTAN), {**sent, "step": step}).status_code == 200
    assert not Cycle.objects.exists()


def test_usual_dates_follow_the_year_that_was_typed(bob: User, sent: dict[str, str]) -> None:
    answer = signed_in(bob).post(page(*KAZAKHSTAN), {**sent, "year": "2040", "step": "dates"})
    assert answer.status_code == 200
    assert "10.09.2039 00:00" in body(answer)
    assert "Inner district" in body(answer)
    wrong = signed_in(bob).post(page(*KAZAKHSTAN), {**sent, "year": "soon", "step": "dates"})
    assert wrong.status_code == 422
    assert "year" in wrong.context["form"].errors


def test_a_second_budget_of_the_year_has_a_word_of_its_own(bob: User, sent: dict[str, str]) -> None:
    create(bob, sent)
    again = {**sent, "form_key": str(uuid4())}
    refused = create(bob, again)
    assert refused.status_code == 422
    assert refused.context["form"].errors.keys() == {"word"}
    assert create(bob, {**again, "word": "school-12"}).status_code == 302
    assert Cycle.objects.filter(slug="taraz-school-12-2031").exists()


# --- Rules --------------------------------------------------------------------------------------


def test_the_newest_version_of_rules_is_offered(cycle: Cycle) -> None:
    old = cycle.ruleset
    new = Ruleset.objects.create(
        kind=old.kind, key=old.key, version=2, name="New", data={**old.data, "min_age": 18}
    )
    assert rulesets_to_choose()[old.key] == new
    assert ruleset_named(old.key) == new


def test_a_preset_becomes_a_ruleset_when_it_is_first_used(db: None) -> None:
    assert "school" in rulesets_to_choose()
    assert not Ruleset.objects.exists()
    first, second = ruleset_named("school"), ruleset_named("school")
    assert first == second
    assert first.legal_basis
    with pytest.raises(LookupError):
        ruleset_named("oracle")


@pytest.mark.django_db(transaction=True)
def test_two_organisers_at_once_make_one_ruleset_and_one_budget(bob: User, city: Territory) -> None:
    together, made, refused = Barrier(2), [], []

    def run() -> None:
        try:
            together.wait()
            ruleset = ruleset_named("paris")
            together.wait()
            made.append(
                create_cycle(
                    by=bob,
                    territory=city,
                    slug="taraz-2031",
                    year=2031,
                    ruleset=ruleset,
                    wordings=[Wording("kk", "Тараз 2031")],
                    envelopes=[],
                    dates=[],
                )
            )
        except errors.BudgetExists as refusal:
            refused.append(refusal)
        finally:
            connection.close()

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(made), len(refused)) == (1, 1)
    assert Ruleset.objects.filter(key="paris").count() == 1


# --- Like an earlier year -----------------------------------------------------------------------


@pytest.fixture
def source(cycle: Cycle) -> Cycle:
    """With a usual cost and a reviewer."""
    category = Category.objects.create(slug="light", name_kk="Жарық", name_ru="Свет")
    UnitCost.objects.create(cycle=cycle, category=category, name_kk="Шам", name_ru="Фонарь",
                            lowest=1, highest=2, source="2026")  # fmt: skip
    make_reviewer(cycle, "Rita")
    return cycle


def clone_form(bob: User) -> dict[str, str]:
    form = signed_in(bob).get(page("cycle-clone", SLUG)).context["form"]
    values = {name: form[name].value() for name in form.fields}
    shown = {n: f"{v:%d.%m.%Y %H:%M}" if hasattr(v, "hour") else v for n, v in values.items()}
    return {name: str(value) for name, value in shown.items() if value is not None}


def test_the_form_is_filled_from_the_earlier_year(bob: User, source: Cycle) -> None:
    form = clone_form(bob)
    assert (form["year"], form["title_en"]) == ("2028", "Taraz budget 2028")
    assert (form["amount_1"], form["name_ru_1"]) == ("1000", "Весь город")
    voting = source.dossier.phases.get(kind=phases.VOTING)
    moved = start_like(source).dates_of(2028)[2]
    assert (moved.opens_at - voting.opens_at).days == 364
    assert timezone.localtime(moved.opens_at).weekday() == (
        timezone.localtime(voting.opens_at).weekday()
    )


def test_settings_go_along_and_nothing_of_people_or_proposals(
    bob: User, source: Cycle, alice: User
) -> None:
    answer = create(bob, clone_form(bob), ("cycle-clone", SLUG))
    assert answer["Location"] == page("cycle-organise", "taraz-2028")
    made = Cycle.objects.get(slug="taraz-2028")
    assert made.dossier.published_at is None
    assert made.ruleset == source.ruleset
    assert made.unit_costs.get().name_ru == "Фонарь"
    (role,) = Role.objects.filter(dossier=made.dossier)
    assert (role.kind, role.person.display_name) == ("reviewer", "Rita")
    assert not Proposal.objects.filter(cycle=made).exists()
    entry = JournalEntry.objects.get(kind="budgeting.cycle_created", dossier=made.dossier)
    assert source.dossier.reference in entry.body
    assert source.proposals.count() == 4


def test_what_was_changed_before_creating_counts(bob: User, source: Cycle) -> None:
    create(bob, {**clone_form(bob), "amount_1": "7", "year": "2029"}, ("cycle-clone", SLUG))
    assert Cycle.objects.get(year=2029).envelopes.get().amount == 7


def test_a_reviewer_who_left_does_not_come_along(bob: User, source: Cycle) -> None:
    Role.objects.filter(dossier=source.dossier).update(valid_to=timezone.now())
    made = clone_cycle(
        by=bob,
        source=source,
        territory=source.dossier.territory,
        slug="taraz-2028",
        year=2028,
        ruleset=source.ruleset,
        wordings=[Wording("kk", "Тараз 2028")],
        envelopes=[],
        dates=[],
    )
    assert not Role.objects.filter(dossier=made.dossier).exists()


def test_who_organises_only_one_cycle_sets_up_no_other(cycle: Cycle) -> None:
    person = make_person("one@example.org", "One")
    Role.objects.create(
        person=person, kind="organiser", dossier=cycle.dossier, valid_from=timezone.now()
    )
    client = signed_in(person)
    answer = client.get(page("cycle-organise", SLUG))
    assert answer.status_code == 200
    assert page("cycle-clone", SLUG) not in body(answer)
    assert page("cycle-start") not in body(client.get(page("cycle-list")))
    assert client.get(page("cycle-clone", SLUG)).status_code == 404
    assert client.get(page("cycle-start")).status_code == 404


def test_an_organiser_of_the_region_clones_the_citys(cycle: Cycle, city: Territory) -> None:
    person = make_person("region@example.org", "Region")
    Role.objects.create(
        person=person, kind="organiser", territory=city.parent, valid_from=timezone.now()
    )
    form = signed_in(person).get(page("cycle-clone", SLUG)).context["form"]
    assert form["territory"].value() == city.pk
    assert city in form.fields["territory"].queryset
