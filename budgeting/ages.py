"""How old somebody is on a day, and in which band they are counted."""

from datetime import date

# The first year of life of each band.
BANDS = (0, 16, 18, 25, 35, 45, 55, 65, 75)


def age_on(born_on: date, day: date) -> int:
    """Whole years of life."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def band_of(age: int) -> str:
    """The first year of the band, as tables write it."""
    return str(max(first for first in BANDS if first <= age))
