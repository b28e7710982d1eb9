"""Words of the selections and draws of the demo, in Kazakh, Russian and English."""

from accounts.models import Helix
from config.demo.people import Three
from councils.models import Side

BODY_OF_CALL = (
    "1. Азаматтық, 18 жастан бастап, өтелмеген соттылық жоқ\n"
    "2. Мемлекеттік қызметте емес\n3. Көлік, қолжетімділік немесе қала бюджеті саласындағы іс",
    "1. Гражданство, от 18 лет, нет непогашенной судимости\n"
    "2. Не на государственной службе\n3. Дела в области транспорта, доступности или бюджета города",
    "1. A citizen, 18 or older, without an unexpunged record\n"
    "2. Not in the civil service\n3. Something done for transport, access or the city's budget",
)
BY_ELECTION: tuple[Three, Three, Three] = (
    (
        "Қосымша іріктеу: 9-орын",
        "Довыборы: место № 9",
        "By-election: seat 9",
    ),
    (
        "Азаматтық қоғамның бір өкілі мамырда кетті. Оның орнына келетін адамды іздейміз.",
        "Один представитель гражданского общества ушёл в мае. Ищем того, кто займёт его место.",
        "A member of civil society resigned in May. We look for who takes the seat.",
    ),
    BODY_OF_CALL,
)
CALL: tuple[Three, Three, Three] = (
    (
        "Қосымша іріктеу: кеңеске бір мүше керек",
        "Довыборы: совету нужен один член",
        "By-election: the council needs a member",
    ),
    (
        "Азаматтық қоғамның үлесі заңдағыдан төмен түсті. Орынды тезірек толтыру керек.",
        "Доля гражданского общества стала ниже, чем требует закон. Место надо занять скорее.",
        "The share of civil society fell below the law. The seat has to be filled soon.",
    ),
    BODY_OF_CALL,
)
# The name, the side, the organisation in Kazakh, Russian, English, its helix; the first one chairs.
GROUP: list[tuple[str, str, Three, str]] = [
    ("Айгерім Сәтбаева", Side.CIVIL,
     ("Азаматтық альянс", "Гражданский альянс", "Civil Alliance"), Helix.CIVIL_SOCIETY),
    ("Роман Югай", Side.CIVIL,
     ("Тәуелсіз журналистер одағы", "Союз независимых журналистов",
      "Union of independent journalists"), Helix.CIVIL_SOCIETY),
    ("Гүлсім Оспанова", Side.CIVIL,
     ("Құқық мектебі", "Школа права", "School of law"), Helix.ACADEMIA),
    ("Ержан Мұсабек", Side.CIVIL,
     ("Шағын бизнес палатасы", "Палата малого бизнеса", "Chamber of small business"),
     Helix.BUSINESS),
    ("Самал Әбенова", Side.STATE,
     ("Мәслихат аппараты", "Аппарат маслихата", "Office of the maslikhat"), Helix.GOVERNMENT),
    ("Олег Дронов", Side.STATE,
     ("Ішкі саясат басқармасы", "Управление внутренней политики",
      "Department of internal policy"), Helix.GOVERNMENT),
]  # fmt: skip
CRITERIA: list[tuple[Three, int]] = [
    (("Тәжірибе", "Опыт", "Experience"), 10),
    (("Жоспар", "План работы", "Plan"), 10),
    (("Кімнің атынан сөйлейді", "Чей голос представляет", "Whose voice it is"), 5),
]
# The name, the organisation, its helix, the statement and its language. The last was not admitted.
CANDIDATES: list[tuple[str, Three, str, str, str]] = [
    ("Марат Әлиев", ("Аула кеңестері қауымдастығы", "Ассоциация дворовых советов",
     "Association of courtyard councils"), Helix.CIVIL_SOCIETY,
     "Жиырма ауланы абаттандырдық. Кеңесте жаяу жүргіншінің жолын қорғаймын.", "kk"),
    ("Анна Белова", ("«Тихий город»", "«Тихий город»", "Quiet City"), Helix.CIVIL_SOCIETY,
     "Пять лет измеряем шум у дорог. Хочу, чтобы эти цифры учитывали, когда прокладывают маршруты.",
     "ru"),
    ("Ерболат Сапаров", ("Такси жүргізушілерінің кәсіподағы", "Профсоюз водителей такси",
     "Trade union of taxi drivers"), Helix.CIVIL_SOCIETY,
     "Отыз жыл рульдемін, бес жыл кәсіподақ төрағасымын. Жүргізуші мен жолаушының сөзі жетеді.",
     "kk"),
    ("Кирилл Соболев", ("«Новый мост»", "«Новый мост»", "New Bridge"), Helix.CIVIL_SOCIETY,
     "Строил дороги, знаю, где теряются деньги.", "ru"),
]  # fmt: skip
REFUSED_BECAUSE = (
    "Өтініш берген күні мемлекеттік қызметте болған (2-критерий). / На день заявления состоял на "
    "государственной службе (критерий 2)."
)
FARES: tuple[Three, Three, Three] = (
    (
        "Жол ақысы туралы азаматтық панель",
        "Гражданская панель о плате за проезд",
        "Citizens' panel on fares",
    ),
    (
        "Жеребемен сайланған 30 тұрғын қоғамдық көлік ақысын қарап, ұсыным жазады.",
        "30 жителей, избранных жребием, разбирают плату за проезд и пишут рекомендации.",
        "30 residents drawn by lot look into the fares of public transport and recommend.",
    ),
    ("", "", ""),
)
YARDS: tuple[Three, Three, Three] = (
    (
        "Аулалар туралы азаматтық панель",
        "Гражданская панель о дворах",
        "Citizens' panel on courtyards",
    ),
    (
        "Аулада не бірінші: тұрақ па, ағаш па, ойын алаңы ма? 12 тұрғын ақылдасады. Қатысыңыз.",
        "Что во дворе первое: парковка, деревья, площадка? 12 жителей обсудят. Участвуйте.",
        "What comes first in a courtyard: cars, trees, a playground? 12 residents will weigh it.",
    ),
    ("", "", ""),
)
_CENSUS = "Ұлттық санақ 2021, stat.gov.kz / Перепись 2021, stat.gov.kz"
# Code, names, source, and of each value its code, names, share of the people and of volunteers.
FEATURES: list[tuple[str, Three, str, list[tuple[str, Three, int, int]]]] = [
    ("sex", ("Жынысы", "Пол", "Sex"), _CENSUS, [
        ("f", ("әйел", "женщина", "woman"), 52, 57),
        ("m", ("ер", "мужчина", "man"), 48, 43),
    ]),
    ("age", ("Жасы", "Возраст", "Age"), _CENSUS, [
        ("a16", ("16–29 жас", "16–29 лет", "16 to 29"), 27, 16),
        ("a30", ("30–44 жас", "30–44 года", "30 to 44"), 37, 28),
        ("a45", ("45–59 жас", "45–59 лет", "45 to 59"), 22, 30),
        ("a60", ("60 жас және одан үлкен", "60 лет и старше", "60 and over"), 14, 26),
    ]),
    ("district", ("Ауданы", "Район", "District"), _CENSUS, [
        ("almaty", ("Алматы", "Алматы", "Almaty"), 23, 22),
        ("baiqonyr", ("Байқоңыр", "Байконыр", "Baiqonyr"), 17, 14),
        ("esil", ("Есіл", "Есиль", "Yesil"), 20, 27),
        ("nura", ("Нұра", "Нура", "Nura"), 15, 11),
        ("saraishyq", ("Сарайшық", "Сарайшык", "Saraishyq"), 10, 8),
        ("saryarqa", ("Сарыарқа", "Сарыарка", "Saryarqa"), 15, 18),
    ]),
]  # fmt: skip
