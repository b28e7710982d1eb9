"""Which need and which offer may go together: by words in both, in whichever form. Pure.

A suggestion and no more: the organiser or both authors say whether it is one. Words are compared
by their stems; a word within another (gypsum, phosphogypsum) counts half.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from participation.search.kazakh import stem
from participation.search.words import fold

LIKE_ENOUGH = 10  # percent
MOST_OF_A_NEED = 3
_SHORTEST = 4  # letters
_SHORTEST_PART = 4
_PART_OF_SHORTER = 0.5
_BEGINNING = 6  # letters that all forms of a longer word share
_WORD = re.compile(r"[^\W\d_]+")
# Words of needs and offers as such, folded.
_SAID_OF_ANYTHING = {
    "need", "needs", "offer", "offers", "with", "from", "that", "this", "have", "which",
    "would", "nobody", "there", "their", "could", "enough", "where", "when", "make", "your",
    "ours", "нужно", "нужен", "нужна", "нужны", "надо", "есть", "можем", "может", "могут",
    "готовы", "очень", "наша", "наше", "наши", "нашу", "этот", "чтобы", "который", "никто",
    "только", "если", "когда", "куда", "того", "тоже", "было", "будет", "даже", "всех", "свои",
    "область", "области", "керек", "бизде", "биздин", "бизге", "жане", "ушин", "болады", "емес",
    "аламыз", "ешким", "барлык", "бирак", "себеби", "кажет", "етеди", "деген", "олар", "облыс",
    "облыста", "жатыр",
}  # fmt: skip
Texts = Mapping[str, str]


@dataclass(frozen=True)
class Suggestion:
    """Keys of a need and an offer; `likeness` in percent; words as they stand in the need."""

    need: int
    offer: int
    likeness: int
    shared_words: tuple[str, ...]


def suggestions(needs: Mapping[int, Texts], offers: Mapping[int, Texts]) -> list[Suggestion]:
    """At most three offers for a need, best first; texts are given by language."""
    found = []
    for need, texts in needs.items():
        compared = [_compared(need, texts, offer, other) for offer, other in offers.items()]
        likely = [one for one in compared if one.likeness >= LIKE_ENOUGH]
        found += sorted(likely, key=lambda one: (-one.likeness, one.offer))[:MOST_OF_A_NEED]
    return found


def _compared(need: int, texts: Texts, offer: int, other: Texts) -> Suggestion:
    """By the language in which both are told and look most alike."""
    best = Suggestion(need, offer, 0, ())
    for language in texts.keys() & other.keys():
        likeness, shared = likeness_of(texts[language], other[language])
        if likeness > best.likeness:
            best = Suggestion(need, offer, likeness, shared)
    return best


def likeness_of(first: str, second: str) -> tuple[int, tuple[str, ...]]:
    """(percent of the shorter text's words that are in the other, those words).

    The same whichever text comes first, but for the form of the words.
    """
    ours, theirs = _stems_of(first), _stems_of(second)
    if not ours or not theirs:
        return 0, ()
    weights = {word: max(_nearness(a, b) for b in theirs.values()) for word, a in ours.items()}
    back = [max(_nearness(a, b) for a in ours.values()) for b in theirs.values()]
    matched = min(sum(weights.values()), sum(back))
    shared = tuple(word for word, weight in weights.items() if weight)
    return round(100 * matched / min(len(ours), len(theirs))), shared


def _stems_of(text: str) -> dict[str, str]:
    """Each word that says something, with its stem; of two forms of a word the first."""
    by_stem: dict[str, str] = {}
    for word in _WORD.findall(text):
        folded = fold(word)
        if len(folded) >= _SHORTEST and folded not in _SAID_OF_ANYTHING:
            by_stem.setdefault(stem(folded)[:_BEGINNING], word.lower())
    full = {word: stem(fold(word)) for word in by_stem.values()}
    return dict(sorted(full.items()))


def _nearness(first: str, second: str) -> float:
    if first[:_BEGINNING] == second[:_BEGINNING]:
        return 1.0
    shorter, longer = sorted((first, second), key=len)
    shared = _longest_part(shorter, longer)
    is_part = shared >= _SHORTEST_PART and shared >= _PART_OF_SHORTER * len(shorter)
    return 0.5 if is_part else 0.0


def _longest_part(shorter: str, longer: str) -> int:
    """Letters of the longest run that both have."""
    for length in range(len(shorter), 0, -1):
        if any(shorter[i : i + length] in longer for i in range(len(shorter) - length + 1)):
            return length
    return 0
