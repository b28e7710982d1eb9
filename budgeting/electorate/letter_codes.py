"""Codes on letters: twelve characters that nobody confuses, and one that finds a slip of the pen.

The alphabet has 31 characters, without 0, O, 1, I and L. The thirteenth makes the sum of
position × value divisible by 31, so that every single wrong character and every exchange of two
is found. Twelve characters are 59 bits.
"""

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 12
_SIZE = len(ALPHABET)
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
# Cyrillic letters that look like ours, typed on a Kazakh or Russian keyboard.
_LOOK_ALIKES = str.maketrans("АВЕКМНРСТХУЅ", "ABEKMHPCTXYS")
_BETWEEN = str.maketrans("", "", " -\u2010\u2011\u2012\u2013\u2014\u2212\u00a0.\t\r\n")


def code_from(secret: bytes) -> str:
    """A code out of at least 16 random bytes: thirteen characters without hyphens."""
    number = int.from_bytes(secret[:16])
    characters = []
    for _ in range(LENGTH):
        number, value = divmod(number, _SIZE)
        characters.append(ALPHABET[value])
    body = "".join(characters)
    return body + _check_character(body)


def _check_character(body: str) -> str:
    total = sum(place * _VALUES[character] for place, character in enumerate(body, start=1))
    # The check character stands in place 13.
    return ALPHABET[-total * pow(LENGTH + 1, -1, _SIZE) % _SIZE]


def read_code(typed: str) -> str:
    """The code as it is stored; "" if a character is wrong, missing or too many."""
    code = typed.upper().translate(_BETWEEN).translate(_LOOK_ALIKES)
    if len(code) != LENGTH + 1 or not set(code) <= _VALUES.keys():
        return ""
    return code if _check_character(code[:LENGTH]) == code[LENGTH] else ""


def printed(code: str) -> str:
    """In groups of four, as on the letter: ABCD-EFGH-JKMN-P."""
    return "-".join(code[start : start + 4] for start in range(0, LENGTH + 1, 4))
