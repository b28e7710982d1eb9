"""One login for each role, and the residents of Taraz who have voted already."""

from dataclasses import dataclass
from datetime import date, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.models import Affiliation, Helix, Organisation, User
from participation.models import Residence, Role, Territory
from participation.services.residences import confirm_residence

PASSWORD = "kenes-demo-2027"  # noqa: S105 - printed on the screen of the demo
NUMBER_OF_RESIDENTS = 400


Three = tuple[str, str, str]
# Invented, as the people are; the university is not, but these people do not work there.
FIRM: tuple[Three, str] = (
    ("«Тараз Гипс» ЖШС", "ТОО «Тараз Гипс»", "Taraz Gips LLP"),
    Helix.BUSINESS,
)
UNIVERSITY: tuple[Three, str] = (
    ("М. Х. Дулати атындағы Тараз университеті", "Таразский университет имени М. Х. Дулати",
     "Dulaty University of Taraz"),
    Helix.ACADEMIA,
)  # fmt: skip


@dataclass(frozen=True)
class Login:
    email: str
    name: str
    language: str
    does: str
    role: str | None = None
    place: str = "taraz"


LOGINS = [
    Login("citizen@demo.example", "Айгүл Серікқызы", "kk", "lives in Taraz and may vote"),
    Login("organiser@demo.example", "Ерлан Сәдуақас", "kk", "runs the budgets of Taraz and Astana",
          Role.Kind.ORGANISER, "kazakhstan"),
    Login("reviewer@demo.example", "Ольга Петрова", "ru", "checks proposals in Astana",
          Role.Kind.REVIEWER, "astana"),
    Login("registrar@demo.example", "Жанар Төлегенова", "kk",
          "sits at the service desk of Taraz: register, letters, residences",
          Role.Kind.REGISTRAR, "taraz"),
    Login("moderator@demo.example", "Данияр Омаров", "ru", "moderates in Zhambyl",
          Role.Kind.MODERATOR, "zhambyl"),
    Login("secretary@demo.example", "Сәуле Бекова", "kk",
          "keeps the public councils of Zhambyl and Astana",
          Role.Kind.COUNCIL_SECRETARY, "zhambyl"),
    Login("business@demo.example", "Асхат Жұмабеков", "kk", "runs a firm in Taraz"),
    Login("analyst@demo.example", "Инна Ким", "ru", "brings the figures of Zhambyl",
          Role.Kind.ANALYST, "zhambyl"),
    Login("assessor@demo.example", "Гүлнар Әбдірахманова", "kk", "judges ideas in Zhambyl"),
    Login("chair@demo.example", "Бақыт Темірханов", "kk", "chairs Astana's public council"),
    Login("member@demo.example", "Әсел Нұрланқызы", "kk", "sits on Astana's public council"),
    Login("officer@demo.example", "Марат Исаев", "ru",
          "answers for the akimats of Taraz and Astana",
          Role.Kind.STATE_OFFICER, "taraz"),
]  # fmt: skip


def create_people(places: dict[str, Territory]) -> dict[str, User]:
    akimat, _ = Organisation.objects.get_or_create(
        name_ru="Акимат города Тараз",
        helix=Helix.GOVERNMENT,
        defaults={"name_kk": "Тараз қаласының әкімдігі", "name_en": "Akimat of Taraz"},
    )
    people = {login.email.split("@")[0]: _person(login) for login in LOGINS}
    for login in LOGINS:
        person = people[login.email.split("@")[0]]
        if login.role:
            Role.objects.create(
                person=person,
                kind=login.role,
                territory=places[login.place],
                organisation=akimat if login.role == Role.Kind.STATE_OFFICER else None,
                valid_from=timezone.now(),
            )
    Affiliation.objects.create(
        person=people["officer"],
        organisation=akimat,
        valid_from=timezone.localdate() - timedelta(days=400),
    )
    affiliate(people["business"], *FIRM, position="Директор")
    affiliate(people["assessor"], *UNIVERSITY, position="Доцент")
    confirm_residence(
        by=people["organiser"],
        person=people["citizen"],
        territory=places["taraz"],
        born_on=date(1991, 3, 22),
    )
    return people


def affiliate(person: User, names: Three, helix: str, *, position: str = "") -> Organisation:
    """Let somebody act for an organisation, which is written down if it is new."""
    organisation = organisation_named(names, helix)
    Affiliation.objects.create(
        person=person,
        organisation=organisation,
        position=position,
        valid_from=timezone.localdate() - timedelta(days=900),
    )
    return organisation


def organisation_named(names: Three, helix: str) -> Organisation:
    """By its names in Kazakh, Russian and English."""
    kk, ru, en = names
    organisation, _created = Organisation.objects.get_or_create(
        name_ru=ru, helix=helix, defaults={"name_kk": kk, "name_en": en}
    )
    return organisation


def _person(login: Login) -> User:
    person = User.objects.create_user(
        login.email, PASSWORD, name=login.name, language=login.language
    )
    EmailAddress.objects.create(user=person, email=login.email, verified=True, primary=True)
    return person


def create_residents(taraz: Territory) -> list[User]:
    """People with a confirmed residence and no way to sign in."""
    unusable = make_password(None)
    residents = User.objects.bulk_create(
        User(email=f"resident{number:03d}@demo.example", password=unusable)
        for number in range(NUMBER_OF_RESIDENTS)
    )
    Residence.objects.bulk_create(
        Residence(
            person=resident,
            territory=taraz,
            method=Residence.Method.ROLL,
            born_on=date(1950 + number % 55, 1 + number % 12, 1 + number % 28),
        )
        for number, resident in enumerate(residents)
    )
    return residents
