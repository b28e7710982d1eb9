"""The council of Zhambyl region: lawful until a member of civil society resigned last week.

With 10 of 15 it stood at exactly two thirds; 9 of 14 is less. The people and most organisations
are invented.
"""

from datetime import timedelta

from django.utils import timezone

from accounts.models import Helix, User
from config.demo.councils.astana import Who
from config.demo.people import organisation_named
from councils.models import Council, Mandate
from councils.services.councils import Outline, publish_council, set_up_council
from councils.services.mandates import appoint, end_mandate
from participation.models import Territory
from participation.services import Wording

BODY = ("Жамбыл облысының әкімдігі", "Акимат Жамбылской области", "Akimat of Zhambyl Region")
TITLES = (
    "Жамбыл облысының қоғамдық кеңесі",
    "Общественный совет Жамбылской области",
    "Public council of Zhambyl Region",
)
TASK = (
    "Облыс әкімдігінің бағдарламалары мен бюджетін қарайды, тыңдау өткізіп, ұсыным береді.",
    "Рассматривает программы и бюджет акимата области, проводит слушания и даёт рекомендации.",
    "Looks at the programmes and the budget of the region's akimat, holds hearings, recommends.",
)
ACT = "Протокол рабочей группы № 2"
OFFICE_ACT = "Распоряжение акима Жамбылской области № 41-р"
RESIGNED = 4  # the seat of whoever resigned

CIVIL: list[Who] = [
    ("Сағат Құлжабаев", ("Облыстық ардагерлер кеңесі", "Областной совет ветеранов",
     "Regional council of veterans"), Helix.CIVIL_SOCIETY),
    ("Баян Әлімқызы", ("«Тараз-Қолдау» қоры", "Фонд «Тараз-Қолдау»",
     "Taraz-Qoldau fund"), Helix.CIVIL_SOCIETY),
    ("Нұрлан Тойшыбеков", ("Фермерлер одағы", "Союз фермеров", "Union of farmers"),
     Helix.BUSINESS),
    ("Елена Шмидт", ("«Су – өмір» экологиялық қоры", "Экологический фонд «Су – өмір»",
     "Su – Omir environmental fund"), Helix.CIVIL_SOCIETY),
    ("Ғалым Ордабаев", ("Шу өзені бассейнінің су пайдаланушылары",
     "Водопользователи бассейна Шу", "Water users of the Shu basin"), Helix.CIVIL_SOCIETY),
    ("Айнагүл Рысқұлова", ("Мұғалімдер қауымдастығы", "Ассоциация учителей",
     "Teachers' association"), Helix.CIVIL_SOCIETY),
    ("Дмитрий Пан", ("Кәсіпкерлер палатасының жастар кеңесі", "Молодёжный совет предпринимателей",
     "Young entrepreneurs' council"), Helix.BUSINESS),
    ("Толқын Есімова", ("Ауыл әйелдері одағы", "Союз сельских женщин",
     "Union of rural women"), Helix.CIVIL_SOCIETY),
    ("Мұрат Байғұт", ("Тараз журналистер клубы", "Клуб журналистов Тараза",
     "Journalists' club of Taraz"), Helix.CIVIL_SOCIETY),
    ("Лаура Сүлейменова", ("Мүгедектер қоғамының облыстық бөлімшесі",
     "Областное общество людей с инвалидностью",
     "Regional society of people with disabilities"), Helix.CIVIL_SOCIETY),
]  # fmt: skip
STATE = ["Асқар Мырзахметов", "Гүлжан Қойшыбаева", "Андрей Ким", "Берік Сарыбаев", "Шолпан Иманова"]


def load(*, people: dict[str, User], places: dict[str, Territory]) -> Council:
    by, today = people["secretary"], timezone.localdate()
    body = organisation_named(BODY, Helix.GOVERNMENT)
    begins = today - timedelta(days=500)
    council = set_up_council(
        by=by,
        slug="zhambyl",
        outline=Outline(
            territory=places["zhambyl"],
            level=Council.Level.REGIONAL,
            supervised_body=body,
            wordings=[
                Wording(code, TITLES[n], TASK[n], origin="official")
                for n, code in enumerate(("kk", "ru", "en"))
            ],
            contact="kenes@zhambyl.example",
        ),
        civil_seats=len(CIVIL),
        state_seats=len(STATE),
        begins_on=begins,
    )
    council = publish_council(by=by, council=council)
    posts = list(council.posts.order_by("number"))
    for post, (name, organisation, helix) in zip(posts, CIVIL, strict=False):
        appoint(
            by=by,
            post=post,
            name=name,
            on_behalf_of=organisation_named(organisation, helix),
            basis=Mandate.Basis.COMPETITION,
            act=ACT,
            since=begins,
            office=Mandate.Office.CHAIR if post.number == 1 else Mandate.Office.MEMBER,
        )
    for post, name in zip(posts[len(CIVIL) :], STATE, strict=True):
        appoint(
            by=by,
            post=post,
            name=name,
            on_behalf_of=body,
            basis=Mandate.Basis.EX_OFFICIO,
            act=OFFICE_ACT,
            since=begins,
        )
    end_mandate(
        by=by,
        mandate=council.mandates.get(post__number=RESIGNED),
        on=today - timedelta(days=6),
        reason=Mandate.EndReason.RESIGNATION,
    )
    return council
