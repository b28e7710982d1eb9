"""Sets of criteria to begin with: a process takes one over and may change it before it is frozen.

EDP-6 is built from the principles of smart specialisation; KIDI-4 are the four questions of the
Kazakhstan Industry Development Institute to clusters (O:2010-2026). Weights are parts of one.
"""

from dataclasses import dataclass
from decimal import Decimal

FIGURES, SOURCES, PLEDGES, PEOPLE = "figures", "sources", "pledges", "people"
Told = tuple[str, str, str]
"""In Kazakh, Russian and English."""


@dataclass(frozen=True)
class Preset:
    """`evidence` is what an assessor sees beside the question; `anchor` what earns the top."""

    code: str
    weight: Decimal
    evidence: str
    text: Told
    anchor: Told


EDP_6 = (
    Preset(
        "assets",
        Decimal("0.25"),
        FIGURES,
        (
            "Өңірдің орнынан қозғалмайтын активтері мен жеткілікті ауқымына сүйенеді",
            "Опирается на неперемещаемые активы региона и критическую массу",
            "Builds on assets that cannot move away, and on critical mass",
        ),
        (
            "Өңір бұл істе ел бойынша айқын мамандана алған, негізгі активтері осында",
            "Регион заметно специализирован в этом деле, и главные активы находятся здесь",
            "The region is clearly specialised in it, and the main assets are here",
        ),
    ),
    Preset(
        "market",
        Decimal("0.20"),
        SOURCES,
        (
            "Нарықта және құн тізбегінде шынайы орны бар",
            "Имеет реалистичное место на рынке и в цепочке стоимости",
            "Has a realistic place in the market and in the value chain",
        ),
        (
            "Сатып алушылары белгілі, сұраныс дәлелденген",
            "Покупатели известны, спрос подтверждён",
            "The buyers are known and the demand is shown",
        ),
    ),
    Preset(
        "knowledge",
        Decimal("0.20"),
        SOURCES,
        (
            "Зерттеулер мен жоғары оқу орындарының әлеуетін қолдана алады",
            "Может использовать потенциал исследований и вузов",
            "Can use the potential of research and of universities",
        ),
        (
            "Өңірдегі зертхана немесе кафедра қазірден-ақ осымен айналысады",
            "Лаборатория или кафедра региона уже занимается этим",
            "A laboratory or department of the region works on it already",
        ),
    ),
    Preset(
        "cross",
        Decimal("0.10"),
        FIGURES,
        (
            "Туыстас екі немесе одан көп қызмет түрін байланыстырады",
            "Связывает два родственных вида деятельности или больше",
            "Links two or more related activities",
        ),
        (
            "Бірнеше салаға бірден жаңа жол ашады",
            "Открывает новый путь сразу нескольким отраслям",
            "Opens a new path to several industries at once",
        ),
    ),
    Preset(
        "commitment",
        Decimal("0.15"),
        PLEDGES,
        (
            "Кәсіпкерлер өз қаражатын немесе адамдарын береді",
            "Предприниматели вкладывают свои деньги или людей",
            "Entrepreneurs commit money or people of their own",
        ),
        (
            "Бірнеше ұйым жазбаша міндеттеме алған",
            "Несколько организаций взяли письменные обязательства",
            "Several organisations have committed themselves in writing",
        ),
    ),
    Preset(
        "societal",
        Decimal("0.10"),
        PEOPLE,
        (
            "Адамдар мен қоршаған ортаға пайдасы, кімге қалай әсер етеді",
            "Польза для людей и окружающей среды, кого и как затрагивает",
            "Benefits to people and the environment, and whom it touches how",
        ),
        (
            "Пайдасы зор, ал зиян шегетіндер тыңдалып, ескерілген",
            "Польза велика, а те, кому может быть хуже, услышаны и учтены",
            "The benefit is large, and those who may lose were heard",
        ),
    ),
)

KIDI_4 = (
    Preset(
        "chain",
        Decimal("0.25"),
        SOURCES,
        (
            "Құн тізбегінің дамуы",
            "Развитие цепочки стоимости",
            "Development of the value chain",
        ),
        (
            "Тізбектің барлық буыны өңірде бар",
            "Все звенья цепочки есть в регионе",
            "Every link of the chain is in the region",
        ),
    ),
    Preset(
        "environment",
        Decimal("0.25"),
        FIGURES,
        (
            "Қолайлы ортаның болуы",
            "Наличие благоприятной среды",
            "An environment that makes it possible",
        ),
        (
            "Инфрақұрылым, мамандар және ережелер дайын",
            "Инфраструктура, специалисты и правила готовы",
            "Infrastructure, people and rules are in place",
        ),
    ),
    Preset(
        "impact",
        Decimal("0.25"),
        PEOPLE,
        (
            "Күтілетін әлеуметтік-экономикалық әсері",
            "Ожидаемый социально-экономический эффект",
            "The social and economic effect to be expected",
        ),
        (
            "Әсері үлкен және бағаланған",
            "Эффект велик и оценён",
            "The effect is large and has been estimated",
        ),
    ),
    Preset(
        "prospects",
        Decimal("0.25"),
        PLEDGES,
        ("Даму болашағы", "Перспективы развития", "Prospects of development"),
        (
            "Өсу жоспары мен қаражаты бар",
            "Есть план роста и средства на него",
            "There is a plan for growth and money for it",
        ),
    ),
)

PRESETS = {"edp-6": EDP_6, "kidi-4": KIDI_4}
