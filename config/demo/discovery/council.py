"""The public council on Zhambyl's draft: an opinion with three recommendations. All invented.

Two are answered within their ten working days; the third is overdue, and shown so.
"""

from django.utils import timezone

from accounts.models import User
from edp.models import DiscoveryProcess, Strategy
from edp.services import strategy as services
from participation.models import Delivery, Event, FanOut
from participation.services.answers import Words, current_calendar, publish_answer

COUNCIL = "Жамбыл облысының қоғамдық кеңесі · Общественный совет Жамбылской области"
OPINION = {
    "kk": "Кеңес жобаны қолдайды: басымдықтар кездесулерде айтылғаннан өсіп шыққан. Үш ұсыныс бар: "
    "үйіндідегі шаң, сүт жинау және жастарға жұмыс туралы.",
    "ru": "Совет поддерживает проект: приоритеты выросли из сказанного на встречах. Есть три "
    "рекомендации: о пыли с отвалов, о сборе молока и о работе для молодёжи.",
    "en": "The council supports the draft: its priorities grew from what was said at the meetings. "
    "It has three recommendations: on dust from the dumps, on collecting milk, on work for the "
    "young.",
}
RECOMMENDATIONS = [
    {
        "kk": "Үйіндіге жақын мектептердің жанындағы шаңды ай сайын өлшеп, жариялау",
        "ru": "Ежемесячно измерять и публиковать запылённость у школ рядом с отвалами",
        "en": "Measure the dust at schools near the dumps every month, and publish it",
    },
    {
        "kk": "Меркідегі қойманы шағын аулаларға алдымен ашу",
        "ru": "Открыть склад в Мерке прежде всего для малых дворов",
        "en": "Open the store in Merke to small yards first",
    },
    {
        "kk": "Әр басымдықта 29 жасқа дейінгілерге арналған жұмыс орнын санап көрсету",
        "ru": "Указать по каждому приоритету число рабочих мест для тех, кому нет 29 лет",
        "en": "Say for each priority how many jobs it makes for people under 29",
    },
]
# In working days: how long ago the opinion came, and how long the first two answers took.
GIVEN_AGO, TAKEN = 13, (6, 9)
ANSWERS = [
    ("accepted",
     "Ұсыныс қабылданды: екі мектептің жанына датчик қойылады, деректер сайтта тұрады.",
     "Рекомендация принята: у двух школ ставят датчики, данные будут на сайте.",
     "P1.1 · көрсеткіштер тізімі · перечень показателей"),
    ("in_part",
     "Алғашқы жылы орындардың жартысы шағын аулаларға беріледі; қалғаны қойманы асырайды.",
     "В первый год половина мест отдаётся малым дворам; остальное окупает склад.",
     "P2.1.1"),
]  # fmt: skip


def hear(*, process: DiscoveryProcess, people: dict[str, User]) -> None:
    """Nothing where there is no draft."""
    strategy = process.strategies.first()
    if strategy is None:
        return
    organiser, calendar = people["organiser"], current_calendar()
    given_on = calendar.shifted(timezone.localdate(), -GIVEN_AGO)
    services.put_before_council(by=organiser, strategy=strategy)
    services.take_council_opinion(
        by=organiser,
        strategy=strategy,
        body=COUNCIL,
        decided_on=given_on,
        reasons=OPINION,
        recommendations=RECOMMENDATIONS,
        addressee=process.lead_body,
    )
    dues = [row.answer_due for row in strategy.recommendations.select_related("answer_due")]
    for due, days, (disposition, kk, ru, change) in zip(dues, TAKEN, ANSWERS, strict=False):
        words = Words(
            disposition=disposition,
            reasoning_kk=kk,
            reasoning_ru=ru,
            change_reference=change,
            signed_name="Қ. Төлеубаев",
            signed_post="Басқарма басшысы · руководитель управления",
        )
        publish_answer(by=None, answer_due=due, words=words, on=calendar.shifted(given_on, days))
    _forget_messages(strategy)


def _forget_messages(strategy: Strategy) -> None:
    """Nobody is written to today of what happened in the weeks before."""
    told = Event.objects.filter(dossier=strategy.dossier)
    Delivery.objects.filter(event__in=told).delete()
    FanOut.objects.filter(event__in=told).delete()
    told.delete()
