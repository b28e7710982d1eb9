"""The text of Zhambyl's consultation in its two versions, and the statements that are voted on."""

Three = tuple[str, str, str]

TITLE: Three = (
    "Жамбыл 2027–2031: басымдықтардың жобасы",
    "Жамбыл 2027–2031: проект приоритетов",
    "Zhambyl 2027–2031: draft priorities",
)
SUMMARY: Three = (
    "Облыс бес жылға таңдайтын үш басымдық, олардың шаралары мен ақшасы. Әр тармағына пікір "
    "жазыңыз: әрқайсысына негізделген жауап беріледі.",
    "Три приоритета области на пять лет, их меры и деньги. Оставьте замечание к любому пункту: "
    "на каждое будет обоснованный ответ.",
    "Three priorities of the region for five years, their actions and money. Comment on any "
    "passage: each comment gets an answer with reasons.",
)
CAN_CHANGE: Three = (
    "Басымдықтардың тізімі, мақсаттары, мерзімдері мен ақшаның бөлінуі. Бес жылдың жалпы сомасы "
    "мен облыстың осы жылғы бюджеті өзгермейді.",
    "Список приоритетов, их цели, сроки и распределение денег. Общая сумма на пять лет и бюджет "
    "области этого года не меняются.",
    "The list of priorities, their objectives, dates and how the money is divided. The total for "
    "five years and this year's budget do not change.",
)

# Heading and text in kk, ru, en; the priority's number where the passage is about one.
PASSAGES: list[tuple[Three, Three, int | None]] = [
    (
        ("Құжат не үшін керек", "Зачем этот документ", "What this document is for"),
        ("Облыс 2027–2031 жылдары қолдау мен ақшаны үш басымдыққа шоғырландырады. Басымдықтар "
         "шеберханаларда айтылған сөздерден, деректерден және бағалаудан шықты.",
         "В 2027–2031 годах область сосредоточит поддержку и деньги на трёх приоритетах. Они "
         "выросли из сказанного на встречах, из данных и из оценки.",
         "In 2027–2031 the region concentrates support and money on three priorities. They came "
         "from what was said at workshops, from data and from evaluation."),
        None,
    ),
    (
        ("Фосфогипстен айналмалы химия", "Циркулярная химия из фосфогипса",
         "Circular chemistry from phosphogypsum"),
        ("2031 жылға қарай жыл сайын түзілетін фосфогипстің 20 пайызы құрылыс материалдарына "
         "өңделеді. АЭА аумағында тәжірибелік желі 2029 жылы іске қосылады.",
         "К 2031 году 20 процентов ежегодно образующегося фосфогипса перерабатывается в "
         "строительные материалы. Опытная линия на территории СЭЗ запускается в 2029 году.",
         "By 2031, 20 percent of the phosphogypsum of each year is made into building materials. "
         "A pilot line in the special economic zone starts in 2029."),
        1,
    ),
    (
        ("Шығарындылар туралы ашық деректер", "Открытые данные о выбросах",
         "Open data on emissions"),
        ("Қолдау алған зауыттар шығарындылар туралы деректерді жылына бір рет жариялайды.",
         "Заводы, получившие поддержку, публикуют данные о выбросах раз в год.",
         "Plants that receive support publish their emissions once a year."),
        1,
    ),
    (
        ("Жел қуатындағы суық тізбек", "Холодовая цепь на энергии ветра",
         "A cold chain on wind power"),
        ("Қордай мен Меркеде шағын өндірушілерге ортақ екі тоңазытқыш қойма салынады. Олар жел "
         "электр станциясынан қуат алады.",
         "В Кордае и Мерке строятся два общих холодильных склада для малых производителей. Они "
         "питаются от ветровой станции.",
         "Two shared cold stores for small producers are built in Korday and Merke. A wind farm "
         "supplies them."),
        2,
    ),
    (
        ("Биоқауіпсіздік және ветеринария", "Биобезопасность и ветеринария",
         "Biosafety and veterinary products"),
        ("Гвардейскідегі институттың жанында ветеринариялық вакциналардың сынақ өндірісі ашылады.",
         "При институте в Гвардейском открывается опытное производство ветеринарных вакцин.",
         "A pilot production of veterinary vaccines opens beside the institute in Gvardeisky."),
        3,
    ),
    (
        ("Мамандар", "Кадры", "Skills"),
        ("Дулати университеті құрылыс материалдарының 40 технологын даярлайды.",
         "Университет имени Дулати готовит 40 технологов строительных материалов.",
         "Dulaty University trains 40 technologists of building materials."),
        None,
    ),
    (
        ("Шағын жеткізушілер", "Малые поставщики", "Small suppliers"),
        ("Қолдау алған жобаларда сатып алудың кемінде 15 пайызы шағын кәсіпорындарға беріледі.",
         "В поддержанных проектах не менее 15 процентов закупок достаётся малым предприятиям.",
         "In supported projects at least 15 percent of purchases go to small firms."),
        None,
    ),
    (
        ("Ақша мен жауапкершілік", "Деньги и ответственность", "Money and responsibility"),
        ("Бірінші басымдыққа 2 000 миллион теңге: 800 миллион – мемлекеттен, 1 200 миллион – "
         "жеке ақша. Әр шараның жауапты операторы бар.",
         "На первый приоритет – 2 000 миллионов тенге: 800 миллионов государственных и 1 200 "
         "миллионов частных. У каждой меры есть ответственный оператор.",
         "The first priority takes 2,000 million tenge: 800 million public, 1,200 million private. "
         "Each action has an operator who answers for it."),
        None,
    ),
    (
        ("Бақылау", "Контроль", "Monitoring"),
        ("Көрсеткіштер жылына бір рет жарияланады. Екі жылдан кейін басымдықтар қайта қаралады.",
         "Показатели публикуются раз в год. Через два года приоритеты пересматриваются.",
         "Indicators are published once a year. After two years the priorities are reviewed."),
        None,
    ),
]  # fmt: skip

