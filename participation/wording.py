"""What a text shows of itself without anybody's help: its language, its links, its fingerprint."""

import hashlib
import re
import unicodedata

KAZAKH = frozenset("әғқңөұүһі")
FEW_LETTERS = 12  # "Қолдаймын", "Согласна": too little to tell Russian from Kazakh
SHORT = 40  # letters; shorter texts are said by many in the same words
_LINK = re.compile(r"(?i)\b(?:https?://|www\.)\S+|\]\(")
_WORDS = re.compile(r"\w+")


def language_of(text: str, page_language: str) -> str:
    """kk, ru or en by its letters; the page's language where they do not tell.

    A label, so that a screen reader speaks it and others may ask for a translation. One letter
    that only Kazakh has decides; Russian and Kazakh without one are told apart by the page.
    """
    letters = [letter for letter in text.lower() if letter.isalpha()]
    if KAZAKH.intersection(letters):
        return "kk"
    cyrillic = sum("CYRILLIC" in unicodedata.name(letter, "") for letter in letters)
    if cyrillic * 2 >= len(letters):
        # A Kazakh sentence of this length without a Kazakh letter hardly exists.
        return "ru" if cyrillic > FEW_LETTERS else page_language
    return "en" if len(letters) > FEW_LETTERS else page_language


def number_of_links(text: str) -> int:
    """Web addresses in a Markdown text, those behind words included, each counted once."""
    found = 0
    end = -1
    for match in _LINK.finditer(text):
        # [word](https://…) is one link: its bracket and its address touch.
        if match.start() != end:
            found += 1
        end = match.end()
    return found


def fingerprint(text: str) -> str:
    """SHA-256 of the words of a text, whatever their case, spaces and marks; empty if short."""
    words = _WORDS.findall(unicodedata.normalize("NFKC", text).casefold())
    if sum(map(len, words)) < SHORT:
        return ""
    return hashlib.sha256(" ".join(words).encode()).hexdigest()
