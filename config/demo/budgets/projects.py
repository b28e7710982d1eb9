"""Projects of the two demo budgets: what people in Taraz and Astana might well propose."""

from dataclasses import dataclass

Three = tuple[str, str, str]
"""Kazakh, Russian, English."""


@dataclass(frozen=True)
class Project:
    """Cost and running cost in million tenge; `backing` is a weight for the demo's ballots."""

    title: Three
    summary: Three
    category: str
    place: str
    cost: int
    running: int = 0
    backing: int = 5


CATEGORIES: dict[str, Three] = {
    "light": ("Жарықтандыру", "Освещение", "Lighting"),
    "health": ("Денсаулық", "Здоровье", "Health"),
    "transport": ("Көлік", "Транспорт", "Transport"),
    "culture": ("Мәдениет", "Культура", "Culture"),
    "green": ("Жасыл аймақтар", "Озеленение", "Green places"),
    "sport": ("Спорт", "Спорт", "Sport"),
    "school": ("Балалар мен жастар", "Дети и молодёжь", "Children and youth"),
}

TARAZ = [
    Project(
        ("Төле би көшесіндегі шамдар мен камералар", "Фонари и камеры на улице Толе би",
         "Lights and cameras on Tole bi street"),
        ("Екі шақырым тротуарға жарық пен бейнебақылау: кешке мектептен қайту қауіпсіз болады.",
         "Свет и видеонаблюдение на двух километрах тротуара: вечером из школы идти безопасно.",
         "Light and cameras along two kilometres of pavement: the way home from school is safe."),
        "light", "Төле би к-сі · ул. Толе би", 48, 1, 11,
    ),
    Project(
        ("Қаратау ықшамауданындағы емханаға пандус пен лифт",
         "Пандус и лифт в поликлинике микрорайона Каратау",
         "Ramp and lift at the Karatau clinic"),
        ("Арбадағы адамдар мен бала арбасы бар ата-аналар дәрігерге өздері жетеді.",
         "Люди на колясках и родители с детьми смогут сами попасть к врачу.",
         "People in wheelchairs and parents with prams reach the doctor by themselves."),
        "health", "Қаратау ы/а · мкр. Каратау", 93, 2, 10,
    ),
    Project(
        ("Кестесі бар жылы аялдамалар", "Тёплые остановки с расписанием",
         "Warm bus stops with timetables"),
        ("Он екі аялдама: жел өтпейді, орындық жылы, автобустың келер уақыты көрсетіледі.",
         "Двенадцать остановок: без ветра, с тёплой скамьёй и временем прибытия автобуса.",
         "Twelve stops without wind, with a warm bench and the time of the next bus."),
        "transport", "Қаланың 12 жері · 12 мест города", 120, 4, 13,
    ),
    Project(
        ("Ескі баспаханадағы жастар шеберханасы", "Молодёжная мастерская в старой типографии",
         "Youth workshop in the old printing house"),
        ("Ағаш, металл және 3D басып шығару: мектептен кейін қолмен жасап үйренетін орын.",
         "Дерево, металл и 3D-печать: место, где после школы учатся делать руками.",
         "Wood, metal and 3D printing: a place to learn to make things after school."),
        "school", "Байзақ батыр к-сі · ул. Байзак батыра", 210, 12, 8,
    ),
    Project(
        ("Талас өзенінің жағасындағы саябақ жолы", "Прогулочная тропа вдоль реки Талас",
         "A path along the Talas river"),
        ("Үш шақырым жаяу және велосипед жолы, орындықтар және мыңға жуық ағаш.",
         "Три километра пешеходной и велосипедной дорожки, скамьи и около тысячи деревьев.",
         "Three kilometres for walking and cycling, benches and about a thousand trees."),
        "green", "Талас жағалауы · набережная Таласа", 265, 9, 12,
    ),
    Project(
        ("Жеті ауладағы балалар алаңы", "Детские площадки в семи дворах",
         "Playgrounds in seven courtyards"),
        ("Тозған темір әткеншектердің орнына қауіпсіз алаңдар, көлеңке және су ішетін бұрқақ.",
         "Вместо старых железных качелей — безопасные площадки, тень и питьевые фонтанчики.",
         "Safe playgrounds in place of worn iron swings, with shade and drinking water."),
        "school", "Салтанат, Жайлау ы/а · мкр. Салтанат, Жайлау", 98, 2, 12,
    ),
    Project(
        ("Көне Тараз маңындағы түнгі базар көшесі", "Вечерняя ярмарка у древнего Тараза",
         "An evening market by ancient Taraz"),
        ("Қолөнершілер мен шағын асханаларға арналған қырық орын, жарық және су.",
         "Сорок мест для ремесленников и маленьких кухонь, со светом и водой.",
         "Forty stands for craftspeople and small kitchens, with light and water."),
        "culture", "Көне Тараз · Древний Тараз", 74, 3, 7,
    ),
    Project(
        ("Суды үнемдейтін арық жүйесі", "Водосберегающие арыки", "Water-saving irrigation ditches"),
        ("Алты көшедегі арықтар бетондалып, судың үштен бірі үнемделеді, ағаштар қурамайды.",
         "Арыки на шести улицах выложат бетоном: треть воды сбережётся, деревья не засохнут.",
         "Lined ditches on six streets save a third of the water and keep the trees alive."),
        "green", "Орталық көшелер · центральные улицы", 156, 2, 8,
    ),
    Project(
        ("Қысқы жабық спорт алаңы", "Крытая спортивная площадка", "A covered sports court"),
        ("Шолдала ауданындағы мектептің алаңын жабу: футбол, волейбол, асық — жыл бойы.",
         "Накрыть площадку школы в Шолдале: футбол, волейбол, асык — круглый год.",
         "A roof over the school court in Sholdala: football, volleyball and asyk all year."),
        "sport", "Шолдала", 184, 6, 9,
    ),
    Project(
        ("Мектеп жанындағы қауіпсіз өткелдер", "Безопасные переходы у школ",
         "Safe crossings by schools"),
        ("Он бес мектептің алдында көтеріңкі өткел, белгі және жылдамдықты төмендететін жол.",
         "У пятнадцати школ — приподнятые переходы, знаки и сужения, которые снижают скорость.",
         "Raised crossings, signs and narrowings that slow cars down at fifteen schools."),
        "transport", "15 мектеп · 15 школ", 66, 1, 14,
    ),
    Project(
        ("Үйдегі күтім: қарттарға жылжымалы бригада", "Помощь на дому: бригада для пожилых",
         "Care at home: a team for the elderly"),
        ("Екі көлік пен жабдық: жалғыз тұратын қарттарға дәрігер мен әлеуметтік қызметкер барады.",
         "Две машины и оборудование: врач и соцработник едут к одиноким пожилым людям.",
         "Two cars and equipment: a doctor and a social worker visit old people living alone."),
        "health", "Бүкіл қала · весь город", 57, 15, 9,
    ),
    Project(
        ("Ашық аспан астындағы кітапхана", "Библиотека под открытым небом",
         "An open-air library"),
        ("Жамбыл саябағында оқу бақшасы, сахна және кітап алмасатын сөрелер.",
         "Читальный сад в парке Жамбыла, сцена и полки для обмена книгами.",
         "A reading garden in Zhambyl park, a stage and shelves for swapping books."),
        "culture", "Жамбыл саябағы · парк Жамбыла", 39, 1, 7,
    ),
    Project(
        ("Қайырымды иттер үйі: баспана мен стерилизация", "Приют и стерилизация бездомных собак",
         "A shelter for stray dogs"),
        ("Екі жүз орындық баспана және ай сайын жүз итті стерилизациялау.",
         "Приют на двести мест и стерилизация ста собак в месяц.",
         "A shelter with two hundred places; a hundred dogs sterilised each month."),
        "health", "Қала шеті · окраина города", 112, 18, 6,
    ),
    Project(
        ("Күн панельді мектеп шатырлары", "Солнечные панели на крышах школ",
         "Solar panels on school roofs"),
        ("Төрт мектептің шатырына панель: электр ақысы екі есе азаяды, оқушылар өлшеп үйренеді.",
         "Панели на крышах четырёх школ: счета вдвое меньше, а ученики учатся измерять.",
         "Panels on four schools: half the bill, and pupils learn to measure."),
        "green", "4 мектеп · 4 школы", 142, 1, 7,
    ),
]  # fmt: skip

