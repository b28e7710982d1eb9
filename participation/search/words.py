"""What somebody typed, as terms; Kazakh letters folded to those of a Russian keyboard."""

import re
import unicodedata
from dataclasses import dataclass

LONGEST_QUERY = 200
MOST_TERMS = 12

# The same pairs as participation_fold() in the database (0007_search): a test compares them.
_KAZAKH, _RUSSIAN = "әғқңөұүһіё", "агкноуухие"
_FOLD = str.maketrans(_KAZAKH, _RUSSIAN)
# Where a Kazakh keyboard has its own letters a Russian one has digits.
_KEYS = str.maketrans("234589", "аингуу") | str.maketrans("0", "к")
_LAYOUT = str.maketrans("qwertyuiopasdfghjklzxcvbnm", "йцукенгшщзфывапролдячсмить")
MOST_COMPARED = 6
_TERM = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')
_WORD = re.compile(r"[^\W_]+")
_MIXED = re.compile(r"(?=.*[а-я])(?=.*[0234589])[а-я0234589]+")


def fold(text: str) -> str:
    """Lower case and without what a Russian keyboard lacks: Қазақ → казак."""
    return unicodedata.normalize("NFC", text).lower().translate(_FOLD)


@dataclass(frozen=True)
class Term:
    """One or, in quotes, several folded words in a row; `is_excluded` after a minus."""

    words: tuple[str, ...]
    is_excluded: bool = False

    def __str__(self) -> str:
        """As websearch_to_tsquery reads it."""
        words = " ".join(self.words)
        quoted = words if len(self.words) == 1 else f'"{words}"'
        return f"-{quoted}" if self.is_excluded else quoted


def terms_of(query: str) -> list[Term]:
    """The terms of a query, at most twelve; none if nothing is asked for but only excluded."""
    terms: list[Term] = []
    for found in _TERM.finditer(fold(query[:LONGEST_QUERY])):
        words = tuple(_WORD.findall(found["phrase"] or found["word"] or ""))
        is_excluded = bool(found["minus"])
        if found["phrase"] is not None or is_excluded:
            terms += [Term(words, is_excluded)] if words else []
        else:
            terms += [Term((word,)) for word in words]
    terms = terms[:MOST_TERMS]
    return terms if any(not term.is_excluded for term in terms) else []


def words_to_compare(terms: list[Term]) -> list[str]:
    """The words long enough to be recognised in a wrong spelling, also as if typed with the
    keyboard set to Latin letters (cgjhn for спорт)."""
    words = [word for term in terms if not term.is_excluded for word in term.words]
    long = [word for word in words if len(word) >= 4 and not word.isdigit()][:MOST_COMPARED]
    return long + [in_other_layout(word) for word in long if word.isascii()]


def in_other_layout(word: str) -> str:
    return word.translate(_LAYOUT)


def typed_on_a_russian_keyboard(word: str) -> str:
    """The Kazakh word that digits between letters stand for, folded; empty if none do."""
    return word.translate(_KEYS) if _MIXED.fullmatch(word) else ""
