"""What Zhambyl knows of itself: a synthetic table, assets, trends and the SWOT on top of them.

Sourced are the phosphorites, the chemical plants, the road, the university and the institute;
everything else, all figures included, is made up for the demonstration.
"""

from datetime import date
from pathlib import Path

import edp
from accounts.models import User
from edp.models import (
    Dataset,
    DiscoveryProcess,
    RegionalAsset,
    SpecialisationResult,
    SwotEntry,
    TrendSignal,
)
from edp.services.evidence import (
    create_dataset,
    keep_draft,
    link_swot,
    publish_entries,
    publish_version,
    upload_draft,
    write_entry,
)
from edp.services.evidence.entries import Entry, Evidence
from participation.models import Territory

Words = tuple[str, str, str]
TABLE = Path(edp.__file__).parent / "data" / "zhambyl_employment.csv"
NAMES = (
    "Қызмет түрлері бойынша жұмыспен қамту, 2019 және 2024",
    "Занятость по видам деятельности, 2019 и 2024",
    "Employment by activity, 2019 and 2024",
)
SOURCED = "Ашық дереккөздер · Открытые источники · Public sources"
ILLUSTRATION = "Мысал · Пример · Example"

# Code, dimension, kind, mobility, capital, place, (latitude, longitude), name, description, source.
ASSETS: list[
    tuple[str, str, str, str, str, str, tuple[float, float] | None, Words, Words, str]
] = [
    ("phosphorite", "geographic", "resources", "immobile", "natural", "taraz", (43.59, 70.03),
     ("Қаратаудың фосфорит кен орындары", "Фосфоритовые месторождения Каратау",
      "Phosphorite deposits of Karatau"),
     ("Минералды тыңайтқыш пен сары фосфор өндірісінің шикізаты осы жерде.",
      "Сырьё для минеральных удобрений и жёлтого фосфора лежит прямо здесь.",
      "Raw material of fertilisers and yellow phosphorus lies right here."),
     SOURCED),
    ("wind", "geographic", "renewables", "immobile", "natural", "zhambyl", (43.05, 74.70),
     ("Қордайдың жел дәлізі", "Ветровой коридор Кордая", "The wind corridor of Korday"),
     ("Асудың тұрақты желі арзан электр бере алады.",
      "Постоянный ветер на перевале может давать дешёвую электроэнергию.",
      "The steady wind of the pass can give cheap electricity."),
     ILLUSTRATION),
    ("road", "geographic", "location", "immobile", "physical", "zhambyl", (42.97, 72.75),
     ("«Батыс Еуропа – Батыс Қытай» жолы", "Дорога «Западная Европа – Западный Китай»",
      "The Western Europe – Western China road"),
     ("Облысты шығыстан батысқа кесіп өтеді; Алматы мен Шымкентке бірнеше сағат.",
      "Пересекает область с востока на запад; до Алматы и Шымкента несколько часов.",
      "Crosses the region from east to west; a few hours to Almaty and Shymkent."),
     ILLUSTRATION),
    ("university", "knowledge", "research", "sticky", "human", "taraz", (42.89, 71.39),
     ("Дулати университетінің химия мектебі", "Химическая школа университета имени Дулати",
      "The chemistry school of Dulaty University"),
     ("Технологтар даярлайды, гипс байланыстырғыштарын сынайтын зертханасы бар.",
      "Готовит технологов, есть лаборатория, которая испытывает гипсовые вяжущие.",
      "Trains technologists and has a laboratory that tests gypsum binders."),
     ILLUSTRATION),
    ("growing", "culture", "traditions", "sticky", "human", "zhambyl", (43.17, 71.60),
     ("Алма мен пияз өсіру дәстүрі", "Традиции выращивания яблок и лука",
      "The tradition of growing apples and onions"),
     ("Шағын шаруашылықтардың тәжірибесі ұрпақтан ұрпаққа өтеді.",
      "Опыт малых хозяйств передаётся из поколения в поколение.",
      "What small growers know passes from one generation to the next."),
     ILLUSTRATION),
    ("park", "economic", "clusters", "sticky", "physical", "taraz", (42.93, 71.22),
     ("«Тараз химиялық паркі» арнайы экономикалық аймағы",
      "Специальная экономическая зона «Химический парк Тараз»",
      "The special economic zone Taraz Chemical Park"),
     ("Дайын алаң, су мен электр желілері, химия өндірістеріне жеңілдіктер.",
      "Готовая площадка, вода и сети, льготы для химических производств.",
      "A prepared site, water and power, relief for chemical producers."),
     SOURCED),
    ("chemists", "economic", "workforce", "sticky", "human", "taraz", None,
     ("Химик-технологтар мен механиктер", "Химики-технологи и механики",
      "Process chemists and mechanics"),
     ("Өнеркәсіпте шамамен 43 мың адам жұмыс істейді (2023).",
      "В промышленности работает около 43 тысяч человек (2023).",
      "About 43 thousand people work in industry (2023)."),
     SOURCED),
    ("biosafety", "knowledge", "niches", "immobile", "human", "zhambyl", (43.55, 75.20),
     ("Гвардейскідегі биоқауіпсіздік институты", "Институт биобезопасности в Гвардейском",
      "The biosafety institute in Gvardeisky"),
     ("Ветеринария мен вакциналар бойынша елде сирек кездесетін құзырет.",
      "Редкая для страны компетенция в ветеринарии и вакцинах.",
      "Knowledge of veterinary science and vaccines that is rare in the country."),
     SOURCED),
    ("railway", "infrastructure", "transport", "immobile", "physical", "taraz", (42.90, 71.33),
     ("Тараз теміржол торабы", "Железнодорожный узел Тараза", "The railway junction of Taraz"),
     ("Зауыттардың өз тармақтары бар.", "У заводов есть свои ветки.",
      "The plants have sidings of their own."),
     ILLUSTRATION),
]  # fmt: skip

