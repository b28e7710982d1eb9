"""A bare sector is no idea, in any of the three languages."""

import pytest

from edp.activity_sentence import (
    BARE_SECTOR,
    CAPABILITY,
    MARKET,
    MISSING,
    REPEATED,
    TECHNOLOGY,
    Fault,
    faults_of,
    is_bare_sector,
    written,
)

SENTENCE = {
    CAPABILITY: "Производство гипсовых вяжущих из фосфогипса",
    TECHNOLOGY: "обжиг при низкой температуре, лаборатория университета",
    MARKET: "строители области и Кыргызстана",
}


@pytest.mark.parametrize(
    "text",
    [
        "tourism", "Tourism development", "the agricultural sector", "IT", "Chemical industry",
        "development of the region", "Energy and transport",
        "туризм", "Развитие туризма", "сельское хозяйство", "агропромышленный комплекс", "АПК",
        "Химическая промышленность", "поддержка предпринимательства", "цифровизация области",
        "Туризм", "агроөнеркәсіп", "агроөнеркәсіп кешені", "Туризмді дамыту", "ауыл шаруашылығы",
        "ауыл шаруашылығын дамыту", "Құрылыс саласы", "химия өнеркәсібі", "энергетика",
        "денсаулық сақтау", "облысты дамыту", "мал шаруашылығы", "көлік және логистика",
        "TOURISM!!!", "«туризм»", "қызмет саласын дамыту",
    ],
)  # fmt: skip
def test_a_bare_sector_is_seen(text: str) -> None:
    assert is_bare_sector(text)


@pytest.mark.parametrize(
    "text",
    [
        "Gypsum binders from phosphogypsum", "guided rides on horseback to the Aksu canyon",
        "hotels of Korday for lorry drivers", "gaskets",
        "Производство гипсовых вяжущих из фосфогипса", "конные туры по каньону Аксу-Жабаглы",
        "холодильная цепь на ветровой энергии для малых ферм", "строители области",
        "фосфогипстен құрылыс материалдары",
        "Шағын фермаларға арналған жел энергиясындағы тоңазыту",
        "Мойынқұмдағы атпен серуен", "ветеринарлық вакциналар", "",
        "Облыс құрылысшылары", "саудашылар",
    ],
)  # fmt: skip
def test_an_activity_is_let_through(text: str) -> None:
    assert not is_bare_sector(text)


def test_a_whole_sentence_has_no_fault() -> None:
    assert faults_of(SENTENCE) == []


@pytest.mark.parametrize("part", [CAPABILITY, TECHNOLOGY, MARKET])
def test_each_part_is_looked_at(part: str) -> None:
    assert faults_of({**SENTENCE, part: "Туризмді дамыту"}) == [Fault(part, BARE_SECTOR)]
    assert faults_of({**SENTENCE, part: " – 12 "}) == [Fault(part, MISSING)]
    assert faults_of({name: text for name, text in SENTENCE.items() if name != part}) == [
        Fault(part, MISSING)
    ]


def test_the_same_words_twice_are_one_part() -> None:
    again = {**SENTENCE, MARKET: SENTENCE[CAPABILITY].upper() + "!"}
    assert faults_of(again) == [Fault(MARKET, REPEATED)]


def test_the_sentence_in_one_line() -> None:
    assert written({CAPABILITY: " a ", TECHNOLOGY: "", MARKET: "b"}) == "a · b"
