"""Answers of state bodies: Astana's transport in the spring of 2026, and what Taraz owes today."""

from datetime import date, timedelta

from django.utils import timezone

from accounts.models import Affiliation, Helix, Organisation, User
from budgeting.models import Cycle
from config.demo.projects import Three
from participation.models import (
    AnswerDue,
    Delivery,
    Dossier,
    Event,
    FanOut,
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
    resume_clock,
    save_draft,
    send_due_reminders,
)

BASIS = (
    "«Қоғамдық бақылау туралы» ҚР Заңы, 2023 жылғы 2 қазан № 30-VIII, 13-бап. Еске салу "
    "қадамдары — платформа саясаты. · Закон РК «Об общественном контроле» от 2 октября "
    "2023 года № 30-VIII, статья 13. Шаги напоминаний — правила платформы."
)
POST = "Тараз қаласының әкімдігі · акимат Тараза"
DELIVERED = date(2026, 5, 15)
LAST_DAY = date(2026, 7, 2)


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


# --- Astana, 2026 -------------------------------------------------------------------------------

ASTANA: dict[str, tuple[int, Three]] = {
    "R1": (3, (
        "Нұра–орталық маршрутының аялдамаларын қоғамдық тыңдау хаттамасына сай өзгерту",
        "Изменить остановки маршрута Нура — центр по протоколу слушаний",
        "Change the stops of the Nura–centre route as the hearing's record asks",
    )),
    "R2": (3, (
        "Автобус операторларының тендеріне сапа талаптарын енгізу",
        "Внести в тендер автобусных операторов требования к качеству",
        "Put requirements of quality into the tender of bus operators",
    )),
    "R3": (4, (
        "Зертханаға баратын оқушыларға кез келген күні тегін жол жүруді енгізу",
        "Ввести бесплатный проезд школьников в лабораторию в любой день",
        "Let pupils travel to the laboratory free of charge on any day",
    )),
    "R4": (2, (
        "Сарыарқаға кешкі автобустарды сағат 23:30-ға дейін ұзарту",
        "Продлить вечерние автобусы в Сарыарку до 23:30",
        "Run the evening buses to Saryarka until half past eleven",
    )),
    "R5": (1, (
        "Есіл жағалауындағы аялдамаларға желден қорғайтын жылы павильон қою",
        "Поставить тёплые павильоны на остановках набережной Есиля",
        "Put warm shelters at the stops of the Esil embankment",
    )),
    "R6": (5, (
        "Жол жөндеу кестесін он күн бұрын жариялау",
        "Публиковать график дорожных работ за десять дней",
        "Publish the schedule of road works ten days ahead",
    )),
}  # fmt: skip
REPLIES: dict[str, tuple[str, date, str, str, str]] = {
    "R1": ("accepted", date(2026, 5, 28),
           "Ұсыныс қабылданды: екі аялдама көшіріледі, біреуі қосылады.",
           "Рекомендация принята: две остановки переносятся, одна добавляется.",
           "Жолаушылар тасымалы қағидалары · Правила перевозки пассажиров, 14.09.2026"),
    "R2": ("in_part", date(2026, 6, 1),
           "Жинақылық пен тазалық талаптары енгізіледі; баға шегі заңмен белгіленген.",
           "Требования к точности и чистоте вносятся; предельная цена определена законом.", ""),
    "R3": ("rejected", date(2026, 5, 29),
           "Бюджетте қаржы жоқ: жылына 214 миллион теңге керек. Сенбі күні тегін болып қалады.",
           "В бюджете нет средств: нужно 214 миллионов тенге в год. По субботам проезд бесплатен.",
           ""),
    "R5": ("accepted", date(2026, 6, 8),
           "Жеті аялдамаға павильон қойылады, алғашқысы — қазанда.",
           "На семи остановках поставят павильоны, первый — в октябре.", ""),
    "R6": ("accepted", date(2026, 6, 1),
           "Кесте енді он күн бұрын жарияланады.",
           "График теперь публикуется за десять дней.",
           "Жол жұмыстарының қағидалары · Правила дорожных работ, 12.10.2026"),
    "R4": ("accepted", LAST_DAY,
           "Үш маршрут 23:30-ға дейін жүреді. Кешіккен жауап үшін кешірім сұраймыз.",
           "Три маршрута ходят до 23:30. Приносим извинения за опоздание с ответом.", ""),
}  # fmt: skip


def tell_of_astana(*, by: User, astana: Cycle, ruleset: Ruleset) -> None:
    """Six recommendations delivered on one day: five answered in time, one 23 working days late."""
    if timezone.localdate() <= LAST_DAY:
        return  # the story has not happened yet
    body = _body(
        "Астана қаласының Көлік және жол инфрақұрылымы басқармасы",
        "Управление транспорта и дорожной инфраструктуры города Астаны",
        "Astana Department of Transport and Roads",
    )
    dues = {
        name: register_answer_due(
            by=by,
            dossier=_proposal(astana, number),
            addressee=body,
            ruleset=ruleset,
            subjects=_subjects(subject),
            received_on=DELIVERED,
        )
        for name, (number, subject) in ASTANA.items()
    }
    question = "Қай аялдамалар туралы сөз? · О каких остановках речь?"
    reply = "Хаттамадағы жеті аялдама. · О семи остановках из протокола."
    pause_clock(by=None, answer_due=dues["R5"], reason=question, on=date(2026, 5, 26))
    send_due_reminders(today=date(2026, 5, 26))
    for name in ("R1", "R3", "R2", "R6"):
        _answer(dues[name], name)
    resume_clock(by=None, answer_due=dues["R5"], reason=reply, on=date(2026, 6, 3))
    send_due_reminders(today=date(2026, 6, 4))
    _answer(dues["R5"], "R5")
    for day in (date(2026, 6, 8), date(2026, 6, 15), date(2026, 6, 29)):
        send_due_reminders(today=day)
    _answer(dues["R4"], "R4")
    _forget_messages()


def _answer(due: AnswerDue, name: str) -> None:
    disposition, day, kk, ru, change = REPLIES[name]
    words = Words(
        disposition=disposition,
        reasoning_kk=kk,
        reasoning_ru=ru,
        change_reference=change,
        signed_name="Қ. Жүнісов",
        signed_post="Басқарма басшысы · руководитель управления",
    )
    publish_answer(by=None, answer_due=due, words=words, on=day)


def _forget_messages() -> None:
    """Nobody is written to today of what happened in spring."""
    told = Event.objects.filter(kind__startswith="answer_")
    Delivery.objects.filter(event__in=told).delete()
    FanOut.objects.filter(event__in=told).delete()
    told.delete()


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
