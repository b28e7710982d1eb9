"""Projects of Almaty 2026: the whole city's envelope and that of Bostandyk district.

`grades` are weights of the demo's ballots, the best grade first; `is_outer` marks the outskirts,
for which the rules keep money.
"""

from dataclasses import dataclass

from config.demo.budgets.projects import Three


@dataclass(frozen=True)
class Graded:
    """Cost in million tenge; `point` in degrees, empty where it is all over the city."""

    title: Three
    summary: Three
    category: str
    place: str
    cost: int
    grades: tuple[int, int, int, int]
    point: tuple[float, float] | tuple[()] = ()
    is_outer: bool = False


CITY = [
    Graded(
        (
            "Терренкурдағы көлеңкелі саябақ жолы",
            "Тенистая аллея на терренкуре",
            "A shaded walk on the Terrenkur",
        ),
        (
            "Жеті жүз метр жол, орындықтар мен ауызсу: жазда қариялар да серуендей алады.",
            "Семьсот метров дорожки, скамьи и питьевая вода: летом смогут гулять и пожилые.",
            "Seven hundred metres of path, benches and drinking water: older people can walk in "
            "summer too.",
        ),
        "green",
        "Терренкур",
        60,
        (9, 6, 3, 2),
        point=(43.236, 76.968),
    ),
    Graded(
        (
            "Үлкен Алматы өзені бойындағы веложол",
            "Велодорожка вдоль Большой Алматинки",
            "A cycle path along the Big Almaty river",
        ),
        (
            "Өзен бойымен алты шақырым: Сайранға дейін көлік жолына шықпай жетуге болады.",
            "Шесть километров вдоль реки: до Сайрана, не выезжая на проезжую часть.",
            "Six kilometres along the river: to Sairan without riding on the road.",
        ),
        "transport",
        "Үлкен Алматы өзені · р. Большая Алматинка",
        110,
        (7, 7, 4, 2),
        point=(43.227, 76.872),
    ),
    Graded(
        (
            "Шаңырақтағы мектепке жарық жаяу жол",
            "Освещённая дорога к школе в Шаныраке",
            "A lit way to the school in Shanyrak",
        ),
        (
            "Тротуар мен шамдар: балалар қараңғыда жол шетімен жүрмейді.",
            "Тротуар и фонари: детям не придётся идти в темноте по обочине.",
            "Pavement and lights: children no longer walk along the roadside in the dark.",
        ),
        "light",
        "Шаңырақ ы/а · мкр. Шанырак",
        45,
        (8, 7, 4, 1),
        point=(43.316, 76.845),
        is_outer=True,
    ),
    Graded(
        (
            "Наурызбай ауданындағы спорт алаңы",
            "Спортивная площадка в Наурызбайском районе",
            "A sports ground in Nauryzbai district",
        ),
        (
            "Футбол, воркаут және қысқы мұз: жаңа ықшамаудандарда алғашқы ашық алаң.",
            "Футбол, воркаут и зимой лёд: первая открытая площадка новых микрорайонов.",
            "Football, workout and ice in winter: the first open ground of the new districts.",
        ),
        "sport",
        "Қалқаман ы/а · мкр. Калкаман",
        55,
        (5, 8, 5, 2),
        point=(43.213, 76.807),
        is_outer=True,
    ),
    Graded(
        (
            "Орталық алаңда скейт-парк",
            "Скейт-парк на площади у цирка",
            "A skate park on the square by the circus",
        ),
        (
            "Бетон рампалар мен жарық: қалада скейтке арналған алғашқы тегін орын.",
            "Бетонные рампы и свет: первое бесплатное место для скейта в городе.",
            "Concrete ramps and light: the first free place to skate in the city.",
        ),
        "sport",
        "Цирк алаңы · площадь у цирка",
        70,
        (6, 5, 5, 4),
        point=(43.2366, 76.9163),
    ),
    Graded(
        ("Сол алаңда гүлді бақ", "Цветник на той же площади", "A flower garden on the same square"),
        (
            "Орындықтар мен көпжылдық гүлдер: қала ортасында тыныш орын.",
            "Скамьи и многолетники: тихое место в центре города.",
            "Benches and perennials: a quiet place in the middle of the city.",
        ),
        "green",
        "Цирк алаңы · площадь у цирка",
        25,
        (5, 5, 6, 4),
        point=(43.2373, 76.9178),
    ),
    Graded(
        (
            "Автобус аялдамаларындағы су себетін көлеңке",
            "Тень и водяной туман на остановках",
            "Shade and mist at bus stops",
        ),
        (
            "Отыз аялдама: шілденің ыстығында күтуге болады.",
            "Тридцать остановок: в июльскую жару можно дождаться автобуса.",
            "Thirty stops: one can wait for the bus in the heat of July.",
        ),
        "transport",
        "Абай даңғ. · пр. Абая",
        90,
        (3, 5, 6, 6),
    ),
    Graded(
        (
            "Қалалық суретшілердің қабырға суреттері",
            "Муралы городских художников",
            "Murals by artists of the city",
        ),
        (
            "Он үйдің бүйірі: тұрғындар эскизді өздері таңдайды.",
            "Торцы десяти домов: эскизы выбирают сами жители.",
            "The end walls of ten houses: residents choose the sketches.",
        ),
        "culture",
        "Алмалы ауданы · Алмалинский район",
        35,
        (2, 4, 5, 9),
    ),
]

