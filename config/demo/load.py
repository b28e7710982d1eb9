from pathlib import Path

from django.db import transaction

import budgeting
from accounts.models import User
from budgeting.models import Cycle
from budgeting.services.importing import import_pabulib
from config.demo import councils
from config.demo.answers import ask_taraz, create_answer_rules
from config.demo.budgets import (
    check_astana,
    clone_taraz,
    create_almaty,
    create_astana,
    create_astana_2027,
    create_categories,
    create_rulesets,
    create_taraz,
    open_register,
    open_stations,
    open_taraz,
    tell_of_works,
)
from config.demo.discovery import archive, normandy, zhambyl
from config.demo.discussion import create_discussion
from config.demo.evidence import link_budgets
from config.demo.messages import create_messages
from config.demo.people import create_people, create_residents
from participation.models import Territory
from participation.services import Wording
from participation.services.territories import load_territories

ELECTIONS = Path(budgeting.__file__).parent / "data" / "elections"
SOURCE = "Pabulib; pabulib-checker (M. Dobranowski, J. Wiśniewski), MIT."
REAL_ELECTIONS = {
    "poland_swiecie_2023.pb": (
        "swiecie",
        ("Свеце қаласының бюджеті 2023", "Бюджет города Свеце 2023", "Świecie budget 2023"),
    ),
    "poland_wieliczka_2023_green-budget.pb": (
        "wieliczka",
        ("Величка: жасыл бюджет 2023", "Величка: зелёный бюджет 2023",
         "Wieliczka green budget 2023"),
    ),
    "poland_warszawa_2024_bemowo.pb": (
        "warszawa-bemowo",
        ("Варшава, Бемово ауданы 2024", "Варшава, район Бемово 2024", "Warsaw, Bemowo 2024"),
    ),
}  # fmt: skip


def is_empty() -> bool:
    return not Cycle.objects.exists() and not User.objects.exists()


@transaction.atomic
def load_demo() -> None:
    """People, budgets, real elections, processes of discovery. Runs through the services."""
    places = load_territories()
    people = create_people(places)
    rulesets, categories = create_rulesets(), create_categories()
    organiser = people["organiser"]
    residents = create_residents(places["taraz"])
    astana = create_astana(
        by=organiser, astana=places["astana"], ruleset=rulesets["three"], categories=categories
    )
    check_astana(by=organiser, reviewer=people["reviewer"], citizen=people["citizen"], cycle=astana)
    for name, (slug, title) in REAL_ELECTIONS.items():
        _import(name, places[slug], title)
    taraz = create_taraz(
        by=organiser, taraz=places["taraz"], ruleset=rulesets["knapsack"], categories=categories
    )
    open_register(by=people["registrar"], cycle=taraz)
    open_taraz(by=organiser, cycle=taraz, residents=residents)
    clone_taraz(by=organiser, cycle=taraz)
    open_stations(people=people, cycle=taraz, residents=residents)
    create_astana_2027(
        people=people,
        residents=residents,
        places=places,
        ruleset=rulesets["supported"],
        categories=categories,
    )
    almaty = create_almaty(
        by=organiser, places=places, ruleset=rulesets["grades"], categories=categories
    )
    tell_of_works(by=organiser, cycle=almaty)
    answer_rules = create_answer_rules()
    ask_taraz(
        by=organiser,
        officer=people["officer"],
        taraz=taraz,
        place=places["taraz"],
        ruleset=answer_rules,
    )
    create_discussion(
        moderator=people["moderator"], citizen=people["citizen"], cycle=taraz, residents=residents
    )
    archive.load(places=places, people=people)
    zhambyl.load(people=people, places=places)
    normandy.load(people=people, places=places)
    councils.load(people=people, places=places)
    create_messages(people=people, residents=residents, taraz=taraz, astana=astana, places=places)
    link_budgets(by=organiser, citizen=people["citizen"], astana=astana, taraz=taraz)


def _import(name: str, place: Territory, title: tuple[str, str, str]) -> None:
    wordings = [
        Wording(language, title[i], origin="official")
        for i, language in enumerate(("kk", "ru", "en"))
    ]
    import_pabulib(
        text=(ELECTIONS / name).read_text(encoding="utf-8"),
        name=name,
        source_note=SOURCE,
        territory=place,
        wordings=wordings,
    )