# What the second version says instead, by passage; the last one is new.
CHANGED: dict[int, Three] = {
    2: ("2031 жылға қарай жыл сайын түзілетін фосфогипстің 20 пайызы құрылыс материалдарына "
        "өңделеді. АЭА аумағында тәжірибелік желі 2028 жылы іске қосылады, оның гипсі "
        "радиациялық бақылаудан өтеді.",
        "К 2031 году 20 процентов ежегодно образующегося фосфогипса перерабатывается в "
        "строительные материалы. Опытная линия на территории СЭЗ запускается в 2028 году, её гипс "
        "проходит радиационный контроль.",
        "By 2031, 20 percent of the phosphogypsum of each year is made into building materials. "
        "A pilot line in the special economic zone starts in 2028, and its gypsum is tested for "
        "radiation."),
    3: ("Қолдау алған зауыттар шығарындылар туралы деректерді ай сайын, бір бетте және машина "
        "оқитын түрде жариялайды.",
        "Заводы, получившие поддержку, публикуют данные о выбросах ежемесячно, на одной странице "
        "и в машиночитаемом виде.",
        "Plants that receive support publish their emissions every month, on one page and in a "
        "form that programs read."),
    4: ("Қордай, Мерке және Шуда шағын өндірушілерге ортақ үш тоңазытқыш қойма салынады. Олар жел "
        "электр станциясынан қуат алады, қыста аулалардан сүт жинайды.",
        "В Кордае, Мерке и Шу строятся три общих холодильных склада для малых производителей. Они "
        "питаются от ветровой станции и зимой собирают молоко со дворов.",
        "Three shared cold stores for small producers are built in Korday, Merke and Shu. A wind "
        "farm supplies them, and in winter they collect milk from small yards."),
    6: ("Дулати университеті мен екі колледж құрылыс материалдарының 60 технологын даярлайды.",
        "Университет имени Дулати и два колледжа готовят 60 технологов строительных материалов.",
        "Dulaty University and two colleges train 60 technologists of building materials."),
    7: ("Қолдау алған жобаларда сатып алудың кемінде 25 пайызы шағын кәсіпорындарға беріледі, "
        "ақысы 30 күн ішінде төленеді.",
        "В поддержанных проектах не менее 25 процентов закупок достаётся малым предприятиям, "
        "оплата – в течение 30 дней.",
        "In supported projects at least 25 percent of purchases go to small firms, paid within 30 "
        "days."),
    9: ("Көрсеткіштер тоқсан сайын жарияланады. Екі жылдан кейін басымдықтар қайта қаралады.",
        "Показатели публикуются раз в квартал. Через два года приоритеты пересматриваются.",
        "Indicators are published every quarter. After two years the priorities are reviewed."),
}  # fmt: skip
ADDED: tuple[Three, Three] = (
    ("Су", "Вода", "Water"),
    ("Қолдау алған әр өндіріс тұйық су айналымын көздейді. Шу мен Талас өзендерінен қосымша су "
     "алынбайды.",
     "Каждое поддержанное производство предусматривает оборотное водоснабжение. Дополнительного "
     "забора воды из рек Шу и Талас нет.",
     "Every supported production recycles its water. No more water is taken from the rivers Shu "
     "and Talas."),
)  # fmt: skip

# Each with agree, disagree, pass of government, business, academia, civil society.
Cell = tuple[int, int, int]
STATEMENTS: list[tuple[Three, tuple[Cell, Cell, Cell, Cell]]] = [
    (
        ("Өңдеу зауыттары шығарындылар туралы деректерді ай сайын жариялауға тиіс.",
         "Перерабатывающие заводы должны ежемесячно публиковать данные о выбросах.",
         "Processing plants must publish their emissions every month."),
        ((6, 1, 1), (12, 2, 2), (7, 1, 0), (5, 1, 2)),
    ),
    (
        ("Ірі зауыттар бес жылға салықтан босатылсын.",
         "Крупным заводам нужны налоговые каникулы на пять лет.",
         "Large plants should have a tax holiday of five years."),
        ((8, 0, 0), (15, 1, 0), (1, 6, 1), (1, 6, 1)),
    ),
    (
        ("Ортақ қоймалар үшін жер тегін берілсін.",
         "Землю под общие склады следует давать бесплатно.",
         "Land for shared stores should be free of charge."),
        ((3, 3, 2), (8, 6, 2), (5, 2, 1), (6, 1, 1)),
    ),
    (
        ("Ветеринариялық вакциналарды алдымен облыс шаруашылықтары алсын.",
         "Ветеринарные вакцины сначала должны получать хозяйства области.",
         "Farms of the region should get the veterinary vaccines first."),
        ((0, 0, 0), (4, 0, 0), (3, 0, 0), (2, 0, 0)),
    ),
]  # fmt: skip
PROPOSED = "Қоймалардың ақысы шағын шаруашылыққа жеңілдікпен болсын."
