"""The words of Zhambyl's ideas, each in Kazakh, Russian and English."""

from dataclasses import dataclass

Three = tuple[str, str, str]


@dataclass(frozen=True)
class Written:
    """`words` are looked for in what was said in workshops; `plan` already names the activity."""

    proposer: str
    title: Three
    capability: Three
    technology: Three
    market: Three
    body: Three
    affected: Three
    said: Three
    codes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    plan: str = ""


NEED = (
    "Зауыттың жанында фосфогипс үйінділері жатыр: ешкім сатып алмайды.",
    "У завода лежат отвалы фосфогипса: никто их не покупает.",
    "Phosphogypsum dumps lie at the plant: nobody buys it.",
)
OFFER = (
    "Біздің зертхана фосфогипстен жасалған гипс байланыстырғыштарды сынай алады.",
    "Наша лаборатория может испытать гипсовые вяжущие из фосфогипса.",
    "Our laboratory can test gypsum binders from phosphogypsum.",
)
REASON_OF_MERGE = (
    "Екі идея да үйіндідегі бір шикізат пен бір сатып алушы туралы. · Обе идеи об одном сырье из "
    "отвалов и об одном покупателе."
)

IDEAS = (
    Written(
        proposer="business",
        title=(
            "Фосфогипстен айналмалы химия",
            "Циркулярная химия из фосфогипса",
            "Circular chemistry from phosphogypsum",
        ),
        capability=(
            "Үйіндідегі фосфогипсті тазартып, гипс байланыстырғышқа айналдыру",
            "Очистка фосфогипса из отвалов и выпуск гипсовых вяжущих",
            "Cleaning phosphogypsum from the dumps and making gypsum binders",
        ),
        technology=(
            "Төмен температурада күйдіру, университет зертханасында сынау",
            "Обжиг при низкой температуре с испытаниями в лаборатории университета",
            "Low-temperature firing, tested in the university's laboratory",
        ),
        market=(
            "Облыс пен Қырғызстанның құрылысшылары, құрғақ қоспа зауыттары",
            "Строители области и Кыргызстана, заводы сухих смесей",
            "Builders of the region and of Kyrgyzstan, makers of dry mixes",
        ),
        body=(
            "Үйінділерде миллиондаған тонна фосфогипс жатыр. Тараз Гипс жылына 10 мың тонналық "
            "тәжірибелік желі сала алады.\n\n**Не бар:** шикізат, пеш, технологтар, сынайтын "
            "зертхана.\n\n**Не жетіспейді:** фтордан тазарту тәжірибесі және құрылыс нормасы.",
            "В отвалах лежат миллионы тонн фосфогипса. «Тараз Гипс» может построить пилотную линию "
            "на 10 тысяч тонн в год.\n\n**Что есть:** сырьё, печь, технологи, лаборатория для "
            "испытаний.\n\n**Чего нет:** опыта очистки от фтора и строительной нормы.",
            "Millions of tonnes of phosphogypsum lie in the dumps. Taraz Gips can build a pilot "
            "line for 10,000 tonnes a year.\n\n**There is:** raw material, a kiln, technologists, "
            "a laboratory.\n\n**Missing:** practice in removing fluorine, and a building code.",
        ),
        affected=(
            "Үйінді жанындағы ауыл тұрғындары, зауыт жұмысшылары",
            "Жители сёл у отвалов, рабочие завода",
            "People in the villages by the dumps, workers of the plant",
        ),
        said=(
            "Егер зауыт фосфогипсті тегін берсе, біз одан гипс жасап көрер едік.",
            "Если завод отдаст фосфогипс даром, мы попробуем делать из него гипс.",
            "If the plant gives the phosphogypsum away, we would try to make gypsum of it.",
        ),
        codes=("C20-21", "C23"),
        words=("фосфогипс", "үйінді", "отвал"),
    ),
    Written(
        proposer="roza",
        title=(
            "Шағын өндірушілерге желмен жұмыс істейтін тоңазытқыш тізбек",
            "Холодильная цепь на ветре для малых производителей",
            "A wind-powered cold chain for small producers",
        ),
        capability=(
            "Ауылдан сүт пен жемісті жинап, суытып, сол жерде өңдеу",
            "Сбор, охлаждение и переработка молока и фруктов прямо в сёлах",
            "Collecting, cooling and processing milk and fruit in the villages themselves",
        ),
        technology=(
            "Қордай желінен қуат алатын контейнерлік тоңазытқыштар",
            "Контейнерные холодильники, которые питает ветер Кордая",
            "Container cold stores that run on the wind of Korday",
        ),
        market=(
            "Тараз бен Алматының дүкендері, мектеп асханалары",
            "Магазины Тараза и Алматы, школьные столовые",
            "Shops of Taraz and Almaty, school canteens",
        ),
        body=(
            "Қыста шағын аулалардан сүт жиналмайды, күзде алманың үштен бірі шіриді. Бес ауылға "
            "ортақ бес контейнер осыны шешеді.",
            "Зимой молоко с малых дворов не собирают, осенью треть яблок гниёт. Пять контейнеров "
            "на пять сёл решили бы это.",
            "In winter milk is not collected from small yards, in autumn a third of the apples "
            "rots. Five containers for five villages would end that.",
        ),
        affected=(
            "Шағын ауласы бар отбасылар, жүргізушілер",
            "Семьи с малыми дворами, водители",
            "Families with small yards, drivers",
        ),
        said=(
            "Меркіде алма бар, тоңазытқыш жоқ. Жел болса күні-түні соғып тұр.",
            "В Мерке яблоки есть, холодильника нет. А ветер дует днём и ночью.",
            "Merki has apples and no cold store. And the wind blows day and night.",
        ),
        codes=("C10-12", "D"),
        words=("молок", "сүт", "ветр", "жел "),
    ),
    Written(
        proposer="maksat",
        title=(
            "Биоқауіпсіздік және ветеринария өнімдері",
            "Продукты биобезопасности и ветеринарии",
            "Biosafety and veterinary products",
        ),
        capability=(
            "Мал ауруларына жылдам тест пен вакцина жасау",
            "Выпуск быстрых тестов и вакцин от болезней скота",
            "Making rapid tests and vaccines against diseases of livestock",
        ),
        technology=(
            "Гвардейскідегі институттың штамдар жинағы мен жоғары қорғанысты зертханалар",
            "Коллекция штаммов института в Гвардейском и лаборатории высокой защиты",
            "The strain collection of the institute in Gvardeisky and its high-containment labs",
        ),
        market=(
            "Орталық Азияның мал дәрігерлері мен шаруа қожалықтары",
            "Ветеринары и крестьянские хозяйства Центральной Азии",
            "Veterinarians and farms of Central Asia",
        ),
        body=(
            "Статистикада бұл қызмет көрінбейді, жоспарда да жоқ. Бірақ институтта адам да, "
            "жабдық та бар: тек өндіріске көпір керек.",
            "В статистике этого вида деятельности не видно, в планах его нет. Но в институте есть "
            "люди и оборудование: нужен мост к производству.",
            "No statistics show this activity, no plan names it. But the institute has people and "
            "equipment: what it needs is a bridge to production.",
        ),
        affected=(
            "Мал ұстайтын отбасылар; институт маңындағы тұрғындардың қауіпсіздігі",
            "Семьи, которые держат скот; безопасность жителей рядом с институтом",
            "Families that keep livestock; the safety of people living near the institute",
        ),
        said=(
            "Біз тестті өзіміз жасай аламыз, бірақ бізден ешкім сұраған емес.",
            "Мы можем делать тесты сами, но нас никто никогда не спрашивал.",
            "We can make the tests ourselves, but nobody has ever asked us.",
        ),
        words=("вакцин", "ветеринар", "мал ауру"),
    ),
    Written(
        proposer="igor",
        title=(
            "Су электр стансасының жанындағы дата-орталық",
            "Дата-центр у гидростанции",
            "A data centre at the hydro plant",
        ),
        capability=(
            "Деректерді арзан жергілікті қуатпен сақтау және есептеу",
            "Хранение и расчёт данных на дешёвой местной энергии",
            "Storing and computing data on cheap local power",
        ),
        technology=(
            "Каскадтағы шағын су стансасының тогы, өзен суымен салқындату",
            "Ток малой станции каскада и охлаждение речной водой",
            "Power from a small plant of the cascade, cooling by river water",
        ),
        market=(
            "Алматыдағы бағдарлама фирмалары мен банктер",
            "Фирмы-разработчики и банки Алматы",
            "Software firms and banks of Almaty",
        ),
        body=(
            "Алғашқы қадам: бір контейнерлік модуль және екі клиент.",
            "Первый шаг: один контейнерный модуль и два клиента.",
            "A first step: one container module and two customers.",
        ),
        affected=(
            "Өзен суын пайдаланатын ауылдар",
            "Сёла, которые берут воду из реки",
            "Villages that draw water from the river",
        ),
        said=(
            "Түнде станса тогы артылады. Серверлер ұйықтамайды ғой.",
            "Ночью ток станции лишний. А серверы не спят.",
            "At night the plant has power to spare. And servers do not sleep.",
        ),
        codes=("J",),
        plan="Цифрлық Қазақстан · Цифровой Казахстан",
    ),
    Written(
        proposer="saltanat",
        title=(
            "Үйінділерден гипс блоктары",
            "Гипсовые блоки из отвалов",
            "Gypsum blocks from the dumps",
        ),
        capability=(
            "Фосфогипстен жеңіл қабырға блоктарын құю",
            "Отливка лёгких стеновых блоков из фосфогипса",
            "Casting light wall blocks from phosphogypsum",
        ),
        technology=(
            "Ауыл шеберханасындағы қалып пен престер",
            "Формы и прессы в сельской мастерской",
            "Moulds and presses in a village workshop",
        ),
        market=(
            "Үй салып жатқан отбасылар",
            "Семьи, которые строят дом",
            "Families who are building a house",
        ),
        body=(
            "Қаратаудағы бос шеберхананы пайдалануға болады.",
            "Можно занять пустую мастерскую в Каратау.",
            "An empty workshop in Karatau could be used.",
        ),
        affected=("Қаратау тұрғындары", "Жители Каратау", "People of Karatau"),
        said=(
            "Үйіндіден блок құйсақ, үй салу арзандар еді.",
            "Если лить блоки из отвалов, строить было бы дешевле.",
            "With blocks from the dumps building would be cheaper.",
        ),
        codes=("C23",),
    ),
    Written(
        proposer="citizen",
        title=(
            "Көксай шатқалдарымен атпен жорық",
            "Конные маршруты по ущельям Коксая",
            "Rides on horseback through the gorges of Koksai",
        ),
        capability=(
            "Жергілікті жылқышылар бастайтын үш күндік ат жорықтары",
            "Трёхдневные конные походы с местными табунщиками",
            "Three-day rides led by local herders",
        ),
        technology=(
            "Белгіленген соқпақтар, брондау қосымшасы, құтқарушылармен байланыс",
            "Размеченные тропы, приложение для брони, связь со спасателями",
            "Marked trails, an app for booking, a link to the rescuers",
        ),
        market=(
            "Алматы мен Ташкенттен демалысқа келетін отбасылар",
            "Семьи из Алматы и Ташкента, которые едут на выходные",
            "Families from Almaty and Tashkent on a weekend",
        ),
        body=(
            "Бір маусымда екі соқпақпен бастауға болады.",
            "За один сезон можно начать с двух троп.",
            "Two trails would do for a first season.",
        ),
        affected=(
            "Жайылым иелері, қорық",
            "Владельцы пастбищ, заповедник",
            "Owners of pastures, the nature reserve",
        ),
        said=(
            "Жылқымыз бар, соқпағымыз бар, тек келетін адамға айтатын ешкім жоқ.",
            "Лошади есть, тропы есть, только рассказать о них некому.",
            "We have horses and trails, only nobody to tell people of them.",
        ),
    ),
)