ASTANA = [
    Project(
        ("Есіл жағасындағы жел қорғаны", "Защита от ветра на набережной Есиля",
         "Shelter from the wind on the Esil embankment"),
        ("Қыста серуендеуге болатын тығыз ағаш қатары мен шыны экрандар.",
         "Плотные посадки и стеклянные экраны, чтобы гулять и зимой.",
         "Dense planting and glass screens, so that one can walk in winter too."),
        "green", "Есіл жағалауы", 88, 2,
    ),
    Project(
        ("Сарыарқадағы аула кинотеатры", "Дворовый кинотеатр в Сарыарке",
         "A courtyard cinema in Saryarka"),
        ("Жазда апта сайын тегін көрсетілім, қыста — мұз айдыны.",
         "Летом бесплатные показы каждую неделю, зимой каток.",
         "Free films each week in summer, an ice rink in winter."),
        "culture", "Сарыарқа ауданы", 34, 3,
    ),
    Project(
        ("Жаңа аудандарға жедел автобус", "Экспресс-автобус в новые районы",
         "An express bus to the new districts"),
        ("Нұрадан орталыққа жиырма бес минутта: бөлек жолақ пен сегіз аялдама.",
         "Из Нуры в центр за двадцать пять минут: выделенная полоса и восемь остановок.",
         "From Nura to the centre in twenty-five minutes: a lane of its own and eight stops."),
        "transport", "Нұра ауданы", 320, 40,
    ),
    Project(
        ("Мектептегі робот техникасы зертханасы", "Лаборатория робототехники в школе",
         "A robotics laboratory at a school"),
        ("Үш мектеп ортақ пайдаланатын зертхана, сенбіде бәріне ашық.",
         "Лаборатория на три школы, по субботам открыта для всех.",
         "One laboratory for three schools, open to everybody on Saturdays."),
        "school", "Байқоңыр ауданы", 61, 4,
    ),
    Project(
        ("Фонтан ашық алаңда", "Фонтан на площади", "A fountain on the square"),
        ("Музыкалық фонтан және жарық шоуы.", "Музыкальный фонтан и световое шоу.",
         "A musical fountain and a light show."),
        "culture", "Алматы ауданы", 900, 60,
    ),
]  # fmt: skip
