"""Kazakh endings: PostgreSQL has no Kazakh dictionary, so the query is cut down to its stem.

Words come folded (search.words), so back and front vowels of a suffix may have become one. What is
left after the endings is looked for as the beginning of a word; a final к/г or п/б stands for both,
as they change before a vowel (саябақ, саябағы).
"""

from collections.abc import Iterable

from participation.search.words import Term, typed_on_a_russian_keyboard

SHORTEST_STEM = 4
_VOWELS = "аеиоуыэюя"
_PLURALS = ("лар", "лер", "дар", "дер", "тар", "тер")
_POSSESSIVES = (
    "ымыз", "имиз", "ыныз", "иниз", "мыз", "миз", "ныз", "низ",
    "ым", "им", "ын", "ин", "сы", "си", "ы", "и",
)  # fmt: skip
_CASES = (
    "нан", "нен", "дан", "ден", "тан", "тен", "нын", "нин", "дын", "дин", "тын", "тин", "мен",
    "бен", "пен", "ны", "ни", "ды", "ди", "ты", "ти", "да", "де", "та", "те", "га", "ге", "ка",
    "ке", "дагы", "деги", "тагы", "теги",
)  # fmt: skip
# Of the third person these cases have forms of their own: алаңы, алаңында, алаңына.
_OF_ITS = tuple(
    f"{its}{case}"
    for vowel, cases in (
        ("ы", ("нда", "на", "нан", "нын", "н", "ндагы")),
        ("и", ("нде", "не", "нен", "нин", "н", "ндеги")),
    )
    for its in (f"с{vowel}", vowel)
    for case in cases
)
# What a word of three letters may go on with: any other beginning would fit too much.
_AFTER_SHORT = (
    *_PLURALS, "нан", "нен", "мен", "бен", "пен", "ны", "ни", "ды", "ди", "ты", "ти", "да", "де",
    "та", "те", "га", "ге", "ка", "ке",
)  # fmt: skip
_ITS_AFTER_SHORT = ("сы", "си", "ы", "и")
_TURNS_INTO = {"к": "г", "г": "к", "п": "б", "б": "п"}


def _without(word: str, endings: Iterable[str]) -> str:
    for ending in sorted(endings, key=len, reverse=True):
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word[: -len(ending)]
    return word


def stem(word: str) -> str:
    """Without the endings of case, possession and number; at least four letters stay."""
    for endings in ((*_CASES, *_OF_ITS), _POSSESSIVES, _PLURALS):
        word = _without(word, endings)
    return word


def _forms(word: str) -> list[str]:
    """Lexemes, written for to_tsquery, of the forms in which a word may stand in a text."""
    if word.isdigit():
        return [f"'{word}'"]
    if len(word) < SHORTEST_STEM:
        return (
            [f"'{word}'", *_forms_of_short(word)]
            if len(word) == SHORTEST_STEM - 1
            else [f"'{word}'"]
        )
    begin = stem(word)
    begins = [begin, begin[:-1] + _TURNS_INTO[begin[-1]]] if begin[-1] in _TURNS_INTO else [begin]
    short = [f"'{word[:-3]}'"] if word.endswith(_PLURALS) and len(word) == SHORTEST_STEM + 2 else []
    return [f"'{begin}':*" for begin in begins] + short


def _forms_of_short(word: str) -> list[str]:
    own = word[:-1] + {"к": "г", "п": "б"}.get(word[-1], word[-1])
    forms = [f"'{word}{ending}':*" for ending in _AFTER_SHORT]
    return forms + [f"'{own}{ending}':*" for ending in _ITS_AFTER_SHORT]


def _any_form(word: str) -> str:
    meant = typed_on_a_russian_keyboard(word)
    forms = _forms(word) + (_forms(meant) if meant else [])
    return f"({' | '.join(forms)})"


def tsquery(terms: Iterable[Term]) -> str:
    """For to_tsquery('simple', …); only letters and digits of the terms get into it."""
    parts = [
        f"{'!' * term.is_excluded}({' <-> '.join(_any_form(word) for word in term.words)})"
        for term in terms
    ]
    return " & ".join(parts)


def tsquery_for_any(words: Iterable[str]) -> str:
    """For to_tsquery('simple', …): at least one of the words, in any form."""
    return " | ".join(_any_form(word) for word in words)
