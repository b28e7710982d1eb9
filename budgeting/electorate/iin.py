"""The individual identification number (ЖСН, ИИН) of Kazakhstan: twelve digits.

YYMMDD of birth; a digit of century and sex (1 and 2: the 19th century, 3 and 4: the 20th, 5 and 6:
the 21st; odd is male; 0 says neither); four digits; a check digit. Source: the rules of forming the
number that came with the law on national registers of identification numbers (2007).
"""

from datetime import date

FORM, CHECK, DATE = "iin_form", "iin_check", "iin_date"
FIRST_PASS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
SECOND_PASS = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
FEMALE, MALE, UNSAID = "f", "m", ""
CENTURIES = {"1": 18, "2": 18, "3": 19, "4": 19, "5": 20, "6": 20}


def check_digit(digits: str) -> int | None:
    """The twelfth digit after eleven; None where no number begins so: both passes leave ten."""
    values = [int(digit) for digit in digits]
    for weights in (FIRST_PASS, SECOND_PASS):
        rest = sum(map(int.__mul__, weights, values)) % 11
        if rest < 10:
            return rest
    return None


def fault_of(iin: str, born_on: date | None = None) -> str:
    """FORM, CHECK, or DATE where it is not the number of somebody born that day; "" if in order."""
    if len(iin) != 12 or not (iin.isascii() and iin.isdecimal()):
        return FORM
    if check_digit(iin[:11]) != int(iin[11]):
        return CHECK
    if born_on is not None and not _is_of(iin, born_on):
        return DATE
    return ""


def _is_of(iin: str, born_on: date) -> bool:
    if iin[:6] != f"{born_on.year % 100:02d}{born_on.month:02d}{born_on.day:02d}":
        return False
    return iin[6] == "0" or CENTURIES.get(iin[6]) == born_on.year // 100


def sex_of(iin: str) -> str:
    """FEMALE, MALE, or UNSAID: what the seventh digit of a whole number tells."""
    if iin[6] not in CENTURIES:
        return UNSAID
    return MALE if int(iin[6]) % 2 else FEMALE


def invented_iin(born_on: date, number: int) -> str:
    """A number that passes every check and belongs to nobody we know of: for demonstrations.

    `number` is below 10,000; the next free one is taken where no check digit exists.
    """
    century = {18: 1, 19: 3, 20: 5}[born_on.year // 100]
    while True:
        sex = number % 2
        digits = f"{born_on:%y%m%d}{century + sex}{number % 10_000:04d}"
        last = check_digit(digits)
        if last is not None:
            return f"{digits}{last}"
        number += 2