# Code, factor, kind, impact, uncertainty, horizon, words.
TRENDS: list[tuple[str, str, str, int, int, int | None, Words]] = [
    ("gypsum", "environmental", "trend", 5, 2, 2030,
     ("Өндіріс қалдықтарын қайта өңдеуге талап күшейіп келеді.",
      "Требования к переработке отходов производства растут.",
      "Demands to recycle industrial waste are growing.")),
    ("cbam", "political", "trend", 4, 3, 2031,
     ("ЕО шекарада көміртек үшін төлем енгізуде: тыңайтқыш экспортына әсер етеді.",
      "ЕС вводит плату за углерод на границе: это касается экспорта удобрений.",
      "The EU charges for carbon at its border, exports of fertilisers included.")),
    ("wind", "technological", "trend", 4, 2, 2029,
     ("Жел қондырғылары мен сақтау құрылғылары арзандап келеді.",
      "Ветроустановки и накопители дешевеют.",
      "Wind turbines and storage are getting cheaper.")),
    ("water", "environmental", "trend", 5, 3, 2035,
     ("Шу мен Талас өзендерінде су азайып барады.",
      "Воды в реках Шу и Талас становится меньше.",
      "There is less water in the rivers Chu and Talas.")),
    ("leaving", "social", "trend", 3, 2, 2031,
     ("Жастар оқу мен жұмыс іздеп Алматы мен Шымкентке кетіп жатыр.",
      "Молодёжь уезжает за учёбой и работой в Алматы и Шымкент.",
      "The young leave for Almaty and Shymkent to study and work.")),
    ("vaccines", "economic", "weak_signal", 4, 4, 2032,
     ("Көрші елдер жануарларға арналған вакцинаны жақыннан іздей бастады.",
      "Соседние страны начинают искать вакцины для животных поближе.",
      "Neighbouring countries begin to look for animal vaccines nearby.")),
    ("border", "political", "wild_card", 3, 5, None,
     ("Қордай өткелі ұзақ уақытқа жабылуы мүмкін.",
      "Переход Кордай может надолго закрыться.",
      "The crossing at Korday may be closed for long.")),
]  # fmt: skip

# Quadrant, words, what it stands on: a code of an activity, "asset:…" or "trend:…".
SWOT: list[tuple[str, Words, list[str]]] = [
    ("strength",
     ("Химия өнеркәсібі елдегіден бес есе шоғырланған және тез өседі.",
      "Химия сосредоточена здесь впятеро сильнее, чем в стране, и растёт быстро.",
      "Chemistry is five times as concentrated here as in the country, and grows fast."),
     ["C20-21", "asset:phosphorite", "asset:park"]),
    ("strength",
     ("Ауыл шаруашылығы ел орташасынан баяу қысқаруда, өңдеу өсуде.",
      "Сельское хозяйство сокращается медленнее, чем в стране, а переработка растёт.",
      "Farming shrinks more slowly than in the country, and food processing grows."),
     ["A", "C10-12", "asset:growing"]),
    ("strength",
     ("Химия мен биоқауіпсіздік бойынша ғылым мектебі бар.",
      "Есть научные школы химии и биобезопасности.",
      "There are schools of chemistry and of biosafety."),
     ["asset:university", "asset:biosafety", "M72"]),
    ("weakness",
     ("Ақпараттық технологияның үлесі елдегінің жартысына да жетпейді.",
      "Доля информационных технологий меньше половины от доли по стране.",
      "Information technology has less than half the country's share."),
     ["J"]),
    ("weakness",
     ("Металл өңдеу әлсіз: жабдық пен бөлшек сырттан келеді.",
      "Металлообработка слаба: оборудование и детали привозят.",
      "Metal working is weak: equipment and parts come from elsewhere."),
     ["C24-25"]),
    ("opportunity",
     ("Фосфогипс үйінділері құрылыс материалының шикізаты бола алады.",
      "Отвалы фосфогипса могут стать сырьём для стройматериалов.",
      "Dumps of phosphogypsum can become raw material of building products."),
     ["trend:gypsum", "C23", "asset:university"]),
    ("opportunity",
     ("Арзан жел энергиясы суық тізбек пен өңдеуге қуат береді.",
      "Дешёвый ветер может питать холодильную цепь и переработку.",
      "Cheap wind can power a cold chain and food processing."),
     ["trend:wind", "asset:wind", "D"]),
    ("opportunity",
     ("Ветеринариялық өнімге көрші елдерде сұраныс пайда болып келеді.",
      "В соседних странах появляется спрос на ветеринарную продукцию.",
      "Demand for veterinary products appears in neighbouring countries."),
     ["trend:vaccines", "asset:biosafety"]),
    ("threat",
     ("Су тапшылығы ауыл шаруашылығы мен химияны бірдей тежейді.",
      "Нехватка воды тормозит и сельское хозяйство, и химию.",
      "Lack of water holds back farming and chemistry alike."),
     ["trend:water"]),
    ("threat",
     ("Көміртек төлемі тыңайтқыш экспортын қымбаттатады.",
      "Плата за углерод удорожает экспорт удобрений.",
      "The charge for carbon makes exports of fertilisers dearer."),
     ["trend:cbam", "C20-21"]),
    ("threat",
     ("Жастардың кетуі зауыттарды технологтарсыз қалдырады.",
      "Отъезд молодёжи оставляет заводы без технологов.",
      "As the young leave, plants are left without technologists."),
     ["trend:leaving", "asset:chemists"]),
]  # fmt: skip


