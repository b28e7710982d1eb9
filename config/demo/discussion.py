"""What people of Taraz say about two of the projects; one comment is hidden, one is reported."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.models import Affiliation, Helix, Organisation, User
from budgeting.models import Cycle
from participation.models import Comment, Decision, Dossier, Support
from participation.services.comments import edit_comment, set_support, write_comment
from participation.services.moderation import decide_comment, report_comment


@dataclass(frozen=True)
class Said:
    """`answers` is the place in the list of what is answered; `supporters` how many back it."""

    who: str
    text: str
    position: str = ""
    supporters: int = 0
    answers: int | None = None


TALKERS = {
    "gulmira": ("Гүлмира Әбенова", "kk", None),
    "sergey": ("Сергей Ким", "ru", ("Таразэнергосервис", "Таразэнергосервис", Helix.BUSINESS)),
    "nurlan": ("Нұрлан Жақып", "kk", None),
    "irina": ("Ирина Вагнер", "ru", None),
    "timur": ("Тимур А.", "ru", None),
    "zhanar": ("Жанар Оспан", "kk", ("Тараз өңірлік университеті",
               "Таразский региональный университет", Helix.ACADEMIA)),
}  # fmt: skip

LIGHTS = [
    Said(
        "gulmira",
        "Қызым екінші ауысымда оқиды, қыста мектептен қараңғыда қайтады. **Ең керегі осы.** "
        "Бірінші кезекте №12 мектептен аялдамаға дейінгі бөлік жарықтандырылса екен.",
        "for",
        41,
    ),
    Said(
        "sergey",
        "Свет нужен, а камеры — нет: их содержание съест больше, чем сами фонари.\n\n"
        "- фонари: один раз поставить и менять лампы раз в восемь лет;\n"
        "- камеры: связь, хранение записей, охрана.\n\nПредлагаю разделить проект на два.",
        "against",
        18,
    ),
    Said(
        "nurlan",
        "Камера жоқ жерде шамды да сындырып кетеді. Былтыр Абай көшесінде солай болды.",
        answers=1,
        supporters=9,
    ),
    Said(
        "irina",
        "А кто будет смотреть записи и сколько их хранят? Хорошо бы написать это в проекте "
        "до голосования.",
        answers=2,
        supporters=6,
    ),
    Said(
        "zhanar",
        "Біз студенттермен кешкі жарықты өлшедік: көшенің ортаңғы бөлігінде 2 люкс қана, "
        "норма бойынша кемінде 10 люкс болуы керек. Өлшеу нәтижесін қоса аламыз.",
        "for",
        27,
    ),
    Said(
        "irina",
        "Поддерживаю, но прошу тёплый свет не ярче нормы: у нас окна первого этажа "
        "выходят прямо на тротуар.",
        "neutral",
        12,
    ),
    Said(
        "timur",
        "Да что вы все понимаете, одни бездельники тут пишут, идите работать, тупые.",
        "against",
    ),
    Said(
        "gulmira", "Тимур, ұсынысқа қатысты нақты ойыңыз болса, айтыңыз.", answers=6, supporters=4
    ),
]

STOPS = [
    Said(
        "irina",
        "Каждое утро жду автобус по 25 минут на ветру. За это проголосую обязательно.",
        "for",
        33,
    ),
    Said(
        "nurlan",
        "Он екі аялдаманың тізімі қайда? Шеткі аудандар тағы да қалып қоймасын.",
        "neutral",
        21,
    ),
    Said("gulmira", "Тізім жобаның сипаттамасында болуы керек, мен де таба алмадым.", answers=1),
    Said(
        "sergey",
        "Подогрев скамьи — это 1,2 кВт на остановку круглые сутки. Датчик присутствия "
        "сократит расход втрое, поставьте его сразу.",
        "for",
        16,
    ),
    Said(
        "timur",
        "Лучше бы автобусы ходили по расписанию, тогда и греться не пришлось бы.",
        "against",
        14,
    ),
    Said("timur", "Скидки на окна и балконы, звоните, сделаем за один день, цены лучшие в городе!"),
]
RUDE, SPAM = 6, 5


def create_discussion(
    *, moderator: User, citizen: User, cycle: Cycle, residents: list[User]
) -> None:
    """Runs through the services; supporters are the residents who may vote."""
    talkers = _create_talkers()
    dossiers = [
        proposal.dossier
        for proposal in cycle.proposals.filter(number__in=(1, 3))
        .order_by("number")
        .select_related("dossier")
    ]
    lights = _talk(dossiers[0], LIGHTS, talkers, residents)
    stops = _talk(dossiers[1], STOPS, talkers, residents)
    edit_comment(
        by=talkers["irina"],
        comment=stops[0],
        text=STOPS[0].text + " Особенно нужна остановка у областной больницы.",
    )
    write_comment(
        by=citizen,
        dossier=dossiers[0],
        text="Мен де осы көшеде тұрамын. Шамдар күн батысымен өзі жанатын болса, жақсы болар еді.",
        page_language="kk",
        position="for",
    )
    report_comment(by=talkers["gulmira"], comment=lights[RUDE], reason="insult")
    decide_comment(
        by=moderator,
        comment=lights[RUDE],
        outcome=Decision.Outcome.HIDE,
        reason="insult",
        explanation="Спорить с проектом можно, оскорблять собеседников — нет.",
    )
    report_comment(
        by=talkers["irina"], comment=stops[SPAM], reason="advertising", note="Реклама окон."
    )


def _create_talkers() -> dict[str, User]:
    """People with a name and no way to sign in."""
    unusable, joined = make_password(None), timezone.now() - timedelta(days=90)
    talkers = {}
    for key, (name, language, works_at) in TALKERS.items():
        talkers[key] = person = User.objects.create(
            email=f"{key}@demo.example",
            password=unusable,
            name=name,
            language=language,
            joined_at=joined,
        )
        if works_at is not None:
            kk, ru, helix = works_at
            organisation = Organisation.objects.create(name_kk=kk, name_ru=ru, helix=helix)
            Affiliation.objects.create(
                person=person, organisation=organisation, valid_from=joined.date()
            )
    return talkers


def _talk(
    dossier: Dossier, said: list[Said], talkers: dict[str, User], residents: list[User]
) -> list[Comment]:
    comments: list[Comment] = []
    for one in said:
        comment = write_comment(
            by=talkers[one.who],
            dossier=dossier,
            text=one.text,
            page_language=talkers[one.who].language,
            position=one.position,
            answers=None if one.answers is None else comments[one.answers],
        )
        for resident in residents[: one.supporters]:
            set_support(by=resident, dossier=dossier, comment=comment, is_given=True)
        comments.append(comment)
    # They backed it while proposals were taken, months ago.
    Support.objects.bulk_create(
        Support(person=resident, dossier=dossier) for resident in residents[: 10 * len(said)]
    )
    return comments
