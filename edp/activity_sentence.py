"""The activity sentence of an idea: capability + technology + market, and no bare sector.

A region does not discover "tourism": it discovers who can do what, with which technology, for whom
(O:2085-2093: activities rather than sectors). A part that consists of nothing but the name of a
sector and words like "development of" says nothing, in whichever of the three languages. Pure.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from participation.search.kazakh import stem
from participation.search.words import fold

CAPABILITY, TECHNOLOGY, MARKET = "capability", "technology", "market"
PARTS = (CAPABILITY, TECHNOLOGY, MARKET)
BARE_SECTOR, MISSING, REPEATED = "bare_sector", "missing", "repeated"
SHORTEST = 3  # letters
_WORD = re.compile(r"[^\W\d_]+")

# Names of sectors as they stand in plans, each by the beginning that all its forms share.
_SECTORS = (
    # English
    "agricultur", "agro", "agroindustr", "agribusiness", "farming", "tourism", "industr",
    "manufactur", "energ", "electricit", "logistic", "transport", "construct", "mining",
    "minerals", "metallurg", "chemi", "petrochem", "oil", "gas", "food", "textile", "trade",
    "retail", "service", "education", "health", "healthcare", "medicine", "culture", "sport",
    "science", "innovation", "digitalization", "digitalisation", "digital", "it", "ict",
    "biotechnolog", "nanotechnolog", "livestock", "crop", "fisher", "forestry", "water",
    "ecolog", "environment", "pharmaceutic", "machin", "engineering", "finance", "business",
    "entrepreneurship", "econom", "startup",
    # Russian
    "сельск", "хозяйств", "агропромышленн", "агро", "апк", "туризм", "туристическ",
    "промышленност", "промышленн", "производств", "энергетик", "логистик", "транспорт",
    "строительств", "добыч", "горнодобыва", "металлурги", "хими", "химическ", "нефтехими",
    "нефт", "газ", "пищев", "текстил", "торговл", "услуг", "образовани", "здравоохранени",
    "медицин", "культур", "спорт", "наук", "инноваци", "цифровизаци", "цифров", "биотехнологи",
    "нанотехнологи", "животноводств", "растениеводств", "рыболовств", "экологи", "фармацевтик",
    "машиностроени", "инжиниринг", "финанс", "бизнес", "предпринимательств", "экономик",
    "стартап", "земледели", "коммунальн", "лесн", "водн", "айти",
    # Kazakh, folded to the letters of a Russian keyboard
    "ауыл", "шаруашыли", "шаруашылы", "агроонеркасип", "агроонеркас", "аок", "онеркасип",
    "онеркас", "онеркаси", "ондирис", "энергетика", "логистика", "колик", "колиг", "курылыс",
    "мунай", "тамак", "тогыма", "сауда", "кызмет", "билим", "беру", "денсаулы", "саулык",
    "сактау", "медицина", "мадениет", "гылым", "цифрландыру", "цифрлы", "мал", "осимдик",
    "балык", "кен", "экология", "касипкерлик", "кауипсиздик", "инновация", "машина", "жасау",
    "орман", "су",
)  # fmt: skip
# What surrounds the name of a sector without saying anything more.
_FILLERS = (
    # English
    "the", "a", "an", "of", "in", "and", "or", "for", "our", "region", "regional", "local",
    "sector", "field", "area", "branch", "complex", "cluster", "develop", "development",
    "support", "growth", "modern", "modernisation", "modernization", "improve", "improvement",
    "technolog", "new",
    # Russian
    "и", "в", "на", "для", "по", "наш", "област", "регион", "местн", "сектор", "отрасл", "сфер",
    "комплекс", "кластер", "развити", "развива", "поддержк", "рост", "модернизац", "улучшени",
    "повышени", "технологи", "нов", "современн",
    # Kazakh
    "жане", "мен", "ушин", "облыс", "облысы", "аймак", "онир", "жергиликти", "сала", "сектор",
    "кешен", "кластер", "даму", "дамыту", "дамыт", "колдау", "осу", "осир", "жангырту",
    "жаксарту", "технология", "жана", "заманауи",
)  # fmt: skip
# Shorter beginnings must be the whole word: "gas" is a sector, "gasket" is none.
_SHORTEST_BEGINNING = 4
LONGEST_ENDING = 5
_PEOPLE = ("шы", "ши")  # whoever does it, in Kazakh: a market, and no sector


@dataclass(frozen=True)
class Fault:
    """`part` of the sentence has it; `code` is one of BARE_SECTOR, MISSING, REPEATED."""

    part: str
    code: str


def is_bare_sector(text: str) -> bool:
    """Whether nothing is named but a sector (tourism, развитие туризма, агроөнеркәсіп кешені)."""
    words = _WORD.findall(fold(text))
    named = [word for word in words if not _is_of(word, _FILLERS)]
    return bool(words) and all(_is_of(word, _SECTORS) for word in named)


def _is_of(word: str, beginnings: tuple[str, ...]) -> bool:
    return any(
        form == begin or (len(begin) >= _SHORTEST_BEGINNING and _continues(form, begin))
        for form in {word, stem(word)}
        for begin in beginnings
    )


def _continues(word: str, begin: str) -> bool:
    """An ending may follow, not another word: хими-я, хими-ческой, but not the whole of a compound
    (металлургия yes, энергосбережение no), nor the people who work there (құрылысшылар)."""
    rest = word[len(begin) :]
    return word.startswith(begin) and len(rest) <= LONGEST_ENDING and not rest.startswith(_PEOPLE)


def faults_of(parts: Mapping[str, str]) -> list[Fault]:
    """What keeps a sentence from being one, part by part; nothing where it can stand."""
    found = []
    seen: set[str] = set()
    for part in PARTS:
        text = " ".join(_WORD.findall(fold(parts.get(part, ""))))
        if len(text) < SHORTEST:
            found.append(Fault(part, MISSING))
        elif is_bare_sector(text):
            found.append(Fault(part, BARE_SECTOR))
        elif text in seen:
            found.append(Fault(part, REPEATED))
        seen.add(text)
    return found


def written(parts: Mapping[str, str]) -> str:
    """The sentence in one line, as it stands on cards and is searched for."""
    return " · ".join(text for part in PARTS if (text := parts.get(part, "").strip()))
