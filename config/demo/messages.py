"""Who follows what in Taraz and Astana, a letter from the organisers, and one in preparation."""

from accounts.models import User
from budgeting.models import Cycle
from participation.event_kinds import EMAIL, FOLLOWED, NEWSLETTER
from participation.models import Preference, Territory
from participation.services import follow, newsletters
from participation.services.fan_out import fan_out_waiting
from participation.services.preferences import choose_paces

NUMBER_OF_READERS = 24

SENT = {
    "subject_kk": "Тараз бюджеті: дауыс беру жүріп жатыр",
    "body_kk": "Құрметті таразлықтар!\n\n"
    "Қала бюджетінің 800 миллион теңгесіне дауыс беру басталды. "
    "Жобаларды қарап, өзіңізге керегін таңдаңыз: оған бес минут жетеді.\n\n"
    "Дауысыңызды жабылғанға дейін өзгерте аласыз, соңғысы есептеледі.",
    "subject_ru": "Бюджет Тараза: голосование идёт",
    "body_ru": "Уважаемые жители Тараза!\n\n"
    "Началось голосование за то, на что город потратит 800 миллионов тенге. "
    "Посмотрите проекты и выберите нужные вам: хватит пяти минут.\n\n"
    "Голос можно изменить до закрытия, считается последний.",
    "subject_en": "Taraz budget: the vote is on",
    "body_en": "Dear residents of Taraz,\n\n"
    "the vote on how the city spends 800 million tenge has begun. "
    "Look at the projects and choose: five minutes are enough.\n\n"
    "You can change your vote until the close; the last one counts.",
}
PREPARED = {
    "subject_kk": "Ашық кездесу: жобаларды талқылаймыз",
    "body_kk": "Сенбіде сағат 11-де Орталық кітапханада жоба авторларымен кездесеміз.",
    "subject_ru": "Открытая встреча: обсуждаем проекты",
    "body_ru": "В субботу в 11 часов в Центральной библиотеке встречаемся с авторами проектов.",
    "subject_en": "",
    "body_en": "",
}


def create_messages(
    *,
    people: dict[str, User],
    residents: list[User],
    taraz: Cycle,
    astana: Cycle,
    places: dict[str, Territory],
) -> None:
    """Runs through the services; the workers of the demo send what is due."""
    citizen, organiser = people["citizen"], people["organiser"]
    for person in (citizen, people["reviewer"], *residents[:NUMBER_OF_READERS]):
        follow(person=person, territory=places["taraz"])
    follow(person=citizen, dossier=taraz.dossier)
    checked = (
        astana.proposals.exclude(state="submitted").select_related("dossier").order_by("number")
    )
    for proposal in checked[:2]:
        follow(person=citizen, dossier=proposal.dossier)
    choose_paces(
        person=people["reviewer"],
        paces={
            (FOLLOWED, EMAIL): Preference.Pace.WEEKLY,
            (NEWSLETTER, EMAIL): Preference.Pace.AT_ONCE,
        },
    )
    letter = newsletters.create_newsletter(by=organiser, territory=places["taraz"], words=SENT)
    newsletters.send_newsletter(by=organiser, newsletter=letter)
    newsletters.create_newsletter(by=organiser, territory=places["taraz"], words=PREPARED)
    fan_out_waiting()
