"""Words that need and offer share, in whichever form and language."""

from edp.need_matching import Suggestion, likeness_of, suggestions

DUMPS = "Отвалы фосфогипса у завода: никто его не покупает"
LAB = "Наша лаборатория может испытать гипсовые вяжущие из фосфогипса"


def test_forms_of_a_word_are_one_word() -> None:
    likeness, shared = likeness_of(DUMPS, LAB)
    assert shared == ("фосфогипса",)
    assert likeness == likeness_of(LAB, DUMPS)[0] > 0


def test_a_word_within_another_counts_half() -> None:
    whole, _ = likeness_of("фосфогипс", "фосфогипсом")
    half, _ = likeness_of("фосфогипс", "гипсовый")
    assert (whole, half) == (100, 50)


def test_nothing_in_common_is_nothing() -> None:
    assert likeness_of("Молоко не собирают зимой", "Сдаём складское помещение") == (0, ())
    assert likeness_of("", LAB) == (0, ())
    assert likeness_of("нужно чтобы", "можем если") == (0, ())


def test_kazakh_endings_are_cut_off() -> None:
    likeness, shared = likeness_of("Қыста ауладан сүт жиналмайды", "Сүтті салқындататын көлік бар")
    assert (likeness, shared) == (0, ())  # three letters say too little
    assert likeness_of("Зертханалар керек", "Бізде зертхана бар")[1] == ("зертханалар",)


def test_translations_let_two_languages_meet() -> None:
    needs = {1: {"ru": DUMPS, "kk": "Фосфогипс үйінділері"}}
    offers = {7: {"kk": "Фосфогипсті сынаймыз"}, 8: {"en": "We test gypsum"}}
    assert [(one.need, one.offer) for one in suggestions(needs, offers)] == [(1, 7)]


def test_at_most_three_offers_for_a_need_best_first() -> None:
    offers = {n: {"ru": LAB if n != 4 else DUMPS} for n in range(1, 6)}
    found = suggestions({9: {"ru": DUMPS}}, offers)
    assert [one.offer for one in found] == [4, 1, 2]
    assert isinstance(found[0], Suggestion)
    assert found[0].likeness == 100