# Lines of the SWOT, by their place above, with the numbers of what was said of the same.
SAID: dict[int, list[int]] = {0: [5], 2: [2, 9], 5: [1, 2, 13], 6: [7, 8], 7: [9], 9: [13],
                              10: [11, 12]}  # fmt: skip


def link_to_words(*, process: DiscoveryProcess, people: dict[str, User]) -> None:
    """After the meetings, lines of the SWOT stand on words too."""
    lines = list(process.swot_entries.order_by("pk"))
    said = {statement.number: statement for statement in process.statements.all()}
    for place, numbers in SAID.items():
        for number in numbers:
            link_swot(by=people["organiser"], entry=lines[place], evidence=said[number])


def load(*, process: DiscoveryProcess, people: dict[str, User]) -> None:
    """This part of Zhambyl's process."""
    by = people["organiser"]
    known: dict[str, Evidence] = dict(_figures(by, process))
    assets = _assets(by, process)
    trends = _trends(by, process)
    known |= {f"asset:{code}": asset for code, asset in assets.items()}
    known |= {f"trend:{code}": trend for code, trend in trends.items()}
    lines = [_line(by, process, *line, known) for line in SWOT]
    entries: list[Entry] = [*assets.values(), *trends.values(), *lines]
    publish_entries(by=by, process=process, entries=entries)


def _figures(by: User, process: DiscoveryProcess) -> dict[str, SpecialisationResult]:
    """Public results of the region by their activity."""
    dataset: Dataset = create_dataset(
        by=by,
        process=process,
        name_kk=NAMES[0],
        name_ru=NAMES[1],
        name_en=NAMES[2],
        classification="OKED",
        licence="CC0",
        is_synthetic=True,
    )
    draft = upload_draft(
        by=by,
        dataset=dataset,
        file_name=TABLE.name,
        content=TABLE.read_bytes(),
        retrieved_on=date(2026, 11, 1),
    )
    version = publish_version(by=by, version=keep_draft(by=by, draft=draft))
    results = version.results.filter(territory=process.dossier.territory)
    return {result.activity: result for result in results.select_related("version__dataset")}


def _assets(by: User, process: DiscoveryProcess) -> dict[str, RegionalAsset]:
    kept = {}
    for code, dimension, kind, mobility, capital, slug, place, name, told, source in ASSETS:
        asset = RegionalAsset(
            dimension=dimension,
            kind=kind,
            mobility=mobility,
            capital=capital,
            territory=Territory.objects.get(slug=slug),
            latitude=place and place[0],
            longitude=place and place[1],
            name_kk=name[0],
            name_ru=name[1],
            name_en=name[2],
            description_kk=told[0],
            description_ru=told[1],
            description_en=told[2],
            source=source,
        )
        kept[code] = write_entry(by=by, process=process, entry=asset)
    return kept


def _trends(by: User, process: DiscoveryProcess) -> dict[str, TrendSignal]:
    kept = {}
    for code, factor, kind, impact, uncertainty, horizon, words in TRENDS:
        trend = TrendSignal(
            factor=factor,
            kind=kind,
            impact=impact,
            uncertainty=uncertainty,
            horizon=horizon,
            source=ILLUSTRATION,
            text_kk=words[0],
            text_ru=words[1],
            text_en=words[2],
        )
        kept[code] = write_entry(by=by, process=process, entry=trend)
    return kept


def _line(
    by: User,
    process: DiscoveryProcess,
    quadrant: str,
    words: Words,
    stands_on: list[str],
    known: dict[str, Evidence],
) -> SwotEntry:
    entry = SwotEntry(quadrant=quadrant, text_kk=words[0], text_ru=words[1], text_en=words[2])
    entry = write_entry(by=by, process=process, entry=entry)
    for code in stands_on:
        link_swot(by=by, entry=entry, evidence=known[code])
    return entry
