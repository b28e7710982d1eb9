"""What Taraz owes an answer to today; Astana answers its council (config.demo.councils)."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import Affiliation, Helix, Organisation, User
from budgeting.models import Cycle
from config.demo.budgets.projects import Three
from participation.models import (
    Dossier,
    Role,
    Ruleset,
    Territory,
)
from participation.services.answers import (
    Words,
    add_template,
    assign_answers,
    current_calendar,
    pause_clock,
    publish_answer,
    register_answer_due,
    save_draft,
)

BASIS = (
    "«Қоғамдық бақылау туралы» ҚР Заңы, 2023 жылғы 2 қазан № 30-VIII, 13-бап. Еске салу "
    "қадамдары — платформа саясаты. · Закон РК «Об общественном контроле» от 2 октября "
    "2023 года № 30-VIII, статья 13. Шаги напоминаний — правила платформы."
)
POST = "Тараз қаласының әкімдігі · акимат Тараза"


def create_answer_rules() -> Ruleset:
    return Ruleset.objects.create(
        kind="answers",
        key="recommendation",
        name="Он жұмыс күні · Десять рабочих дней · Ten working days",
        data={
            "working_days": 10,
            "reminders": [-3, 5, 10, 20],
            "escalation": {
                "5": ["organiser"],
                "10": ["organiser", "council_secretary"],
                "20": ["organiser", "council_secretary"],
            },
            "longest_extension": 10,
        },
        legal_basis=BASIS,
    )


def _body(kk: str, ru: str, en: str) -> Organisation:
    body, _ = Organisation.objects.get_or_create(
        name_ru=ru, helix=Helix.GOVERNMENT, defaults={"name_kk": kk, "name_en": en}
    )
    return body


def _subjects(subject: Three) -> dict[str, str]:
    return dict(zip(("kk", "ru", "en"), subject, strict=True))


def _proposal(cycle: Cycle, number: int) -> Dossier:
    return cycle.proposals.select_related("dossier__territory").get(number=number).dossier


# --- Taraz, today -------------------------------------------------------------------------------

# Proposal, working days since receipt, what is asked.
TARAZ: dict[str, tuple[int, int, Three]] = {
    "soon": (1, 8, (
        "Төле би көшесіндегі шамдар қай тәртіппен қосылады?",
        "В каком порядке будут включать фонари на улице Толе би?",
        "In which order will the lights on Tole bi street be switched on?",
    )),
    "new": (1, 2, (
        "Бейнекамера жазбаларына кім қол жеткізеді?",
        "Кто получит доступ к записям камер?",
        "Who will have access to the recordings of the cameras?",
    )),
    "overdue": (2, 16, (
        "Пандус салынып жатқанда емхана жұмысын жалғастыра ма?",
        "Будет ли поликлиника работать, пока строят пандус?",
        "Will the clinic stay open while the ramp is built?",
    )),
    "paused": (3, 6, (
        "Аялдамадағы тақта қай маршруттарды көрсетеді?",
        "Какие маршруты покажет табло на остановке?",
        "Which routes will the boards at the stops show?",
    )),
    "answered": (3, 14, (
        "Аялдаманың орындығы қыста жылытыла ма?",
        "Будет ли скамья на остановке тёплой зимой?",
        "Will the bench at the stop be warm in winter?",
    )),
    "passed on": (4, 9, (
        "Ескі баспахананың ғимараты шеберханаға тегін беріле ме?",
        "Передадут ли здание старой типографии мастерской бесплатно?",
        "Will the old printing house be given to the workshop free of charge?",
    )),
}  # fmt: skip


def ask_taraz(*, by: User, officer: User, taraz: Cycle, place: Territory, ruleset: Ruleset) -> None:
    """Answers that the akimat owes these days: the officer's desk is never empty."""
    akimat = _body("Тараз қаласының әкімдігі", "Акимат города Тараз", "Akimat of Taraz")
    property_office = _body(
        "Жамбыл облысының Қаржы басқармасы",
        "Управление финансов Жамбылской области",
        "Zhambyl Region Department of Finance",
    )
    calendar, today = current_calendar(), timezone.localdate()
    dues = {
        name: register_answer_due(
            by=by,
            dossier=_proposal(taraz, number),
            addressee=akimat,
            ruleset=ruleset,
            subjects=_subjects(subject),
            received_on=calendar.shifted(today, -days),
        )
        for name, (number, days, subject) in TARAZ.items()
    }
    colleague = _colleague(akimat, place)
    assign_answers(by=officer, answers_due=[dues["soon"]], to=officer)
    assign_answers(by=officer, answers_due=[dues["overdue"]], to=colleague)
    pause_clock(
        by=officer,
        answer_due=dues["paused"],
        reason="Тасымалдаушыдан кесте сұралды. · Запрошено расписание у перевозчика.",
    )
    publish_answer(
        by=officer,
        answer_due=dues["answered"],
        words=Words(
            disposition="done",
            reasoning_kk="Иә: алғашқы жылы аялдама Жамбыл даңғылында қыркүйекте ашылды.",
            reasoning_ru="Да: первая тёплая остановка открылась на проспекте Жамбыла в сентябре.",
            reasoning_en="Yes: the first warm stop on Zhambyl avenue opened in September.",
            signed_name=officer.name,
            signed_post=POST,
        ),
        on=calendar.shifted(today, -5),
    )
    publish_answer(
        by=officer,
        answer_due=dues["passed on"],
        words=Words(
            disposition="redirected",
            reasoning_kk="Ғимарат облыстың меншігінде, сұрақ Қаржы басқармасына жолданды.",
            reasoning_ru="Здание в собственности области, вопрос передан управлению финансов.",
            redirected_to=property_office,
            signed_name=officer.name,
            signed_post=POST,
        ),
        on=calendar.shifted(today, -6),
    )
    save_draft(
        by=officer,
        answer_due=dues["soon"],
        revision=0,
        disposition="accepted",
        reasoning_kk="Шамдар шығыстан батысқа қарай, үш кезеңмен қосылады.",
        signed_name=officer.name,
        signed_post=POST,
    )
    _add_templates(akimat)


def _colleague(akimat: Organisation, place: Territory) -> User:
    colleague = User.objects.create_user(
        "officer2@demo.example", name="Гүлнар Әлиева", language="kk"
    )
    post = Affiliation(person=colleague, organisation=akimat, position="Бас маман")
    post.valid_from = timezone.localdate() - timedelta(days=200)
    post.save()
    Role.objects.create(
        person=colleague,
        kind=Role.Kind.STATE_OFFICER,
        territory=place,
        organisation=akimat,
        valid_from=timezone.now(),
    )
    return colleague


def _add_templates(akimat: Organisation) -> None:
    for organisation, name, disposition, kk, ru in (
        (None, "Қабылданды · Принято", "accepted",
         "Ұсыныс қабылданды. Не, қашан және кім жасайтыны төменде көрсетілген.",
         "Рекомендация принята. Что, когда и кем будет сделано, указано ниже."),
        (None, "Қаржы жоқ · Нет средств", "rejected",
         "Биылғы бюджетте бұл жұмысқа қаржы қарастырылмаған. Негіздеме:",
         "В бюджете этого года средства на эту работу не предусмотрены. Обоснование:"),
        (akimat, "Жасалып қойған · Уже сделано", "done",
         "Бұл жұмыс аяқталды. Орны мен күні:",
         "Эта работа выполнена. Место и дата:"),
    ):  # fmt: skip
        add_template(
            organisation=organisation,
            name=name,
            disposition=disposition,
            reasoning_kk=kk,
            reasoning_ru=ru,
        )