BOSTANDYK = [
    Graded(
        (
            "Ботаникалық бақ жанындағы тротуар",
            "Тротуар у Ботанического сада",
            "A pavement by the Botanical Garden",
        ),
        (
            "Арба мен коляска өтетін бір шақырым жол.",
            "Километр дорожки, по которой пройдёт коляска.",
            "A kilometre of path on which a pram can pass.",
        ),
        "transport",
        "Тимирязев к-сі · ул. Тимирязева",
        42,
        (7, 7, 4, 2),
        point=(43.222, 76.912),
    ),
    Graded(
        (
            "Орбита ықшамауданындағы аула кітапханасы",
            "Дворовая библиотека в Орбите",
            "A courtyard library in Orbita",
        ),
        (
            "Жылы павильон, кітап алмасу және балалар сағаты.",
            "Тёплый павильон, обмен книгами и час для детей.",
            "A warm pavilion, books to swap and an hour for children.",
        ),
        "culture",
        "Орбита ы/а · мкр. Орбита",
        28,
        (6, 7, 5, 2),
        point=(43.196, 76.888),
        is_outer=True,
    ),
    Graded(
        (
            "Көктем ықшамауданындағы баскетбол алаңы",
            "Баскетбольная площадка в Коктеме",
            "A basketball court in Koktem",
        ),
        (
            "Резеңке төсеніш, жарық және трибуна.",
            "Резиновое покрытие, свет и трибуна.",
            "A rubber surface, light and a stand.",
        ),
        "sport",
        "Көктем ы/а · мкр. Коктем",
        33,
        (4, 7, 6, 3),
        point=(43.233, 76.93),
    ),
    Graded(
        ("Есентай өзенінің жағасын тазарту", "Чистые берега Есентая", "Clean banks of the Esentai"),
        (
            "Жағаны нығайту, жәшіктер мен баспалдақтар.",
            "Укрепление берега, урны и спуски к воде.",
            "Firm banks, bins and steps down to the water.",
        ),
        "green",
        "Есентай өзені · р. Есентай",
        38,
        (5, 6, 6, 3),
        point=(43.219, 76.928),
    ),
    Graded(
        (
            "№ 5 емхана жанындағы ойын бұрышы",
            "Игровой уголок у поликлиники № 5",
            "A play corner at clinic No. 5",
        ),
        (
            "Балалар күткенде ойнайтын қауіпсіз орын.",
            "Безопасное место, где дети играют, пока ждут.",
            "A safe place where children play while they wait.",
        ),
        "health",
        "Манас к-сі · ул. Манаса",
        19,
        (3, 6, 6, 5),
        point=(43.229, 76.909),
        is_outer=True,
    ),
]
