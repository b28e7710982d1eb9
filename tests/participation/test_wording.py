"""What a text shows of itself: language, links, fingerprint."""

import pytest

from participation.wording import fingerprint, language_of, number_of_links


@pytest.mark.parametrize(
    ("text", "page", "language"),
    [
        ("Кешке қараңғы", "ru", "kk"),
        ("Вечером здесь темно, нужен свет", "kk", "ru"),
        ("Согласна", "kk", "kk"),
        ("Согласна", "ru", "ru"),
        ("The street is dark in the evening", "kk", "en"),
        ("ok", "kk", "kk"),
        ("5 + 5 = 10!", "ru", "ru"),
        ("", "en", "en"),
    ],
)
def test_language(text: str, page: str, language: str) -> None:
    assert language_of(text, page) == language


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("no link. At all", 0),
        ("https://a.kz and WWW.b.kz", 2),
        ("[a](https://a.kz)", 1),
        ("[a](/b) [c](d.html)", 2),
        ("<https://a.kz>", 1),
    ],
)
def test_links(text: str, number: int) -> None:
    assert number_of_links(text) == number


def test_the_same_words_have_one_fingerprint() -> None:
    text = "Осы көшеге жарық керек, өйткені балалар кешке қайтады"
    assert fingerprint(text) == fingerprint(f"  {text.upper()} …\n!")
    assert fingerprint(text) != fingerprint(text + " дейді")
    assert fingerprint("Қолдаймын!") == ""
